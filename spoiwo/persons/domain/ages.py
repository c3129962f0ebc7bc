"""Ages as bands: enough to plan help, too little to recognise anybody."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Band:
    """Years from `first` to `last`, both included; the last band has no end."""

    first: int
    last: int | None

    def __str__(self) -> str:
        return f"{self.first}+" if self.last is None else f"{self.first}–{self.last}"


# The borders follow foster care: the age of ten, below which a child does not live in an institution (act of 9 June
# 2011 on supporting families and foster care, art. 95), and majority; the others are the house's own.
BANDS = (Band(0, 2), Band(3, 6), Band(7, 9), Band(10, 13), Band(14, 17), Band(18, 25), Band(26, 59), Band(60, None))


def age_on(day: date, *, year: int, month: int) -> int:
    """Full years on a day of somebody of whom the month of birth is known.

    In the month of the birthday the year does not count yet: the younger age never takes a protection away.
    """
    return max(day.year - year - (day.month <= month), 0)


def band_on(day: date, *, year: int | None, month: int | None) -> Band | None:
    """The band of ages on a day; None when the month of birth is not known."""
    if year is None or month is None:
        return None
    age = age_on(day, year=year, month=month)
    return next(band for band in BANDS if band.last is None or age <= band.last)
