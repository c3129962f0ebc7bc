"""What a check found: one figure or place of a report, what stands there and what should."""

from dataclasses import dataclass
from decimal import Decimal

from spoiwo.kernel.money import zl

SHOWN = 80  # characters of a found value; a report may hold anything


@dataclass(frozen=True)
class Problem:
    """One thing in a report that does not hold.

    `code`: fingerprint, shape, record, rule, value, unit, status, place, text, missing, unknown, state.
    `figure`: its identifier, "" when the problem is not about one figure. `place`: path in the file.
    `found` and `expected` are Polish text.
    """

    code: str
    figure: str
    place: str
    found: str
    expected: str

    def __str__(self) -> str:
        subject = f"Liczba {self.figure}" if self.figure else self.place
        if self.figure and self.place:
            subject += f" ({self.place})"
        return f"{subject}: jest {self.found}, powinno być {self.expected}."


def about(code: str, figure: str, found: str, expected: str, place: str = "") -> Problem:
    """A problem of one figure."""
    return Problem(code, figure, place, found, expected)


def shown(value: object) -> str:
    """Write any value of a JSON file for a message: short, quoted when it is text."""
    match value:
        case None:
            return "brak wartości"
        case bool():
            return "tak" if value else "nie"
        case int():
            return str(value) if value.bit_length() < 200 else "liczba ponad miarę"
        case float():
            return f"liczba niecałkowita {value!r}"
        case str():
            return f"„{_cut(value)}”"
        case Decimal():
            return str(value)
        case dict():
            return _cut("obiekt " + ", ".join(str(key)[:20] for key in list(value)[:4])).rstrip()
        case list() | tuple():
            return f"lista ({len(value)})"
    return type(value).__name__


def shown_value(value: object, unit: str) -> str:
    """Write a figure's value: money as złote, all else as it stands."""
    if unit == "gr" and not isinstance(value, bool) and isinstance(value, int) and value.bit_length() < 200:
        return zl(value)
    if value is None and unit == "gr":
        return zl(None)
    return shown(value)


def _cut(text: str) -> str:
    safe = text.encode("utf-8", "replace").decode("utf-8")
    return safe if len(safe) <= SHOWN else f"{safe[:SHOWN]}…"
