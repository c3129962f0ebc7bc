"""How the documents for tests are worked out: in the plainest way, one pass over the lines per figure."""

from decimal import Decimal

from spoiwo.kernel.money import percent_value

AS_OF = "2026-11-21T10:00:00+01:00"

SOURCES = [
    {"code": "own", "name": "Środki własne", "short_name": "Własne", "class": "own"},
    {"code": "state", "name": "Dotacja z budżetu państwa", "short_name": "Państwo", "class": "state"},
    {"code": "pfron", "name": "PFRON", "short_name": "PFRON", "class": "pfron"},
    {"code": "eu", "name": "Środki UE", "short_name": "UE", "class": "eu"},
]
UNITS = {
    "point": {
        "one": "poradnia",
        "few": "poradnie",
        "many": "poradni",
        "one_acc": "poradnię",
        "loc_one": "poradni",
        "loc_many": "poradniach",
    },
    "flat": {
        "one": "mieszkanie",
        "few": "mieszkania",
        "many": "mieszkań",
        "one_acc": None,
        "loc_one": "mieszkaniu",
        "loc_many": "mieszkaniach",
    },
    "zaz": {
        "one": "zakład aktywności zawodowej",
        "few": "zakłady aktywności zawodowej",
        "many": "zakładów aktywności zawodowej",
        "one_acc": None,
        "loc_one": None,
        "loc_many": None,
    },
}


def frame(year: int, records: dict, settled: dict) -> dict:
    """A document without figures."""
    content = {
        "format": "spoiwo-report/1",
        "region": {
            "code": "08",
            "name": "lubuskie",
            "assembly": "Sejmik Województwa Lubuskiego",
            "office": "Regionalny Ośrodek Polityki Społecznej w Zielonej Górze",
        },
        "year": year,
        "title": "",
        "state": "draft",
        "version": None,
        "as_of": AS_OF,
        "finalised": None,
        "strategy": {
            "code": "2014-2020",
            "name": "Strategia Polityki Społecznej Województwa Lubuskiego na lata 2014–2020",
            "short_name": "Strategia 2014–2020",
        },
        "reason": "",
        "changes": [],
        "previous_fingerprint": "",
        "invented": False,
        "notice": "",
        "outside_label": "",
        "sources": SOURCES,
        "units": UNITS,
        "figures": {},
        "comparison": [],
        "records": records,
    }
    content["differences"] = [{"key": key, "resolution": answer} for key, answer in settled.items()]
    return content


def fill(content: dict, sentences: dict) -> None:
    """Work out all figures, and put them where they stand."""
    records, figures = content["records"], content["figures"]
    settled = {row["key"]: row["resolution"] for row in content["differences"]}
    lines = records["entries"]
    rows = [(row["code"], row) for row in records["programmes"]]
    if any(line["programme"] is None for line in lines):
        label = content["outside_label"]
        rows.append((None, {"number": "", "name": label, "short_name": label, "kind": "outside"}))
    matrix_rows = [_matrix_row(figures, lines, code, row) for code, row in rows]
    for source in SOURCES:
        _sum(figures, lines, f"source.{source['code']}.computed", source["name"], {"source": source["code"]})
    for tag in records["tags"]:
        _sum(figures, lines, f"tag.{tag['code']}.computed", tag["name"], {"tag": tag["code"]})
    _sum(figures, lines, "programmes.computed", "Programy razem", {"programme": "*"})
    _sum(figures, lines, "total.computed", "Razem", {})
    content["differences"] = _differences(figures, records["declared"], settled)
    for source in SOURCES:
        _share(figures, source)
    _counts(figures, records)
    _comparison(content, rows)
    _places(content, rows, matrix_rows, sentences)


def _places(content: dict, rows: list, matrix_rows: list[dict], sentences: dict) -> None:
    """The matrix, the cross-cuts and the sections name the figures that stand there."""
    records, figures = content["records"], content["figures"]
    lines = ("computed", "declared", "difference")
    content["cross_cuts"] = [
        {"tag": tag["code"], "name": tag["name"]}
        | {line: _known(figures, f"tag.{tag['code']}.{line}") for line in lines}
        for tag in records["tags"]
    ]
    content["matrix"] = {"columns": [source["code"] for source in SOURCES], "rows": matrix_rows} | {
        line: {source["code"]: _known(figures, f"source.{source['code']}.{line}") for source in SOURCES}
        | {"total": _known(figures, f"total.{line}")}
        for line in lines
    }
    content["sections"] = []
    for (code, row), line in zip(rows, matrix_rows, strict=True):
        line["declared"] = _known(figures, f"{line['total']}.declared")
        section = {"programme": code, "number": row["number"], "title": row["name"], "figure": line["total"]}
        section |= {"no_amount": line["no_amount"], "sentences": sentences.get(code, []), "tasks": []}
        section["events"] = [event["key"] for event in records["events"] if event["programme"] == code]
        content["sections"].append(section)


def _known(figures: dict, id_: str) -> str | None:
    return id_ if id_ in figures else None


