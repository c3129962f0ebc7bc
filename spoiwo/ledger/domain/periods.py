"""Months of a year: to which a line belongs, in what order they close, what changed since. Source: decision 0012."""

import calendar
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import date

DECEMBER = 12
MONTHS = range(1, DECEMBER + 1)
SumRow = list  # [table, kind, programme, task, source, chapter, paragraph, amount_gr]


def month_of(day: date | None) -> int:
    """The month of a line; a line without a day belongs to December."""
    return day.month if day else DECEMBER


def next_to_close(closed: Collection[int]) -> int | None:
    """The first month that is not closed; None when all are."""
    return next((month for month in MONTHS if month not in closed), None)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, calendar.monthrange(year, month)[1])


def canonical_sums(rows: Iterable[tuple]) -> list[SumRow]:
    """Rows of sums in one fixed order, whatever order the database gave them in."""
    return sorted((list(row) for row in rows), key=lambda row: [text or "" for text in row[:-1]])


def sum_changes(then: Iterable[SumRow], now: Iterable[SumRow]) -> list[SumRow]:
    """What is more or less now, as rows of sums; a sum that stayed is left out."""
    changes = Counter()
    for rows, sign in ((now, 1), (then, -1)):
        for *key, amount_gr in rows:
            changes[tuple(key)] += sign * amount_gr
    return canonical_sums((*key, amount_gr) for key, amount_gr in changes.items() if amount_gr)
