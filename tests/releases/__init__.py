"""Populated databases of released versions, kept unchanged; every later version is upgraded from them."""
