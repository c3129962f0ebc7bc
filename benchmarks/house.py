"""Filling an empty house with an invented region and its ledger. Needs Django set up."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from django.core.management.color import no_style
from django.db import connection, transaction
from django.utils import timezone

from benchmarks import rows
from benchmarks.rows import Line
from spoiwo.access.models import User
from spoiwo.ledger.models import (
    DeclaredTotal,
    Document,
    Entry,
    EntryKind,
    EntryState,
    FiscalYear,
    Scope,
    Source,
    Tag,
)
from spoiwo.organisations.models import Organisation
from spoiwo.places.models import Place
from spoiwo.strategy.models import Activity, Programme, Result, Strategy, Task, Unit

REGION = "10"
CHUNK = 5_000
RESULTS, EVENTS = 60, 40
SOURCE_NAMES = (
    ("own", "Środki własne", "Własne"),
    ("state", "Dotacja z budżetu państwa", "Dotacja"),
    ("pfron", "PFRON", "PFRON"),
    ("eu", "Środki UE", "UE"),
)
LISTS = ("programmes", "sources", "tasks", "documents", "bodies", "places")
COLUMNS = (
    "id", "year_id", "key", "programme_id", "task_id", "source_id", "kind", "amount_gr", "date", "description",
    "document_id", "organisation_id", "place_id", "state", "entered_by_id", "entered_at", "version",
    "chapter", "paragraph", "case_sign", "reason",
)  # fmt: skip
INSERT = f"INSERT INTO ledger_entry ({', '.join(COLUMNS)}) VALUES ({', '.join(['%s'] * len(COLUMNS))})"
INSERT_TAG = "INSERT INTO ledger_entry_tags (entry_id, tag_id) VALUES (%s, %s)"
NOTICE = "Województwo i kwoty zmyślone, do pomiarów."


def code_of_programme(index: int) -> str:
    """The code under which the house knows a programme of the invented ledger."""
    return f"2021-P{index + 1}"


class House:
    """The rows that lines refer to, by the indexes of the invented ledger."""

    def __init__(self) -> None:
        region = {"region": REGION}
        self.year = FiscalYear.objects.get(**region, year=rows.YEAR)
        self.user = User.objects.get(email="ksiegowa@example.pl")
        self.programmes = list(Programme.objects.filter(**region).order_by("order"))
        self.sources = list(Source.objects.filter(**region).order_by("order"))
        self.tasks = list(Task.objects.filter(**region).order_by("order"))
        self.documents = list(Document.objects.filter(year=self.year).order_by("code"))
        self.tags = [Tag.objects.get(**region, code=code) for code in rows.TAGS]
        self.bodies = list(Organisation.objects.filter(**region, kind="ngo").order_by("code"))
        self.places = list(Place.objects.filter(level="gmina", valid_to=None).order_by("code")[: rows.PLACES])

    def stored(self, lines: Iterable[Line], before: int) -> Iterator[tuple]:
        """Lines as the database keeps them, column by column of COLUMNS; `before`: how many are there already."""
        keys = {name: [row.pk for row in getattr(self, name)] for name in LISTS}
        days = [_stored_day(rows.YEAR, day) for day in range(366)]
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        for number, line in enumerate(lines, start=before + 1):
            kind = EntryKind.REFUND if line.amount_gr < 0 else EntryKind.PAYMENT
            yield (
                number, self.year.pk, line.key, _at(keys["programmes"], line.programme), _at(keys["tasks"], line.task),
                keys["sources"][line.source], str(kind), line.amount_gr, days[line.day], line.description,
                keys["documents"][line.document], _at(keys["bodies"], line.body), _at(keys["places"], line.place),
                str(EntryState.ENTERED), self.user.pk, now, 1, "", "", "", "",
            )  # fmt: skip


def _at(keys: list[int], index: int | None) -> int | None:
    return None if index is None else keys[index]


def _stored_day(year: int, number: int) -> object:
    return connection.ops.adapt_datefield_value(date(year, 1, 1) + timedelta(days=number))


def day_of(line: Line) -> date:
    """The day of payment."""
    return date(rows.YEAR, 1, 1) + timedelta(days=line.day)


@transaction.atomic
def fill(lines: Iterable[Line], sums: dict[str, list[int]]) -> None:
    """Make the region, enter the lines, declare totals that agree with `sums`, and show the draft.

    The lines go in by SQL, a fifth of the time of objects; the database's own constraints check them.
    """
    _people_and_bodies()
    _plan()
    _year()
    house = House()
    tags = [tag.pk for tag in house.tags]
    number = 0
    with connection.cursor() as cursor:
        for chunk in _chunks(lines):
            cursor.executemany(INSERT, list(house.stored(chunk, number)))
            tagged = [(n, tags[tag]) for n, line in enumerate(chunk, start=number + 1) for tag in line.tags]
            cursor.executemany(INSERT_TAG, tagged)
            number += len(chunk)
        for statement in connection.ops.sequence_reset_sql(no_style(), [Entry, Entry.tags.through]):
            cursor.execute(statement)
    DeclaredTotal.objects.bulk_create(_declared(house, sums))


def look_over() -> None:
    """What a PostgreSQL server does by itself some time after so many new rows; SQLite does nothing."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")


