"""How each table of a year package stands in the database: model, key, columns."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import models

from spoiwo.ledger.models import DeclaredTotal, Document, Entry, EntryKind, FiscalYear, Source, Tag
from spoiwo.organisations.models import Organisation
from spoiwo.places.models import Place
from spoiwo.strategy.models import Activity, Measure, Programme, Result, Strategy, Task, Unit


@dataclass(frozen=True)
class Column:
    """One column: its name in the package, the attribute of the model, and what it refers to.

    `kind`: plain, ref (a code of another table), refs (a list of codes), place, places.
    `late`: set only when all rows of the table exist (parents, predecessors).
    """

    name: str
    attr: str = ""
    kind: str = "plain"
    table: str = ""
    late: bool = False

    @property
    def target(self) -> str:
        """The model's attribute."""
        return self.attr or self.name


@dataclass(frozen=True)
class Table:
    """One table. `scope` is region, year (a foreign key) or region_year (two plain columns)."""

    name: str
    model: type[models.Model]
    key: str
    scope: str
    columns: tuple[Column, ...]

    def scoped(self, region: str, year: FiscalYear | None, number: int) -> models.QuerySet:
        """The rows of this region or year that are already there."""
        rows = self.model.objects.all()
        match self.scope:
            case "region":
                return rows.filter(region=region)
            case "region_year":
                return rows.filter(region=region, year=number)
            case _:
                return rows.filter(year=year) if year else rows.none()


def _plain(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


def _ref(name: str, table: str, attr: str = "", late: bool = False) -> Column:
    return Column(name, attr, "ref", table, late)


_EVIDENCE = (
    _ref("programme", "programmes"),
    _ref("task", "tasks"),
    Column("place", "places", "places"),
    Column("people"),
    Column("precision"),
    Column("document", "document_code"),
)

TABLES: tuple[Table, ...] = (
    Table(
        "organisations",
        Organisation,
        "code",
        "region",
        (*_plain("name", "kind", "address", "note"), Column("place", kind="place")),
    ),
    Table(
        "strategies",
        Strategy,
        "code",
        "region",
        _plain("name", "short_name", "from_year", "to_year", "adopted_on", "adopting_body", "resolution"),
    ),
    Table(
        "programmes",
        Programme,
        "code",
        "region",
        (
            _ref("strategy", "strategies"),
            *_plain(
                "number",
                "name",
                "short_name",
                "kind",
                "from_year",
                "to_year",
                "adopting_body",
                "adopted_on",
                "resolution",
                "note",
                "order",
            ),
            _ref("parent", "programmes", late=True),
            Column("predecessors", kind="refs", table="programmes", late=True),
        ),
    ),
    Table(
        "tasks",
        Task,
        "code",
        "region",
        (_ref("programme", "programmes"), *_plain("name", "kind", "from_date", "to_date", "note", "order")),
    ),
    Table("units", Unit, "code", "region", _plain("one", "few", "many", "one_acc", "loc_one", "loc_many")),
    Table("measures", Measure, "code", "region", (Column("name"), _ref("unit", "units"))),
    Table(
        "sources",
        Source,
        "code",
        "region",
        (*_plain("name", "short_name", "order"), Column("class", "source_class")),
    ),
    Table("tags", Tag, "code", "region", _plain("name")),
    Table("documents", Document, "code", "year", _plain("name", "kind", "date", "address", "note")),
    Table(
        "money",
        Entry,
        "key",
        "year",
        (
            _ref("programme", "programmes"),
            _ref("task", "tasks"),
            _ref("source", "sources"),
            *_plain("kind", "amount_gr", "date", "description"),
            _ref("document", "documents"),
            _ref("organisation", "organisations"),
            Column("place", kind="place"),
            Column("tags", kind="refs", table="tags"),
        ),
    ),
    Table(
        "declared",
        DeclaredTotal,
        "key",
        "year",
        (
            *_plain("scope", "amount_gr", "precision", "rounded_to_gr", "note"),
            _ref("source", "sources"),
            _ref("programme", "programmes"),
            _ref("tag", "tags"),
            _ref("document", "documents"),
        ),
    ),
    Table(
        "results",
        Result,
        "key",
        "region_year",
        (
            *_EVIDENCE,
            _ref("measure", "measures"),
            *_plain("statement", "value", "order"),
            _ref("unit", "units"),
        ),
    ),
    Table(
        "events",
        Activity,
        "key",
        "region_year",
        (*_EVIDENCE, *_plain("name", "kind", "date_from", "date_to", "note")),
    ),
)
BY_NAME = {table.name: table for table in TABLES}
YEAR_COLUMNS = ("title", "outside_label", "invented", "notice")


def normal(table: Table, row: dict) -> dict:
    """A package's row, reduced to the table's columns with one form for nothing."""
    values = {}
    for column in table.columns:
        value = row.get(column.name)
        if column.kind in {"refs", "places"}:
            value = sorted([value] if isinstance(value, str) else value or [])
        elif column.target in _NUMBERS_WITH_ZERO and value is None:
            value = 0
        elif value is None and _is_text(table.model, column):
            value = ""
        values[column.name] = value
    return values


_NUMBERS_WITH_ZERO = {"order"}


def _is_text(model: type[models.Model], column: Column) -> bool:
    if column.kind != "plain":
        return False
    return isinstance(model._meta.get_field(column.target), models.CharField | models.TextField)


def stored(table: Table, rows: models.QuerySet) -> Iterator[tuple[str, models.Model, dict]]:
    """Rows of the database in the package's form: (key, row, values)."""
    refs = [column.target for column in table.columns if column.kind in {"ref", "place"}]
    many = [column.target for column in table.columns if column.kind in {"refs", "places"}]
    for row in rows.select_related(*refs).prefetch_related(*many):
        yield (
            getattr(row, table.key),
            row,
            {column.name: stored_value(table, row, column) for column in table.columns},
        )


def stored_value(table: Table, row: models.Model, column: Column) -> object:
    """One value of a row in the package's form."""
    value = getattr(row, column.target)
    match column.kind:
        case "ref":
            return getattr(value, BY_NAME[column.table].key) if value else None
        case "place":
            return value.code if value else None
        case "refs":
            return sorted(item.code for item in value.all())
        case "places":
            return sorted(item.code for item in value.all())
    if table.model is Entry and column.target == "amount_gr":
        return abs(value)
    if column.target == "value" and value is not None:
        return value.normalize()
    return value


def signed(table: Table, values: dict) -> dict:
    """Give a refund its sign on the way in."""
    if table.model is Entry and values["kind"] == EntryKind.REFUND:
        return values | {"amount_gr": -values["amount_gr"]}
    return values


def place_ids(codes: set[str]) -> dict[str, int]:
    """Code → primary key of the valid unit, else of the latest one under that code."""
    rows = Place.objects.filter(code__in=codes).order_by("-valid_to").values_list("code", "pk", "valid_to")
    found = {code: pk for code, pk, _to in rows}
    return found | {code: pk for code, pk, valid_to in rows if valid_to is None}
