"""Doors: what comes in as a file, what goes out as a file or a letter, and forms that are sent once."""
