"""Broken and hostile packages, each refused with its place named."""
