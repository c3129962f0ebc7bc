"""The published rule by which an indicator is judged; nobody can type a status.

What is due on a day is read off the line from the baseline through the targets. A value is measured by the part
of the way that it has covered; where there is no way (no baseline, or the level is to be kept) by its distance
from the level that is due. A better value never makes a worse status.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from spoiwo.kernel.precision import Precision
from spoiwo.strategy.domain.aggregation import Point
from spoiwo.strategy.domain.periods import Period, due_on, end_of, first_after, last_due, share_of_year

ON_COURSE_WAY, AT_RISK_WAY = Fraction(90, 100), Fraction(50, 100)  # part of the way that is due, covered at least
ON_COURSE_LEVEL, AT_RISK_LEVEL = Fraction(5, 100), Fraction(15, 100)  # distance from the level, at most


class State(StrEnum):
    """How an indicator stands, the worst first."""

    OFF_COURSE = "off_course"
    AT_RISK = "at_risk"
    NO_DATA = "no_data"
    ON_COURSE = "on_course"


class Why(StrEnum):
    """What the status follows from."""

    NO_TARGET = "no_target"
    NOT_DUE = "not_due"  # nothing was due yet
    LATE = "late"  # a value that was due is missing
    NOT_ADDITIVE = "not_additive"  # there are parts or places that may not be added
    WAY = "way"
    LEVEL = "level"


@dataclass(frozen=True)
class Case:
    """What is judged: one indicator under its present definition. `within_year`: a year's value grows from zero."""

    direction: str
    frequency: str
    since: date
    within_year: bool = False
    baseline: Fraction | None = None
    baseline_year: int | None = None
    targets: Mapping[int, Fraction] = field(default_factory=dict)
    points: tuple[Point, ...] = ()
    refused: tuple[int, ...] = ()
    ended_on: date | None = None


@dataclass(frozen=True)
class Status:
    """A state and what it follows from.

    `expected`: what is due by the moment of `value`. `share`: of WAY the part of the way covered, of LEVEL
    the distance for the worse. `period`, `due`: the value that is missing, and its day.
    """

    state: State
    why: Why
    value: Fraction | None = None
    year: int | None = None
    part: int = 0
    expected: Fraction | None = None
    share: Fraction | None = None
    period: Period | None = None
    due: date | None = None
    precision: Precision = Precision.EXACT


def worst(statuses: Iterable[Status]) -> Status | None:
    """The worst of several; None of none."""
    order = list(State)
    return min(statuses, key=lambda status: order.index(status.state), default=None)


def judge(case: Case, today: date) -> Status:
    """The status of an indicator on a day, with its reason."""
    targets = _targets(case)
    if not targets:
        return Status(State.NO_DATA, Why.NO_TARGET)
    latest = max((point for point in case.points if _is_after_baseline(case, point.year)), key=_year, default=None)
    if missing := _missing(case, latest, today):
        why = Why.NOT_ADDITIVE if missing.year in case.refused else Why.LATE
        return Status(State.NO_DATA, why, period=missing, due=due_on(missing, case.frequency))
    if latest is None:
        first = first_after(case.frequency, _known_until(case))
        return Status(State.NO_DATA, Why.NOT_DUE, period=first, due=due_on(first, case.frequency))
    return _measured(case, latest, today)


def way_to_target(baseline: Fraction | None, target: Fraction | None, value: Fraction | None) -> Fraction | None:
    """What part of the whole way to the last target is covered; None where there is no way."""
    if baseline is None or target is None or value is None or target == baseline:
        return None
    return (value - baseline) / (target - baseline)


def due_by(case: Case, year: int, share: Fraction = Fraction(1)) -> Fraction:
    """What is due when a share of a year has passed: on the line from the baseline through the targets.

    After the last target it stays; without a baseline the first target holds before its year, too. A value
    that grows within the year is due in proportion to the share.
    """
    if case.within_year:
        return _on_line(case, Fraction(year)) * share
    return _on_line(case, year - 1 + share)


