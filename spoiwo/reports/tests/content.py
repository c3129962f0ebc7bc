"""Report documents for tests: 2019 with the figures of the Sejmik note, and an invented year of any size."""

import copy

from spoiwo.kernel.canonical import fingerprint
from spoiwo.reports.tests.working import AS_OF, SOURCES, fill, frame

NBSP = "\u00a0"
BY = "A. Przykładowa"
NOTE = "nota-2019"


def _programme(code: str, number: str, short_name: str, kind: str = "programme", name: str = "") -> dict:
    return {
        "code": code,
        "strategy": "2014-2020",
        "number": number,
        "name": name or short_name,
        "short_name": short_name,
        "kind": kind,
        "parent": None,
        "predecessors": [],
    }


def _entry(key: str, programme: str | None, source: str, amount_gr: int, description: str, **more: object) -> dict:
    return {
        "key": key,
        "programme": programme,
        "task": None,
        "source": source,
        "kind": "payment" if amount_gr >= 0 else "refund",
        "amount_gr": amount_gr,
        "date": None,
        "description": description,
        "document": NOTE,
        "organisation": None,
        "place": None,
        "tags": [],
        "entered_by": BY,
        "entered_at": "2026-09-21T13:05:00+02:00",
        "checked_by": "",
        "version": 1,
    } | more


def _declared(key: str, scope: str, amount_gr: int, **more: object) -> dict:
    return {
        "key": key,
        "scope": scope,
        "source": None,
        "programme": None,
        "tag": None,
        "amount_gr": amount_gr,
        "precision": "exact",
        "rounded_to_gr": None,
        "document": NOTE,
        "note": "",
    } | more


def _result(key: str, programme: str | None, statement: str, **more: object) -> dict:
    return {
        "key": key,
        "programme": programme,
        "task": None,
        "measure": None,
        "statement": statement,
        "value": None,
        "unit": None,
        "precision": None,
        "place": [],
        "people": None,
        "document": NOTE,
        "order": 0,
    } | more


def _programmes_2019() -> list[dict]:
    """Five programmes and Kierunki, as the reports of 2014-2020 have them."""
    return [
        _programme("2014-P1", "1", "Pomoc społeczna", name="Wojewódzki Program Pomocy Społecznej"),
        _programme("2014-P2", "2", "Integracja osób niepełnosprawnych"),
        _programme("2014-P3", "3", "Lubuska Karta Dużej Rodziny"),
        _programme("2014-P4", "4", "Przeciwdziałanie przemocy w rodzinie"),
        _programme("2014-P5", "5", "Wspieranie rodziny i piecza zastępcza"),
        _programme("2014-K", "", "Kierunki prorodzinnej polityki", "directions"),
    ]


