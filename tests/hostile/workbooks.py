"""Workbooks written by no honest program, or holding more than data."""

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from spoiwo.ledger.domain.schema import table
from spoiwo.ledger.tests.intake.packages import edited, good, sheet_part, with_part, workbook_bytes

Make = Callable[[Path], Path]
MONEY = sheet_part("money")
AMOUNT = 'r="F2"'  # the amount of the first line of money
ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {chr(98 + n)} "{f"&{chr(97 + n)};" * 10}">' for n in range(9))
    + "]>"
)
FILE_ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>'


def saved(content: Callable[[], bytes]) -> Make:
    """The bytes as rok.xlsx."""

    def make(folder: Path) -> Path:
        path = folder / "rok.xlsx"
        path.write_bytes(content())
        return path

    return make


def book_with(part: str, old: str, new: str) -> Make:
    """The workbook with one place of one part changed."""

    def edit(text: str) -> str:
        assert text.count(old) == 1, f"{old} is {text.count(old)} times in {part}"
        return text.replace(old, new)

    return saved(lambda: edited(workbook_bytes(good()), part, edit))


def with_amount(cell: str) -> Make:
    """The workbook with other XML for the amount of the first line of money."""

    def edit(text: str) -> str:
        changed, count = re.subn(rf"<c {AMOUNT}[^>]*>.*?</c>", cell.format(AMOUNT), text)
        assert count == 1
        return changed

    return saved(lambda: edited(workbook_bytes(good()), MONEY, edit))


def with_value(row: int, column: int, value: object, *, name: str = "money", shape: str = "") -> Make:
    """The workbook with a typed value in a cell; rows and columns count from 0."""
    return drawn(lambda sheet, book: _write(sheet, row, column, value, book.add_format({"num_format": shape})), name)


def _write(sheet: Worksheet, row: int, column: int, value: object, shape) -> None:
    if isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value, shape)
    else:
        sheet.write_datetime(row, column, value, shape)


def drawn(change: Callable[[Worksheet, xlsxwriter.Workbook], object], name: str = "money") -> Make:
    """The workbook in which one more thing is done to a sheet."""

    def content() -> bytes:
        whole = io.BytesIO()
        with xlsxwriter.Workbook(whole, {"in_memory": True}) as book:
            for other, rows in good().items():
                sheet = book.add_worksheet(table(other).label)
                for number, cells in enumerate(rows):
                    for index, cell in enumerate(cells):
                        heading = table(other).column(str(cell)).label if number == 0 else cell
                        if heading:
                            sheet.write_string(number, index, str(heading))
                if other == name:
                    change(sheet, book)
        return whole.getvalue()

    return saved(content)


def with_extra(part: str, content: bytes = b"x") -> Make:
    """The workbook with one part more."""
    return saved(lambda: with_part(workbook_bytes(good()), part, content))


def without_part(part: str) -> Make:
    """The workbook with a part taken out."""

    def content() -> bytes:
        new = io.BytesIO()
        with zipfile.ZipFile(io.BytesIO(workbook_bytes(good()))) as old, zipfile.ZipFile(new, "w") as archive:
            for name in old.namelist():
                if name != part:
                    archive.writestr(name, old.read(name))
        return new.getvalue()

    return saved(content)


def far_cell(address: str) -> Make:
    """A cell with text far below or far to the right."""
    row = re.sub("[A-Z]", "", address)
    cell = f'<row r="{row}"><c r="{address}" t="inlineStr"><is><t>x</t></is></c></row>'
    return book_with(MONEY, "</sheetData>", f"{cell}</sheetData>")


def rows_to_the_end(folder: Path) -> Path:
    """1,048,576 rows, all there are, each with a cell."""
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(6, 1_048_577))
    return book_with(MONEY, "</sheetData>", f"{rows}</sheetData>")(folder)


def one_long_text_everywhere(folder: Path) -> Path:
    """A text of 32,000 characters, kept once and shown in 2,000 cells."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Kwoty")
        for row in range(2_000):
            sheet.write_string(row, 0, "ż" * 32_000)
    return saved(content.getvalue)(folder)


def deep(text: str) -> str:
    """Elements in elements in elements."""
    return text.replace("<sheetData>", "<x>" * 5_000 + "</x>" * 5_000 + "<sheetData>")
