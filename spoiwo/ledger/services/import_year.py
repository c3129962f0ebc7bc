"""Reading a year package in: first a dry run, then all of it or nothing."""

from collections.abc import Callable, Iterator
from pathlib import Path

from django.db import models, transaction

from spoiwo.audit.services import Deed, record_all
from spoiwo.ledger.errors import PackageRefused, PlanChanged
from spoiwo.ledger.intake import read_package
from spoiwo.ledger.models import Entry, EntryState, FiscalYear, ImportBatch, PlanEntry, PlanKind
from spoiwo.ledger.services.classification import ask_about
from spoiwo.ledger.services.import_plan import (
    ImportPlan,
    RowChange,
    known_codes,
    plan_import,
    plan_of,
    region_of,
    silent,
)
from spoiwo.ledger.services.tables import (
    BY_NAME,
    TABLES,
    YEAR_COLUMNS,
    Column,
    Table,
    place_ids,
    signed,
    stored_value,
)
from spoiwo.strategy.models import IndicatorValue

__all__ = ["ImportPlan", "RowChange", "import_year", "known_codes", "plan_import", "region_of"]


def import_year(
    *, path: Path, by, name: str = "", expected_digest: str | None = None, progress: Callable[[str], None] = silent
) -> ImportPlan:
    """Read a package in, all of it or nothing; the same package a second time changes nothing.

    Raises: PackageRefused (the plan with its faults is the argument), PlanChanged when the plan is no
    longer the one with `expected_digest`.
    """
    progress("read")
    raw = read_package(path)  # before the transaction: a slow file keeps nobody waiting
    with transaction.atomic():
        years = FiscalYear.objects.of_region(region_of(raw))
        list(years.select_for_update(no_key=True))  # no month is closed meanwhile
        plan = plan_of(raw, by, progress)
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
        self.corrected: set[str] = set()
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
        for lines in (self.year.entries, self.year.plan_entries):
            ask_about(list(lines.filter(batch=self.batch).select_related("source", "organisation", "year")), by=self.by)

    def _write_year(self) -> None:
        plan = self.plan
        values = {name: plan.year_row[name] for name in (*YEAR_COLUMNS, "document_code")}
        values["strategy_id"] = self._ids("strategies")[plan.year_row["strategy"]]
        self.year, new = FiscalYear.objects.select_for_update(no_key=True).get_or_create(
            region=plan.region, year=plan.year, defaults=values
        )
        changes = [change for change in (*plan.new, *plan.changed) if change.table == "year"]
        changed = {}
        if changes and not new:
            for name, value in values.items():
                setattr(self.year, name, value)
            self.year.save(update_fields=list(values))
            changed = {"changed": _pairs(changes[0])}
        self.batch = ImportBatch.objects.create(
            year=self.year, name=self.name[:200], sha256=plan.sha256, by=self.by, counts=plan.counts(), tasks=plan.tasks
        )
        facts = {"file": self.name, "sha256": plan.sha256, "counts": plan.counts()} | changed
        self.deeds.append(Deed("ledger.year_opened" if new else "ledger.package_read", self.year, facts))

    def _write_table(self, table: Table) -> None:
        new = [change for change in self.plan.new if change.table == table.name]
        changed = [change for change in self.plan.changed if change.table == table.name]
        if table.model is IndicatorValue:
            self._supersede(table, new)
            self._correct(table, changed)
            changed = []
        for wave in _waves(table, new):
            rows = table.model.objects.bulk_create([self._build(table, change) for change in wave], batch_size=500)
            self.ids.pop(table.name, None)
            self._write_many(table, list(zip(rows, wave, strict=True)))
            for row, change in zip(rows, wave, strict=True):
                self._tell(row, "imported", _facts(change.values))
        if changed:
            self._change(table, changed)

    def _tell(self, row: models.Model, deed: str, facts: dict) -> None:
        name = f"{row._meta.app_label}.{row._meta.model_name}_{deed}"
        self.deeds.append(Deed(name, row, facts | {"batch": self.name}))

    def _supersede(self, table: Table, new: list[RowChange]) -> None:
        """Values that rows of the package correct stay, and no longer hold."""
        self.corrected = {change.values["corrects"] for change in new} - {None}
        held = table.scoped(self.plan.region, self.year, self.plan.year)
        held.filter(key__in=self.corrected, superseded_at=None).update(superseded_at=self.batch.at)

    def _correct(self, table: Table, changes: list[RowChange]) -> None:
        """A value is never overwritten: what the package says now is a new row, the old one stays."""
        wanted = {change.key: change for change in changes}
        held = table.scoped(self.plan.region, self.year, self.plan.year)
        for old in held.filter(key__in=list(wanted), superseded_at=None).select_for_update(no_key=True):
            change = wanted[old.key]
            _refuse_if_moved(table, old, change)
            old.superseded_at = self.batch.at
            old.save(update_fields=["superseded_at"])
            row = self._build(table, change)
            row.corrects, row.reason = old, row.reason or self.name
            row.save()
            self._tell(row, "changed", {"changed": _pairs(change)})

    def _build(self, table: Table, change: RowChange) -> models.Model:
        row = table.model(**{table.key: change.key})
        match table.scope:
            case "region":
                row.region = self.plan.region
            case "region_year":
                row.region, row.year = self.plan.region, self.plan.year
            case _:
                row.year = self.year
        if table.model in (Entry, PlanEntry):
            row.entered_by, row.batch = self.by, self.batch
        if table.model is IndicatorValue:
            row.entered_by, row.entered_at = self.by, self.batch.at
            row.superseded_at = self.batch.at if change.key in self.corrected else None
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
            through(**{near: row.pk, far: ids[code]} | _pair_note(column, change))
            for row, change in pairs
            for code in change.values[column.name]
        ]
        through.objects.bulk_create(links, batch_size=1000)

    def _change(self, table: Table, changes: list[RowChange]) -> None:
        wanted = {change.key: change for change in changes}
        held = table.scoped(self.plan.region, self.year, self.plan.year)
        for row in held.filter(**{f"{table.key}__in": list(wanted)}).select_for_update(no_key=True):
            change = wanted[getattr(row, table.key)]
            _refuse_if_moved(table, row, change)
            values = signed(table, change.values)
            self._fill(table, row, values, late=False)
            self._fill(table, row, values, late=True)
            self._sign(row)
            row.save()
            self._change_links(table, row, change)
            self._tell(row, "changed", {"changed": _pairs(change)})

    def _sign(self, row: models.Model) -> None:
        """A page that was open meanwhile notices the change; a checked line is to be checked again."""
        if hasattr(row, "version"):
            row.version += 1
        if isinstance(row, Entry):
            row.state, row.checked_by, row.changed_by = EntryState.ENTERED, None, self.by
        if isinstance(row, Entry | PlanEntry):
            row.batch = self.batch

    def _change_links(self, table: Table, row: models.Model, change: RowChange) -> None:
        for column in table.columns:
            if column.kind in {"refs", "places"}:
                ids = self.places if column.kind == "places" else self._ids(column.table)
                linked = [ids[code] for code in change.values[column.name]]
                getattr(row, column.target).set(linked, through_defaults=_pair_note(column, change))
            elif column.kind == "pair_note" and column.name in change.changed:
                getattr(row, column.target).update(note=change.values[column.name])

    def _ids(self, name: str) -> dict[str, int]:
        if name not in self.ids:
            table = BY_NAME[name]
            rows = table.scoped(self.plan.region, self.year, self.plan.year)
            self.ids[name] = dict(rows.values_list(table.key, "pk"))
        return self.ids[name]


