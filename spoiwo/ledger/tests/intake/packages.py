"""A small invented year package, right in every cell, and ways to write it to disk and to spoil it."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from copy import deepcopy
from pathlib import Path

import xlsxwriter

from spoiwo.ledger.domain.check import KnownCodes
from spoiwo.ledger.domain.schema import table
from spoiwo.ledger.domain.schema.descriptor import datapackage_schema

PACKED = zipfile.ZIP_DEFLATED
Tables = dict[str, list[list[object]]]

KNOWN = KnownCodes(
    strategies={"dawna"},
    programmes={"dawny-1": "dawna"},
    goals={"dawny-c": "dawna"},
    indicators={"dawny-w": ("sum", "quarterly")},
    definitions={"dawny-d": "dawny-w"},
    units={"konkurs"},
    organisations={"urzad"},
    places={"08", "0861", "0861011", "0801", "0801033", "30", "3064011"},
    region_names={"08": "lubuskie", "30": "wielkopolskie"},
)
_GOOD: Tables = {
    "year": [
        ["region", "year", "title", "strategy", "outside_label", "invented", "notice", "document"],
        ["08", "2019", "Sprawozdanie za rok 2019", "s-1", "Projekty unijne", "tak", "Dane wymyślone.", "d-1"],
    ],
    "sources": [
        ["code", "name", "short_name", "class", "order"],
        ["own", "Środki własne", "Własne", "own", "1"],
        ["state", "Budżet państwa", "Państwo", "state", "2"],
        ["pfron", "PFRON", "PFRON", "pfron", "3"],
        ["eu", "Unia Europejska", "UE", "eu", "4"],
    ],
    "organisations": [
        ["code", "name", "kind", "place", "address", "note"],
        ["zaz-1", "Zakład Aktywności", "zaz", "0861011", "ul. Wymyślona 1", ""],
    ],
    "strategies": [
        ["code", "name", "short_name", "from_year", "to_year", "adopted_on", "adopting_body", "resolution"],
        ["s-1", "Strategia wymyślona", "Strategia", "2014", "2020", "2014-03-31", "Sejmik", "I/1/2014"],
    ],
    "programmes": [
        [
            *("code", "strategy", "number", "name", "short_name", "kind", "from_year", "to_year"),
            *("parent", "predecessors", "note", "order"),
        ],
        ["p-1", "s-1", "1", "Program pomocy", "Pomoc", "programme", "2014", "2020", "", "dawny-1", "", "1"],
        ["p-2", "s-1", "2", "Program wsparcia", "Wsparcie", "program", "", "", "", "", "", "2"],
        ["p-0", "s-1", "", "Program miniony", "Miniony", "kierunki", "2010", "2013", "", "", "", "3"],
    ],
    "tasks": [
        ["code", "programme", "name", "kind", "from_date", "to_date", "note", "order"],
        ["t-1", "p-1", "Zadanie pierwsze", "task", "2019-01-01", "2019-12-31", "", "1"],
        ["t-2", "", "Zadanie wspólne", "project", "", "", "", ""],
    ],
    "units": [
        ["code", "one", "few", "many", "one_acc", "loc_one", "loc_many"],
        ["ngo", "organizacja", "organizacje", "organizacji", "organizację", "organizacji", "organizacjach"],
        ["szkolenie", "szkolenie", "szkolenia", "szkoleń", "", "", ""],
    ],
    "measures": [["code", "name", "unit"], ["ngo-razem", "Organizacje razem", "ngo"]],
    "documents": [
        ["code", "name", "kind", "date", "address", "note"],
        ["d-1", "Notatka wymyślona", "note", "2020-05-01", "", ""],
    ],
    "tags": [["code", "name"], ["ngo", "Organizacje pozarządowe"], ["seniorzy", "Seniorzy"]],
    "money": [
        [
            *("key", "programme", "task", "source", "kind", "amount", "date", "description", "document"),
            *("organisation", "place", "tags"),
        ],
        [
            *("k-1", "p-1", "t-1", "own", "payment", "1 000,50", "2019-02-03", "Dotacja", "d-1"),
            *("zaz-1", "0861011", "ngo"),
        ],
        [
            *("k-2", "p-2", "t-2", "pfron", "wypłata", "250000", "31.12.2019", "Zakład", "d-1"),
            *("", "0801", "ngo; seniorzy"),
        ],
        ["k-3", "p-1", "", "own", "zwrot", "0,50", "", "Zwrot dotacji", "d-1", "", "", ""],
        ["k-4", "", "", "eu", "payment", "3110438.83", "", "Projekty", "d-1", "", "", ""],
    ],
    "declared": [
        [
            *("key", "scope", "source", "programme", "tag", "amount", "precision", "rounded_to"),
            *("document", "note"),
        ],
        ["s-1", "grand", "", "", "", "3361438,83", "exact", "", "d-1", ""],
        ["s-2", "source", "own", "", "", "1000", "exact", "", "d-1", ""],
        ["s-3", "program", "", "p-2", "", "300 000", "rounded", "100 000", "d-1", ""],
        ["s-4", "cell", "pfron", "p-2", "", "250000", "exact", "", "d-1", ""],
        ["s-5", "przekrój", "", "", "ngo", "251000", "około", "", "d-1", ""],
    ],
    "results": [
        [
            *("key", "programme", "task", "measure", "statement", "value", "unit", "precision", "place"),
            *("people", "document", "order"),
        ],
        ["w-1", "p-1", "t-1", "ngo-razem", "Wsparto {n:acc}.", "9", "ngo", "exact", "", "", "d-1", "1"],
        [
            *("w-2", "p-2", "", "", "{n?Odbyło się|Odbyły się|Odbyło się} {n} dla {people} i w {w-1:loc}."),
            *("2", "szkolenie", "exact", "0861011; 0801033", "429", "d-1", "2"),
        ],
        ["w-3", "p-1", "", "", "Przyjęto program.", "", "", "", "", "", "d-1", ""],
    ],
    "events": [
        [
            *("key", "programme", "task", "name", "kind", "date_from", "date_to"),
            *("place", "people", "precision", "document"),
        ],
        [
            *("e-1", "p-1", "", "Tydzień wymyślony", "senior_week", "2019-09-30", "2019-10-06"),
            *("08", "240", "about", "d-1"),
        ],
    ],
}


_MORE: Tables = {
    "goals": [
        ["code", "strategy", "parent", "number", "name", "note", "order"],
        ["c-1", "s-1", "", "1", "Cel wymyślony", "", "1"],
        ["c-1-1", "s-1", "c-1", "1.1", "Cel operacyjny wymyślony", "", "2"],
    ],
    "indicators": [
        [
            *("code", "goal", "programme", "task", "name", "kind", "unit", "direction", "aggregation"),
            *("frequency", "responsible", "source", "invented", "order"),
        ],
        [
            *("i-1", "c-1-1", "", "", "Odsetek gmin ze szkoleniem", "rezultat", "szkolenie", "ma rosnąć", "ratio"),
            *("co rok", "zaz-1", "Sprawozdania gmin", "tak", "1"),
        ],
        ["i-2", "", "", "t-1", "Szkolenia", "output", "szkolenie", "rise", "suma", "quarterly", "", "Listy", "", ""],
    ],
    "definitions": [
        [
            *("key", "indicator", "number", "valid_from", "text", "numerator", "denominator", "multiplier"),
            *("baseline", "baseline_year", "reason"),
        ],
        [
            "f-1",
            "i-1",
            "1",
            "2014-01-01",
            "Gminy ze szkoleniem",
            "gminy ze szkoleniem",
            "gminy",
            "100",
            "12,5",
            "2013",
            "",
        ],
        ["f-2", "i-2", "1", "2014-01-01", "Szkolenia zakończone", "", "", "", "", "", ""],
        ["f-3", "i-2", "2", "2019-01-01", "Szkolenia zakończone testem", "", "", "", "", "", "Nowy regulamin"],
    ],
    "targets": [
        ["key", "indicator", "year", "value"],
        ["g-1", "i-1", "2019", "40"],
        ["g-2", "i-1", "2020", "50"],
        ["g-3", "i-2", "2019", "12"],
    ],
    "plan": [
        [
            *("key", "kind", "programme", "task", "source", "chapter", "paragraph", "amount", "date", "due_on"),
            *("description", "document", "organisation", "place", "case_sign", "commitment"),
        ],
        [
            *("l-1", "plan", "p-1", "t-1", "own", "85217", "2360", "2 000,00", "2019-01-02", ""),
            *("Plan", "d-1", "", "", "", ""),
        ],
        [
            *("l-2", "zmiana planu", "p-1", "t-1", "own", "85217", "2360", "-500,00", "2019-03-01", ""),
            *("Zmniejszenie", "d-1", "", "", "", ""),
        ],
        [
            *("l-3", "commitment", "p-1", "t-1", "own", "85217", "2360", "1 200,00", "2019-01-20", "2019-06-30"),
            *("Umowa", "d-1", "zaz-1", "0861011", "R.1.2019", ""),
        ],
        [
            *("l-4", "release", "p-1", "t-1", "own", "85217", "2360", "199,50", "2019-06-30", ""),
            *("Zwolnienie", "d-1", "", "", "", "l-3"),
        ],
        ["l-5", "plan", "p-2", "t-2", "pfron", "", "", "250 000", "", "", "Plan", "d-1", "", "", "", ""],
        ["l-6", "plan", "", "", "eu", "", "", "3110438,83", "", "", "Plan", "d-1", "", "", "", ""],
    ],
    "indicator_values": [
        [
            *("key", "indicator", "definition", "part", "place", "value", "numerator", "denominator"),
            *("precision", "evidence", "note", "corrects", "reason"),
        ],
        ["v-1", "i-1", "f-1", "", "", "", "30", "82", "", "Zestawienie", "", "", ""],
        ["v-2", "i-2", "f-3", "1", "", "3", "", "", "exact", "Listy", "", "", ""],
        ["v-3", "i-2", "f-3", "2", "0861011", "5", "", "", "około", "Listy", "", "", ""],
        ["v-4", "i-2", "f-3", "1", "", "4", "", "", "exact", "Listy", "", "v-2", "Pominięto jedną listę"],
    ],
}
_WIDER: dict[str, dict[str, list[str]]] = {  # further columns: heading -> the cells of all rows
    "year": {"keeps_plan": ["tak"]},
    "strategies": {"note": ["Wymyślona."]},
    "programmes": {
        "goals": ["c-1; c-1-1", "", ""],
        "predecessors_note": ["Pod inną nazwą", "", ""],
    },
    "tasks": {"number": ["1.1.1", ""], "goal": ["c-1-1", ""], "organisation": ["zaz-1", ""]},
    "money": {
        "chapter": ["85217", "", "85217", ""],
        "paragraph": ["2360", "", "2360", ""],
        "case_sign": ["R.1.2019", "", "", ""],
        "commitment": ["l-3", "", "l-3", ""],
        "returns": ["", "", "k-1", ""],
        "task": ["t-1", "t-2", "t-1", ""],  # a refund is of the task of its payment
    },
}


def full() -> Tables:
    """The package with every table and every column: goals, indicators and the plan, too."""
    tables = good() | deepcopy(_MORE)
    for name, columns in _WIDER.items():
        header, *rows = tables[name]
        for column, cells in columns.items():
            if column not in header:
                header.append(column)
            for row, cell in zip(rows, cells, strict=True):
                row.extend([""] * (len(header) - len(row)))
                row[header.index(column)] = cell
    return tables


def good() -> Tables:
    """The package: English table name -> heading row and rows of texts."""
    return deepcopy(_GOOD)


def with_cell(name: str, row: int, column: str, value: object, tables: Tables | None = None) -> Tables:
    """The package with one other cell; `row` as a person counts, the headings being row 1."""
    tables = tables or good()
    tables[name][row - 1][tables[name][0].index(column)] = value
    return tables


def with_row(name: str, tables: Tables | None = None, /, **cells: object) -> Tables:
    """The package with one more row at the end of a table; columns not named stay empty."""
    tables = tables or good()
    tables[name].append([cells.get(column, "") for column in tables[name][0]])
    return tables


def without_column(name: str, column: str) -> Tables:
    """The package without one column."""
    tables = good()
    index = tables[name][0].index(column)
    tables[name] = [row[:index] + row[index + 1 :] for row in tables[name]]
    return tables


def csv_bytes(rows: list[list[object]]) -> bytes:
    """A table as CSV in UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()


