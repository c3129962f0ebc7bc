"""Who may stand in for whom: for days that have an end, and never through a second pair of hands."""

from dataclasses import dataclass
from datetime import date

LONGEST_DAYS = 366


@dataclass(frozen=True)
class Days:
    """One substitution: keys of two accounts and the days, both ends included."""

    absent: int
    substitute: int
    since: date
    until: date

    def meets(self, other: "Days") -> bool:
        """Whether both hold on some day."""
        return self.since <= other.until and other.since <= self.until


def chained(new: Days, held: list[Days]) -> bool:
    """Whether what is lent would be lent on: the substitute is on leave, or the person on leave stands in."""
    return any(
        new.meets(other) and (other.absent == new.substitute or other.substitute == new.absent) for other in held
    )


def doubled(new: Days, held: list[Days]) -> bool:
    """Whether the person on leave has a substitute already on one of the days."""
    return any(new.meets(other) and other.absent == new.absent for other in held)
