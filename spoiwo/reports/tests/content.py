"""Report documents for tests: 2019 with the figures of the Sejmik note, and an invented year of any size."""

import copy
from decimal import Decimal

from spoiwo.kernel.canonical import fingerprint
from spoiwo.kernel.money import percent_value

NBSP = "\u00a0"
AS_OF = "2026-11-21T10:00:00+01:00"
BY = "A. Przykładowa"

SOURCES = [
    {"code": "own", "name": "Środki własne", "short_name": "Własne", "class": "own"},
    {"code": "state", "name": "Dotacja z budżetu państwa", "short_name": "Państwo", "class": "state"},
    {"code": "pfron", "name": "PFRON", "short_name": "PFRON", "class": "pfron"},
    {"code": "eu", "name": "Środki UE", "short_name": "UE", "class": "eu"},
]
UNITS = {
    "point": {
        "one": "poradnia", "few": "poradnie", "many": "poradni", "one_acc": "poradnię",
        "loc_one": "poradni", "loc_many": "poradniach",
    },
    "flat": {
        "one": "mieszkanie", "few": "mieszkania", "many": "mieszkań", "one_acc": None,
        "loc_one": "mieszkaniu", "loc_many": "mieszkaniach",
    },
    "zaz": {
        "one": "zakład aktywności zawodowej", "few": "zakłady aktywności zawodowej",
        "many": "zakładów aktywności zawodowej", "one_acc": None, "loc_one": None, "loc_many": None,
    },
}  # fmt: skip
NOTE = "nota-2019"


def _programme(code: str, number: str, short_name: str, kind: str = "programme", name: str = "") -> dict:
    return {
        "code": code, "strategy": "2014-2020", "number": number, "name": name or short_name,
        "short_name": short_name, "kind": kind, "parent": None, "predecessors": [],
    }  # fmt: skip


def _entry(key: str, programme: str | None, source: str, amount_gr: int, description: str, **more: object) -> dict:
    return {
        "key": key, "programme": programme, "task": None, "source": source,
        "kind": "payment" if amount_gr >= 0 else "refund", "amount_gr": amount_gr, "date": None,
        "description": description, "document": NOTE, "organisation": None, "place": None, "tags": [],
        "entered_by": BY, "entered_at": "2026-09-21T13:05:00+02:00", "checked_by": "", "version": 1,
    } | more  # fmt: skip


def _declared(key: str, scope: str, amount_gr: int, **more: object) -> dict:
    return {
        "key": key, "scope": scope, "source": None, "programme": None, "tag": None, "amount_gr": amount_gr,
        "precision": "exact", "rounded_to_gr": None, "document": NOTE, "note": "",
    } | more  # fmt: skip


def _result(key: str, programme: str | None, statement: str, **more: object) -> dict:
    return {
        "key": key, "programme": programme, "task": None, "measure": None, "statement": statement, "value": None,
        "unit": None, "precision": None, "place": [], "people": None, "document": NOTE, "order": 0,
    } | more  # fmt: skip