def package_files(tables: Tables) -> dict[str, bytes]:
    """The files of a Data Package: name -> content."""
    descriptor = datapackage_schema(list(tables))
    listed = {resource["name"] for resource in descriptor["resources"]}
    others = [name for name in tables if name not in listed]
    descriptor["resources"] += [{"name": name, "path": f"{name}.csv"} for name in others]
    files = {"datapackage.json": json.dumps(descriptor, ensure_ascii=False, indent=1).encode()}
    return files | {f"{name}.csv": csv_bytes(rows) for name, rows in tables.items()}


def write_folder(folder: Path, files: dict[str, bytes]) -> Path:
    """Files in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content)
    return folder


def write_zip(path: Path, files: dict[str, bytes], *, top: str = "") -> Path:
    """Files in an archive, under a top folder when one is named."""
    with zipfile.ZipFile(path, "w", PACKED) as archive:
        for name, content in files.items():
            archive.writestr(f"{top}{name}", content)
    return path


def workbook_bytes(tables: Tables, *, polish: bool = True) -> bytes:
    """The tables as a workbook of text cells, under Polish or English names."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        for name, rows in tables.items():
            known = table(name) if name in _GOOD or name in _MORE else None
            sheet = book.add_worksheet(known.label if polish and known else name)
            for number, cells in enumerate(rows):
                for index, cell in enumerate(cells):
                    if polish and known and number == 0 and (column := known.column_called(str(cell))):
                        cell = column.label
                    _write_cell(sheet, number, index, cell)
    return content.getvalue()


