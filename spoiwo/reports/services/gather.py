"""Collecting the facts of a year from the rooms below."""

from datetime import datetime

from spoiwo.ledger.domain.reconcile import Sum
from spoiwo.ledger.models import FiscalYear, Settlement, Source
from spoiwo.ledger.services.years import reconcile_year
from spoiwo.organisations.services import region_profile
from spoiwo.reports.domain.content import build
from spoiwo.reports.services.narratives import narrative_rows
from spoiwo.reports.services.records import (
    earlier_years,
    event_rows,
    measure_rows,
    names_of,
    result_rows,
    tags_of,
    task_rows,
)
from spoiwo.strategy.models import Programme, Result, Unit


def content_of(year: FiscalYear, *, now: datetime) -> dict:
    """The draft of a year's report as the records are now, without the records themselves."""
    sums = reconcile_year(year)
    programmes = _programmes(year, sums)
    facts = {
        "region": _region(year),
        "year": _year(year, now),
        "sources": _sources(year),
        "units": _units(year),
        "programmes": programmes,
        "outside": _outside(year, sums),
        "tags": [{"code": tag.code, "name": tag.name} for tag in tags_of(year)],
        "tasks": task_rows(year),
        "results": result_rows(year),
        "events": event_rows(year),
        "measures": measure_rows(year),
        "earlier": _earlier(year, programmes),
        "narratives": narrative_rows(year, {row["code"] for row in programmes}),
    }
    return build(facts, sums, settlement_rows(year))


def _region(year: FiscalYear) -> dict:
    profile = region_profile(year.region)
    return {
        "code": profile.code,
        "name": profile.name,
        "office": profile.office,
        "assembly": profile.assembly,
        "address": profile.address,
    }


def _year(year: FiscalYear, now: datetime) -> dict:
    strategy = year.strategy
    return {
        "year": year.year,
        "title": year.title,
        "strategy": {"code": strategy.code, "name": strategy.name, "short_name": strategy.short_name},
        "state": "draft",
        "version": None,
        "as_of": now.isoformat(timespec="seconds"),
        "finalised": None,
        "reason": "",
        "changes": [],
        "previous_fingerprint": "",
        "invented": year.invented,
        "notice": year.notice,
        "outside_label": year.outside_label,
    }


def _sources(year: FiscalYear) -> list[dict]:
    rows = Source.objects.filter(region=year.region)
    return [
        {"code": row.code, "name": row.name, "short_name": row.short_name, "class": row.source_class} for row in rows
    ]


def _units(year: FiscalYear) -> dict[str, dict]:
    names = ("one", "few", "many", "one_acc", "loc_one", "loc_many", "gen_one")
    return {
        unit.code: {name: getattr(unit, name) or None for name in names}
        for unit in Unit.objects.filter(region=year.region)
    }


def _programmes(year: FiscalYear, sums) -> list[dict]:
    """Programmes of the year's strategy in force, and any other that has money; nested ones inside their parent."""
    with_money = {code for code, _source in sums.cells if code}
    in_force = set(year.strategy.programmes.in_force_in(year.year).values_list("code", flat=True))
    told = set(
        Result.objects.filter(region=year.region, year=year.year, programme__isnull=False).values_list(
            "programme__code", flat=True
        )
    )
    rows = Programme.objects.filter(region=year.region, code__in=with_money | in_force | told)
    rows = list(rows.select_related("parent", "strategy").order_by("strategy__from_year", "order", "code"))
    shown = [row for row in rows if row.parent is None or row.code in with_money | told]
    names = names_of(year)
    return [
        {
            "code": row.code,
            "number": names.of(row, "number"),
            "name": names.of(row),
            "short_name": names.of(row, "short_name"),
            "kind": row.kind,
            "nested": [names.of(child) for child in rows if child.parent_id == row.pk and child not in shown],
        }
        for row in shown
    ]


def _outside(year: FiscalYear, sums) -> dict | None:
    has_money = any(code is None for code, _source in sums.cells)
    has_words = Result.objects.filter(region=year.region, year=year.year, programme=None).exists()
    if not has_money and not has_words:
        return None
    label = year.outside_label
    return {"code": None, "number": "", "name": label, "short_name": label, "kind": "outside"}


def settlement_rows(year: FiscalYear) -> dict[str, dict]:
    """Settlements in force by the key of the declared total."""
    rows = Settlement.objects.filter(declared__year=year, withdrawn_at=None)
    return {
        row.declared.key: {
            "kind": row.kind,
            "reason": row.reason,
            "by": row.by_name,
            "at": row.at.isoformat(timespec="seconds"),
            "lines": [
                {"description": line.description, "amount_gr": line.amount_gr, "document": line.document}
                for line in row.lines.all()
            ],
        }
        for row in rows.select_related("declared").prefetch_related("lines")
    }


def _earlier(year: FiscalYear, programmes: list[dict]) -> list[dict]:
    """Earlier years of the region with the sums of the programmes that ours continue."""
    years = earlier_years(year)
    if not years:
        return []
    family = _family(year.region)
    result = []
    for other in sorted(years, key=lambda row: row.year):
        sums, names = reconcile_year(other), names_of(other)
        there = {p.code: names.of(p, "short_name") for p in other.strategy.programmes.in_force_in(other.year)}
        lineage = {}
        for row in programmes:
            codes = sorted(family[row["code"]] & there.keys())
            if codes:
                lineage[row["code"]] = {"codes": codes, "names": [there[code] for code in codes]}
        result.append(
            {
                "year": other.year,
                "invented": other.invented,
                "lineage": lineage,
                "total": sums.total(),
                "sum_of": lambda codes, sums=sums: sum((sums.by_programme(code) for code in codes), Sum()),
            }
        )
    return result


def _family(region: str) -> dict[str, set[str]]:
    """Programme code → itself and all its predecessors, however far back."""
    rows = Programme.objects.filter(region=region).prefetch_related("predecessors")
    direct = {row.code: {before.code for before in row.predecessors.all()} for row in rows}
    result = {}
    for code in direct:
        seen, todo = set(), [code]
        while todo:
            here = todo.pop()
            if here not in seen:
                seen.add(here)
                todo.extend(direct.get(here, ()))
        result[code] = seen
    return result
