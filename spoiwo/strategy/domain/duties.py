"""Days of yearly duties: the last day, how far it is, and the next working day when it falls on a free one."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

SOON_DAYS = 14
CHRISTMAS_EVE_FREE_SINCE = 2025
# Source: act of 18 January 1951 on free days; professional knowledge, to be confirmed by a lawyer of the office.
_FIXED = ((1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26))
_AFTER_EASTER = (0, 1, 49, 60)  # Easter, its Monday, Pentecost, Corpus Christi


class State(StrEnum):
    """How a duty stands on a day; late means only that nobody marked it as done."""

    DONE = "done"
    LATE = "late"
    SOON = "soon"
    AHEAD = "ahead"


@dataclass(frozen=True)
class Term:
    """The last day by the act, how many days are left, and the next working day when that one is free."""

    on: date
    days_left: int
    moved_to: date | None

    def state(self, *, done: bool) -> State:
        """Done, late, within two weeks, or ahead."""
        if done:
            return State.DONE
        if (self.moved_to or self.on) < self.on + timedelta(days=-self.days_left):
            return State.LATE
        return State.SOON if self.days_left <= SOON_DAYS else State.AHEAD


def day_in(year: int, month: int, day: int) -> date:
    """The day of a year; the last one of a shorter month: the 29th of February is the 28th in most years."""
    first_after = date(year + month // 12, month % 12 + 1, 1)
    return min(date(year, month, 1) + timedelta(days=day - 1), first_after - timedelta(days=1))


def term(*, year: int, month: int, day: int, today: date) -> Term:
    """The term of a duty in a year, seen from a day.

    Source: Kpa (act of 14 June 1960), art. 57 par. 4: a term that ends on a free day or a Saturday ends on the next
    working day. Whether it binds each of these duties is to be confirmed, so the day of the act is what is shown.
    """
    on = day_in(year, month, day)
    return Term(on, (on - today).days, None if is_working(on) else next_working(on))


def next_working(day: date) -> date:
    """The first working day after this one."""
    day += timedelta(days=1)
    while not is_working(day):
        day += timedelta(days=1)
    return day


def is_working(day: date) -> bool:
    """Neither a Saturday, nor a Sunday, nor a public holiday."""
    return day.weekday() < 5 and day not in holidays(day.year)


def holidays(year: int) -> frozenset[date]:
    """Public holidays of a year."""
    fixed = {date(year, month, day) for month, day in _FIXED}
    if year >= CHRISTMAS_EVE_FREE_SINCE:
        fixed.add(date(year, 12, 24))
    return frozenset(fixed | {easter(year) + timedelta(days=days) for days in _AFTER_EASTER})


def easter(year: int) -> date:
    """Easter Sunday, by the Gregorian computus (Meeus, Jones, Butcher)."""
    golden, (century, rest) = year % 19, divmod(year, 100)
    correction = (century - (century + 8) // 25 + 1) // 3
    epact = (19 * golden + century - century // 4 - correction + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * shift + 114, 31)
    return date(year, month, day + 1)
