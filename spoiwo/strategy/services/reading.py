"""The tree as it is read: goals, programmes and tasks in their places, what continues what, what needs a decision."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Prefetch, Q

from spoiwo.strategy.domain.succession import Need, Period, decisions, has_ended, lineage
from spoiwo.strategy.models import Goal, Programme, Strategy, Succession, Task
from spoiwo.strategy.services.indicators import Standing, TreeStatus, parts_of, status_of_tree, told_status


def neighbours() -> tuple[Prefetch, Prefetch]:
    """What a page shows of a programme's neighbours in time. Two queries."""
    return (
        Prefetch("continues", Succession.objects.select_related("predecessor__strategy")),
        Prefetch("continued_by", Succession.objects.select_related("successor__strategy")),
    )


@dataclass
class Leaf:
    """A task in the tree; how it stands, if it has any indicator."""

    task: Task
    ended: bool
    standing: Standing | None = None


@dataclass
class Limb:
    """A programme in the tree with its tasks; under a second goal it stands without them (`elsewhere`)."""

    programme: Programme
    ended: bool
    standing: Standing | None = None
    tasks: list[Leaf] = field(default_factory=list)
    nested: list["Limb"] = field(default_factory=list)
    elsewhere: Goal | None = None


@dataclass
class Branch:
    """A goal with its operational goals, the programmes that serve it and tasks outside programmes."""

    goal: Goal
    ended: bool
    standing: Standing | None = None
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


def tree_of(strategy: Strategy, *, today: date, year: int | None = None, public: bool = False) -> Tree:
    """The tree of a strategy: all of it, or what was in force in one year. A fixed number of queries.

    Each programme stands with its tasks under the first goal it serves, and by name alone under the others.
    How the parts stand may be a second late where it is `public`.
    """
    parts = parts_of(strategy, *neighbours())
    goals, programmes = parts.goals, parts.programmes
    own = {row.pk for row in programmes}
    tasks = [task for task in parts.tasks if task.programme_id is None or task.programme_id in own]
    if year is not None:
        goals = [goal for goal in goals if not goal.ended_on or goal.ended_on.year >= year]
        programmes = [row for row in programmes if row.in_force_in(year)]
        tasks = [task for task in tasks if task.active_in(year)]
    status = told_status(strategy, parts, today) if public else status_of_tree(parts, today)
    grown = _Growing(programmes, tasks, today, parts.serves, status)
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

    def __init__(
        self,
        programmes: list[Programme],
        tasks: list[Task],
        today: date,
        serves: dict[int, set[int]],
        status: TreeStatus,
    ) -> None:
        self.programmes, self.tasks, self.today, self.serves, self.status = programmes, tasks, today, serves, status
        self.seen: dict[int, Goal | None] = {}
        shown = {row.pk for row in programmes}
        self.tops = [row for row in programmes if row.parent_id not in shown]

    def branch(self, goal: Goal, goals: list[Goal]) -> Branch:
        return Branch(
            goal=goal,
            ended=bool(goal.ended_on and goal.ended_on < self.today),
            standing=self.status.goals.get(goal.pk),
            limbs=[self.limb(row, goal) for row in self.tops if goal.pk in self.serves[row.pk]],
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
            standing=self.status.programmes.get(row.pk),
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
    region = programme.region
    read = {row.pk: row for row in Programme.objects.filter(region=region).select_related("strategy")}
    rows = {row.code: row for row in read.values()}
    links = list(Succession.objects.filter(successor__region=region, predecessor__region=region))
    for link in links:
        link.predecessor, link.successor = read[link.predecessor_id], read[link.successor_id]
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
