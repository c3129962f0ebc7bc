"""The report laid out for the templates: the matrix, the strip of sources, figures in words."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from spoiwo.kernel.money import percent, zl
from spoiwo.kernel.polish import Noun, counted, number
from spoiwo.kernel.precision import Precision
from spoiwo.ledger.tables import Cell
from spoiwo.reports.domain.prose import MONEY, SHARE, Finding
from spoiwo.reports.domain.sentences import figure_id
from spoiwo.ui.text import written_day

PEOPLE = Noun("osoba", "osoby", "osób")
RECORDS = Noun("pozycja", "pozycje", "pozycji", loc_one="pozycji", loc_many="pozycjach")


def matrix_of(content: dict, address: Callable[[str], str]) -> dict:
    """The matrix in the shape of ledger.tables.matrix_table; every amount opens its figure."""
    figures = content["figures"]

    def cell(id_: str | None) -> Cell:
        if id_ is None:
            return Cell(None)
        figure = figures[id_]
        return Cell(figure["value"], address(id_) if figure["value"] is not None else "", figure["status"])

    matrix = content["matrix"]
    columns = [*matrix["columns"], "total"]
    return {
        "columns": [{"name": source["name"], "class": source["class"]} for source in content["sources"]],
        "rows": [
            {
                "name": f"{row['number']}. {row['short_name']}" if row["number"] else row["short_name"],
                "cells": [cell(row["cells"][s["code"]]).of(s["name"], s["class"]) for s in content["sources"]],
                "total": cell(row["total"]),
                "no_amount": row["no_amount"],
            }
            for row in matrix["rows"]
        ],
        **{line: [cell(matrix[line][code]) for code in columns] for line in ("computed", "declared", "difference")},
    }


def strip_of(content: dict, address: Callable[[str], str]) -> list[dict]:
    """The sources as parts of the whole, declared where declared: amount, share, place in a strip of 1000."""
    parts, left = [], Decimal(0)
    amounts = [_stated(content, source["code"]) for source in content["sources"]]
    whole = sum(figure["value"] or 0 for figure in amounts)
    for source, figure in zip(content["sources"], amounts, strict=True):
        width = Decimal(figure["value"] or 0) * 1000 / whole if whole else Decimal(0)
        parts.append(
            {
                "name": source["name"],
                "class": source["class"],
                "figure": figure,
                "href": address(figure["id"]),
                "share": percent(figure["value"], whole) if whole and figure["value"] is not None else "",
                "left": f"{left:.1f}",
                "width": f"{max(width - 3, Decimal(1)):.1f}",
            }
        )
        left += width
    return parts


def _stated(content: dict, source: str) -> dict:
    figures = content["figures"]
    return figures.get(figure_id("source", source, "declared")) or figures[figure_id("source", source, "computed")]


def grand(content: dict) -> dict:
    """The figure at the top of the page: the declared total if there is one."""
    figures = content["figures"]
    return figures.get("total.declared") or figures["total.computed"]


def in_words(content: dict, figure: dict) -> str:
    """A figure's value as the page writes it."""
    if figure["kind"] == "money":
        return zl(figure["value"])
    if figure["value"] is None:
        return "brak danych"
    if figure["kind"] == "share":
        return figure["value"].replace(".", ",") + "\u00a0%"
    unit = content["units"].get(figure["unit"])
    noun = Noun(**unit) if unit else PEOPLE
    return counted(Decimal(figure["value"]), noun, precision=Precision(figure["precision"]))


def trio(content: dict, figure: dict) -> dict[str, dict] | None:
    """Declared, computed and difference of the same place, when a total is declared for it."""
    figures = content["figures"]
    stem = figure["id"]
    for ending in (".computed", ".declared", ".difference"):
        stem = stem.removesuffix(ending)
    declared = figures.get(f"{stem}.declared")
    if declared is None:
        return None
    computed = figures.get(f"{stem}.computed") or figures.get(stem)
    return {"declared": declared, "computed": computed, "difference": figures.get(f"{stem}.difference")}


