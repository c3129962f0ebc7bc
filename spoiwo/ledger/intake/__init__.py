"""Reading a year package from disk: nothing in it is trusted, everything wrong with it is named."""

from spoiwo.ledger.intake.reader import read_package

__all__ = ["read_package"]
