"""The rules of the doors, pure."""
