"""What a year's plan, commitments and payments come to: by pocket, source, programme, task and classification."""

from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field, fields
from datetime import date

from spoiwo.ledger.domain.forecast import Due, behind_pace_gr, forecast_gr, late_commitments
from spoiwo.ledger.domain.pockets import Balance, Pocket
from spoiwo.ledger.models import Entry, FiscalYear, PlanEntry, PlanKind, Source
from spoiwo.ledger.querysets import POCKET
from spoiwo.strategy.models import Programme, Task


@dataclass(frozen=True)
class Standing:
    """How money stands, in whole grosze; None where there is no line. Sums of standings add up to the grosz.

    `expected_gr`: what will be spent by the year's end, by the rule of `domain/forecast.py`, with or without a plan.
    """

    initial_gr: int | None = None
    changes_gr: int | None = None
    committed_gr: int | None = None
    spent_gr: int | None = None
    direct_gr: int | None = None
    expected_gr: int | None = None

    def __add__(self, other: "Standing") -> "Standing":
        return Standing(*(_added(getattr(self, row.name), getattr(other, row.name)) for row in fields(self)))

    @property
    def balance(self) -> Balance:
        """The same as the rules see it."""
        return Balance(self.plan_gr, self.committed_gr, self.spent_gr, self.direct_gr or 0)

    @property
    def plan_gr(self) -> int | None:
        """The plan with its changes."""
        return _added(self.initial_gr, self.changes_gr)

    @property
    def left_gr(self) -> int | None:
        """What may still be promised or spent; None without a plan."""
        return None if self.plan_gr is None else self.balance.left_gr

    @property
    def forecast_gr(self) -> int | None:
        """What will be spent by the year's end; None without a plan."""
        return None if self.plan_gr is None else self.expected_gr


def _added(one: int | None, other: int | None) -> int | None:
    if one is None or other is None:
        return one if other is None else other
    return one + other


@dataclass(frozen=True)
class PocketRow:
    """One pocket of a year with what it is called; a programme or a task may be None."""

    programme: Programme | None
    task: Task | None
    source: Source
    chapter: str
    paragraph: str
    standing: Standing


@dataclass(frozen=True)
class PlanSummary:
    """A year's pockets, and their sums. Keys are codes; None: outside programmes, without a task."""

    year: FiscalYear
    today: date
    rows: list[PocketRow] = field(default_factory=list)

    @property
    def total(self) -> Standing:
        """Everything."""
        return sum((row.standing for row in self.rows), Standing())

    @property
    def by_source(self) -> dict[str, Standing]:
        """Source code → its standing, in the order of sources."""
        return self.grouped(lambda row: row.source.code)

    @property
    def by_programme(self) -> dict[str | None, Standing]:
        """Programme code → its standing, in the order of programmes; None at the end."""
        return self.grouped(lambda row: row.programme.code if row.programme else None)

    @property
    def by_task(self) -> dict[str | None, Standing]:
        """Task code → its standing; None: lines that name no task."""
        return self.grouped(lambda row: row.task.code if row.task else None)

    def grouped(self, key: Callable[[PocketRow], Hashable]) -> dict[Hashable, Standing]:
        """Standings added up by a key of the row, in the order of rows."""
        groups: dict[Hashable, Standing] = defaultdict(Standing)
        for row in self.rows:
            groups[key(row)] += row.standing
        return dict(groups)


def plan_summary(year: FiscalYear, today: date) -> PlanSummary:
    """How a year's money stands on a day, in five queries however many lines there are."""
    programmes = {row.pk: row for row in Programme.objects.filter(region=year.region).select_related("strategy")}
    tasks = {row.pk: row for row in Task.objects.filter(region=year.region)}
    sources = {row.pk: row for row in Source.objects.filter(region=year.region)}
    rows = [
        PocketRow(programmes.get(key[0]), tasks.get(key[1]), sources[key[2]], *key[3:], standing)
        for key, standing in _standings(year, today).items()
    ]
    order = {pk: number for number, pk in enumerate(programmes)}
    rows.sort(
        key=lambda row: (
            order[row.programme.pk] if row.programme else len(order),
            (row.task is None, row.task.number if row.task else "", row.task.code if row.task else ""),
            (row.source.order, row.source.code),
            (row.chapter, row.paragraph),
        )
    )
    return PlanSummary(year, today, rows)


