"""How long something is kept: periods counted by the calendar.

What is kept for a period from a day is due to go on the same day after that period: kept through the day before,
gone from that day on. Where the month lacks the day, it is the last one of the month (Civil Code, art. 112).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

PERIOD = re.compile(r"^(?P<many>[1-9][0-9]{0,3}) (?P<unit>days|months|years)$")


@dataclass(frozen=True)
class Period:
    """So many days, or so many months."""

    days: int = 0
    months: int = 0

    def due_on(self, since: date) -> date:
        """The first day on which what began on a day is no longer kept."""
        if not self.months:
            return since + timedelta(days=self.days)
        months = since.year * 12 + since.month - 1 + self.months
        year, month = divmod(months, 12)
        return date(year, month + 1, min(since.day, monthrange(year, month + 1)[1]))

    def last_due(self, today: date) -> date:
        """The latest day such that what began on it, or before it, is due to go today."""
        if not self.months:
            return today - timedelta(days=self.days)
        months = today.year * 12 + today.month - 1 - self.months
        year, month = divmod(months, 12)
        last = date(year, month + 1, monthrange(year, month + 1)[1])
        while self.due_on(last) > today:
            last -= timedelta(days=1)
        return last


def period_from(text: str) -> Period:
    """ "14 days", "24 months", "5 years". Raises: ValueError."""
    found = PERIOD.match(text)
    if not found:
        raise ValueError(f"{text!r}: expected a number of days, months or years")
    many = int(found["many"])
    return (
        Period(days=many) if found["unit"] == "days" else Period(months=many * (12 if found["unit"] == "years" else 1))
    )