def _put(figures: dict, id_: str, kind: str, label: str, value: object, unit: str, rule: dict, **more) -> None:
    figures[id_] = {
        "id": id_,
        "kind": kind,
        "label": label,
        "value": value,
        "unit": unit,
        "precision": "exact",
        "rule": rule,
        "records": 0,
        "status": "",
    } | more


def _sum(figures: dict, lines: list[dict], id_: str, label: str, where: dict) -> int | None:
    found = [line["amount_gr"] for line in lines if _meets(line, where)]
    value = sum(found) if found else None
    rule = {"op": "sum", "of": "entries", "where": where}
    _put(figures, id_, "money", label, value, "gr", rule, records=len(found))
    return value


def _meets(line: dict, where: dict) -> bool:
    for name, wanted in where.items():
        if name == "tag":
            meets = wanted in line["tags"]
        elif wanted == "*":
            meets = line[name] is not None
        else:
            meets = line[name] == wanted
        if not meets:
            return False
    return True


def _matrix_row(figures: dict, lines: list[dict], code: str | None, row: dict) -> dict:
    name = (code or "outside").lower()
    cells = {}
    mine = [line for line in lines if line["programme"] == code]
    for source in SOURCES:
        cells[source["code"]] = f"cell.{name}.{source['code']}"
        where = {"programme": code, "source": source["code"]}
        _sum(figures, mine, cells[source["code"]], f"{row['short_name']}, {source['name']}", where)
    value = _sum(figures, mine, f"programme.{name}", row["short_name"], {"programme": code})
    return {
        "programme": code,
        "number": row["number"],
        "name": row["name"],
        "short_name": row["short_name"],
        "kind": row["kind"],
        "cells": cells,
        "total": f"programme.{name}",
        "declared": None,
        "no_amount": value is None,
    }


def _differences(figures: dict, declared: list[dict], settled: dict) -> list[dict]:
    listed = []
    for row in declared:
        scope = row["scope"]
        stem = "total" if scope == "grand" else f"{scope}.{row[scope]}"
        label = "Razem" if scope == "grand" else figures[f"{stem}.computed"]["label"]
        rule = {"op": "stated", "of": "declared", "key": row["key"]}
        _put(figures, f"{stem}.declared", "money", f"{label}, zadeklarowane", row["amount_gr"], "gr", rule, records=1)
        value = row["amount_gr"] - (figures[f"{stem}.computed"]["value"] or 0)
        answer = settled.get(row["key"])
        follows = scope == "grand" and value != 0
        if follows:
            answer_to_own = settled.get("sum-own")
            status = answer_to_own["kind"] if answer_to_own else "open"
        else:
            status = "agrees" if value == 0 else answer["kind"] if answer else "open"
        rule = {"op": "minus", "figures": [f"{stem}.declared", f"{stem}.computed"]}
        _put(figures, f"{stem}.difference", "money", f"{label}, różnica", value, "gr", rule, status=status)
        if value:
            listed.append(
                {
                    "key": row["key"],
                    "label": label,
                    "figure": f"{stem}.difference",
                    "declared": f"{stem}.declared",
                    "computed": f"{stem}.computed",
                    "value_gr": value,
                    "status": status,
                    "follows": follows,
                    "resolution": answer,
                }
            )
    return listed


def _share(figures: dict, source: dict) -> None:
    part, whole = f"source.{source['code']}.declared", "total.declared"
    value = percent_value(figures[part]["value"], figures[whole]["value"])
    rule = {"op": "share", "figures": [part, whole]}
    _put(figures, f"share.{source['code']}", "share", f"{source['name']}, udział", value, "%", rule)


def _counts(figures: dict, records: dict) -> None:
    for row in records["results"]:
        rule = {"op": "stated", "of": "results", "key": row["key"]}
        label = row["statement"]
        if row["value"]:
            _put(figures, f"result.{row['key']}", "count", label, row["value"], row["unit"], rule, records=1)
        if row["people"]:
            heads = rule | {"field": "people"}
            id_ = f"result.{row['key']}.people"
            _put(figures, id_, "count", label, str(row["people"]), "people", heads, records=1)
    for measure in records["measures"]:
        values = [Decimal(row["value"]) for row in records["results"] if row["measure"] == measure["code"]]
        rule = {"op": "sum", "of": "results", "where": {"measure": measure["code"]}}
        id_ = f"measure.{measure['code']}"
        _put(figures, id_, "count", measure["name"], str(sum(values)), measure["unit"], rule, records=len(values))


def _comparison(content: dict, rows: list) -> None:
    figures = content["figures"]
    for year, earlier in content["records"]["earlier"].items():
        label = f"{year}, razem"
        rule = {"op": "sum", "of": "earlier", "year": int(year), "where": {}}
        amounts = [line["amount_gr"] for line in earlier["entries"]]
        value = sum(amounts) if amounts else None
        _put(figures, f"earlier.{year}", "money", label, value, "gr", rule, records=len(amounts))
        then = {"year": int(year), "programmes": [], "figure": f"earlier.{year}", "invented": False}
        now = {"year": content["year"], "programmes": [], "figure": "total.computed", "invented": False}
        content["comparison"].append({"label": "Razem", "programme": None, "years": [then, now]})
