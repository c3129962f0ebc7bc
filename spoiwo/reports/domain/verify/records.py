"""The records by themselves: named once, and pointing only at what the file holds."""

from collections.abc import Iterable

from spoiwo.reports.domain.verify.problem import Problem, shown
from spoiwo.reports.domain.verify.shape import duplicates

_NAMED = {
    "entries": "key",
    "declared": "key",
    "results": "key",
    "events": "key",
    "documents": "code",
    "tasks": "code",
    "programmes": "code",
    "tags": "code",
    "measures": "code",
}
_POLISH = {"source": "źródło", "programme": "program", "tag": "przekrój"}
_NEEDED = {
    "grand": (),
    "source": ("source",),
    "programme": ("programme",),
    "cell": ("programme", "source"),
    "tag": ("tag",),
}


def problems_of_records(content: dict) -> list[Problem]:
    """Duplicate keys, references to nothing, amounts whose sign is not that of their kind."""
    records = content["records"]
    problems = []
    for table, name in _NAMED.items():
        problems += _twice(f"records.{table}", (row[name] for row in records[table]))
    for year, rows in records["earlier"].items():
        problems += _twice(f"records.earlier.{year}.entries", (row["key"] for row in rows["entries"]))
    problems += _twice("sources", (source["code"] for source in content["sources"]))
    known = _known(content)
    problems += _entries(records["entries"], known)
    problems += _declared(records["declared"], known)
    problems += _told(records, known)
    return problems


def _known(content: dict) -> dict[str, set]:
    records = content["records"]
    return {
        "source": {source["code"] for source in content["sources"]},
        "programme": {row["code"] for row in records["programmes"]},
        "tag": {row["code"] for row in records["tags"]},
        "document": {row["code"] for row in records["documents"]},
        "measure": {row["code"] for row in records["measures"]},
        "unit": set(content["units"]),
    }


def _twice(place: str, keys: Iterable[str]) -> list[Problem]:
    return [
        Problem("record", "", place, f"klucz {shown(key)} więcej niż raz", "każdy klucz jeden raz")
        for key in duplicates(keys)
    ]


def _missing(place: str, what: str, code: str) -> Problem:
    return Problem("record", "", place, f"{what} {shown(code)}", f"{what} z tego samego pliku")


def _entries(entries: list[dict], known: dict[str, set]) -> list[Problem]:
    problems = []
    sources, programmes, documents = known["source"], known["programme"], known["document"]
    for entry in entries:
        place = "Pozycja"
        if entry["source"] not in sources:
            problems.append(_missing(f"{place} {entry['key']}", "źródło", entry["source"]))
        if entry["programme"] is not None and entry["programme"] not in programmes:
            problems.append(_missing(f"{place} {entry['key']}", "program", entry["programme"]))
        if entry["document"] not in documents:
            problems.append(_missing(f"{place} {entry['key']}", "dokument", entry["document"]))
        if entry["tags"]:
            problems += _tags(entry, known["tag"])
        if (entry["amount_gr"] < 0) if entry["kind"] == "payment" else (entry["amount_gr"] > 0):
            sign = "zero lub więcej" if entry["kind"] == "payment" else "zero lub mniej"
            found = f"kwota {entry['amount_gr']} gr"
            problems.append(Problem("record", "", f"{place} {entry['key']}", found, f"{sign}: {entry['kind']}"))
    return problems


def _tags(entry: dict, known: set[str]) -> list[Problem]:
    place = f"Pozycja {entry['key']}"
    problems = [_missing(place, "przekrój", tag) for tag in entry["tags"] if tag not in known]
    return problems + _twice(f"{place}, przekroje", entry["tags"])


def _declared(rows: list[dict], known: dict[str, set]) -> list[Problem]:
    problems = []
    seen: set[tuple] = set()
    for row in rows:
        place = f"Suma podana {row['key']}"
        needed = _NEEDED[row["scope"]]
        for name in ("source", "programme", "tag"):
            if name in needed and row[name] not in known[name]:
                problems.append(_missing(place, _POLISH[name], row[name] or ""))
            if name not in needed and row[name] is not None:
                found = f"{_POLISH[name]} {shown(row[name])}"
                problems.append(Problem("record", "", place, found, f"brak tego pola przy zakresie {row['scope']}"))
        if row["document"] not in known["document"]:
            problems.append(_missing(place, "dokument", row["document"]))
        if not _rounding_fits(row):
            found = f"precyzja {row['precision']}, zaokrąglenie {row['rounded_to_gr']}"
            problems.append(Problem("record", "", place, found, "zaokrąglenie przy kwocie zaokrąglonej, inaczej brak"))
        about = (row["scope"], row["source"], row["programme"], row["tag"])
        if about in seen:
            problems.append(Problem("record", "", place, "druga suma o tym samym zakresie", "jedna suma"))
        seen.add(about)
    return problems


def _rounding_fits(row: dict) -> bool:
    """A step of rounding makes differences agree, so an exact total must not have one."""
    if row["precision"] == "about":
        return True
    return bool(row["rounded_to_gr"]) == (row["precision"] == "rounded")


def _told(records: dict, known: dict[str, set]) -> list[Problem]:
    """References of results, events and measures."""
    problems = []
    for row in records["results"]:
        place = f"Wynik {row['key']}"
        if row["value"] is not None and row["unit"] not in known["unit"]:
            problems.append(_missing(place, "jednostka", row["unit"] or ""))
        if row["measure"] is not None and row["measure"] not in known["measure"]:
            problems.append(_missing(place, "miara", row["measure"]))
        problems += _placed(row, place, known)
    for row in records["events"]:
        problems += _placed(row, f"Wydarzenie {row['key']}", known)
    for row in records["measures"]:
        if row["unit"] not in known["unit"]:
            problems.append(_missing(f"Miara {row['code']}", "jednostka", row["unit"]))
    return problems


def _placed(row: dict, place: str, known: dict[str, set]) -> list[Problem]:
    """The programme and the document of a result or an event."""
    problems = []
    if row["programme"] is not None and row["programme"] not in known["programme"]:
        problems.append(_missing(place, "program", row["programme"]))
    if row["document"] not in known["document"]:
        problems.append(_missing(place, "dokument", row["document"]))
    return problems
