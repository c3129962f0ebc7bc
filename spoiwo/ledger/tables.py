"""The year's money laid out: the matrix for people, and the same as JSON for programs."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.urls import reverse

from spoiwo.ledger.domain.reconcile import OUTSIDE, Comparison, Reconciliation, Sum
from spoiwo.ledger.models import FiscalYear, PlanKind, Source, Tag
from spoiwo.ledger.services.plan import PlanSummary, Standing
from spoiwo.strategy.models import Programme


def reconciliation_json(year: FiscalYear, sums: Reconciliation) -> dict:
    """What `spoiwo reconcile --json` prints; amounts in grosze, None where nothing was reported."""
    used = {code for code, _source in sums.cells}
    programmes = [
        (row.code, row.short_name)
        for row in Programme.objects.filter(region=year.region).select_related("strategy")
        if row.code in used
        or (row.strategy_id == year.strategy_id and row.in_force_in(year.year) and not row.parent_id)
    ]
    by_programme = [
        {"code": code, "name": name} | _amounts(sums.by_programme(code), sums.of("programme", programme=code))
        for code, name in programmes
    ]
    if None in used:
        by_programme.append({"code": OUTSIDE, "name": year.outside_label} | _amounts(sums.by_programme(None), None))
    tags = Tag.objects.filter(region=year.region)
    return {
        "year": year.year,
        "region": year.region,
        "by_source": {
            row.code: {"name": row.name} | _amounts(sums.by_source(row.code), sums.of("source", source=row.code))
            for row in Source.objects.filter(region=year.region)
        },
        "by_programme": by_programme,
        "total": _amounts(sums.total(), sums.of("grand")),
        "cross_cutting": [
            {"code": row.code, "name": row.name}
            | _amounts(sums.tags.get(row.code, Sum()), sums.of("tag", tag=row.code))
            for row in tags
            if row.code in sums.tags or sums.of("tag", tag=row.code)
        ],
        "cells": [
            {"programme": row.declared.programme, "source": row.declared.source} | _amounts(row.computed, row)
            for row in sums.comparisons
            if row.declared.scope == "cell"
        ],
        "open_differences": len(sums.open),
    }


def _amounts(found: Sum, stated: Comparison | None) -> dict:
    return {
        "computed_gr": found.amount_gr,
        "declared_gr": stated.declared.amount_gr if stated else None,
        "difference_gr": stated.difference_gr if stated else None,
        "status": stated.status if stated else None,
    }


@dataclass(frozen=True)
class Cell:
    """One place of the matrix: an amount, the address that opens it, the status of a difference, its source."""

    amount_gr: int | None
    href: str = ""
    status: str = ""
    source: str = ""
    source_class: str = ""

    def of(self, source: str, source_class: str) -> "Cell":
        """The same place with its source named, for a table that folds into blocks."""
        return replace(self, source=source, source_class=source_class)


def matrix_table(year: FiscalYear, sums: Reconciliation) -> dict:
    """The matrix for the template: columns, rows and the three closing lines; cells open the filtered ledger."""
    found = reconciliation_json(year, sums)
    sources = list(Source.objects.filter(region=year.region))
    address = reverse("ledger:entries", args=[year.year])

    def opened(amount_gr: int | None, **filters: str) -> Cell:
        return Cell(amount_gr, f"{address}?{urlencode(filters)}" if amount_gr is not None else "")

    rows = [
        {
            "name": row["name"],
            "cells": [
                opened(
                    sums.cells.get((None if row["code"] == OUTSIDE else row["code"], source.code), Sum()).amount_gr,
                    program=row["code"],
                    zrodlo=source.code,
                ).of(source.name, source.source_class)
                for source in sources
            ],
            "total": opened(row["computed_gr"], program=row["code"]),
            "no_amount": row["computed_gr"] is None,
        }
        for row in found["by_programme"]
    ]
    by_source = [(source.code, found["by_source"][source.code]) for source in sources]
    return {
        "columns": [{"name": source.name, "class": source.source_class} for source in sources],
        "rows": rows,
        "computed": [opened(row["computed_gr"], zrodlo=code) for code, row in by_source]
        + [opened(found["total"]["computed_gr"])],
        "declared": [Cell(row["declared_gr"]) for _code, row in by_source] + [Cell(found["total"]["declared_gr"])],
        "difference": [Cell(row["difference_gr"], status=row["status"] or "") for _code, row in by_source]
        + [Cell(found["total"]["difference_gr"], status=found["total"]["status"] or "")],
    }


def comparison_rows(sums: Reconciliation, declared: list, settled: dict) -> list[dict]:
    """Every declared total with its computed one, its difference and the answer given."""
    by_key = {row.key: row for row in declared}
    return [
        {
            "declared": by_key[found.declared.key],
            "found": found,
            "settlement": settled.get(by_key[found.declared.key].pk),
        }
        for found in sums.comparisons
    ]


def standing_table(summary: PlanSummary) -> dict:
    """Plan and execution for the template: programmes with their tasks, sources, the total; figures open lines."""
    address = reverse("plan:lines", args=[summary.year.year]), reverse("ledger:entries", args=[summary.year.year])
    programmes: dict[str | None, dict] = {}
    for row in summary.rows:
        code = row.programme.code if row.programme else OUTSIDE
        name = row.programme.titled if row.programme else summary.year.outside_label
        group = programmes.setdefault(code, {"name": name, "tasks": {}, "standing": Standing()})
        group["standing"] += row.standing
        task = row.task.code if row.task else OUTSIDE
        held = group["tasks"].setdefault(task, {"name": str(row.task or ""), "standing": Standing()})
        held["standing"] += row.standing
    for code, group in programmes.items():
        group["cells"] = _standing_cells(group["standing"], address, program=code)
        for task, row in group["tasks"].items():
            row["cells"] = _standing_cells(row["standing"], address, program=code, zadanie=task)
        group["tasks"] = list(group["tasks"].values())
    sources = {row.source.code: row.source for row in summary.rows}
    return {
        "programmes": list(programmes.values()),
        "sources": [
            {"source": sources[code], "cells": _standing_cells(standing, address, zrodlo=code)}
            for code, standing in summary.by_source.items()
        ],
        "total": _standing_cells(summary.total, address),
        "lines": len(summary.rows),
    }


def _standing_cells(standing: Standing, address: tuple[str, str], **filters: str) -> list[Cell]:
    """Plan, changes, committed, spent, left, forecast; a forecast is computed and opens nothing."""
    lines, entries = address

    def opened(amount_gr: int | None, page: str, **kind: str) -> Cell:
        return Cell(amount_gr, f"{page}?{urlencode(filters | kind)}" if amount_gr is not None else "")

    return [
        opened(standing.initial_gr, lines, rodzaj=PlanKind.PLAN.value),
        opened(standing.changes_gr, lines, rodzaj=PlanKind.CHANGE.value),
        opened(standing.committed_gr, lines, rodzaj=PlanKind.COMMITMENT.value),
        opened(standing.spent_gr, entries),
        opened(standing.left_gr, lines),
        Cell(standing.forecast_gr),
    ]