def _write_cell(sheet, row: int, column: int, cell: object) -> None:
    """Texts stay text whatever they look like; blanks are not written."""
    if isinstance(cell, str):
        if cell:
            sheet.write_string(row, column, cell)
    else:
        sheet.write(row, column, cell)


def sheet_part(name: str) -> str:
    """The part of the workbook that holds a table of the package."""
    return f"xl/worksheets/sheet{list(_GOOD).index(name) + 1}.xml"


def edited(workbook: bytes, part: str, edit: Callable[[str], str]) -> bytes:
    """The workbook with one part rewritten."""
    content = io.BytesIO()
    found = False
    with zipfile.ZipFile(io.BytesIO(workbook)) as old, zipfile.ZipFile(content, "w", PACKED) as new:
        for name in old.namelist():
            text = old.read(name)
            if name == part:
                found = True
                text = edit(before := text.decode()).encode()
                assert text != before.encode(), f"{part} was not changed"
            new.writestr(name, text)
    assert found, f"there is no {part}"
    return content.getvalue()


def with_part(workbook: bytes, part: str, content: bytes) -> bytes:
    """The workbook with one more part."""
    whole = io.BytesIO(workbook)
    with zipfile.ZipFile(whole, "a", PACKED) as archive:
        archive.writestr(part, content)
    return whole.getvalue()