def _chunks(lines: Iterable[Line]) -> Iterator[list[Line]]:
    source = iter(lines)
    while chunk := list(islice(source, CHUNK)):
        yield chunk


def _people_and_bodies() -> None:
    User.objects.create(email="ksiegowa@example.pl", full_name="Anna Pokazowa", invented=True)
    Organisation.objects.create(region=REGION, code="rops", name="ROPS (pokaz)", kind="rops")
    Organisation.objects.bulk_create(
        Organisation(region=REGION, code=f"ngo-{n:02d}", name=f"Stowarzyszenie pokazowe {n:02d}", kind="ngo")
        for n in range(rows.BODIES)
    )


def _plan() -> None:
    """Strategy, programmes, tasks, what came of them."""
    strategy = Strategy.objects.create(
        region=REGION, code="strategia-2021", name="Strategia pokazowa na lata 2021-2030",
        short_name="Strategia pokazowa", from_year=2021, to_year=2030,
    )  # fmt: skip
    for n in range(rows.PROGRAMMES):
        Programme.objects.create(
            region=REGION, strategy=strategy, code=code_of_programme(n), number=str(n + 1), kind="programme",
            name=f"Program pokazowy numer {n + 1}", short_name=f"Program pokazowy {n + 1}", order=n,
        )  # fmt: skip
    programmes = list(Programme.objects.order_by("order"))
    Task.objects.bulk_create(
        Task(
            region=REGION, code=f"zadanie-{n:02d}", name=f"Zadanie pokazowe {n + 1}", kind="task", order=n,
            programme=programmes[n // (rows.TASKS // rows.PROGRAMMES)],
        )
        for n in range(rows.TASKS)
    )  # fmt: skip
    unit = Unit.objects.create(
        region=REGION, code="ngo", one="organizacja", few="organizacje", many="organizacji",
        one_acc="organizację", loc_one="organizacji", loc_many="organizacjach",
    )  # fmt: skip
    _came_of_it(programmes, unit)


def _came_of_it(programmes: list[Programme], unit: Unit) -> None:
    common = {"region": REGION, "year": rows.YEAR, "document_code": "dok-000"}
    Result.objects.bulk_create(
        Result(
            key=f"wynik-{n:02d}", programme=programmes[n % rows.PROGRAMMES], value=n + 1, unit=unit,
            statement="Dofinansowano {n:acc}.", precision="exact", order=n, **common,
        )
        for n in range(RESULTS)
    )  # fmt: skip
    Activity.objects.bulk_create(
        Activity(
            key=f"wydarzenie-{n:02d}", programme=programmes[n % rows.PROGRAMMES], kind="training",
            name=f"Szkolenie pokazowe {n + 1}", date_from=date(rows.YEAR, 1 + n % 12, 10), people=20 + n,
            precision="exact", **common,
        )
        for n in range(EVENTS)
    )  # fmt: skip


def _year() -> None:
    year = FiscalYear.objects.create(
        region=REGION, year=rows.YEAR, title=f"Rok {rows.YEAR} (pokaz)", strategy=Strategy.objects.get(),
        invented=True, notice=NOTICE, shown_before_final=True, document_code="dok-000",
    )  # fmt: skip
    Source.objects.bulk_create(
        Source(region=REGION, code=code, name=name, short_name=short, source_class=code, order=n)
        for n, (code, name, short) in enumerate(SOURCE_NAMES)
    )
    Tag.objects.bulk_create(Tag(region=REGION, code=code, name=f"Przekrój {code}") for code in rows.TAGS)
    Document.objects.bulk_create(
        Document(year=year, code=f"dok-{n:03d}", name=f"Dokument pokazowy {n:03d}", kind="contract")
        for n in range(rows.DOCUMENTS)
    )


def _declared(house: House, sums: dict[str, list[int]]) -> list[DeclaredTotal]:
    """One declared total for every sum that a document can state; all of them agree."""
    stated = []
    for name, (total, _lines) in sums.items():
        kind, *which = name.split()
        if kind not in {"total", "source", "programme", "cell", "tag"} or "outside" in which:
            continue
        stated.append(DeclaredTotal(
            year=house.year, key=f"suma-{name.replace(' ', '-')}", scope=Scope.GRAND if kind == "total" else kind,
            programme=house.programmes[int(which[0])] if kind in {"programme", "cell"} else None,
            source=house.sources[int(which[-1])] if kind in {"source", "cell"} else None,
            tag=house.tags[rows.TAGS.index(which[0])] if kind == "tag" else None,
            amount_gr=total, precision="exact", document=house.documents[0],
        ))  # fmt: skip
    return stated
