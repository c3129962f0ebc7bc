"""Reading a year package in: first a dry run, then all of it or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.db import models, transaction

from spoiwo.audit.services import Deed, record_all
from spoiwo.kernel.canonical import fingerprint
from spoiwo.ledger.domain import schema
from spoiwo.ledger.domain.check import CheckedPackage, KnownCodes, check_package
from spoiwo.ledger.domain.raw import RawPackage
from spoiwo.ledger.domain.schema import DEFAULT_SOURCES, folded
from spoiwo.ledger.errors import PackageRefused, PlanChanged
from spoiwo.ledger.intake import read_package
from spoiwo.ledger.models import Entry, EntryState, FiscalYear, ImportBatch, Source
from spoiwo.ledger.services.tables import (
    BY_NAME,
    TABLES,
    YEAR_COLUMNS,
    Table,
    normal,
    place_ids,
    signed,
    stored,
    stored_value,
)
from spoiwo.organisations.models import Organisation
from spoiwo.places.models import Place
from spoiwo.strategy.models import Programme, Strategy, Unit


@dataclass(frozen=True)
class RowChange:
    """One row that is new or differs: `changed` holds column → (before, after); empty when new."""

    table: str
    key: str
    row: int
    values: dict
    changed: dict = field(default_factory=dict)


@dataclass
class ImportPlan:
    """What a package would do. `faults` make it refused; then nothing else is filled in."""

    region: str = ""
    year: int = 0
    sha256: str = ""
    faults: list = field(default_factory=list)
    new: list[RowChange] = field(default_factory=list)
    changed: list[RowChange] = field(default_factory=list)
    unchanged: dict[str, int] = field(default_factory=dict)
    absent: dict[str, list[str]] = field(default_factory=dict)
    year_row: dict = field(default_factory=dict)
    tasks: list[str] = field(default_factory=list)

    @property
    def empty(self) -> bool:
        """Whether saving would change nothing."""
        return not (self.new or self.changed)

    @property
    def digest(self) -> str:
        """Fingerprint of what would be saved, to notice that the data changed meanwhile."""
        rows = [
            [c.table, c.key, {k: str(v) for k, v in c.values.items()}, {k: str(v[0]) for k, v in c.changed.items()}]
            for c in (*self.new, *self.changed)
        ]
        return fingerprint({"region": self.region, "year": self.year, "rows": rows})

    def counts(self) -> dict[str, dict[str, int]]:
        """Table → how many rows are new, changed, unchanged."""
        result = {}
        for name in ("year", *BY_NAME):
            row = {
                "new": sum(1 for change in self.new if change.table == name),
                "changed": sum(1 for change in self.changed if change.table == name),
                "unchanged": self.unchanged.get(name, 0),
            }
            if any(row.values()):
                result[name] = row
        return result


def known_codes(region: str = "") -> KnownCodes:
    """What a package may refer to beside itself: the codes of its region, of any region when none is named."""
    where = {"region": region} if region else {}
    sources = set(Source.objects.filter(**where).values_list("code", flat=True))
    return KnownCodes(
        strategies=set(Strategy.objects.filter(**where).values_list("code", flat=True)),
        programmes=dict(Programme.objects.filter(**where).values_list("code", "strategy__code")),
        sources=sources or {row["code"] for row in DEFAULT_SOURCES},
        units=set(Unit.objects.filter(**where).values_list("code", flat=True)),
        organisations=set(Organisation.objects.filter(**where).values_list("code", flat=True)),
        places=set(Place.objects.values_list("code", flat=True)),
        region_names=dict(Place.objects.filter(level="voivodeship", valid_to=None).values_list("code", "name")),
    )


def _silent(step: str) -> None:
    """Nobody watches."""


def plan_import(path: Path, *, progress: Callable[[str], None] = _silent) -> ImportPlan:
    """Read and check a package and say what it would do; saves nothing. `progress` is told each step."""
    progress("read")
    return _plan_of(read_package(path), progress)


def _plan_of(raw: RawPackage, progress: Callable[[str], None]) -> ImportPlan:
    progress("check")
    checked = check_package(raw, known_codes(region_of(raw)))
    progress("compare")
    if checked.faults:
        return ImportPlan(faults=checked.faults, sha256=raw.sha256)
    plan = ImportPlan(region=checked.region, year=checked.year, sha256=raw.sha256)
    year = FiscalYear.objects.filter(region=plan.region, year=plan.year).select_related("strategy").first()
    plan.tasks = sorted(row["code"] for row in checked.tables.get("tasks", []))
    _plan_year(plan, checked, year)
    for table in TABLES:
        _plan_table(plan, table, _rows(table, checked, plan.region), year)
    return plan


def region_of(raw: RawPackage) -> str:
    """The region that the package names, before it is checked; "" when it names none."""
    for table in raw.tables:
        if table.name == "year" and table.rows:
            labels = {folded(call) for call in ("region", schema.table("year").column("region").label)}
            for heading, cell in zip(table.header, table.rows[0][1], strict=False):
                if folded(str(heading)) in labels:
                    return str(cell or "").strip()
    return ""


def _rows(table: Table, checked: CheckedPackage, region: str) -> list[dict]:
    rows = checked.tables.get(table.name, [])
    if table.name == "sources" and not rows and not Source.objects.filter(region=region).exists():
        return [dict(row) for row in DEFAULT_SOURCES]
    return rows


def _plan_year(plan: ImportPlan, checked: CheckedPackage, year: FiscalYear | None) -> None:
    row = checked.tables["year"][0]
    values = {name: row.get(name) for name in YEAR_COLUMNS}
    values["outside_label"] = values["outside_label"] or "Poza programami"
    values["notice"] = values["notice"] or ""
    values |= {"strategy": row["strategy"], "document_code": row.get("document") or ""}
    plan.year_row = values
    if year is None:
        plan.new.append(RowChange("year", str(plan.year), row.get("_row", 0), values))
        return
    held = {name: getattr(year, name) for name in (*YEAR_COLUMNS, "document_code")}
    held["strategy"] = year.strategy.code
    _sort_row(plan, "year", str(plan.year), row.get("_row", 0), values, held)


def _plan_table(plan: ImportPlan, table: Table, rows: list[dict], year: FiscalYear | None) -> None:
    held = {key: values for key, _row, values in stored(table, table.scoped(plan.region, year, plan.year))}
    for row in rows:
        key, values = row[table.key], normal(table, row)
        if key in held:
            _sort_row(plan, table.name, key, row.get("_row", 0), values, held.pop(key))
        else:
            plan.new.append(RowChange(table.name, key, row.get("_row", 0), values))
    if held and table.scope != "region":
        plan.absent[table.name] = sorted(held)


def _sort_row(plan: ImportPlan, table: str, key: str, number: int, values: dict, held: dict) -> None:
    changed = {name: (held[name], value) for name, value in values.items() if held[name] != value}
    if changed:
        plan.changed.append(RowChange(table, key, number, values, changed))
    else:
        plan.unchanged[table] = plan.unchanged.get(table, 0) + 1


def import_year(
    *, path: Path, by, name: str = "", expected_digest: str | None = None, progress: Callable[[str], None] = _silent
) -> ImportPlan:
    """Read a package in, all of it or nothing; the same package a second time changes nothing.

    Raises: PackageRefused (the plan with its faults is the argument), PlanChanged when the plan is no
    longer the one with `expected_digest`.
    """
    progress("read")
    raw = read_package(path)  # before the transaction: a slow file keeps nobody waiting
    with transaction.atomic():
        plan = _plan_of(raw, progress)
        progress("save")
        if plan.faults:
            raise PackageRefused(plan)
        if expected_digest is not None and plan.digest != expected_digest:
            raise PlanChanged
        if not plan.empty:
            _Writer(plan, by, name or path.name).write()
    return plan


class _Writer:
    """Writes a plan table by table and records every deed."""

    def __init__(self, plan: ImportPlan, by, name: str) -> None:
        self.plan, self.by, self.name = plan, by, name
        self.deeds: list[Deed] = []
        self.ids: dict[str, dict[str, int]] = {}
        self.year: FiscalYear | None = None
        self.batch: ImportBatch | None = None
        codes = {code for change in (*plan.new, *plan.changed) for code in _place_codes(change.values)}
        self.places = place_ids(codes)

    def write(self) -> None:
        """Regional tables first, then the year, then what hangs on it."""
        for table in TABLES:
            if table.scope == "region":
                self._write_table(table)
        self._write_year()
        for table in TABLES:
            if table.scope != "region":
                self._write_table(table)
        record_all(by=self.by, deeds=self.deeds)

    def _write_year(self) -> None:
        plan = self.plan
        values = {name: plan.year_row[name] for name in (*YEAR_COLUMNS, "document_code")}
        values["strategy_id"] = self._ids("strategies")[plan.year_row["strategy"]]
        self.year, new = FiscalYear.objects.select_for_update().get_or_create(
            region=plan.region, year=plan.year, defaults=values
        )
        changes = [change for change in (*plan.new, *plan.changed) if change.table == "year"]
        changed = {}
        if changes and not new:
            for name, value in values.items():
                setattr(self.year, name, value)
            self.year.save(update_fields=list(values))
            pairs = changes[0].changed.items()
            changed = {"changed": {name: [_json(a), _json(b)] for name, (a, b) in pairs}}
        self.batch = ImportBatch.objects.create(
            year=self.year, name=self.name[:200], sha256=plan.sha256, by=self.by, counts=plan.counts(), tasks=plan.tasks
        )
        facts = {"file": self.name, "sha256": plan.sha256, "counts": plan.counts()} | changed
        self.deeds.append(Deed("ledger.year_opened" if new else "ledger.package_read", self.year, facts))

    def _write_table(self, table: Table) -> None:
        new = [change for change in self.plan.new if change.table == table.name]
        changed = [change for change in self.plan.changed if change.table == table.name]
        if new:
            rows = table.model.objects.bulk_create([self._build(table, change) for change in new], batch_size=500)
            self.ids.pop(table.name, None)
            self._write_many(table, list(zip(rows, new, strict=True)))
            deed = f"{table.model._meta.app_label}.{table.model._meta.model_name}_imported"
            for row, change in zip(rows, new, strict=True):
                self.deeds.append(Deed(deed, row, _facts(change.values) | {"batch": self.name}))
        if changed:
            self._change(table, changed)

    def _build(self, table: Table, change: RowChange) -> models.Model:
        row = table.model(**{table.key: change.key})
        match table.scope:
            case "region":
                row.region = self.plan.region
            case "region_year":
                row.region, row.year = self.plan.region, self.plan.year
            case _:
                row.year = self.year
        if table.model is Entry:
            row.entered_by, row.batch = self.by, self.batch
        self._fill(table, row, signed(table, change.values), late=False)
        return row

    def _fill(self, table: Table, row: models.Model, values: dict, *, late: bool) -> None:
        for column in table.columns:
            value = values[column.name]
            if column.kind == "plain":
                setattr(row, column.target, value)
            elif column.kind == "ref" and column.late == late:
                setattr(row, f"{column.target}_id", self._ids(column.table)[value] if value else None)
            elif column.kind == "place":
                setattr(row, f"{column.target}_id", self.places[value] if value else None)

    def _write_many(self, table: Table, pairs: list[tuple[models.Model, RowChange]]) -> None:
        """Set late references and many-to-many lists, once the rows exist."""
        late = [column for column in table.columns if column.late and column.kind == "ref"]
        for row, change in pairs:
            if any(change.values[column.name] for column in late):
                self._fill(table, row, signed(table, change.values), late=True)
                row.save(update_fields=[f"{column.target}_id" for column in late])
        for column in table.columns:
            if column.kind in {"refs", "places"}:
                self._write_links(table, column, pairs)

    def _write_links(self, table: Table, column, pairs: list[tuple[models.Model, RowChange]]) -> None:
        field = table.model._meta.get_field(column.target)
        through = field.remote_field.through
        near, far = field.m2m_field_name() + "_id", field.m2m_reverse_field_name() + "_id"
        ids = self.places if column.kind == "places" else self._ids(column.table)
        links = [
            through(**{near: row.pk, far: ids[code]}) for row, change in pairs for code in change.values[column.name]
        ]
        through.objects.bulk_create(links, batch_size=1000)

    def _change(self, table: Table, changes: list[RowChange]) -> None:
        wanted = {change.key: change for change in changes}
        held = table.scoped(self.plan.region, self.year, self.plan.year)
        for row in held.filter(**{f"{table.key}__in": list(wanted)}).select_for_update():
            change = wanted[getattr(row, table.key)]
            if any(_value_now(table, row, name) != old for name, (old, _new) in change.changed.items()):
                raise PlanChanged
            values = signed(table, change.values)
            self._fill(table, row, values, late=False)
            self._fill(table, row, values, late=True)
            if table.model is Entry:
                row.version, row.state, row.checked_by = row.version + 1, EntryState.ENTERED, None
                row.changed_by, row.batch = self.by, self.batch
            row.save()
            for column in table.columns:
                if column.kind in {"refs", "places"}:
                    ids = self.places if column.kind == "places" else self._ids(column.table)
                    getattr(row, column.target).set([ids[code] for code in change.values[column.name]])
            deed = f"{table.model._meta.app_label}.{table.model._meta.model_name}_changed"
            pairs = {name: [_json(a), _json(b)] for name, (a, b) in change.changed.items()}
            self.deeds.append(Deed(deed, row, {"changed": pairs, "batch": self.name}))

    def _ids(self, name: str) -> dict[str, int]:
        if name not in self.ids:
            table = BY_NAME[name]
            rows = table.scoped(self.plan.region, self.year, self.plan.year)
            self.ids[name] = dict(rows.values_list(table.key, "pk"))
        return self.ids[name]


def _value_now(table: Table, row: models.Model, name: str) -> object:
    """The stored value of a column, as the plan saw it before the row was locked."""
    return stored_value(table, row, next(column for column in table.columns if column.name == name))


def _place_codes(values: dict) -> list[str]:
    place = values.get("place")
    return place if isinstance(place, list) else [place] if place else []


def _facts(values: dict) -> dict:
    return {name: _json(value) for name, value in values.items() if value not in (None, "", [])}


def _json(value: object) -> object:
    if value is None or isinstance(value, bool | int | str):
        return value
    return [_json(item) for item in value] if isinstance(value, list) else str(value)
