"""The sheet of lines of money: what all totals of the workbook are added up from."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from spoiwo.kernel.money import zl_plain
from spoiwo.reports.exports.annex import Group
from spoiwo.reports.exports.words import KINDS
from spoiwo.reports.exports.xlsx_book import LINES, LONGEST, Book, day_number

HEADS = {  # heading → width
    "Lp.": 7,
    "Klucz": 18,
    "Program": 12,
    "Zadanie": 14,
    "Źródło": 9,
    "Rodzaj": 9,
    "Kwota, zł": 15,
    "Data": 11,
    "Opis": 60,
    "Dokument": 20,
    "Instytucja": 18,
    "Miejsce (TERYT)": 14,
    "Liczba": 24,
    "Wprowadził(a)": 20,
    "Wprowadzono": 20,
    "Sprawdził(a)": 20,
}
FIRST = 4  # row of the first line of money, counted from 0
TAG_COLUMNS = len(HEADS)  # one column for each cross-cut stands after the others


class LinesSheet(Worksheet):
    """A sheet whose many rows are written straight as XML, which takes a third of the time of single cells."""

    rows: Iterator[str] = iter(())

    def _write_rows(self) -> None:
        super()._write_rows()
        for row in self.rows:
            self.fh.write(row)


def place_lines(book: Book) -> None:
    """Tell the workbook where the lines will stand, so that formulas can be written before them."""
    book.first_line, book.last_line = FIRST + 1, FIRST + len(book.content["records"]["entries"])
    for i, tag in enumerate(book.content["records"]["tags"], TAG_COLUMNS):
        book.tag_columns[tag["code"]] = xl_col_to_name(i)


def lines_sheet(book: Book) -> None:
    """Lines of money in the order of the annex, one column for each cross-cut."""
    tags = book.content["records"]["tags"]
    sheet = book.sheet(LINES, [*HEADS.values(), *([14] * len(tags))], kind=LinesSheet)
    heads = [*HEADS, *(f"Przekrój: {tag['name']}" for tag in tags)]
    book.heads(sheet, FIRST - 1, heads, (0, 6, 7))
    last = max(book.last_line - 1, FIRST - 1)
    sheet._check_dimensions(last, len(heads) - 1)  # the sheet's declared size, which counts ready rows too
    sheet.rows = _rows(book)
    sheet.autofilter(FIRST - 1, 0, last, len(heads) - 1)
    sheet.freeze_panes(FIRST, 2)
    sheet.repeat_rows(FIRST - 1)


def _rows(book: Book) -> Iterator[str]:
    """Rows as XML. Read while the file is written: only then do formats have their numbers."""
    plain, money, day = (style._get_xf_index() for style in (book.plain, book.money, book.day))
    for row, (number, group, entry) in enumerate(book.annex.entries(), book.first_line):
        cells = [
            f'<c r="A{row}" s="{plain}"><v>{number}</v></c>',
            *_words(row, plain, "BCDEF", _first_words(entry)),
            f'<c r="G{row}" s="{money}"><v>{zl_plain(entry["amount_gr"]).replace(",", ".")}</v></c>',
            f'<c r="H{row}" s="{day}"><v>{day_number(entry["date"])}</v></c>' if entry["date"] else "",
            *_words(row, plain, "IJKLMNOP", _last_words(entry, group)),
            *_words(row, plain, *_tagged(book, entry)),
        ]
        yield f'<row r="{row}">{"".join(cells)}</row>'


def _first_words(entry: dict) -> tuple:
    return entry["key"], entry["programme"], entry["task"], entry["source"], KINDS[entry["kind"]]


def _last_words(entry: dict, group: Group) -> tuple:
    return (
        entry["description"],
        entry["document"],
        entry["organisation"],
        entry["place"],
        group.cell,
        entry["entered_by"],
        entry["entered_at"][:16],
        entry["checked_by"],
    )


def _tagged(book: Book, entry: dict) -> tuple[list[str], list[str]]:
    """Columns of the entry's cross-cuts, in the order of the sheet as XML wants it, and what stands there."""
    tags = set(entry["tags"])
    columns = [column for code, column in book.tag_columns.items() if code in tags] if tags else []
    return columns, ["tak"] * len(columns)


def _words(row: int, style: int, columns, words) -> Iterator[str]:
    """Cells of text that stays text, whatever it begins with; empty ones are left out."""
    for column, text in zip(columns, words, strict=True):
        if text:
            shown = escape(text[:LONGEST])
            yield f'<c r="{column}{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{shown}</t></is></c>'
