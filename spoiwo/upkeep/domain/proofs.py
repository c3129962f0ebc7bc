"""What was checked, what was found, and whether it holds: one row of the table that a drill prints."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Proof:
    """One row: `what` in words, `found` in words, and whether it holds."""

    what: str
    found: str
    holds: bool

    def row(self) -> list:
        """The row as JSON values."""
        return [self.what, self.found, self.holds]
