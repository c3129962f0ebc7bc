"""Indicators read and judged: rows for a page, the worst of a tree, what is at risk."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property

from django.db.models import Prefetch, Q, QuerySet
from django.utils.translation import get_language

from spoiwo.access.remembering import remembered
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


class Told:
    """A state in the words and the tone of the screen."""

    state: State

    @property
    def tone(self) -> str:
        """The tone of the status tag."""
        return STATES[self.state][0]

    @property
    def word(self) -> str:
        """The status in one to three words."""
        return str(STATES[self.state][1])


@dataclass(frozen=True)
class Judged(Told):
    """An indicator on a day: its present definition, its series, its status with the reason in words."""

    indicator: Indicator
    definition: IndicatorDefinition | None
    targets: tuple[Target, ...]
    series: Series
    status: Status

    @property
    def state(self) -> State:
        """The state of its status."""
        return self.status.state

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
    return with_values(
        rows.select_related("unit", "responsible", "goal__strategy", "programme__strategy", "task__programme__strategy")
    )


def with_values(rows: QuerySet) -> QuerySet:
    """Indicators with their definitions, targets and values in force, each in order; sorted without the indicators."""
    values = IndicatorValue.objects.filter(superseded_at=None).select_related("place")
    return rows.prefetch_related(
        Prefetch("definitions", IndicatorDefinition.objects.order_by("number")),
        Prefetch("targets", Target.objects.order_by("year")),
        Prefetch("values", values.order_by("year", "part", "place"), to_attr="live_values"),
    )


def judged(indicator: Indicator, today: date) -> Judged:
    """One loaded indicator, judged on a day."""
    definitions = sorted(indicator.definitions.all(), key=lambda row: row.number)
    held = [row for row in definitions if row.valid_from <= today] or definitions[:1]
    definition = held[-1] if held else None
    targets = tuple(sorted(indicator.targets.all(), key=lambda row: row.year))
    rule = Rule(indicator.aggregation)
    found = [as_found(value) for value in defined(indicator, indicator.live_values)]
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


def defined(indicator: Indicator, values: list[IndicatorValue]) -> list[IndicatorValue]:
    """Values of an indicator, each tied to its definition among those already read."""
    held = {row.pk: row for row in indicator.definitions.all()}
    for value in values:
        if value.definition_id in held:
            value.definition = held[value.definition_id]
    return values


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


def told_rows(name: tuple, rows: QuerySet, today: date) -> list[dict]:
    """Rows for a page that everybody reads, remembered until the next deed; `name` says which indicators."""

    def made() -> str:
        return json.dumps([as_row(one) for one in all_judged(rows, today)])

    return json.loads(remembered(("indicators", *name, today, get_language()), made))


def as_row(one: Judged) -> dict:
    """One indicator as a row of the table, in plain texts: figures written, the small line drawn."""
    indicator, latest, target = one.indicator, one.latest, one.last_target
    goal = Fraction(target.value) if target else None
    knots = [(point.year, point.amount) for point in one.points]
    start = [] if one.baseline is None else [(one.definition.baseline_year, one.baseline)]
    spark = spark_of([knot for knot in start if knots and knot[0] < knots[0][0]] + knots, goal)
    return {
        "code": indicator.code,
        "name": indicator.name,
        "kind": indicator.get_kind_display(),
        "unit": indicator.unit.many,
        "invented": indicator.invented,
        "source": indicator.source,
        "baseline": "" if one.baseline is None else written(one.baseline),
        "baseline_year": one.definition.baseline_year if one.definition else None,
        "target": written(goal) if target else "",
        "target_year": target.year if target else None,
        "spark": asdict(spark) if spark else None,
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
class Standing(Told):
    """How a part of a tree stands: as its worst indicator."""

    state: State


@dataclass(frozen=True)
class TreeStatus:
    """How each goal, programme and task that has any indicator stands, by primary key."""

    goals: dict[int, Standing]
    programmes: dict[int, Standing]
    tasks: dict[int, Standing]


@dataclass(frozen=True)
class Parts:
    """The goals, programmes and tasks of a strategy, each read once; `serves`: which goals each programme serves."""

    goals: list[Goal]
    programmes: list[Programme]
    tasks: list[Task]
    serves: dict[int, set[int]]


def parts_of(strategy: Strategy, *around: Prefetch) -> Parts:
    """The parts of a strategy with what a page shows around its programmes. Four queries and those of `around`."""
    programmes = list(strategy.programmes.order_by("order", "code").prefetch_related(*around))
    own = {row.pk: row for row in programmes}
    tasks = list(Task.objects.filter(Q(programme__strategy=strategy) | Q(goal__strategy=strategy)))
    for task in tasks:
        if task.programme_id in own:
            task.programme = own[task.programme_id]
    serves: dict[int, set[int]] = {key: set() for key in own}
    links = Programme.goals.through.objects.filter(programme__strategy=strategy)
    for programme, goal in links.values_list("programme_id", "goal_id"):
        serves[programme].add(goal)
    return Parts(list(strategy.goals.order_by("order", "code")), programmes, tasks, serves)


def status_of_tree(parts: Parts, today: date) -> TreeStatus:
    """How the parts of a strategy stand: a task by its indicators, a programme also by its tasks and what is
    nested in it, a goal also by its operational goals, its tasks and the programmes that serve it."""
    own: dict[tuple[str, int], list[Judged]] = {}
    for one in _measuring(parts, today):
        own.setdefault((one.about._meta.model_name, one.about.pk), []).append(one)
    by_task = {task.pk: own.get(("task", task.pk), []) for task in parts.tasks}
    by_programme = {row.pk: own.get(("programme", row.pk), []) for row in parts.programmes}
    by_goal = {row.pk: own.get(("goal", row.pk), []) for row in parts.goals}
    for task in parts.tasks:
        _hand_up(by_programme, task.programme_id, by_task[task.pk])
        _hand_up(by_goal, task.goal_id, by_task[task.pk])
    for programme in sorted(parts.programmes, key=lambda row: row.parent_id is None):  # what is nested, first
        _hand_up(by_programme, programme.parent_id, by_programme[programme.pk])
    for programme in parts.programmes:
        for goal in parts.serves[programme.pk]:
            _hand_up(by_goal, goal, by_programme[programme.pk])
    for goal in sorted(parts.goals, key=lambda row: row.parent_id is None):
        _hand_up(by_goal, goal.parent_id, by_goal[goal.pk])
    return TreeStatus(_worst_of(by_goal), _worst_of(by_programme), _worst_of(by_task))


def told_status(strategy: Strategy, parts: Parts, today: date) -> TreeStatus:
    """The same for a page that everybody reads, remembered until the next deed."""

    def made() -> str:
        return json.dumps(asdict(status_of_tree(parts, today)))

    told = json.loads(remembered(("standing", strategy.pk, today), made))
    return TreeStatus(
        **{kind: {int(key): Standing(State(row["state"])) for key, row in rows.items()} for kind, rows in told.items()}
    )


def _measuring(parts: Parts, today: date) -> list[Judged]:
    """The indicators of these parts, judged; each is tied to the part already read. Four queries."""
    held = {
        name: {row.pk: row for row in rows}
        for name, rows in (("goal", parts.goals), ("programme", parts.programmes), ("task", parts.tasks))
    }
    rows = Indicator.objects.filter(
        Q(goal__in=held["goal"]) | Q(programme__in=held["programme"]) | Q(task__in=held["task"])
    )
    indicators = list(with_values(rows.exclude(ended_on__lt=today)))
    for indicator in indicators:
        for name, parts_by_key in held.items():
            if (key := getattr(indicator, f"{name}_id")) in parts_by_key:
                setattr(indicator, name, parts_by_key[key])
    return [judged(indicator, today) for indicator in indicators]


def _hand_up(held: dict[int, list[Judged]], key: int | None, below: list[Judged]) -> None:
    """What stands below is a part of what stands above, when that is in the same tree."""
    if key in held:
        held[key] = held[key] + below


def _worst_of(found: dict[int, list[Judged]]) -> dict[int, Standing]:
    return {key: Standing(in_order(several)[0].status.state) for key, several in found.items() if several}


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