def parts_of(content: dict, figure: dict) -> list[dict]:
    """The figures that a total is put together from, for reading: rows for columns, cells for rows."""
    rule, figures, matrix = figure["rule"], content["figures"], content["matrix"]
    if "figures" in rule:
        return [figures[id_] for id_ in rule["figures"]]
    if rule.get("of") != "entries" or "tag" in rule["where"] or {"programme", "source"} <= rule["where"].keys():
        return []
    where = rule["where"]
    if "source" in where:
        ids = [row["cells"][where["source"]] for row in matrix["rows"]]
    elif "programme" in where and where["programme"] != "*":
        row = next((row for row in matrix["rows"] if row["programme"] == where["programme"]), None)
        ids = list(row["cells"].values()) if row else []
    else:
        rows = [row for row in matrix["rows"] if where.get("programme") != "*" or row["programme"]]
        ids = [row["total"] for row in rows]
    return [figures[id_] for id_ in ids if figures[id_]["value"] is not None]


def comparison_of(content: dict, address: Callable[[str], str]) -> dict:
    """Programmes by year: one column per year, a dash where the programme had nobody before it."""
    years = {}
    for row in content["comparison"]:
        for cell in row["years"]:
            years[cell["year"]] = cell["invented"]
    columns = sorted(years)
    rows = []
    for row in content["comparison"]:
        by_year = {cell["year"]: cell for cell in row["years"]}
        names = {name for cell in row["years"] for name in cell["programmes"] if name != row["label"]}
        cells = []
        for year in columns:
            id_ = by_year[year]["figure"] if year in by_year else None
            value = content["figures"][id_]["value"] if id_ else None
            own = id_ and not id_.startswith("earlier.")
            cells.append({"year": year, "figure": id_, "value": value, "href": address(id_) if own else ""})
        rows.append({"label": row["label"], "before": ", ".join(sorted(names)), "cells": cells})
    return {"years": [{"year": year, "invented": years[year]} for year in columns], "rows": rows}


def events_of(reading) -> list[dict]:
    """Events of the year with their days in words."""
    rows = reading.light()["events"]
    return [row | {"days": _days(row["date_from"], row["date_to"])} for row in rows]


def _days(first: str | None, last: str | None) -> str:
    if not first:
        return ""
    start = written_day(date.fromisoformat(first), "table")
    return start if not last or last == first else f"{start}–{written_day(date.fromisoformat(last), 'table')}"


def findings_of(content: dict, rows: list[dict]) -> list[dict]:
    """Numbers of texts with the figure they are or the nearest one, in words."""
    return [row | finding_words(content, row["finding"]) for row in rows]


def finding_words(content: dict, finding: Finding) -> dict:
    """One number: as it was typed, the figure that it is or that is nearest, and how far that lies."""
    known = finding.figure or finding.nearest
    figure = content["figures"].get(known.id) if known and known.kind != "line" else None
    return {
        "typed": finding.text,
        "matched": finding.matched,
        "figure": figure,
        "words": in_words(content, figure) if figure else "",
        "label": known.label if known else "",
        "distance": _distance(finding) if finding.nearest else "",
    }


def _distance(finding: Finding) -> str:
    match finding.nearest.kind:
        case kind if kind == MONEY:
            return zl(int(finding.distance * 100))
        case kind if kind == SHARE:
            return f"{number(finding.distance)}\u00a0p.p."
        case _count:
            return number(finding.distance)


def marked_text(text: str, findings: list[Finding]) -> list[dict]:
    """A text in pieces: plain ones, and numbers with whether they are figures of the report."""
    pieces, last = [], 0
    for finding in findings:
        pieces.append({"text": text[last : finding.number.start]})
        pieces.append({"text": finding.text, "number": True, "matched": finding.matched})
        last = finding.number.end
    return [piece for piece in [*pieces, {"text": text[last:]}] if piece["text"]]
