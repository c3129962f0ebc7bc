"""What goes out of the room as a file."""