def _year(point: Point) -> int:
    return point.year


def _targets(case: Case) -> dict[int, Fraction]:
    """Targets in force: those after the baseline."""
    return {year: value for year, value in case.targets.items() if _is_after_baseline(case, year)}


def _is_after_baseline(case: Case, year: int) -> bool:
    return case.baseline_year is None or year > case.baseline_year


def _known_until(case: Case) -> date:
    """The day until which nothing has to be told: before the definition, or the year of the baseline."""
    before = date.fromordinal(case.since.toordinal() - 1)
    return max(before, date(case.baseline_year, 12, 31)) if case.baseline_year else before


def _missing(case: Case, latest: Point | None, today: date) -> Period | None:
    """The period whose value was due and is not there."""
    period = last_due(case.frequency, today, ended_on=case.ended_on)
    if end_of(period, case.frequency) <= _known_until(case):
        return None
    if latest is None or _told_until(case, latest, today) < end_of(period, case.frequency):
        return period
    gaps = [Period(latest.year, part) for part in latest.gaps]
    return next((gap for gap in gaps if due_on(gap, case.frequency) < today), None)


def _told_until(case: Case, point: Point, today: date) -> date:
    """The day until which a value tells; the value of a running year tells until today."""
    return min(end_of(Period(point.year, point.found.part), case.frequency), today)


def _passed(case: Case, point: Point, today: date) -> Fraction:
    """The share of its year that a value tells of."""
    return Fraction(*share_of_year(_told_until(case, point, today)))


def _on_line(case: Case, moment: Fraction) -> Fraction:
    """The line at a moment, counted in years; a target is due at the end of its year."""
    knots = sorted(_targets(case).items())
    if case.baseline_year is not None:
        knots.insert(0, (case.baseline_year, case.baseline))
    if moment <= knots[0][0]:
        return knots[0][1]
    for (year, value), (following, target) in pairwise(knots):
        if moment <= following:
            return value + (target - value) * (moment - year) / (following - year)
    return knots[-1][1]


def _measured(case: Case, latest: Point, today: date) -> Status:
    """The way covered, or the distance from the level, against the limits."""
    passed = _passed(case, latest, today)
    expected = due_by(case, latest.year, passed)
    facts = {
        "value": latest.amount,
        "precision": latest.found.precision,
        "year": latest.year,
        "part": latest.found.part,
        "expected": expected,
    }
    start = _start(case, passed)
    way = None if start is None else _better(case.direction, expected - start)
    if case.direction != "hold" and way is not None and way > 0:
        covered = _better(case.direction, latest.amount - start) / way
        state = _state(covered >= ON_COURSE_WAY, covered >= AT_RISK_WAY)
        return Status(state, Why.WAY, share=covered, **facts)
    short = _short(case.direction, latest.amount, expected)
    off = short / abs(expected) if expected else (Fraction(0) if not short else None)
    state = _state(off is not None and off <= ON_COURSE_LEVEL, off is not None and off <= AT_RISK_LEVEL)
    return Status(state, Why.LEVEL, share=off, **facts)


def _start(case: Case, passed: Fraction) -> Fraction | None:
    """Where the way began; of a value that grows within the year, its share."""
    if case.baseline is None:
        return None
    return case.baseline * passed if case.within_year else case.baseline


def _better(direction: str, difference: Fraction) -> Fraction:
    """A difference counted towards the better."""
    return -difference if direction == "fall" else difference


def _short(direction: str, value: Fraction, expected: Fraction) -> Fraction:
    """By how much a value is worse than what is due."""
    if direction == "hold":
        return abs(value - expected)
    return max(_better(direction, expected - value), Fraction(0))


def _state(on_course: bool, at_risk: bool) -> State:
    return State.ON_COURSE if on_course else State.AT_RISK if at_risk else State.OFF_COURSE
