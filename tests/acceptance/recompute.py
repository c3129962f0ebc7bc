"""A second opinion on a report's money and its fingerprint: plain Python, written from the published rules alone."""

import json
from hashlib import sha256


def money(report: dict) -> dict[str, int | None]:
    """Every money figure of the report in grosze, added up anew from its records; None when nothing was reported."""
    figures = report["figures"]
    return {name: _value(report, name) for name, figure in figures.items() if figure["kind"] == "money"}


def _value(report: dict, name: str) -> int | None:
    rule, records = report["figures"][name]["rule"], report["records"]
    match rule["op"], rule.get("of"):
        case "sum", "entries":
            return _sum(records["entries"], rule.get("where", {}))
        case "sum", "earlier":
            return _sum(records["earlier"][str(rule["year"])]["entries"], rule.get("where", {}))
        case "stated", "declared":
            (row,) = (row for row in records["declared"] if row["key"] == rule["key"])
            return row["amount_gr"]
        case "minus", None:
            whole, part = (_value(report, other) for other in rule["figures"])
            return whole - (part or 0)
    raise AssertionError(f"{name}: a rule this program does not know: {rule}")


def _sum(rows: list[dict], where: dict) -> int | None:
    chosen = [row["amount_gr"] for row in rows if all(_fits(row, *condition) for condition in where.items())]
    return sum(chosen) if chosen else None


def _fits(row: dict, name: str, wanted: str | list | None) -> bool:
    if name == "tag":
        return wanted in row["tags"]
    if wanted == "*":
        return row[name] is not None
    return row[name] in wanted if isinstance(wanted, list) else row[name] == wanted


def fingerprint(report: dict) -> str:
    """SHA-256 of everything but the fingerprint: sorted keys, UTF-8, no spaces."""
    rest = {name: part for name, part in report.items() if name != "fingerprint"}
    text = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(text.encode("utf-8")).hexdigest()
