"""What comes in, checked."""