def _waves(table: Table, new: list[RowChange]) -> Iterator[list[RowChange]]:
    """New rows in the order in which they may be written: a release after the commitment it names."""
    late = [change for change in new if table.model is PlanEntry and change.values["kind"] == PlanKind.RELEASE]
    first = [change for change in new if change not in late] if late else new
    return (wave for wave in (first, late) if wave)


def _pair_note(column: Column, change: RowChange) -> dict[str, str]:
    """What is said of every pair of a list, where something is."""
    return {"note": change.values["predecessors_note"]} if column.name == "predecessors" else {}


def _refuse_if_moved(table: Table, row: models.Model, change: RowChange) -> None:
    """The row, now locked, must be the one that the plan saw. Raises PlanChanged."""
    columns = {column.name: column for column in table.columns}
    if any(stored_value(table, row, columns[name]) != old for name, (old, _new) in change.changed.items()):
        raise PlanChanged


def _pairs(change: RowChange) -> dict[str, list]:
    return {name: [_json(before), _json(after)] for name, (before, after) in change.changed.items()}


def _place_codes(values: dict) -> list[str]:
    place = values.get("place")
    return place if isinstance(place, list) else [place] if place else []


def _facts(values: dict) -> dict:
    return {name: _json(value) for name, value in values.items() if value not in (None, "", [])}


def _json(value: object) -> object:
    if value is None or isinstance(value, bool | int | str):
        return value
    return [_json(item) for item in value] if isinstance(value, list) else str(value)
