"""Closing the months of a year, in order, and what changed in them since."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models.functions import ExtractMonth

from spoiwo.audit.services import record
from spoiwo.kernel.canonical import fingerprint
from spoiwo.ledger.domain.periods import (
    DECEMBER,
    MONTHS,
    canonical_sums,
    last_day,
    month_of,
    next_to_close,
    sum_changes,
)
from spoiwo.ledger.domain.pockets import Balance, Line, Pocket, balance
from spoiwo.ledger.errors import MonthNotOver, NotTheNextMonth, PeriodClosed
from spoiwo.ledger.models import Entry, FiscalYear, PeriodClosing, PlanEntry

COLUMNS = ("kind", "programme__code", "task__code", "source__code", "chapter", "paragraph")


def closed_months(year: FiscalYear) -> set[int]:
    """The months that are closed."""
    return set(year.closings.values_list("month", flat=True))


def require_open(year: FiscalYear, *days: date | None) -> None:
    """Make sure that the months of these days still take lines. Raises: PeriodClosed."""
    for month in sorted({month_of(day) for day in days} & closed_months(year)):
        raise PeriodClosed(month)


def month_sums(year: FiscalYear, *, only: int | None = None) -> dict[int, list[list]]:
    """Month → its sums in canonical order, as a closing keeps them; two queries for one month or for all."""
    found: dict[int, list[tuple]] = {month: [] for month in MONTHS}
    for table, rows in (("entry", year.entries.all()), ("plan", year.plan_entries.all())):
        rows = rows.in_month(only) if only else rows
        for month, *columns, total_gr in rows.annotate(month=ExtractMonth("date")).sums("month", *COLUMNS):
            found[month or DECEMBER].append((table, *columns, total_gr))
    return {month: canonical_sums(_merged(rows)) for month, rows in found.items()}


def _merged(rows: list[tuple]) -> list[tuple]:
    """Rows of the same key as one: in December, those without a day and those with one."""
    sums: dict[tuple, int] = {}
    for *key, total_gr in rows:
        sums[tuple(key)] = sums.get(tuple(key), 0) + total_gr
    return [(*key, total_gr) for key, total_gr in sums.items()]


@transaction.atomic
def close_month(*, year: FiscalYear, month: int, today: date, by) -> PeriodClosing:
    """Close one month and keep its sums with their fingerprint.

    Raises: NotTheNextMonth when an earlier one is open or this one is closed; MonthNotOver before it is over.
    """
    year = FiscalYear.objects.select_for_update(no_key=True).get(pk=year.pk)  # a line being entered waits
    expected = next_to_close(closed_months(year))
    if month != expected:
        raise NotTheNextMonth(expected)
    if today <= last_day(year.year, month):
        raise MonthNotOver
    sums = month_sums(year, only=month)[month]
    closing = PeriodClosing.objects.create(
        year=year, month=month, sums=sums, fingerprint=fingerprint(sums), closed_by=by
    )
    record(by=by, deed="ledger.month_closed", about=closing, fingerprint=closing.fingerprint)
    return closing


@dataclass(frozen=True)
class ClosedMonth:
    """A closed month now: lines entered since, what they changed, and whether the rest is as it was closed."""

    closing: PeriodClosing
    entries: list[Entry]
    plan_entries: list[PlanEntry]
    changes: list[list]
    holds: bool


def changes_since_closing(closing: PeriodClosing) -> ClosedMonth:
    """What was entered into a closed month since."""
    return closed_months_now(closing.year, [closing])[closing.month]


def closed_months_now(year: FiscalYear, closings: list[PeriodClosing] | None = None) -> dict[int, ClosedMonth]:
    """Month → what was entered into it since it was closed, in four queries or five.

    `holds`: the sums now less the lines entered since are those of the closing, and its fingerprint is theirs.
    """
    closings = list(year.closings.select_related("closed_by")) if closings is None else closings
    now = month_sums(year, only=closings[0].month if len(closings) == 1 else None) if closings else {}
    late = {closing.month: ([], []) for closing in closings}
    for place, rows in enumerate((year.entries, year.plan_entries)):
        for line in _entered_since(rows.all(), closings):
            late[month_of(line.date)][place].append(line)
    found = {}
    for closing in closings:
        entries, planned = late[closing.month]
        changes = sum_changes(closing.sums, now[closing.month])
        added = sum_changes(
            [], [*(_sum_row("entry", row) for row in entries), *(_sum_row("plan", row) for row in planned)]
        )
        holds = changes == added and fingerprint(closing.sums) == closing.fingerprint
        found[closing.month] = ClosedMonth(closing, entries, planned, changes, holds)
    return found


def _entered_since(rows, closings: list[PeriodClosing]) -> list[Entry | PlanEntry]:
    """Lines entered into closed months after their closing, in the order they were entered."""
    since = rows.none()
    for closing in closings:
        since |= rows.in_month(closing.month).filter(entered_at__gt=closing.closed_at)
    related = ("programme__strategy", "task", "source", "document", "entered_by")
    return list(since.select_related(*related).order_by("entered_at", "pk"))


def _sum_row(table: str, row: Entry | PlanEntry) -> list:
    codes = (row.programme and row.programme.code, row.task and row.task.code, row.source.code)
    return [table, row.kind, *codes, row.chapter, row.paragraph, row.amount_gr]


def month_totals(year: FiscalYear) -> dict[int, Balance]:
    """Month → its plan, commitments and spending, in two queries; None where there is no line."""
    kinds: dict[int, list[Line]] = {month: [] for month in MONTHS}
    nowhere = Pocket(None, None, None)
    for rows in (year.plan_entries, year.entries):
        for month, kind, total_gr in rows.annotate(month=ExtractMonth("date")).sums("month", "kind"):
            kinds[month or DECEMBER].append(Line(kind, nowhere, total_gr))
    return {month: balance(lines) for month, lines in kinds.items()}
