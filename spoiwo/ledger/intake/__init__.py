"""Reading a year package or a table from disk: nothing in it is trusted, everything wrong with it is named."""

from spoiwo.ledger.intake.reader import read_package, read_table

__all__ = ["read_package", "read_table"]
