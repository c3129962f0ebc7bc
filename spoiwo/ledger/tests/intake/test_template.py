"""The empty workbook: complete, the same every time, and accepted when filled in."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from spoiwo.ledger.domain.check import CheckedPackage, check_package
from spoiwo.ledger.domain.schema import INSTRUCTIONS, LISTS, TABLES, Kind, table
from spoiwo.ledger.exports.template import READY_ROWS, year_template
from spoiwo.ledger.intake import read_package
from spoiwo.ledger.tests.intake.packages import KNOWN, full, package_files, write_folder

EXAMPLES = Path(__file__).resolve().parents[4] / "examples"


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(io.BytesIO(year_template()))


def test_the_template_is_the_same_file_every_time():
    assert year_template() == year_template()


def test_it_has_a_sheet_for_every_table_between_instructions_and_lists(book):
    assert book.sheetnames == [INSTRUCTIONS, *(described.label for described in TABLES), LISTS]
    assert all(sheet.sheet_state == "visible" for sheet in book)


@pytest.mark.parametrize("described", TABLES, ids=lambda described: described.name)
def test_a_sheet_has_the_polish_headings_each_with_a_note(described, book):
    (headings,) = book[described.label].iter_rows(max_row=1)
    assert [cell.value for cell in headings] == [column.label for column in described.columns]
    for cell, column in zip(headings, described.columns, strict=True):
        required = "Kolumna wymagana." if column.required else "Kolumna nieobowiązkowa."
        assert column.help in cell.comment.text
        assert cell.comment.text.endswith(required)


def checks(book, name):
    """Heading -> the check of the cells below it."""
    sheet = book[table(name).label]
    found = {}
    for check in sheet.data_validations.dataValidation:
        (area,) = check.sqref.ranges
        assert (area.min_row, area.max_row) == (2, READY_ROWS + 1)
        found[sheet.cell(1, area.min_col).value] = check
    return found


@pytest.mark.parametrize("described", TABLES, ids=lambda described: described.name)
def test_a_list_to_choose_from_holds_all_values_of_its_column(described, book):
    found = checks(book, described.name)
    for column in described.columns:
        if column.kind is Kind.CHOICE:
            area = found[column.label].formula1.removeprefix("=").removeprefix(f"{LISTS}!").replace("$", "")
            assert [row[0].value for row in book[LISTS][area]] == list(column.choices.values())


def test_references_are_chosen_from_the_codes_of_their_sheet(book):
    found = checks(book, "money")
    assert found["Program"].formula1 == f"'Programy'!$A$2:$A${READY_ROWS + 1}"
    assert (found["Program"].errorStyle, found["Dokument"].errorStyle) == ("warning", None)  # None: stop
    assert "Przekroje" not in found  # several codes in one cell


def test_codes_are_kept_as_text_so_that_zeros_stay(book):
    sheet = book["Kwoty"]
    formats = {sheet.cell(1, n).value: sheet.column_dimensions[chr(64 + n)].number_format for n in range(1, 13)}
    assert formats["Miejsce"] == formats["Klucz"] == "@"
    assert (formats["Kwota"], formats["Data"]) == ("#,##0.00", "yyyy-mm-dd")


def test_the_empty_template_lacks_only_its_year(tmp_path):
    path = tmp_path / "wzor.xlsx"
    path.write_bytes(year_template())
    checked = check_package(read_package(path), KNOWN)
    assert [(fault.code, fault.sheet) for fault in checked.faults] == [("not_one_row", "Rok")]
    assert [row["code"] for row in checked.tables["sources"]] == ["own", "state", "pfron", "eu"]


def filled(package: CheckedPackage) -> bytes:
    """The template with the rows of a package, typed in as a person would: numbers, dates, Polish labels."""
    book = openpyxl.load_workbook(io.BytesIO(year_template()))
    for described in TABLES:
        for number, row in enumerate(package.tables[described.name], start=2):
            for index, column in enumerate(described.columns, start=1):
                value = row[column.typed_name]
                if value not in (None, []):
                    book[described.label].cell(number, index).value = typed_in(value, column)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def typed_in(value, column):
    """A value as a person types it into a spreadsheet."""
    match column.kind:
        case Kind.AMOUNT:
            return value / 100
        case Kind.CHOICE:
            return column.choices[value]
        case Kind.YES_NO:
            return "tak" if value else "nie"
        case Kind.NUMBER:
            return float(value)
    if column.many:
        return "; ".join(value)
    return value if isinstance(value, int | date) else str(value)


def without_place(package: CheckedPackage) -> dict:
    """The rows without the file they came from."""
    skipped = ("_file", "_sheet")
    return {
        name: [{key: value for key, value in row.items() if key not in skipped} for row in rows]
        for name, rows in package.tables.items()
    }


class AnyPlace(frozenset):
    """Every TERYT code: which there are is not what is tested here."""

    def __contains__(self, _code: object) -> bool:
        return True


@pytest.mark.parametrize("package", ["invented", "lubuskie-2017", "lubuskie-2019", "lubuskie-demo"])
def test_the_template_filled_in_gives_the_rows_of_the_same_package_in_csv(package, tmp_path):
    known = replace(KNOWN, places=AnyPlace())
    folder = EXAMPLES / package
    if package == "invented":
        folder = write_folder(tmp_path / "rok", package_files(full()))
    from_csv = check_package(read_package(folder), known)
    assert from_csv.faults == []
    path = tmp_path / "rok.xlsx"
    path.write_bytes(filled(from_csv))
    from_template = check_package(read_package(path), known)
    assert from_template.faults == []
    assert without_place(from_template) == without_place(from_csv)
