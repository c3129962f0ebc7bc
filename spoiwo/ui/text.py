"""How days, hours, shares and short words are written on a page."""

import re
from datetime import date, datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format

NBSP = "\u00a0"
MINUS = "\u2212"

# Words that never end a line: one letter, and a number before its unit or noun.
_SHORT = re.compile(r"(?<![^\s(„\u00a0])([AaIiOoUuWwZz]) (?!\s)")
_NUMBER = re.compile(r"(\d) (?=(?:zł|gr|%|mln|mld|tys\.|r\.|lat|osób|dni)(?![\w]))")
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_TAG = re.compile(r"(<[^>]*>)")


def keep_together(text: str) -> str:
    """Put no-break spaces after one-letter Polish words, inside numbers and before units."""
    for pattern, joined in ((_SHORT, rf"\1{NBSP}"), (_THOUSANDS, NBSP), (_NUMBER, rf"\1{NBSP}")):
        text = pattern.sub(joined, text)
    return text


def keep_together_in_html(html: str) -> str:
    """The same for a piece of HTML: only between its tags, never inside one."""
    return "".join(part if part.startswith("<") else keep_together(part) for part in _TAG.split(html))


def written_day(value: date | datetime | str | None, style: str = "") -> str:
    """Write a day: "24 września 2026"; style "table": "4.10.2019"; style "short": "24 września".

    Takes a date, a moment (shown in the zone of the office) or either in ISO 8601; nothing gives "".
    Raises: ValueError for a text that is no date or a style that does not exist.
    """
    day = _moment(value)
    if day is None:
        return ""
    patterns = {"": f"j{NBSP}E Y", "table": "j.m.Y", "short": f"j{NBSP}E"}
    if style not in patterns:
        raise ValueError(f"unknown style of a day: {style!r}")
    return date_format(day, patterns[style])


def written_moment(value: datetime | str | None, style: str = "") -> str:
    """Write a day with its hour: "24 września 2026, 11.02"; style "table": "24.09.2026, 11.02"."""
    moment = _moment(value)
    if moment is None:
        return ""
    hour = f", {date_format(moment, 'G.i')}" if isinstance(moment, datetime) else ""
    return written_day(moment, style) + hour


def written_share(value: Decimal | int | str | None) -> str:
    """Write a share given in percent with a decimal point ("11.68") as "11,68 %"; nothing gives ""."""
    if value is None or value == "":
        return ""
    if isinstance(value, float):
        raise TypeError("a share is a decimal or its text, not a float")
    number = f"{Decimal(value):f}"
    sign = MINUS if number.startswith("-") else ""
    whole, _, part = number.lstrip("-").partition(".")
    return f"{sign}{int(whole):,}".replace(",", NBSP) + (f",{part}" if part else "") + f"{NBSP}%"


def iso(value: date | datetime | str | None) -> str:
    """The machine's form, for the attribute of <time>."""
    moment = _moment(value)
    return moment.isoformat() if moment else ""


def _moment(value: date | datetime | str | None) -> date | datetime | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value)
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value
