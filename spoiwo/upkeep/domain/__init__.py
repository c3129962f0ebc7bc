"""Rules of the room, without Django and without a clock."""
