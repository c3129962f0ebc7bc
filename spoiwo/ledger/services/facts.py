"""A year's facts as plain rows: plan, execution and indicators with everything they refer to.

What leaves the house is made of these rows alone, so every file says the same. Names of persons stay inside.
"""

from dataclasses import dataclass, field
from datetime import date

from django.db import models
from django.utils import timezone

from spoiwo.ledger.models import BudgetCode, CodeKind, Entry, FiscalYear, Source, Tag
from spoiwo.organisations.models import Organisation
from spoiwo.organisations.services import region_profile
from spoiwo.places.models import Place
from spoiwo.strategy.models import (
    Goal,
    Indicator,
    IndicatorDefinition,
    IndicatorValue,
    Programme,
    Strategy,
    Target,
    Task,
    Unit,
)

Row = dict[str, object]
LINE = {
    "key": "key",
    "kind": "kind",
    "programme": "programme__code",
    "task": "task__code",
    "source": "source__code",
    "chapter": "chapter",
    "paragraph": "paragraph",
    "organisation": "organisation__code",
    "place": "place__code",
    "document": "document__code",
    "date": "date",
    "amount_gr": "amount_gr",
    "description": "description",
    "case_sign": "case_sign",
    "entered_on": "entered_at",
}
LINKS = {"commitment": "commitment__key", "reverses": "reverses__key", "corrects": "corrects__key"}
VALUE = ("part", "value", "numerator", "denominator", "precision", "evidence", "note")


@dataclass(frozen=True)
class YearFacts:
    """All facts of one year: `tables` holds the rows of each table in the order of their keys."""

    year: int
    region: str
    title: str
    office: str
    invented: bool
    notice: str
    tables: dict[str, list[Row]]
    _by_code: dict[str, dict[str, Row]] = field(default_factory=dict, compare=False, repr=False)

    def by_code(self, table: str) -> dict[str, Row]:
        """The rows of a table by their code or key."""
        if table not in self._by_code:
            self._by_code[table] = {row.get("code") or row["key"]: row for row in self.tables[table]}
        return self._by_code[table]


def gather_facts(year: FiscalYear) -> YearFacts:
    """Everything that the year's files consist of; the same number of questions however many lines."""
    tables = _lines(year) | _indicators(year)
    tables |= _tree(year, tables)
    tables |= _dimensions(year, tables)
    return YearFacts(
        year=year.year,
        region=year.region,
        title=year.title,
        office=region_profile(year.region).office,
        invented=year.invented,
        notice=year.notice,
        tables=tables,
    )


def _rows(rows: models.QuerySet, paths: dict[str, str], order: str = "") -> list[Row]:
    """Rows of the database under the names of a table."""
    found = rows.order_by(order or next(iter(paths))).values_list(*paths.values())
    return [dict(zip(paths, values, strict=True)) for values in found]


def _same(*names: str) -> dict[str, str]:
    return dict(zip(names, names, strict=True))


def _used(tables: dict[str, list[Row]], column: str, *names: str) -> set[str]:
    """Codes that the rows of some tables name in a column."""
    return {row[column] for name in names for row in tables[name] if row.get(column)}


def _lines(year: FiscalYear) -> dict[str, list[Row]]:
    """Plan and execution, with their cross-cuts; a line of another year is not named."""
    plan = _rows(year.plan_entries.all(), LINE | {"due_on": "due_on"} | LINKS)
    entries = _rows(year.entries.all(), LINE | {"state": "state", "returns": "returns__key"} | LINKS)
    planned, paid = {row["key"] for row in plan}, {row["key"] for row in entries}
    for rows, own in ((plan, planned), (entries, paid)):
        for row in rows:
            row["entered_on"] = timezone.localtime(row["entered_on"]).date()
            for column in ("reverses", "corrects", "returns"):
                if row.get(column) and row[column] not in own:
                    row[column] = None
            if row["commitment"] not in planned:
                row["commitment"] = None
    tags = Entry.tags.through.objects.filter(entry__year=year)
    declared = _same("key", "scope", "amount_gr", "precision", "rounded_to_gr", "note") | {
        "source": "source__code",
        "programme": "programme__code",
        "tag": "tag__code",
        "document": "document__code",
    }
    return {
        "plan": plan,
        "entries": entries,
        "entry_tags": sorted(
            _rows(tags, {"entry": "entry__key", "tag": "tag__code"}), key=lambda row: (row["entry"], row["tag"])
        ),
        "declared": _rows(year.declared.all(), declared),
    }


