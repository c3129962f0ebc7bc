"""Files of an accounting system for tests, every name invented."""

import io
from pathlib import Path

import xlsxwriter

from spoiwo.ledger.domain.books import Mapping

HEADINGS = ["Nr zapisu", "Data", "Dowód", "Treść", "Dział", "Rozdział", "Paragraf", "Kwota", "Źródło"]
GOOD = [
    ["K/1", "2019-02-03", "FV 1/2019", "Szkolenie", "852", "85217", "4300", "1 000,50", "own"],
    ["K/2", "15.03.2019", "FV 2/2019", "Druk", "852", "85217", "4210", "250.00", "own"],
    ["K/3", "2019-03-20", "FV 1/2019", "Zwrot za szkolenie", "852", "85217", "4300", "-0,50", "own"],
]
STATEMENT = ["Dział", "Rozdział", "Paragraf", "Plan", "Zaangażowanie", "Wykonanie"]


def csv_file(path: Path, *rows, headings=None, separator=";", encoding="utf-8") -> Path:
    """A CSV file of the headings and rows."""
    lines = [separator.join(map(str, row)) for row in (headings or HEADINGS, *rows)]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


def changed(row: int, heading: str, value: object) -> list[list]:
    """The good rows with one cell changed."""
    rows = [list(cells) for cells in GOOD]
    rows[row][HEADINGS.index(heading)] = value
    return rows


def workbook(path: Path, *sheets: list[list], names=()) -> Path:
    """A workbook of sheets, each a list of rows with the headings first."""
    whole = io.BytesIO()
    with xlsxwriter.Workbook(whole, {"in_memory": True}) as book:
        for number, rows in enumerate(sheets):
            sheet = book.add_worksheet(names[number] if names else f"Arkusz{number + 1}")
            for at, cells in enumerate(rows):
                sheet.write_row(at, 0, cells)
    path.write_bytes(whole.getvalue())
    return path


def mapped(**facts) -> Mapping:
    """The mapping of the headings above."""
    names = ["key", "date", "document", "description", "division", "chapter", "paragraph", "amount", "source"]
    return Mapping(**{"columns": dict(zip(names, HEADINGS, strict=True))} | facts)