def records_2019() -> dict:
    """The lines of J1: six of own funds, two of the state, one of PFRON, one of the EU."""
    programmes = [
        _programme("2014-P1", "1", "Pomoc społeczna", name="Wojewódzki Program Pomocy Społecznej"),
        _programme("2014-P2", "2", "Integracja osób niepełnosprawnych"),
        _programme("2014-P3", "3", "Lubuska Karta Dużej Rodziny"),
        _programme("2014-P4", "4", "Przeciwdziałanie przemocy w rodzinie"),
        _programme("2014-P5", "5", "Wspieranie rodziny i piecza zastępcza"),
        _programme("2014-K", "", "Kierunki prorodzinnej polityki", "directions"),
    ]
    entries = [
        _entry("own-1", "2014-P1", "own", 9_036_335, "Organizacje pozarządowe, Tydzień Seniora, Mikołajki"),
        _entry("own-2", "2014-P2", "own", 3_600_000, "Współpraca z organizacjami pozarządowymi", tags=["ngo"]),
        _entry("own-3", "2014-P2", "own", 9_240_000, "Działanie dwóch zakładów aktywności zawodowej"),
        _entry("own-4", "2014-P2", "own", 70_000_000, "Roboty budowlane", date="2019-12-19"),
        _entry("own-5", "2014-P4", "own", 1_680_540, "Przeciwdziałanie przemocy w rodzinie"),
        _entry("own-6", "2014-P5", "own", 3_500_000, "Wspieranie rodziny i piecza zastępcza", tags=["ngo"]),
        _entry("state-1", "2014-P4", "state", 9_031_567, "Przeciwdziałanie przemocy w rodzinie"),
        _entry("state-2", "2014-P5", "state", 132_021_911, "Ośrodki adopcyjne"),
        _entry("pfron-1", "2014-P2", "pfron", 345_031_281, "Środki PFRON"),
        _entry("eu-1", None, "eu", 311_043_883, "Projekty unijne"),
    ]
    declared = [
        _declared("sum-own", "source", 105_376_335, source="own"),
        _declared("sum-state", "source", 141_053_478, source="state"),
        _declared("sum-pfron", "source", 345_031_281, source="pfron"),
        _declared("sum-eu", "source", 311_043_883, source="eu"),
        _declared("sum-grand", "grand", 902_504_977),
        _declared("sum-ngo", "tag", 9_600_000, tag="ngo"),
    ]
    results = [
        _result("p2-zaz", "2014-P2", "Dofinansowano działanie {n:gen}.", value="2", unit="zaz", precision="exact"),
        _result("eu-help", None, "Ze wsparcia skorzystało {people}. Porad udzielano w {n:loc}.", value="6",
                unit="point", precision="exact", people=429, measure="points"),
        _result("eu-flats", None, "Przygotowano {n:acc}.", value="2", unit="flat", precision="exact"),
        _result("eu-model", None, "Wypracowano model współpracy instytucji pomocy z innymi politykami."),
    ]  # fmt: skip
    document = {
        "code": NOTE, "name": "Nota dla Sejmiku ze sprawozdania za 2019 r.", "kind": "note", "date": None,
        "address": "", "note": "",
    }  # fmt: skip
    return {
        "entries": entries, "declared": declared, "results": results,
        "events": [{
            "key": "wlacznik-4", "programme": None, "task": None, "name": "Lubuski Włącznik, IV edycja",
            "kind": "contest", "date_from": None, "date_to": None, "place": [], "people": None, "precision": None,
            "document": NOTE, "note": "",
        }],
        "documents": [document], "tasks": [], "programmes": programmes,
        "tags": [{"code": "ngo", "name": "Organizacje pozarządowe"}],
        "measures": [{"code": "points", "name": "Poradnie", "unit": "point"}],
        "earlier": {"2017": {
            "entries": [],
            "declared": [_declared("sum-grand", "grand", 660_000_000, precision="rounded",
                                   rounded_to_gr=10_000_000, document="aktualnosc-2018")],
        }},
    }  # fmt: skip


def sentences_2019() -> dict[str | None, list]:
    """The sentences of 2019, written by hand."""
    return {
        "2014-P2": [[
            "Dofinansowano działanie ",
            {"figure": "result.p2-zaz", "text": f"2{NBSP}zakładów aktywności zawodowej"}, ".",
        ]],
        None: [
            ["Ze wsparcia skorzystało ", {"figure": "result.eu-help.people", "text": f"429{NBSP}osób"},
             ". Porad udzielano w ", {"figure": "result.eu-help", "text": f"6{NBSP}poradniach"}, "."],
            ["Przygotowano ", {"figure": "result.eu-flats", "text": f"2{NBSP}mieszkania"}, "."],
            ["Wypracowano model współpracy instytucji pomocy z innymi politykami."],
        ],
    }  # fmt: skip


