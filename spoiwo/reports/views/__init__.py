"""The report's pages: for the public, and for the office that makes it."""
