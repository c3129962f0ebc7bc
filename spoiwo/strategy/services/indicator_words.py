"""What the rule found, in words: states, reasons, periods, refusals to add."""

from datetime import date
from fractions import Fraction

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spoiwo.kernel.money import percent
from spoiwo.strategy.domain.aggregation import Origin, Point, Rule
from spoiwo.strategy.domain.numbers import written
from spoiwo.strategy.domain.periods import PARTS_PER_YEAR, Period
from spoiwo.strategy.domain.status import State, Status, Why
from spoiwo.strategy.errors import DefinitionsDiffer, NotAdditive
from spoiwo.strategy.models import Direction
from spoiwo.ui.text import written_day

STATES = {
    State.ON_COURSE: ("good", gettext_lazy("on course")),
    State.AT_RISK: ("warn", gettext_lazy("plan at risk")),
    State.OFF_COURSE: ("bad", gettext_lazy("off course")),
    State.NO_DATA: ("calm", gettext_lazy("no data")),
}
ROMAN = ("", "I", "II", "III", "IV")
ENDS = {
    Why.WAY: {
        Direction.RISE: gettext_lazy("At least %(expected)s was due; %(share)s of the way due is covered."),
        Direction.FALL: gettext_lazy("At most %(expected)s was due; %(share)s of the way due is covered."),
    },
    Why.LEVEL: {
        Direction.RISE: gettext_lazy("At least %(expected)s was due; %(share)s is lacking."),
        Direction.FALL: gettext_lazy("At most %(expected)s was due; this is %(share)s more."),
        Direction.HOLD: gettext_lazy("The level to be kept is %(expected)s; this is %(share)s away."),
    },
}
REACHED = {
    Direction.RISE: gettext_lazy("At least %(expected)s was due."),
    Direction.FALL: gettext_lazy("At most %(expected)s was due."),
    Direction.HOLD: gettext_lazy("The level to be kept is %(expected)s."),
}
REFUSED = {
    (Rule.DISTINCT, "places"): gettext_lazy(
        "Persons of different places are not added: the same person may have been counted in two of them."
    ),
    (Rule.DISTINCT, "parts"): gettext_lazy(
        "Persons of different parts of a year are not added: the same person may have come in two of them."
    ),
    (Rule.NONE, "places"): gettext_lazy("Values of places are not added: this indicator has no sum."),
    (Rule.NONE, "parts"): gettext_lazy("Values of parts of a year are not added: this indicator has no sum."),
}


def part_in_words(part: int, frequency: str) -> str:
    """A half, a quarter or a month: "I półrocze", "III kwartał", "lipiec"."""
    match PARTS_PER_YEAR[frequency]:
        case 2:
            return _("%(number)s half") % {"number": ROMAN[part]}
        case 4:
            return _("%(number)s quarter") % {"number": ROMAN[part]}
        case _other:
            return date_format(date(2000, part, 1), "F").lower()


def period_in_words(period: Period, frequency: str) -> str:
    """A year or its part: "2026", "III kwartał 2026"."""
    return f"{part_in_words(period.part, frequency)} {period.year}" if period.part else str(period.year)


def _in_a_sentence(period: Period, frequency: str) -> str:
    return period_in_words(period, frequency) if period.part else _("the year %(year)d") % {"year": period.year}


def reason_in_words(status: Status, *, frequency: str, direction: str) -> str:
    """Why a status is what it is, in one or two sentences."""
    match status.why:
        case Why.NO_TARGET:
            return _("No target is set, so nothing can be compared.")
        case Why.NOT_DUE:
            return _("No value yet; the first one, for %(period)s, is due by %(day)s.") % _missing(status, frequency)
        case Why.LATE:
            return _("The value for %(period)s is missing; it was due by %(day)s.") % _missing(status, frequency)
        case Why.NOT_ADDITIVE:
            return _("For %(period)s there are only parts or places, which are not added.") % _missing(
                status, frequency
            )
        case _measured:
            return _measured_in_words(status, frequency, direction)


def _missing(status: Status, frequency: str) -> dict:
    return {"period": _in_a_sentence(status.period, frequency), "day": written_day(status.due)}


def _measured_in_words(status: Status, frequency: str, direction: str) -> str:
    period = _in_a_sentence(Period(status.year, status.part), frequency)
    value = written(status.value, status.precision)
    found = _("The value for %(period)s is %(value)s.") % {"period": period, "value": value}
    expected = {"expected": written(status.expected, places=1)}
    if status.why is Why.WAY and status.share <= 0:
        no_better = _("It is no better than the baseline, while %(expected)s was due.")
        return f"{found} {no_better % expected}"
    if status.share is None or (status.why is Why.LEVEL and status.share == 0):
        return f"{found} {REACHED[direction] % expected}"
    return f"{found} {ENDS[status.why][direction] % (expected | {'share': share_in_words(status.share)})}"


def share_in_words(share: Fraction | None) -> str:
    """A share in per cent to one place; nothing of nothing."""
    return "" if share is None else percent(share.numerator, share.denominator, 1)


def refusal_in_words(refusal: NotAdditive | DefinitionsDiffer) -> str:
    """Why values do not make a whole."""
    if isinstance(refusal, DefinitionsDiffer):
        return _("The definition changed within this year; values of two definitions are not put together.")
    return str(REFUSED[refusal.rule, refusal.over])


def forbidden_in_words(aggregation: str) -> str:
    """Why places are not added under this rule; nothing when they are."""
    return str(REFUSED.get((Rule(aggregation), "places"), ""))


def origin_in_words(point: Point) -> str:
    """Of what the value of a year is made; nothing when it was entered as a whole."""
    match point.origin:
        case Origin.ENTERED:
            return ""
        case Origin.PARTS:
            return _("made of parts of the year")
        case Origin.PLACES:
            return _("made of places: %(count)d") % {"count": point.places}
