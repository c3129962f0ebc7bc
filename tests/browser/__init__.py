"""The house in a real browser, served as in life."""
