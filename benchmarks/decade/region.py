"""Filling an empty house with ten years of an invented region. Needs Django set up."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from benchmarks.decade import rows
from benchmarks.house import SOURCE_NAMES
from spoiwo.access.models import Role, User
from spoiwo.access.services import give_role
from spoiwo.ledger.models import Document, Entry, FiscalYear, PlanEntry, PlanKind, Source
from spoiwo.organisations.models import Organisation
from spoiwo.strategy.models import Programme, Strategy, Task

REGION = "10"
CHUNK = 5_000
DIRECTOR = "dyrektor@example.pl"
COLUMNS = (
    "id", "year_id", "key", "programme_id", "task_id", "source_id", "kind", "amount_gr", "date", "description",
    "document_id", "state", "entered_at", "version", "chapter", "paragraph", "case_sign", "reason",
)  # fmt: skip
INSERT = f"INSERT INTO ledger_entry ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"


@transaction.atomic
def fill(count: int) -> None:
    """Region, years, plans and lines; the lines go in by SQL, the database's constraints check them."""
    director = User.objects.create(email=DIRECTOR, full_name="Daria Pokazowa", invented=True)
    give_role(user=director, role=Role.DIRECTOR, since=date(2017, 1, 1), by=None)
    Organisation.objects.create(region=REGION, code="rops", name="ROPS (pokaz)", kind="rops")
    programmes, tasks = _tree()
    sources = [
        Source.objects.create(region=REGION, code=code, name=name, short_name=short, source_class=code, order=n)
        for n, (code, name, short) in enumerate(SOURCE_NAMES)
    ]
    years = {number: _year(number) for number in rows.YEARS}
    papers = {number: Document.objects.create(year=year, code="dok", name="Dokument pokazowy", kind="other")
              for number, year in years.items()}  # fmt: skip
    _plans(count, years, papers, programmes, tasks, sources)
    stored = _stored(count, years, papers, programmes, tasks, sources)
    with connection.cursor() as cursor:
        for chunk in _chunks(stored):
            cursor.executemany(INSERT, chunk)
        for statement in connection.ops.sequence_reset_sql(no_style(), [Entry]):
            cursor.execute(statement)


def _tree() -> tuple[list[Programme], list[Task]]:
    strategy = Strategy.objects.create(
        region=REGION,
        code="s",
        name="Strategia pokazowa",
        short_name="Strategia pokazowa",
        from_year=2017,
        to_year=2030,
    )
    programmes = [
        Programme.objects.create(
            region=REGION, strategy=strategy, code=f"P{n + 1}", number=str(n + 1), kind="programme", order=n,
            name=f"Program pokazowy {n + 1}", short_name=f"Program {n + 1}",
        )
        for n in range(rows.PROGRAMMES)
    ]  # fmt: skip
    tasks = [
        Task.objects.create(
            region=REGION, code=f"zadanie-{n}", name=f"Zadanie pokazowe {n}", kind="task", order=n,
            programme=programmes[n // rows.PER_PROGRAMME],
        )
        for n in range(rows.TASKS)
    ]  # fmt: skip
    return programmes, tasks


def _year(number: int) -> FiscalYear:
    return FiscalYear.objects.create(
        region=REGION, year=number, title=f"Rok {number} (pokaz)", strategy=Strategy.objects.get(),
        invented=True, shown_before_final=True, keeps_plan=number == rows.YEAR,
    )  # fmt: skip


def _plans(count: int, years: dict, papers: dict, programmes: list, tasks: list, sources: list) -> None:
    found = []
    for number, row in enumerate(rows.plans(count)):
        same = {
            "year": years[row.year], "programme": programmes[row.programme], "task": tasks[row.task],
            "source": sources[row.source], "document": papers[row.year], "date": date(row.year, 1, 2),
        }  # fmt: skip
        for kind, amount_gr in ((PlanKind.PLAN, row.plan_gr), (PlanKind.COMMITMENT, row.committed_gr)):
            found.append(PlanEntry(kind=kind, key=f"{kind}-{number}", description="Plan", amount_gr=amount_gr, **same))
    PlanEntry.objects.bulk_create(found, batch_size=1000)


def _stored(
    count: int, years: dict, papers: dict, programmes: list, tasks: list, sources: list
) -> Iterator[tuple[object, ...]]:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    days = {
        (year, day): connection.ops.adapt_datefield_value(date(year, 1, 1) + timedelta(days=day))
        for year in rows.YEARS
        for day in range(364)
    }
    for line in rows.lines(count):
        yield (
            line.number + 1, years[line.year].pk, f"k{line.number}", programmes[line.programme].pk,
            tasks[line.task].pk, sources[line.source].pk, "refund" if line.amount_gr < 0 else "payment",
            line.amount_gr, days[line.year, line.day], "Zapis pokazowy", papers[line.year].pk, "entered", now, 1,
            line.chapter, line.paragraph, "", "",
        )  # fmt: skip


def _chunks(found: Iterable) -> Iterator[list]:
    source = iter(found)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def plant() -> None:
    """Add a grosz to one payment behind the harness's back: a page with a wrong sum must be noticed."""
    row = Entry.objects.filter(task__order=rows.TASK, year__year=rows.YEAR, kind="payment").order_by("pk").first()
    Entry.objects.filter(pk=row.pk).update(amount_gr=row.amount_gr + 1)
