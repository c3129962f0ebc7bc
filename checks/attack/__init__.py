"""Attackers: programs that try to get back what the house hides."""
