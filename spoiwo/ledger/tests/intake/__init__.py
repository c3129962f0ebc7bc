"""Specifications of reading and checking year packages."""
