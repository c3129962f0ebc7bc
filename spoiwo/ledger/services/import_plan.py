"""What reading a year package in would do: every row new, changed or as it was, or why it is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from spoiwo.kernel.canonical import fingerprint
from spoiwo.ledger.domain import schema
from spoiwo.ledger.domain.check import CheckedPackage, KnownCodes, check_package
from spoiwo.ledger.domain.raw import RawPackage
from spoiwo.ledger.domain.schema import DEFAULT_SOURCES, folded
from spoiwo.ledger.intake import read_package
from spoiwo.ledger.models import FiscalYear, Source
from spoiwo.ledger.services.import_refusals import beyond_rights, refusals
from spoiwo.ledger.services.tables import BY_NAME, TABLES, YEAR_COLUMNS, Table, normal, stored
from spoiwo.organisations.models import Organisation
from spoiwo.places.models import Place
from spoiwo.strategy.models import Goal, Indicator, IndicatorDefinition, Programme, Strategy, Unit


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
        goals=dict(Goal.objects.filter(**where).values_list("code", "strategy__code")),
        indicators={
            code: (aggregation, frequency)
            for code, aggregation, frequency in Indicator.objects.filter(**where).values_list(
                "code", "aggregation", "frequency"
            )
        },
        definitions=dict(IndicatorDefinition.objects.filter(**where).values_list("key", "indicator__code")),
        sources=sources or {row["code"] for row in DEFAULT_SOURCES},
        units=set(Unit.objects.filter(**where).values_list("code", flat=True)),
        organisations=set(Organisation.objects.filter(**where).values_list("code", flat=True)),
        places=set(Place.objects.values_list("code", flat=True)),
        region_names=dict(Place.objects.filter(level="voivodeship", valid_to=None).values_list("code", "name")),
    )


def silent(step: str) -> None:
    """Nobody watches."""


def plan_import(path: Path, *, by=None, progress: Callable[[str], None] = silent) -> ImportPlan:
    """Read and check a package and say what it would do; saves nothing. `progress` is told each step."""
    progress("read")
    return plan_of(read_package(path), by, progress)


def plan_of(raw: RawPackage, by, progress: Callable[[str], None]) -> ImportPlan:
    """What a package that was read would do, by the hand of `by`; None is the command line, which may everything."""
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
        _plan_table(plan, table, checked, year)
    faults = [*refusals(plan, checked, year), *beyond_rights(plan, checked, year, by)]
    return ImportPlan(faults=faults, sha256=raw.sha256) if faults else plan


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
    values["keeps_plan"] = bool(values["keeps_plan"])
    values |= {"strategy": row["strategy"], "document_code": row.get("document") or ""}
    plan.year_row = values
    if year is None:
        plan.new.append(RowChange("year", str(plan.year), row.get("_row", 0), values))
        return
    held = {name: getattr(year, name) for name in (*YEAR_COLUMNS, "document_code")}
    held["strategy"] = year.strategy.code
    if "keeps_plan" not in checked.headings["year"]:
        values["keeps_plan"] = held["keeps_plan"]
    _sort_row(plan, "year", str(plan.year), row.get("_row", 0), values, held)


def _plan_table(plan: ImportPlan, table: Table, checked: CheckedPackage, year: FiscalYear | None) -> None:
    """Compare rows with those that are there. A column that the package lacks says nothing about them."""
    held = {key: values for key, _row, values in stored(table, table.scoped(plan.region, year, plan.year))}
    silent_columns = {column.name for column in table.columns} - set(checked.headings.get(table.name, ()))
    for row in _rows(table, checked, plan.region):
        key, values = row[table.key], normal(table, row)
        if key in held:
            before = held.pop(key)
            values |= {name: before[name] for name in silent_columns}
            _sort_row(plan, table.name, key, row.get("_row", 0), values, before)
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
