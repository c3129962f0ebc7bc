"""Working days and public holidays of Poland."""

from datetime import date, timedelta

CHRISTMAS_EVE_FREE_SINCE = 2025
# Source: act of 18 January 1951 on free days; professional knowledge, to be confirmed by a lawyer of the office.
_FIXED = ((1, 1), (1, 6), (5, 1), (5, 3), (8, 15), (11, 1), (11, 11), (12, 25), (12, 26))
_AFTER_EASTER = (0, 1, 49, 60)  # Easter, its Monday, Pentecost, Corpus Christi


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
