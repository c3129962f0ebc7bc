"""Years and their parts: when a period ends, and when its value is due."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

PARTS_PER_YEAR = {"yearly": 1, "half_yearly": 2, "quarterly": 4, "monthly": 12}
DAYS_TO_ENTER = {"yearly": 90, "half_yearly": 60, "quarterly": 45, "monthly": 30}  # after the end of the period


@dataclass(frozen=True, order=True)
class Period:
    """A whole year (part 0) or a part of it, numbered from 1."""

    year: int
    part: int = 0


def end_of(period: Period, frequency: str) -> date:
    """The last day of a year or of its half, quarter or month."""
    months = 12 if period.part == 0 else 12 // PARTS_PER_YEAR[frequency] * period.part
    following = date(period.year + months // 12, months % 12 + 1, 1)
    return following - timedelta(days=1)


def due_on(period: Period, frequency: str) -> date:
    """The last day on which a value may be entered without being late."""
    return end_of(period, frequency) + timedelta(days=DAYS_TO_ENTER[frequency])


def backwards(frequency: str, day: date) -> Iterator[Period]:
    """Periods in which values are due, from that of a day into the past; a yearly one is part 0."""
    parts = PARTS_PER_YEAR[frequency]
    for year in range(day.year, 0, -1):
        if parts == 1:
            yield Period(year)
        else:
            yield from (Period(year, part) for part in range(parts, 0, -1))


def last_due(frequency: str, today: date, *, ended_on: date | None = None) -> Period:
    """The latest period whose value is late when it is missing today; none that ends after `ended_on`."""
    last = min(ended_on, today) if ended_on else today
    return next(
        period
        for period in backwards(frequency, today)
        if due_on(period, frequency) < today and end_of(period, frequency) <= last
    )


def first_after(frequency: str, day: date) -> Period:
    """The first period that ends after a day: the first one to tell of."""
    parts = PARTS_PER_YEAR[frequency]
    periods = [Period(day.year + more, part) for more in (0, 1) for part in (range(1, parts + 1) if parts > 1 else [0])]
    return next(period for period in periods if end_of(period, frequency) > day)


def share_of_year(day: date) -> tuple[int, int]:
    """How many days of a year have passed, and how many it has."""
    return day.timetuple().tm_yday, date(day.year, 12, 31).timetuple().tm_yday