def _standings(year: FiscalYear, today: date) -> dict[Pocket, Standing]:
    """Every pocket of the year that has a line."""
    planned: dict[Pocket, dict[str, int]] = defaultdict(dict)
    for *key, kind, total_gr in year.plan_entries.sums(*POCKET, "kind"):
        planned[Pocket(*key)][kind] = total_gr
    spent = {Pocket(*row[:5]): row[5:] for row in year.entries.by_pocket(today)}
    found = {}
    for pocket in planned | spent:
        kinds, (total_gr, paced_gr, direct_gr) = planned.get(pocket, {}), spent.get(pocket, (None, None, None))
        committed_gr = _added(kinds.get(PlanKind.COMMITMENT), kinds.get(PlanKind.RELEASE))
        columns = kinds.get(PlanKind.PLAN), kinds.get(PlanKind.CHANGE), committed_gr, total_gr, direct_gr
        standing = Standing(*columns)
        expected_gr = forecast_gr(standing.balance, paced_gr=paced_gr or 0, year=year.year, today=today)
        found[pocket] = Standing(*columns, expected_gr)
    return found


@dataclass(frozen=True)
class ClassSum:
    """One chapter and paragraph, in whole grosze; None where there is no line. `direct_gr`: paid without commitment."""

    plan_gr: int | None = None
    committed_gr: int | None = None
    spent_gr: int | None = None
    direct_gr: int | None = None


def sums_by_classification(year: FiscalYear, month: int | None = None) -> dict[tuple[str, str], ClassSum]:
    """(chapter, paragraph) → sums from January to the end of a month, of the whole year when none is named.

    Two queries. The division is the first three digits of the chapter; lines without classification stand under
    ("", ""). A line without a day belongs to December.
    """
    sums: dict[tuple[str, str], dict[str, int]] = defaultdict(dict)
    columns = {PlanKind.PLAN: "plan_gr", PlanKind.CHANGE: "plan_gr"}
    for chapter, paragraph, kind, total_gr in year.plan_entries.in_months_to(month or 12).sums(
        "chapter", "paragraph", "kind"
    ):
        column, held = columns.get(kind, "committed_gr"), sums[chapter, paragraph]
        held[column] = held.get(column, 0) + total_gr
    for chapter, paragraph, total_gr, direct_gr in year.entries.in_months_to(month or 12).by_classification():
        sums[chapter, paragraph] |= {"spent_gr": total_gr, "direct_gr": direct_gr}
    return {key: ClassSum(**sums[key]) for key in sorted(sums)}


@dataclass(frozen=True)
class CommitmentRow:
    """A commitment, what stands of it after releases and corrections, what was paid; `due_on` as last corrected."""

    commitment: PlanEntry
    committed_gr: int
    paid_gr: int
    due_on: date | None

    @property
    def to_pay_gr(self) -> int:
        """What is promised and not yet paid."""
        return self.committed_gr - self.paid_gr


def commitment_rows(year: FiscalYear) -> list[CommitmentRow]:
    """The year's commitments as they stand, the earliest due first, in four queries."""
    committed, paid = year.plan_entries.by_commitment(), year.entries.by_commitment()
    corrected = dict(year.plan_entries.right_commitments().order_by("pk").values_list("commitment_id", "due_on"))
    related = ("programme__strategy", "task", "source", "document", "organisation", "place")
    rows = [
        CommitmentRow(row, committed.get(row.pk, 0), paid.get(row.pk, 0), corrected.get(row.pk, row.due_on))
        for row in year.plan_entries.commitments().select_related(*related)
    ]
    return sorted(rows, key=lambda row: (row.due_on or date.max, row.commitment.pk))


def late_rows(rows: list[CommitmentRow], today: date) -> list[CommitmentRow]:
    """Commitments past their day with something still to pay, the longest waiting first."""
    by_pk = {row.commitment.pk: row for row in rows}
    late = late_commitments((Due(pk, row.due_on, row.to_pay_gr) for pk, row in by_pk.items()), today)
    return [by_pk[row.key] for row in late]


def tasks_behind(summary: PlanSummary) -> list[tuple[Task, Standing, int]]:
    """Tasks whose spending and commitments stay behind the calendar, and by how much; the largest first."""
    tasks = {row.task.code: row.task for row in summary.rows if row.task}
    behind = [
        (tasks[code], standing, behind_pace_gr(standing.balance, year=summary.year.year, today=summary.today))
        for code, standing in summary.by_task.items()
        if code is not None
    ]
    return sorted((row for row in behind if row[2]), key=lambda row: (-row[2], row[0].code))


def stays_gr(payment: Entry) -> int:
    """What has not come back of a payment."""
    return payment.amount_gr + (payment.refunds.total_gr() or 0)
