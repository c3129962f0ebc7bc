"""What comes in: a person, a purpose, a search, and the deeds of a record."""
