"""The tree as it is read: goals, programmes and tasks in their places, what continues what, what needs a decision."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from spoiwo.strategy.domain.succession import Need, Period, decisions, has_ended, lineage
from spoiwo.strategy.models import Goal, Programme, Strategy, Succession, Task
from spoiwo.strategy.services.indicators import Judged, TreeStatus, status_of_tree

# What a page shows of a programme's neighbours in time.
NEIGHBOURS = ("continues__predecessor__strategy", "continued_by__successor__strategy")


@dataclass
class Leaf:
    """A task in the tree, with its worst indicator if it has any."""

    task: Task
    ended: bool
    judged: Judged | None = None


@dataclass
class Limb:
    """A programme in the tree with its tasks; under a second goal it stands without them (`elsewhere`)."""

    programme: Programme
    ended: bool
    judged: Judged | None = None
    tasks: list[Leaf] = field(default_factory=list)
    nested: list["Limb"] = field(default_factory=list)
    elsewhere: Goal | None = None


@dataclass
class Branch:
    """A goal with its operational goals, the programmes that serve it and tasks outside programmes."""

    goal: Goal
    ended: bool
    judged: Judged | None = None
    operational: list["Branch"] = field(default_factory=list)
    limbs: list[Limb] = field(default_factory=list)
    tasks: list[Leaf] = field(default_factory=list)

    @property
    def programme_count(self) -> int:
        """Programmes under this goal and the goals below it, each once."""
        return len({limb.programme.pk for limb in self._all_limbs()})

    @property
    def task_count(self) -> int:
        """Tasks that stand under this goal."""
        own = len(self.tasks) + sum(_tasks_of(limb) for limb in self.limbs)
        return own + sum(branch.task_count for branch in self.operational)

    def _all_limbs(self) -> list[Limb]:
        return self.limbs + [limb for branch in self.operational for limb in branch._all_limbs()]


@dataclass
class Tree:
    """A whole strategy; `free` are programmes that no goal names, `outside` tasks of no programme and no goal."""

    strategy: Strategy
    branches: list[Branch]
    free: list[Limb]
    outside: list[Leaf]
    goal_count: int = 0
    programme_count: int = 0
    task_count: int = 0


def _tasks_of(limb: Limb) -> int:
    return len(limb.tasks) + sum(_tasks_of(child) for child in limb.nested)


def tree_of(strategy: Strategy, *, today: date, year: int | None = None) -> Tree:
    """The tree of a strategy: all of it, or what was in force in one year. A fixed number of queries.

    Each programme stands with its tasks under the first goal it serves, and by name alone under the others.
    """
    programmes = Programme.objects.filter(strategy=strategy)
    tasks = Task.objects.filter(Q(programme__strategy=strategy) | Q(programme=None, goal__strategy=strategy))
    goals = list(Goal.objects.filter(strategy=strategy))
    if year is not None:
        programmes, tasks = programmes.in_force_in(year), tasks.active_in(year)
        goals = [goal for goal in goals if not goal.ended_on or goal.ended_on.year >= year]
    programmes = list(programmes.select_related("strategy").prefetch_related("goals", *NEIGHBOURS))
    tasks = list(tasks.select_related("programme", "goal", "organisation"))
    grown = _Growing(programmes, tasks, today, status_of_tree(strategy, today))
    branches = [grown.branch(goal, goals) for goal in goals if goal.parent_id is None]
    free = [grown.limb(row) for row in grown.tops if row.pk not in grown.seen]
    return Tree(
        strategy=strategy,
        branches=branches,
        free=free,
        outside=[grown.leaf(task) for task in outside_of(strategy, year)],
        goal_count=len([goal for goal in goals if goal.parent_id is None]),
        programme_count=len(grown.tops),
        task_count=len(tasks),
    )


def outside_of(strategy: Strategy, year: int | None = None):
    """Tasks of no programme and no goal that have results or dates in the strategy's years, or in one of them."""
    first, last = (year, year) if year is not None else (strategy.from_year, strategy.to_year)
    begins, ends = date(first, 1, 1), date(last, 12, 31)
    dated = Q(from_date__isnull=False) | Q(to_date__isnull=False)
    within = (Q(from_date=None) | Q(from_date__lte=ends)) & (Q(to_date=None) | Q(to_date__gte=begins))
    rows = Task.objects.filter(region=strategy.region, programme=None, goal=None)
    return rows.filter(Q(results__year__range=(first, last)) | (dated & within)).distinct()


