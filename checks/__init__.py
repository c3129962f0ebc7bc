"""What the house promises about trust, shown by programs of their own; `make checks` runs them and prints the figures.

Each module has a `main()` and ends with 0 only when its promise holds; what could not be checked is named loudly.
"""