def _entries_2019() -> list[dict]:
    """Six lines of own funds, two of the state, one of PFRON, one of the EU."""
    return [
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


def _declared_2019() -> list[dict]:
    """The totals that the note states."""
    return [
        _declared("sum-own", "source", 105_376_335, source="own"),
        _declared("sum-state", "source", 141_053_478, source="state"),
        _declared("sum-pfron", "source", 345_031_281, source="pfron"),
        _declared("sum-eu", "source", 311_043_883, source="eu"),
        _declared("sum-grand", "grand", 902_504_977),
        _declared("sum-ngo", "tag", 9_600_000, tag="ngo"),
    ]


def _results_2019() -> list[dict]:
    """What the money brought, as statements."""
    return [
        _result("p2-zaz", "2014-P2", "Dofinansowano działanie {n:gen}.", value="2", unit="zaz", precision="exact"),
        _result(
            "eu-help",
            None,
            "Ze wsparcia skorzystało {people}. Porad udzielano w {n:loc}.",
            value="6",
            unit="point",
            precision="exact",
            people=429,
            measure="points",
        ),
        _result("eu-flats", None, "Przygotowano {n:acc}.", value="2", unit="flat", precision="exact"),
        _result("eu-model", None, "Wypracowano model współpracy instytucji pomocy z innymi politykami."),
    ]


def records_2019() -> dict:
    """The records of J1."""
    event = {"key": "wlacznik-4", "name": "Lubuski Włącznik, IV edycja", "kind": "contest", "document": NOTE}
    nothing = dict.fromkeys(("programme", "task", "date_from", "date_to", "people", "precision"))
    rounded = {"precision": "rounded", "rounded_to_gr": 10_000_000, "document": "aktualnosc-2018"}
    stated_2017 = _declared("sum-grand", "grand", 660_000_000, **rounded)
    return {
        "entries": _entries_2019(),
        "declared": _declared_2019(),
        "results": _results_2019(),
        "events": [event | nothing | {"place": [], "note": ""}],
        "documents": [_document(NOTE, "Nota dla Sejmiku ze sprawozdania za 2019 r.", "note")],
        "tasks": [],
        "programmes": _programmes_2019(),
        "tags": [{"code": "ngo", "name": "Organizacje pozarządowe"}],
        "measures": [{"code": "points", "name": "Poradnie", "unit": "point"}],
        "earlier": {"2017": {"entries": [], "declared": [stated_2017]}},
    }


def _document(code: str, name: str, kind: str, date: str | None = None) -> dict:
    return {"code": code, "name": name, "kind": kind, "date": date, "address": "", "note": ""}


def sentences_2019() -> dict[str | None, list]:
    """The sentences of 2019, written by hand."""
    return {
        "2014-P2": [
            [
                "Dofinansowano działanie ",
                {"figure": "result.p2-zaz", "text": f"2{NBSP}zakładów aktywności zawodowej"},
                ".",
            ]
        ],
        None: [
            [
                "Ze wsparcia skorzystało ",
                {"figure": "result.eu-help.people", "text": f"429{NBSP}osób"},
                ". Porad udzielano w ",
                {"figure": "result.eu-help", "text": f"6{NBSP}poradniach"},
                ".",
            ],
            ["Przygotowano ", {"figure": "result.eu-flats", "text": f"2{NBSP}mieszkania"}, "."],
            ["Wypracowano model współpracy instytucji pomocy z innymi politykami."],
        ],
    }


def report_2019(*, settled: dict[str, dict] | None = None, final: bool = False, **more: object) -> dict:
    """The report for 2019. `settled`: answers by key of a declared total; `final` accepts all differences."""
    records = records_2019()
    if final:
        settled = {key: accepted() for key in ("sum-own", "sum-ngo")} | (settled or {})
    content = frame(2019, records, settled or {}) | {
        "title": "Sprawozdanie z realizacji Strategii Polityki Społecznej Województwa Lubuskiego w 2019 roku",
        "outside_label": "Projekty unijne",
        "summary": [["Poradnie: ", {"figure": "measure.points", "text": f"6{NBSP}poradni"}, "."]],
    }
    if final:
        content |= {"state": "final", "version": 1, "finalised": {"at": AS_OF, "by": "E. Pokazowa, dyrektor"}}
    fill(content, sentences_2019())
    return sealed(content | more)


def accepted() -> dict:
    """An answer that accepts a difference with a reason."""
    return {
        "kind": "accepted",
        "reason": "Dokument nie podaje, z jakich zadań składa się ta część.",
        "by": "E. Pokazowa, dyrektor",
        "at": "2026-09-24T11:02:00+02:00",
        "lines": [],
    }


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
        "entries": lines,
        "declared": declared,
        "results": [],
        "events": [],
        "documents": [
            *(_document(f"dok-{i:03d}", f"Zestawienie nr {i}", "statement", "2024-12-31") for i in range(documents)),
            _document(NOTE, "Nota", "note"),
        ],
        "tasks": [],
        "programmes": rows,
        "measures": [],
        "earlier": {},
        "tags": [{"code": "ngo", "name": "Organizacje pozarządowe"}, {"code": "senior", "name": "Seniorzy"}],
    }
    content = frame(2024, records, {"sum-own": accepted()} if final else {}) | {
        "title": "Sprawozdanie z roku wymyślonego",
        "invented": True,
        "outside_label": "Poza programami",
        "notice": "Dane wymyślone na potrzeby pokazu.",
        "summary": [],
    }
    if final:
        content |= {"state": "final", "version": 1, "finalised": {"at": AS_OF, "by": BY}}
    fill(content, {})
    return sealed(content)


def _large_entry(i: int, programmes: int, documents: int) -> dict:
    tags = (["ngo"] if i % 3 == 0 else []) + (["senior"] if i % 7 == 0 else [])
    amount_gr = -(i % 97 + 1) if i % 500 == 499 else 10_000 + i * 7_919 % 9_000_000
    return _entry(
        f"e-{i:06d}",
        f"W-{i % programmes + 1}",
        SOURCES[i // programmes % 4]["code"],
        amount_gr,
        f"Dofinansowanie zadania publicznego numer {i}, transza {i % 3 + 1}",
        date=f"2024-{i % 12 + 1:02d}-{i % 28 + 1:02d}",
        document=f"dok-{i % documents:03d}",
        tags=tags,
        place=f"08{i % 12 + 1:02d}011",
        checked_by="J. Wzorcowy",
    )