class _Growing:
    """Puts programmes and tasks in their places; each task stands once."""

    def __init__(self, programmes: list[Programme], tasks: list[Task], today: date, status: TreeStatus) -> None:
        self.programmes, self.tasks, self.today, self.status = programmes, tasks, today, status
        self.seen: dict[int, Goal | None] = {}
        shown = {row.pk for row in programmes}
        self.tops = [row for row in programmes if row.parent_id not in shown]

    def branch(self, goal: Goal, goals: list[Goal]) -> Branch:
        return Branch(
            goal=goal,
            ended=bool(goal.ended_on and goal.ended_on < self.today),
            judged=self.status.goals.get(goal.pk),
            limbs=[self.limb(row, goal) for row in self.tops if goal.pk in {served.pk for served in row.goals.all()}],
            tasks=[self.leaf(task) for task in self.tasks if task.programme_id is None and task.goal_id == goal.pk],
            operational=[self.branch(child, goals) for child in goals if child.parent_id == goal.pk],
        )

    def limb(self, row: Programme, goal: Goal | None = None) -> Limb:
        ended = has_ended(row.last_year, self.today.year)
        if row.pk in self.seen:
            return Limb(row, ended, self.status.programmes.get(row.pk), elsewhere=self.seen[row.pk])
        self.seen[row.pk] = goal
        return Limb(
            programme=row,
            ended=ended,
            judged=self.status.programmes.get(row.pk),
            tasks=[self.leaf(task) for task in self.tasks if task.programme_id == row.pk],
            nested=[self.limb(child, goal) for child in self.programmes if child.parent_id == row.pk],
        )

    def leaf(self, task: Task) -> Leaf:
        return Leaf(task, task.has_ended_on(self.today), self.status.tasks.get(task.pk))


def strategy_on(strategies: list[Strategy], today: date) -> Strategy | None:
    """The strategy in force on a day; between two, the latest."""
    running = [row for row in strategies if row.from_year <= today.year <= row.to_year]
    return next(iter(running or strategies), None)


@dataclass
class Waiting:
    """A programme that needs a decision: what is needed, and since which year."""

    need: Need
    programme: Programme
    since: int


def decisions_of(region: str, *, today: date, strategy: Strategy | None = None) -> list[Waiting]:
    """Programmes of a region, or of one strategy, that need a decision on a day. Two queries."""
    rows = {row.code: row for row in Programme.objects.filter(region=region).select_related("strategy")}
    links = Succession.objects.filter(successor__region=region)
    found = decisions(
        [_period(row) for row in rows.values()],
        links.values_list("predecessor__code", "successor__code"),
        today.year,
    )
    waiting = [Waiting(row.need, rows[row.code], row.since) for row in found]
    return [row for row in waiting if strategy is None or row.programme.strategy_id == strategy.pk]


def _period(row: Programme) -> Period:
    return Period(
        code=row.code,
        strategy=row.strategy.code,
        first_year=row.first_year,
        last_year=row.last_year,
        strategy_first=row.strategy.from_year,
        strategy_last=row.strategy.to_year,
        nested=row.parent_id is not None,
        begins_line=row.begins_line,
        ends_line=row.ends_line,
    )


@dataclass
class Generation:
    """One programme of a lineage: how far from the one asked about, and the links it continues by."""

    programme: Programme
    distance: int
    links: list[Succession] = field(default_factory=list)


def lineage_of(programme: Programme) -> list[Generation]:
    """All that leads to a programme and all that comes from it, the earliest first. Two queries."""
    rows = {row.code: row for row in Programme.objects.filter(region=programme.region).select_related("strategy")}
    links = list(
        Succession.objects.filter(successor__region=programme.region).select_related(
            "predecessor__strategy", "successor"
        )
    )
    stages = lineage(programme.code, [(link.predecessor.code, link.successor.code) for link in links])
    shown = {stage.code for stage in stages}
    return [
        Generation(
            rows[stage.code],
            stage.distance,
            [link for link in links if link.successor.code == stage.code and link.predecessor.code in shown],
        )
        for stage in stages
    ]
