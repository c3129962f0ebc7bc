"""What the page of one indicator shows: years, drawings, values by period and place, corrections."""

from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from django.utils.translation import gettext as _

from spoiwo.strategy.domain.curve import Drawing, drawing_of
from spoiwo.strategy.domain.numbers import written
from spoiwo.strategy.domain.periods import Period
from spoiwo.strategy.models import Indicator, IndicatorValue
from spoiwo.strategy.services.indicator_words import (
    forbidden_in_words,
    origin_in_words,
    part_in_words,
    period_in_words,
    refusal_in_words,
)
from spoiwo.strategy.services.indicators import Judged, as_found, as_row, defined

WIDE, NARROW = 720, 330


@dataclass(frozen=True)
class YearRow:
    """One year: what was aimed at, what was found, and how it is known."""

    year: int
    target: str
    actual: str
    notes: tuple[str, ...]
    has_values: bool


@dataclass(frozen=True)
class ValueRow:
    """One value as entered, with its period, place and figure in words."""

    value: IndicatorValue
    period: str
    figure: str
    parts: str


@dataclass(frozen=True)
class Correction:
    """A superseded value beside the one that came in its place."""

    old: ValueRow
    new: ValueRow


def page_facts(one: Judged) -> dict:
    """All that the page of an indicator shows."""
    indicator = one.indicator
    return {
        "judged": one,
        "indicator": indicator,
        "invented": indicator.invented,
        "row": as_row(one),
        "drawings": drawings(one),
        "years": year_rows(one),
        "definitions": sorted(indicator.definitions.all(), key=lambda row: -row.number),
        "values": values_by_year(indicator),
        "corrections": corrections(indicator),
        "not_added": addition_refused(one),
    }


def drawings(one: Judged) -> dict[str, Drawing | None]:
    """The chart for a wide screen and for a telephone."""
    runs = [[(point.year, point.amount) for point in run] for run in one.series.runs()]
    targets = [(target.year, Fraction(target.value)) for target in one.targets]
    start = []
    if one.baseline is not None:
        start = [(one.definition.baseline_year, one.baseline)]
        _put_baseline(runs, start[0])
        targets = [knot for knot in targets if knot[0] > start[0][0]]
    return {
        "wide": drawing_of(runs, targets, WIDE, start),
        "narrow": drawing_of(runs, targets, NARROW, start),
    }


def _put_baseline(runs: list[list[tuple[int, Fraction]]], knot: tuple[int, Fraction]) -> None:
    """The way begins at the baseline of the present definition, unless that year has a value of its own."""
    years = {year for run in runs for year, _amount in run}
    if knot[0] in years:
        return
    if runs and runs[-1][0][0] > knot[0]:
        runs[-1].insert(0, knot)
    elif not runs:
        runs.append([knot])


def year_rows(one: Judged) -> list[YearRow]:
    """Every year that has a target, a value, a refusal or the baseline, the oldest first."""
    targets = {target.year: written(Fraction(target.value)) for target in one.targets}
    points = {point.year: point for point in one.series.points}
    held = {*points, *one.series.refused}
    years = {*targets, *held}
    base = one.definition.baseline_year if one.baseline is not None else None
    return [
        YearRow(
            year,
            targets.get(year, ""),
            _actual(one, points.get(year), year == base),
            tuple(_notes(one, points.get(year), year)),
            year in held,
        )
        for year in sorted(years | ({base} if base else set()))
    ]


def _actual(one: Judged, point, is_base: bool) -> str:
    if point:
        return written(point.amount, point.found.precision)
    return written(one.baseline) if is_base else ""


def _notes(one: Judged, point, year: int):
    """Why a figure is what it is."""
    if one.baseline is not None and year == one.definition.baseline_year:
        yield _("baseline")
    if year in one.series.refused:
        yield refusal_in_words(one.series.refused[year])
    if point is None:
        return
    if point.found.part:
        part = part_in_words(point.found.part, one.indicator.frequency)
        yield _("so far: %(part)s is the last one entered") % {"part": part}
    if origin := origin_in_words(point):
        yield origin
    if point.found.definition > 1:
        yield _("definition %(number)d") % {"number": point.found.definition}


def values_by_year(indicator: Indicator) -> list[tuple[int, list[ValueRow]]]:
    """The values in force, the latest year first; the whole region before its places, then by period."""
    rows = sorted(indicator.live_values, key=lambda row: (-row.year, row.part, row.place.name if row.place else ""))
    return [(year, [value_row(row, indicator) for row in group]) for year, group in groupby(rows, lambda row: row.year)]


def value_row(value: IndicatorValue, indicator: Indicator) -> ValueRow:
    """A value in words."""
    found = as_found(value)
    ratio = value.numerator is not None
    parts = f"{written(found.numerator)} / {written(found.denominator)}" if ratio else ""
    period = period_in_words(Period(value.year, value.part), indicator.frequency)
    return ValueRow(value, period, written(found.amount, value.precision), parts)


def corrections(indicator: Indicator) -> list[Correction]:
    """Superseded values with what came in their place, the latest correction first."""
    rows = list(
        indicator.values.filter(corrects__isnull=False)
        .select_related("place", "entered_by", "corrects__place")
        .order_by("-entered_at", "-pk")
    )
    defined(indicator, rows + [row.corrects for row in rows])
    return [Correction(value_row(row.corrects, indicator), value_row(row, indicator)) for row in rows]


def addition_refused(one: Judged) -> str:
    """Why places of this indicator are not added, when there are places and a rule against it."""
    places = [value for value in one.indicator.live_values if value.place_id]
    refusals = [refusal_in_words(refusal) for refusal in one.series.refused.values()]
    if refusals:
        return refusals[-1]
    return forbidden_in_words(one.indicator.aggregation) if places else ""
