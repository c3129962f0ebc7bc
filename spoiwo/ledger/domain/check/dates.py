"""A day as people write it: which ways are unmistakable, and what to propose for the others."""

import re
from datetime import date, datetime, time, timedelta
from math import isfinite

from spoiwo.ledger.domain.raw import Cell

ISO = re.compile(r"(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})", re.ASCII)
DOTTED = re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})", re.ASCII)
WORDED = re.compile(r"(?P<d>\d{1,2})\s+(?P<m>[^\W\d_]+)\s+(?P<y>\d{4})(?:\s*r\.?)?")
MONTHS = [
    *("stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca"),
    *("lipca", "sierpnia", "września", "października", "listopada", "grudnia"),
]
EXPECTED = "data, np. 2019-12-31 albo 31.12.2019"
SERIAL_ZERO = date(1899, 12, 30)  # day 0 of spreadsheets
OLDEST, LATEST = 1900, 2100


def read_date(cell: Cell) -> tuple[date | None, str]:
    """The day in a cell; or None and, in Polish, what is expected, with a proposal where one is certain.

    Read: a date cell, `2019-12-31`, `31.12.2019`. Refused: days that do not exist, months in words, dates
    with an hour, bare serial numbers, years outside 1900-2100.
    """
    if isinstance(cell, datetime):
        if cell.time() != time.min:
            return None, f"data bez godziny: {cell:%Y-%m-%d}"
        cell = cell.date()
    if isinstance(cell, date):
        return (cell, "") if OLDEST <= cell.year <= LATEST else (None, EXPECTED)
    if isinstance(cell, str):
        return _read_text(cell.strip())
    return None, _of_serial(cell)


def _read_text(text: str) -> tuple[date | None, str]:
    """A day written as text."""
    written = ISO.fullmatch(text) or DOTTED.fullmatch(text)
    if written:
        day = _day(int(written["y"]), int(written["m"]), int(written["d"]))
        return (day, "") if day else (None, "dzień, który jest w kalendarzu, np. 2019-12-31")
    if text.isascii() and text.isdigit() and len(text) == 5:
        return None, _of_serial(int(text))
    worded = WORDED.fullmatch(text)
    if worded and worded["m"].casefold() in MONTHS:
        day = _day(int(worded["y"]), MONTHS.index(worded["m"].casefold()) + 1, int(worded["d"]))
        if day:
            return None, f"data cyframi: {day.isoformat()}"
    return None, EXPECTED


def _day(year: int, month: int, day: int) -> date | None:
    """The day, when the calendar has it."""
    try:
        return date(year, month, day) if OLDEST <= year <= LATEST else None
    except ValueError:
        return None


def _of_serial(cell: Cell) -> str:
    """What to write instead of a spreadsheet's bare day number."""
    plain = isinstance(cell, int | float) and not isinstance(cell, bool) and isfinite(cell)
    if plain and float(cell).is_integer() and 10_000 <= cell <= 73_000:
        return f"{EXPECTED}; jeżeli to numer dnia z arkusza, to {SERIAL_ZERO + timedelta(days=int(cell))}"
    return EXPECTED