def report_2019(*, settled: dict[str, dict] | None = None, final: bool = False, **more: object) -> dict:
    """The report for 2019. `settled`: answers by key of a declared total; `final` accepts all differences."""
    records = records_2019()
    if final:
        settled = {key: accepted() for key in ("sum-own", "sum-ngo")} | (settled or {})
    content = _frame(2019, records, settled or {}) | {
        "title": "Sprawozdanie z realizacji Strategii Polityki Społecznej Województwa Lubuskiego w 2019 roku",
        "outside_label": "Projekty unijne",
        "summary": [["Poradnie: ", {"figure": "measure.points", "text": f"6{NBSP}poradni"}, "."]],
    }
    if final:
        content |= {"state": "final", "version": 1, "finalised": {"at": AS_OF, "by": "E. Pokazowa, dyrektor"}}
    _fill(content, sentences_2019())
    return sealed(content | more)


def accepted() -> dict:
    """An answer that accepts a difference with a reason."""
    return {
        "kind": "accepted", "reason": "Dokument nie podaje, z jakich zadań składa się ta część.",
        "by": "E. Pokazowa, dyrektor", "at": "2026-09-24T11:02:00+02:00", "lines": [],
    }  # fmt: skip


def explained(*amounts_gr: int) -> dict:
    """An answer that explains a difference by lines of these amounts."""
    lines = [
        {"description": f"Część {i}", "amount_gr": gr, "document": f"Zestawienie {i}/2019"}
        for i, gr in enumerate(amounts_gr, 1)
    ]
    return accepted() | {"kind": "explained", "lines": lines}


def sealed(content: dict) -> dict:
    """The document with its fingerprint."""
    bare = {name: value for name, value in content.items() if name != "fingerprint"}
    return bare | {"fingerprint": fingerprint(bare)}


def changed(content: dict) -> dict:
    """A copy that can be damaged."""
    return copy.deepcopy(content)


def large_report(entries: int = 20_000, programmes: int = 8, documents: int = 300, *, final: bool = False) -> dict:
    """An invented year: lines over 8 programmes × 4 sources, two tags, all declared totals agree but one."""
    lines = [_large_entry(i, programmes, documents) for i in range(entries)]
    rows = [_programme(f"W-{n}", str(n), f"Program wymyślony {n}") for n in range(1, programmes + 1)]
    by_source = {source["code"]: 0 for source in SOURCES}
    for line in lines:
        by_source[line["source"]] += line["amount_gr"]
    by_source["own"] += 12_345
    declared = [_declared(f"sum-{code}", "source", gr, source=code) for code, gr in by_source.items()]
    declared.append(_declared("sum-grand", "grand", sum(by_source.values())))
    records = {
        "entries": lines, "declared": declared, "results": [], "events": [],
        "documents": [
            {"code": f"dok-{i:03d}", "name": f"Zestawienie wydatków nr {i}", "kind": "statement",
             "date": "2024-12-31", "address": "", "note": ""} for i in range(documents)
        ] + [{"code": NOTE, "name": "Nota", "kind": "note", "date": None, "address": "", "note": ""}],
        "tasks": [], "programmes": rows, "measures": [], "earlier": {},
        "tags": [{"code": "ngo", "name": "Organizacje pozarządowe"}, {"code": "senior", "name": "Seniorzy"}],
    }  # fmt: skip
    content = _frame(2024, records, {"sum-own": accepted()} if final else {}) | {
        "title": "Sprawozdanie z roku wymyślonego", "invented": True, "outside_label": "Poza programami",
        "notice": "Dane wymyślone na potrzeby pokazu.", "summary": [],
    }  # fmt: skip
    if final:
        content |= {"state": "final", "version": 1, "finalised": {"at": AS_OF, "by": BY}}
    _fill(content, {})
    return sealed(content)


