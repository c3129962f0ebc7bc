"""How each table of a year package stands in the database: model, key, columns."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.db.models import F

from spoiwo.ledger.models import (
    DeclaredTotal,
    Document,
    Entry,
    EntryKind,
    FiscalYear,
    PlanEntry,
    PlanKind,
    Source,
    Tag,
)
from spoiwo.organisations.models import Organisation
from spoiwo.places.models import Place
from spoiwo.strategy.models import (
    Activity,
    Goal,
    Indicator,
    IndicatorDefinition,
    IndicatorValue,
    Measure,
    Programme,
    Result,
    Strategy,
    Target,
    Task,
    Unit,
)


@dataclass(frozen=True)
class Column:
    """One column: its name in the package, the attribute of the model, and what it refers to.

    `kind`: plain, ref (a code of another table), refs (a list of codes), place, places, pair_note (one remark
    on every pair of a list). `late`: set only when all rows of the table exist (parents, predecessors).
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
        if self.model is IndicatorValue:  # of rows under one key the one that holds comes last
            rows = rows.order_by(F("superseded_at").asc(nulls_last=True))
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

_POSTING = (
    _ref("programme", "programmes"),
    _ref("task", "tasks"),
    _ref("source", "sources"),
    *_plain("kind", "amount_gr", "date", "description", "chapter", "paragraph", "case_sign"),
    _ref("document", "documents"),
    _ref("organisation", "organisations"),
    Column("place", kind="place"),
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
        _plain("name", "short_name", "from_year", "to_year", "adopted_on", "adopting_body", "resolution", "note"),
    ),
    Table(
        "goals",
        Goal,
        "code",
        "region",
        (
            _ref("strategy", "strategies"),
            _ref("parent", "goals", late=True),
            *_plain("number", "name", "note", "order"),
        ),
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
            Column("goals", kind="refs", table="goals"),
            Column("predecessors", kind="refs", table="programmes", late=True),
            Column("predecessors_note", "continues", "pair_note"),
        ),
    ),
    Table(
        "tasks",
        Task,
        "code",
        "region",
        (
            *_plain("number", "name", "kind", "from_date", "to_date", "note", "order"),
            _ref("programme", "programmes"),
            _ref("goal", "goals"),
            _ref("organisation", "organisations"),
        ),
    ),
    Table("units", Unit, "code", "region", _plain("one", "few", "many", "one_acc", "loc_one", "loc_many", "gen_one")),
    Table("measures", Measure, "code", "region", (Column("name"), _ref("unit", "units"))),
    Table(
        "indicators",
        Indicator,
        "code",
        "region",
        (
            _ref("goal", "goals"),
            _ref("programme", "programmes"),
            _ref("task", "tasks"),
            _ref("unit", "units"),
            _ref("responsible", "organisations"),
            *_plain("name", "kind", "direction", "aggregation", "frequency", "source", "invented", "order"),
        ),
    ),
    Table(
        "definitions",
        IndicatorDefinition,
        "key",
        "region",
        (
            _ref("indicator", "indicators"),
            *_plain("number", "valid_from", "text", "numerator", "denominator", "multiplier"),
            *_plain("baseline", "baseline_year", "reason"),
        ),
    ),
    Table("targets", Target, "key", "region", (_ref("indicator", "indicators"), *_plain("year", "value"))),
    Table(
        "sources",
        Source,
        "code",
        "region",
        (*_plain("name", "short_name", "order"), Column("class", "source_class")),
    ),
    Table("tags", Tag, "code", "region", _plain("name")),
    Table("documents", Document, "code", "year", _plain("name", "kind", "date", "address", "note")),
    Table("plan", PlanEntry, "key", "year", (*_POSTING, Column("due_on"), _ref("commitment", "plan"))),
    Table(
        "money",
        Entry,
        "key",
        "year",
        (
            *_POSTING,
            Column("tags", kind="refs", table="tags"),
            _ref("commitment", "plan"),
            _ref("returns", "money", late=True),
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
    Table(
        "indicator_values",
        IndicatorValue,
        "key",
        "region_year",
        (
            _ref("indicator", "indicators"),
            _ref("definition", "definitions"),
            Column("place", kind="place"),
            *_plain("part", "value", "numerator", "denominator", "precision", "evidence", "note", "reason"),
            _ref("corrects", "indicator_values", late=True),
        ),
    ),
)
BY_NAME = {table.name: table for table in TABLES}
YEAR_COLUMNS = ("title", "outside_label", "invented", "notice", "keeps_plan")


def normal(table: Table, row: dict) -> dict:
    """A package's row, reduced to the table's columns with one form for nothing."""
    values = {}
    for column in table.columns:
        value = row.get(column.name)
        if column.kind in {"refs", "places"}:
            value = sorted([value] if isinstance(value, str) else value or [])
        elif value is None:
            value = _nothing(table.model, column)
        values[column.name] = value
    return values


def _nothing(model: type[models.Model], column: Column) -> object:
    """What an empty cell stands for: the default of the model, an empty text, or None."""
    if column.kind == "pair_note":
        return ""
    if column.kind != "plain":
        return None
    field = model._meta.get_field(column.target)
    if field.has_default():
        return field.get_default()
    return "" if isinstance(field, models.CharField | models.TextField) else None


def stored(table: Table, rows: models.QuerySet) -> Iterator[tuple[str, models.Model, dict]]:
    """Rows of the database in the package's form: (key, row, values)."""
    refs = [column.target for column in table.columns if column.kind in {"ref", "place"}]
    many = [column.target for column in table.columns if column.kind in {"refs", "places", "pair_note"}]
    for row in rows.select_related(*refs).prefetch_related(*many):
        yield (
            getattr(row, table.key),
            row,
            {column.name: stored_value(table, row, column) for column in table.columns},
        )


def stored_value(table: Table, row: models.Model, column: Column) -> object:
    """One value of a row in the package's form."""
    if column.name in {"corrects", "reason"} and _follows_a_package(row):
        return _nothing(table.model, column)
    value = getattr(row, column.target)
    match column.kind:
        case "ref":
            return getattr(value, BY_NAME[column.table].key) if value else None
        case "place":
            return value.code if value else None
        case "refs" | "places":
            return sorted(item.code for item in value.all())
        case "pair_note":
            return "; ".join(dict.fromkeys(pair.note for pair in value.all()))
    if column.target == "amount_gr" and getattr(row, "kind", None) in _TAKES_AWAY:
        return abs(value)
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else value.normalize()
    return value


_TAKES_AWAY = {EntryKind.REFUND, PlanKind.RELEASE}
"""Kinds of lines that stand below zero in the books and without a sign in a package."""


def _follows_a_package(row: models.Model) -> bool:
    """Whether a value was corrected by reading its own row of a package in again."""
    return isinstance(row, IndicatorValue) and row.corrects_id is not None and row.corrects.key == row.key


def signed(table: Table, values: dict) -> dict:
    """Give a refund and a release their sign on the way in."""
    if table.model in (Entry, PlanEntry) and values["kind"] in _TAKES_AWAY:
        return values | {"amount_gr": -values["amount_gr"]}
    return values


def place_ids(codes: set[str]) -> dict[str, int]:
    """Code → primary key of the valid unit, else of the latest one under that code."""
    rows = Place.objects.filter(code__in=codes).order_by("-valid_to").values_list("code", "pk", "valid_to")
    found = {code: pk for code, pk, _to in rows}
    return found | {code: pk for code, pk, valid_to in rows if valid_to is None}
