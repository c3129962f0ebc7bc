"""Numbers in the words of a report beside its figures: which one each is, or which one is nearest.

Nothing here decides: a number that fits no figure is shown to the author with the nearest one. Amounts are
compared in złote, with their sign left aside, for a text says "brakuje" where a table puts a minus.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from spoiwo.reports.domain.prose.numbers import ANY, COUNT, MONEY, SHARE, Number, numbers_in

__all__ = [
    "ANY",
    "COUNT",
    "MONEY",
    "SHARE",
    "Finding",
    "Known",
    "Number",
    "check",
    "known_figures",
    "known_lines",
    "numbers_in",
]

SMALL = 1000  # a bare whole number below this is looked for among counts alone


@dataclass(frozen=True)
class Known:
    """A figure that a text may speak of: its identifier, name, kind and value (money in złote)."""

    id: str
    label: str
    kind: str
    value: Decimal


@dataclass(frozen=True)
class Finding:
    """One number of a text: as written, the figure it is, else the nearest figure and how far it lies."""

    number: Number
    text: str
    figure: Known | None
    nearest: Known | None
    distance: Decimal | None

    @property
    def matched(self) -> bool:
        """Whether the number is a figure of the report."""
        return self.figure is not None


def known_figures(content: dict) -> list[Known]:
    """The figures of a report's content that have a value, in their order."""
    known = []
    for figure in content["figures"].values():
        if figure["value"] is not None:
            value = abs(Decimal(figure["value"]))
            value = value / 100 if figure["kind"] == MONEY else value
            known.append(Known(figure["id"], figure["label"], figure["kind"], value))
    return known


def known_lines(lines: Iterable[tuple[str, str, int]]) -> list[Known]:
    """Single lines of money, as (key, description, amount_gr): a text may speak of one of them to the grosz."""
    return [Known(key, words, "line", Decimal(abs(gr)) / 100) for key, words, gr in lines]


def check(text: str, figures: list[Known], lines: list[Known] = ()) -> list[Finding]:
    """Every number of the text with the figure it is, or the nearest one.

    A number fits a figure that it is a rounding of: "6,6 mln" fits 6 567 890,12; "około 240" what lies within
    half of its last place that is not nought; "ponad 9 mln" what lies above it within that place. A line of
    money is fitted only to the grosz.
    """
    exact = {line.value: line for line in reversed(lines)}
    return [_finding(text, number, figures, exact) for number in numbers_in(text)]


def _finding(text: str, number: Number, figures: list[Known], lines: dict[Decimal, Known]) -> Finding:
    asked = [figure for figure in figures if figure.kind in kinds_of(number)]
    fitting = [figure for figure in asked if fits(number, figure.value)]
    found = min(fitting, key=lambda figure: distance(number, figure.value), default=None)
    if found is None and not number.said and MONEY in kinds_of(number) and number.low == number.high:
        found = lines.get(number.low)
    nearest = None if found else min(asked or figures, key=lambda figure: _far(number, figure), default=None)
    far = distance(number, nearest.value) if nearest else None
    return Finding(number, text[number.start : number.end], found, nearest, far)


def kinds_of(number: Number) -> set[str]:
    """The kinds of figures that a number may be; a text that names no unit leaves more than one."""
    if number.unit in (MONEY, SHARE):
        return {number.unit}
    whole = number.low == number.low.to_integral()
    if number.unit == COUNT and not number.scaled:
        return {COUNT}
    if whole and not number.scaled and number.low < SMALL:
        return {COUNT}
    return {MONEY, COUNT} if number.scaled else {MONEY, COUNT, SHARE}


def fits(number: Number, value: Decimal) -> bool:
    """Whether the number is a fair way to write the value."""
    half = number.step / 2
    match number.said:
        case "over":
            return number.low <= value < number.low + number.step
        case "under":
            return number.low - number.step < value <= number.low
        case "about":
            return number.low - half <= value <= number.high + half
    if number.low != number.high:
        return number.low - half <= value <= number.high + half
    if not number.scaled and number.unit != SHARE and number.step <= Decimal("0.01"):
        return number.low == value
    return number.low - half <= value <= number.low + half


def distance(number: Number, value: Decimal) -> Decimal:
    """How far a value lies from the number, or from its nearer end."""
    if number.low <= value <= number.high:
        return Decimal(0)
    return min(abs(value - number.low), abs(value - number.high))


def _far(number: Number, figure: Known) -> tuple:
    return (distance(number, figure.value), figure.id)
