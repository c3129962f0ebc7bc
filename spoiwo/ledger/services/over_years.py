"""Money of one task, or of a programme with those it continues, over the years; never a sum across programmes."""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Model

from spoiwo.ledger.models import Entry, PlanEntry
from spoiwo.ledger.services.visible import SeenYear
from spoiwo.strategy.models import Programme, Task

Cells = dict[tuple[int, int], dict[int, int]]  # (task or programme, year) → source → grosze


@dataclass
class YearOfMoney:
    """One year of a task or of one programme of a line, with its sums by source; no cell where there is no line."""

    seen: SeenYear
    of: Task | Programme
    cells: dict[int, int] = field(default_factory=dict)
    plan_gr: int | None = None

    @property
    def total_gr(self) -> int | None:
        """The year's sum; None when there is no line: no amount is not zero."""
        return sum(self.cells.values()) if self.cells else None


def task_over_years(task: Task, years: list[SeenYear]) -> list[YearOfMoney]:
    """Every one of these years in which the task has money or was under way. Two queries."""
    return _rows([task], "task", years, _runs)


def programmes_over_years(programmes: list[Programme], years: list[SeenYear]) -> list[YearOfMoney]:
    """Every one of these years in which one of the programmes has money or was in force. Two queries."""
    return _rows(programmes, "programme", years, _in_force)


def _rows(things: list[Model], column: str, years: list[SeenYear], expected) -> list[YearOfMoney]:
    chosen = {f"{column}__in": things, "year__in": [seen.year for seen in years]}
    spent: Cells = defaultdict(dict)
    for thing, year, source, total_gr in Entry.objects.filter(**chosen).sums(f"{column}_id", "year_id", "source_id"):
        spent[thing, year][source] = total_gr
    lines = PlanEntry.objects.filter(**chosen).planned()
    planned = {(thing, year): total_gr for thing, year, total_gr in lines.sums(f"{column}_id", "year_id")}
    return [
        YearOfMoney(seen, thing, spent.get(here, {}), planned.get(here))
        for seen in years
        for thing in things
        for here in [(thing.pk, seen.year.pk)]
        if here in spent or here in planned or expected(thing, seen.year.year)
    ]


def _in_force(programme: Programme, year: int) -> bool:
    return programme.in_force_in(year)


def _runs(task: Task, year: int) -> bool:
    """Whether money of a task is to be expected in a year: by its own days, else by its programme's period."""
    if not (task.from_date or task.to_date or task.programme):
        return False
    begun = not task.from_date or task.from_date.year <= year
    going = not task.to_date or task.to_date.year >= year
    return begun and going and (not task.programme or task.programme.in_force_in(year))
