"""Every figure of the report: its value, and the rule by which anybody can compute it again."""

from dataclasses import dataclass, field
from decimal import Decimal

from spoiwo.kernel.money import percent_value
from spoiwo.ledger.domain.reconcile import OUTSIDE, Comparison, Reconciliation, Sum
from spoiwo.reports.domain.sentences import figure_id


@dataclass
class Figures:
    """The figures gathered so far, by identifier."""

    all: dict[str, dict] = field(default_factory=dict)

    def money(self, id_: str, label: str, found: Sum, rule: dict, status: str = "", precision: str = "exact") -> str:
        """A sum of money; without a line its value is None."""
        return self._put(id_, "money", label, found.amount_gr, "gr", precision, rule, found.lines, status)

    def count(self, id_: str, label: str, value: object, unit: str, precision: str, rule: dict, records: int) -> str:
        """A count of something."""
        return self._put(id_, "count", label, as_text(value), unit, precision, rule, records, "")

    def share(self, id_: str, label: str, part: str, whole: str) -> str:
        """Part of a whole in per cent with two decimals."""
        top, bottom = self.all[part]["value"], self.all[whole]["value"]
        value = None if top is None or not bottom else percent_value(top, bottom)
        rule = {"op": "share", "figures": [part, whole]}
        return self._put(id_, "share", label, value, "%", "exact", rule, 0, "")

    def _put(self, id_, kind, label, value, unit, precision, rule, records, status) -> str:
        self.all[id_] = {
            "id": id_,
            "kind": kind,
            "label": label,
            "value": value,
            "unit": unit,
            "precision": precision,
            "rule": rule,
            "records": records,
            "status": status,
        }
        return id_


def as_text(value: object) -> str | None:
    """A count as a decimal string without trailing zeros."""
    if value is None:
        return None
    number = Decimal(value)
    return str(number.quantize(Decimal(1))) if number == number.to_integral() else str(number.normalize())


def money_figures(figures: Figures, sums: Reconciliation, programmes: list[dict], sources: list[dict], tags) -> None:
    """Cells, rows, columns, totals and cross-cuts, each with what is declared and the difference."""
    for programme in programmes:
        for source in sources:
            _cell(figures, sums, programme, source)
        code = programme["code"]
        where = {"programme": code}
        name = figure_id("programme", code or OUTSIDE)
        label = programme["short_name"]
        figures.money(name, label, sums.by_programme(code), {"op": "sum", "of": "entries", "where": where})
        _declared(figures, sums.of("programme", programme=code) if code else None, name, label)
    for source in sources:
        found = sums.by_source(source["code"])
        where = {"source": source["code"]}
        _pair(figures, figure_id("source", source["code"]), source["name"], found, where, sums.of("source", **where))
    for tag in tags:
        where = {"tag": tag["code"]}
        found = sums.tags.get(tag["code"], Sum())
        _pair(figures, figure_id("tag", tag["code"]), tag["name"], found, where, sums.of("tag", **where))
    rule = {"op": "sum", "of": "entries", "where": {"programme": "*"}}
    figures.money("programmes.computed", "Programy razem", sums.in_programmes(), rule)
    _pair(figures, "total", "Razem", sums.total(), {}, sums.of("grand"))
    whole = "total.declared" if "total.declared" in figures.all else "total.computed"
    for source in sources:
        part = figure_id("source", source["code"], "declared")
        part = part if part in figures.all else figure_id("source", source["code"], "computed")
        figures.share(figure_id("share", source["code"]), f"{source['name']}, udział", part, whole)


def _cell(figures: Figures, sums: Reconciliation, programme: dict, source: dict) -> None:
    code = programme["code"]
    found = sums.cells.get((code, source["code"]), Sum())
    name = figure_id("cell", code or OUTSIDE, source["code"])
    label = f"{programme['short_name']}, {source['name']}"
    where = {"programme": code, "source": source["code"]}
    figures.money(name, label, found, {"op": "sum", "of": "entries", "where": where})
    if code and (stated := sums.of("cell", programme=code, source=source["code"])):
        _declared(figures, stated, name, label)


def _pair(figures: Figures, stem: str, label: str, found: Sum, where: dict, stated: Comparison | None) -> None:
    computed = f"{stem}.computed"
    rule = {"op": "sum", "of": "entries", "where": where}
    figures.money(computed, f"{label}, policzone", found, rule)
    if stated:
        _stated(figures, stated, stem, label, computed)


def _declared(figures: Figures, stated: Comparison | None, computed: str, label: str) -> None:
    if stated:
        _stated(figures, stated, computed, label, computed)


def _stated(figures: Figures, stated: Comparison, stem: str, label: str, computed: str) -> None:
    declared = f"{stem}.declared"
    amount = Sum(stated.declared.amount_gr, 1)
    rule = {"op": "stated", "of": "declared", "key": stated.declared.key}
    figures.money(declared, f"{label}, zadeklarowane", amount, rule, precision=stated.declared.precision)
    if stated.difference_gr is not None:
        rule = {"op": "minus", "figures": [declared, computed]}
        difference = Sum(stated.difference_gr, stated.computed.lines)
        figures.money(f"{stem}.difference", f"{label}, różnica", difference, rule, status=stated.status)
    else:
        figures.all[declared]["status"] = stated.status


def matrix(figures: Figures, programmes: list[dict], sources: list[dict]) -> dict:
    """The table programme × source by identifiers of figures; a place without a figure is None."""
    known = figures.all
    rows = []
    for programme in programmes:
        code = programme["code"] or OUTSIDE
        total = figure_id("programme", code)
        rows.append(
            {
                "programme": programme["code"],
                "number": programme["number"],
                "name": programme["name"],
                "short_name": programme["short_name"],
                "kind": programme["kind"],
                "cells": {s["code"]: figure_id("cell", code, s["code"]) for s in sources},
                "total": total,
                "declared": _known(known, f"{total}.declared"),
                "no_amount": known[total]["value"] is None,
            }
        )
    result = {"columns": [source["code"] for source in sources], "rows": rows}
    for line in ("computed", "declared", "difference"):
        result[line] = {s["code"]: _known(known, figure_id("source", s["code"], line)) for s in sources}
        result[line]["total"] = _known(known, f"total.{line}")
    return result


def _known(figures: dict, id_: str) -> str | None:
    return id_ if id_ in figures else None
