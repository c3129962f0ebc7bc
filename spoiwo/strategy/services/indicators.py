"""Indicators read and judged: rows for a page, the worst of a tree, what is at risk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from django.db.models import Prefetch, Q, QuerySet

from spoiwo.strategy.domain.aggregation import Found, Point, Rule, Series, series_of
from spoiwo.strategy.domain.curve import spark_of
from spoiwo.strategy.domain.numbers import written
from spoiwo.strategy.domain.periods import PARTS_PER_YEAR, Period
from spoiwo.strategy.domain.status import Case, State, Status, judge, way_to_target
from spoiwo.strategy.models import (
    Goal,
    Indicator,
    IndicatorDefinition,
    IndicatorValue,
    Programme,
    Strategy,
    Target,
    Task,
)
from spoiwo.strategy.services.indicator_words import STATES, period_in_words, reason_in_words, share_in_words

GROWING_WITHIN_YEAR = {Rule.SUM, Rule.DISTINCT}
WORST_FIRST = list(State)


@dataclass(frozen=True)
class Judged:
    """An indicator on a day: its present definition, its series, its status with the reason in words."""

    indicator: Indicator
    definition: IndicatorDefinition | None
    targets: tuple[Target, ...]
    series: Series
    status: Status

    @property
    def tone(self) -> str:
        """The tone of the status tag."""
        return STATES[self.status.state][0]

    @property
    def word(self) -> str:
        """The status in one to three words."""
        return str(STATES[self.status.state][1])

    @property
    def reason(self) -> str:
        """Why, in words."""
        return reason_in_words(self.status, frequency=self.indicator.frequency, direction=self.indicator.direction)

    @property
    def about(self) -> Goal | Programme | Task:
        """What the indicator measures."""
        return self.indicator.goal or self.indicator.programme or self.indicator.task

    @cached_property
    def points(self) -> tuple[Point, ...]:
        """Values under the present definition."""
        return self.series.of_definition(self.definition.number) if self.definition else self.series.points

    @property
    def latest(self) -> Point | None:
        """The latest value under the present definition."""
        return self.points[-1] if self.points else None

    @property
    def last_target(self) -> Target | None:
        """The target of the furthest year."""
        return self.targets[-1] if self.targets else None

    @property
    def baseline(self) -> Fraction | None:
        """The baseline of the present definition."""
        held = self.definition.baseline if self.definition else None
        return None if held is None else Fraction(held)


def loaded(rows: QuerySet) -> QuerySet:
    """Indicators with all that judging needs, in a fixed number of queries."""
    values = IndicatorValue.objects.filter(superseded_at=None).select_related("place", "definition")
    return rows.select_related(
        "unit", "responsible", "goal__strategy", "programme__strategy", "task__programme__strategy"
    ).prefetch_related("definitions", "targets", Prefetch("values", values, to_attr="live_values"))


def judged(indicator: Indicator, today: date) -> Judged:
    """One loaded indicator, judged on a day."""
    definitions = sorted(indicator.definitions.all(), key=lambda row: row.number)
    held = [row for row in definitions if row.valid_from <= today] or definitions[:1]
    definition = held[-1] if held else None
    targets = tuple(sorted(indicator.targets.all(), key=lambda row: row.year))
    rule = Rule(indicator.aggregation)
    found = [as_found(value) for value in indicator.live_values]
    series = series_of(rule, found, PARTS_PER_YEAR[indicator.frequency])
    points = series.of_definition(definition.number) if definition else series.points
    based = definition is not None and definition.baseline is not None
    case = Case(
        direction=indicator.direction,
        frequency=indicator.frequency,
        since=definition.valid_from if definition else date(today.year, 1, 1),
        within_year=rule in GROWING_WITHIN_YEAR,
        baseline=Fraction(definition.baseline) if based else None,
        baseline_year=definition.baseline_year if based else None,
        targets={target.year: Fraction(target.value) for target in targets},
        points=points,
        refused=tuple(series.refused),
        ended_on=last_day(indicator),
    )
    return Judged(indicator, definition, targets, series, judge(case, today))


def as_found(value: IndicatorValue) -> Found:
    """A row as the rules take it."""
    exact = {
        name: None if (held := getattr(value, name)) is None else Fraction(held)
        for name in ("value", "numerator", "denominator")
    }
    return Found(
        year=value.year,
        part=value.part,
        place=value.place.code if value.place else "",
        multiplier=value.definition.multiplier,
        definition=value.definition.number,
        precision=value.precision,
        **exact,
    )


def last_day(indicator: Indicator) -> date | None:
    """The day after which no value is expected: its own end, else that of what it measures."""
    if indicator.ended_on:
        return indicator.ended_on
    if indicator.task and indicator.task.to_date:
        return indicator.task.to_date
    if indicator.goal and indicator.goal.ended_on:
        return indicator.goal.ended_on
    programme = indicator.programme or (indicator.task and indicator.task.programme)
    if programme:
        return date(programme.to_year or programme.strategy.to_year, 12, 31)
    return date(indicator.goal.strategy.to_year, 12, 31) if indicator.goal else None


def of_region(region: str) -> QuerySet:
    """All indicators of a region."""
    return Indicator.objects.filter(region=region)


def all_judged(rows: QuerySet, today: date) -> list[Judged]:
    """Indicators judged on a day, in their order."""
    return [judged(indicator, today) for indicator in loaded(rows)]


def indicator_rows(
    *, goal: Goal | None = None, programme: Programme | None = None, task: Task | None = None, today: date
) -> list[dict]:
    """The indicators of one goal, programme or task as rows of the template `strategy/_indicators.html`."""
    rows = Indicator.objects.filter(goal=goal, programme=programme, task=task)
    return [as_row(one) for one in all_judged(rows, today)]


def as_row(one: Judged) -> dict:
    """One indicator as a row of the table: figures written, the small line drawn."""
    indicator, latest, target = one.indicator, one.latest, one.last_target
    goal = Fraction(target.value) if target else None
    knots = [(point.year, point.amount) for point in one.points]
    start = [] if one.baseline is None else [(one.definition.baseline_year, one.baseline)]
    return {
        "judged": one,
        "indicator": indicator,
        "code": indicator.code,
        "name": indicator.name,
        "kind": indicator.get_kind_display(),
        "unit": indicator.unit.many,
        "source": indicator.source,
        "baseline": "" if one.baseline is None else written(one.baseline),
        "baseline_year": one.definition.baseline_year if one.definition else None,
        "target": written(goal) if target else "",
        "target_year": target.year if target else None,
        "spark": spark_of([knot for knot in start if knots and knot[0] < knots[0][0]] + knots, goal),
        "values": "; ".join(f"{year}: {written(amount)}" for year, amount in knots),
        "now": written(latest.amount, latest.found.precision) if latest else "",
        "now_period": period_in_words(Period(latest.year, latest.found.part), indicator.frequency) if latest else "",
        "way": share_in_words(way_to_target(one.baseline, goal, latest.amount if latest else None)),
        "state": str(one.status.state),
        "tone": one.tone,
        "word": one.word,
        "reason": one.reason,
    }


@dataclass(frozen=True)
class TreeStatus:
    """The worst indicator of each goal, programme and task that has any, by primary key."""

    goals: dict[int, Judged]
    programmes: dict[int, Judged]
    tasks: dict[int, Judged]


def status_of_tree(strategy: Strategy, today: date) -> TreeStatus:
    """How the parts of a strategy stand: a task by its indicators, a programme also by its tasks and what is
    nested in it, a goal also by its operational goals, its tasks and the programmes that serve it."""
    programmes = list(strategy.programmes.prefetch_related("goals"))
    goals = list(strategy.goals.all())
    of_tree = Q(programme__strategy=strategy) | Q(goal__strategy=strategy)
    tasks = list(Task.objects.filter(of_tree))
    measured = Indicator.objects.filter(Q(goal__in=goals) | Q(programme__in=programmes) | Q(task__in=tasks))
    measured = measured.exclude(ended_on__lt=today)
    own: dict[tuple[str, int], list[Judged]] = {}
    for one in all_judged(measured, today):
        own.setdefault((one.about._meta.model_name, one.about.pk), []).append(one)
    by_task = {task.pk: own.get(("task", task.pk), []) for task in tasks}
    by_programme = {row.pk: own.get(("programme", row.pk), []) for row in programmes}
    by_goal = {row.pk: own.get(("goal", row.pk), []) for row in goals}
    for task in tasks:
        _hand_up(by_programme, task.programme_id, by_task[task.pk])
        _hand_up(by_goal, task.goal_id, by_task[task.pk])
    for programme in sorted(programmes, key=lambda row: row.parent_id is None):  # what is nested, first
        _hand_up(by_programme, programme.parent_id, by_programme[programme.pk])
    for programme in programmes:
        for goal in programme.goals.all():
            _hand_up(by_goal, goal.pk, by_programme[programme.pk])
    for goal in sorted(goals, key=lambda row: row.parent_id is None):
        _hand_up(by_goal, goal.parent_id, by_goal[goal.pk])
    return TreeStatus(_worst_of(by_goal), _worst_of(by_programme), _worst_of(by_task))


def _hand_up(held: dict[int, list[Judged]], key: int | None, below: list[Judged]) -> None:
    """What stands below is a part of what stands above, when that is in the same tree."""
    if key in held:
        held[key] = held[key] + below


def _worst_of(found: dict[int, list[Judged]]) -> dict[int, Judged]:
    return {key: in_order(several)[0] for key, several in found.items() if several}


def in_order(several: Iterable[Judged]) -> list[Judged]:
    """The worst first; of equals the first stays first."""
    return sorted(several, key=lambda one: WORST_FIRST.index(one.status.state))


def risks(today: date, region: str) -> list[dict]:
    """Indicators off course or at risk whose task, programme or goal is still under way, the worst first."""
    rows = of_region(region).exclude(ended_on__lt=today)
    found = [
        one
        for one in all_judged(rows, today)
        if one.status.state in {State.OFF_COURSE, State.AT_RISK} and (last_day(one.indicator) or today) >= today
    ]
    return [
        {
            "about": one.about,
            "task": one.indicator.task,
            "programme": one.indicator.programme or (one.indicator.task and one.indicator.task.programme),
            "goal": one.indicator.goal,
            "indicator": one.indicator,
            "status": one.status,
            "state": str(one.status.state),
            "tone": one.tone,
            "word": one.word,
            "reason": one.reason,
        }
        for one in in_order(found)
    ]