def _large_entry(i: int, programmes: int, documents: int) -> dict:
    tags = (["ngo"] if i % 3 == 0 else []) + (["senior"] if i % 7 == 0 else [])
    amount_gr = -(i % 97 + 1) if i % 500 == 499 else 10_000 + i * 7_919 % 9_000_000
    return _entry(
        f"e-{i:06d}", f"W-{i % programmes + 1}", SOURCES[i // programmes % 4]["code"], amount_gr,
        f"Dofinansowanie zadania publicznego numer {i}, transza {i % 3 + 1}",
        date=f"2024-{i % 12 + 1:02d}-{i % 28 + 1:02d}", document=f"dok-{i % documents:03d}", tags=tags,
        place=f"08{i % 12 + 1:02d}011", checked_by="J. Wzorcowy",
    )  # fmt: skip


def _frame(year: int, records: dict, settled: dict) -> dict:
    content = {
        "format": "spoiwo-report/1",
        "region": {
            "code": "08", "name": "lubuskie", "assembly": "Sejmik Województwa Lubuskiego",
            "office": "Regionalny Ośrodek Polityki Społecznej w Zielonej Górze",
        },
        "year": year, "title": "", "state": "draft", "version": None, "as_of": AS_OF, "finalised": None,
        "strategy": {
            "code": "2014-2020", "name": "Strategia Polityki Społecznej Województwa Lubuskiego na lata 2014–2020",
            "short_name": "Strategia 2014–2020",
        },
        "reason": "", "changes": [], "previous_fingerprint": "", "invented": False, "notice": "",
        "outside_label": "", "sources": SOURCES, "units": UNITS, "figures": {}, "comparison": [],
        "records": records,
    }  # fmt: skip
    content["differences"] = [{"key": key, "resolution": answer} for key, answer in settled.items()]
    return content


def _fill(content: dict, sentences: dict) -> None:
    """Work out all figures in the plainest way: one pass over the lines per figure."""
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
    content["cross_cuts"] = [
        {"tag": tag["code"], "name": tag["name"]} | {
            line: _known(figures, f"tag.{tag['code']}.{line}") for line in ("computed", "declared", "difference")
        } for tag in records["tags"]
    ]  # fmt: skip
    content["matrix"] = {"columns": [source["code"] for source in SOURCES], "rows": matrix_rows} | {
        line: {source["code"]: _known(figures, f"source.{source['code']}.{line}") for source in SOURCES}
        | {"total": _known(figures, f"total.{line}")}
        for line in ("computed", "declared", "difference")
    }
    for row in matrix_rows:
        row["declared"] = _known(figures, f"{row['total']}.declared")
    content["sections"] = [
        {
            "programme": code, "number": row["number"], "title": row["name"], "figure": line["total"],
            "no_amount": line["no_amount"], "sentences": sentences.get(code, []), "tasks": [],
            "events": [event["key"] for event in records["events"] if event["programme"] == code],
        }
        for (code, row), line in zip(rows, matrix_rows, strict=True)
    ]  # fmt: skip


def _known(figures: dict, id_: str) -> str | None:
    return id_ if id_ in figures else None


def _put(figures: dict, id_: str, kind: str, label: str, value: object, unit: str, rule: dict, **more) -> None:
    figures[id_] = {
        "id": id_, "kind": kind, "label": label, "value": value, "unit": unit, "precision": "exact", "rule": rule,
        "records": 0, "status": "",
    } | more  # fmt: skip


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
        "programme": code, "number": row["number"], "name": row["name"], "short_name": row["short_name"],
        "kind": row["kind"], "cells": cells, "total": f"programme.{name}", "declared": None,
        "no_amount": value is None,
    }  # fmt: skip


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
            listed.append({
                "key": row["key"], "label": label, "figure": f"{stem}.difference", "declared": f"{stem}.declared",
                "computed": f"{stem}.computed", "value_gr": value, "status": status, "follows": follows,
                "resolution": answer,
            })  # fmt: skip
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
        _put(figures, f"earlier.{year}.total", "money", label, value, "gr", rule, records=len(amounts))
        then = {"year": int(year), "programmes": [], "figure": f"earlier.{year}.total", "invented": False}
        now = {"year": content["year"], "programmes": [], "figure": "total.computed", "invented": False}
        content["comparison"].append({"label": "Razem", "programme": None, "years": [then, now]})
