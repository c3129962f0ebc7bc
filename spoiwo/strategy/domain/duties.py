"""Days of yearly duties: the last day, how far it is, and the next working day when it falls on a free one."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from spoiwo.kernel.days import is_working, next_working

SOON_DAYS = 14


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
