"""Reading amounts back from pages and files, by other means than those that wrote them."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Callable, Iterable
from html import unescape

import pypdf
import python_calamine

from benchmarks.oracle import Sums, with_subtotals

MINUS, NBSP, NARROW = "\u2212", "\u00a0", "\u202f"
AMOUNT = re.compile(rf"[{MINUS}-]?\d{{1,3}}(?:[{NBSP}{NARROW} ]\d{{3}})*,\d\d(?!\d)")
END_OF_TEXT = re.compile(r"</(?:w:p|td|th|p|li|h\d|span|a)>")
TAG = re.compile(r"<[^>]*>")
PDF_PAGES = 12  # the matrix stands at the beginning; the annex of a large year has hundreds of pages
LINES_SHEET, FIRST_LINE = "Pozycje", 4  # below title, label and headings
Codes = dict[str, list[str]]


def amounts(text: str) -> list[int]:
    """Every amount written for readers in a text with or without markup, in grosze, each once."""
    plain = unescape(TAG.sub("", END_OF_TEXT.sub("\n", text)))
    return sorted({_grosze(amount) for amount in AMOUNT.findall(plain)})


def _grosze(amount: str) -> int:
    digits = int(re.sub(r"\D", "", amount))
    return -digits if amount[0] in f"{MINUS}-" else digits


def sums_of(lines: Iterable[tuple[str, str, int, list[str]]], codes: Codes) -> Sums:
    """(programme code or nothing, source code, grosze, tag codes) of every line → sums and numbers of lines."""
    cells: dict[tuple[int | None, int], list[int]] = {}
    tagged: dict[str, list[int]] = {}
    for programme, source, amount_gr, tags in lines:
        cell = codes["programme"].index(programme) if programme else None, codes["source"].index(source)
        held = [cells.setdefault(cell, [0, 0]), *(tagged.setdefault(tag, [0, 0]) for tag in tags)]
        for found in held:
            found[0] += amount_gr
            found[1] += 1
    return with_subtotals(cells, tagged)


def in_json(file: bytes, codes: Codes) -> dict:
    """Sums over the lines in the file, and the values of its figures of money."""
    content = json.loads(file)
    entries = content["records"]["entries"]
    lines = ((row["programme"], row["source"], row["amount_gr"], row["tags"]) for row in entries)
    figures = [row["value"] for row in content["figures"].values() if row["kind"] == "money"]
    return {"sums": sums_of(lines, codes), "amounts": sorted({value for value in figures if value is not None})}


def in_csv(file: bytes, codes: Codes) -> dict:
    """The same from the tables in the ZIP."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        entries, figures = (_table(archive, name) for name in ("entries.csv", "figures.csv"))
    lines = (
        (row["programme"], row["source"], int(row["amount_gr"]), [tag for tag in row["tags"].split(";") if tag])
        for row in entries
    )
    return {
        "sums": sums_of(lines, codes),
        "amounts": sorted({int(row["value_gr"]) for row in figures if row["value_gr"]}),
    }


def _table(archive: zipfile.ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(archive.read(name).decode("utf-8-sig"))))


def in_xlsx(file: bytes, codes: Codes) -> dict:
    """Sums over the sheet of lines, and every number of the other sheets (what formulas gave when it was made)."""
    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(file))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    head, *rows = sheets.pop(LINES_SHEET)[FIRST_LINE - 1 :]
    at = {name: head.index(name) for name in ("Program", "Źródło", "Kwota, zł")}
    cuts = [(i, name.rpartition(" ")[2]) for i, name in enumerate(head) if name.startswith("Przekrój: ")]
    lines = (
        (row[at["Program"]], row[at["Źródło"]], round(row[at["Kwota, zł"]] * 100), [tag for i, tag in cuts if row[i]])
        for row in rows
        if row[at["Źródło"]] in codes["source"]
    )
    numbers = (cell for sheet in sheets.values() for row in sheet for cell in row if isinstance(cell, float))
    return {"sums": sums_of(lines, codes), "amounts": sorted({round(number * 100) for number in numbers})}


def in_html(file: bytes, codes: Codes) -> dict:
    """Every amount of the page."""
    return {"amounts": amounts(file.decode())}


def in_docx(file: bytes, codes: Codes) -> dict:
    """Every amount of the document's text."""
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {"amounts": amounts(archive.read("word/document.xml").decode())}


def in_pdf(file: bytes, codes: Codes) -> dict:
    """Every amount of the first pages."""
    pages = pypdf.PdfReader(io.BytesIO(file)).pages
    return {"amounts": amounts("\n".join(page.extract_text() for page in pages[:PDF_PAGES]))}


READERS: dict[str, Callable[[bytes, Codes], dict]] = {
    "json": in_json,
    "csv": in_csv,
    "xlsx": in_xlsx,
    "html": in_html,
    "docx": in_docx,
    "pdf": in_pdf,
}