def _indicators(year: FiscalYear) -> dict[str, list[Row]]:
    """Values in force and targets of the year, with their indicators and what they mean."""
    here = {"indicator__region": year.region, "year": year.year}
    values = IndicatorValue.objects.filter(**here, superseded_at=None)
    value = {"key": "key", "indicator": "indicator__code", "definition": "definition__key", "place": "place__code"}
    targets = Target.objects.filter(**here)
    measured = models.Q(pk__in=values.values("indicator")) | models.Q(pk__in=targets.values("indicator"))
    indicators = Indicator.objects.filter(measured, region=year.region)
    indicator = _same("code", "name", "kind", "direction", "aggregation", "frequency", "source", "invented") | {
        "unit": "unit__code",
        "goal": "goal__code",
        "programme": "programme__code",
        "task": "task__code",
        "responsible": "responsible__code",
    }
    definition = {"key": "key", "indicator": "indicator__code"} | _same(
        "number", "valid_from", "text", "numerator", "denominator", "multiplier", "baseline", "baseline_year"
    )
    return {
        "indicators": _rows(indicators, indicator),
        "definitions": _rows(
            IndicatorDefinition.objects.filter(indicator__in=indicators.values("pk"), region=year.region), definition
        ),
        "targets": _rows(targets, {"key": "key", "indicator": "indicator__code", "value": "value"}),
        "values": _rows(values, value | _same(*VALUE)),
    }


def _tree(year: FiscalYear, tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """The strategy's tree, as far as the year's lines and indicators stand in it."""
    tasks = Task.objects.filter(region=year.region, code__in=_used(tables, "task", "plan", "entries", "indicators"))
    task = _same("code", "number", "name", "kind", "from_date", "to_date") | {
        "programme": "programme__code",
        "goal": "goal__code",
    }
    found = {"tasks": _rows(tasks, task)}
    tables = tables | found
    lines = ("plan", "entries", "declared", "indicators", "tasks")
    named = models.Q(code__in=_used(tables, "programme", *lines)) | models.Q(strategy=year.strategy)
    programmes = Programme.objects.filter(named, region=year.region)
    goals = Goal.objects.filter(code__in=_used(tables, "goal", "indicators", "tasks"), region=year.region)
    strategies = Strategy.objects.filter(
        models.Q(pk=year.strategy_id)
        | models.Q(pk__in=programmes.values("strategy"))
        | models.Q(pk__in=goals.values("strategy"))
    )
    programme = _same("code", "number", "name", "short_name", "kind", "from_year", "to_year") | {
        "strategy": "strategy__code"
    }
    return found | {
        "year": [_year(year)],
        "strategies": _rows(
            strategies, _same("code", "name", "short_name", "from_year", "to_year", "adopted_on", "resolution")
        ),
        "goals": _rows(goals, _same("code", "number", "name") | {"strategy": "strategy__code"}),
        "programmes": _rows(programmes, programme),
    }


def _year(year: FiscalYear) -> Row:
    names = ("region", "year", "title", "outside_label", "invented", "notice")
    return {name: getattr(year, name) for name in names} | {"strategy": year.strategy.code}


def _dimensions(year: FiscalYear, tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """What lines and values refer to beside the tree."""
    region = {"region": year.region}
    organisations = _used(tables, "organisation", "plan", "entries") | _used(tables, "responsible", "indicators")
    places = Place.objects.filter(code__in=_used(tables, "place", "plan", "entries", "values"))
    by_code = {row["code"]: row for row in _rows(places, _same("code", "name", "level"), "-valid_from")}
    by_code |= {row["code"]: row for row in _rows(places.filter(valid_to=None), _same("code", "name", "level"))}
    tags = _used(tables, "tag", "entry_tags", "declared")
    return {
        "sources": _rows(
            Source.objects.filter(**region), _same("code", "name", "short_name") | {"class": "source_class"}
        ),
        "organisations": _rows(
            Organisation.objects.filter(**region, code__in=organisations), _same("code", "name", "kind")
        ),
        "places": [by_code[code] for code in sorted(by_code)],
        "documents": _rows(year.documents.all(), _same("code", "name", "kind", "date", "address")),
        "tags": _rows(Tag.objects.filter(**region, code__in=tags), _same("code", "name")),
        "units": _rows(
            Unit.objects.filter(**region, code__in=_used(tables, "unit", "indicators")),
            _same("code", "one", "few", "many"),
        ),
        **_classification(year, tables),
    }


def _classification(year: FiscalYear, tables: dict[str, list[Row]]) -> dict[str, list[Row]]:
    """Chapters and paragraphs that lines stand under, with the names valid on the last day of the year."""
    last = date(year.year, 12, 31)
    valid = BudgetCode.objects.filter(
        models.Q(valid_from=None) | models.Q(valid_from__lte=last),
        models.Q(valid_to=None) | models.Q(valid_to__gte=last),
    )
    names = {(kind, code): name for kind, code, name in valid.values_list("kind", "code", "name")}
    chapters = sorted(_used(tables, "chapter", "plan", "entries"))
    paragraphs = sorted(_used(tables, "paragraph", "plan", "entries"))
    return {
        "chapters": [
            {"code": code, "division": code[:3], "name": names.get((CodeKind.CHAPTER, code), "")} for code in chapters
        ],
        "paragraphs": [{"code": code, "name": names.get((CodeKind.PARAGRAPH, code[:3]), "")} for code in paragraphs],
    }
