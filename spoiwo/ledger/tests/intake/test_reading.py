"""What the readers hand over: rows as the person numbers them, cells as they were written."""

import io
from datetime import date

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from spoiwo.ledger.domain.check import check_package
from spoiwo.ledger.intake import read_package
from spoiwo.ledger.tests.intake.packages import (
    KNOWN,
    csv_bytes,
    edited,
    full,
    good,
    package_files,
    sheet_part,
    with_cell,
    workbook_bytes,
    write_folder,
    write_zip,
)


def read_folder(tmp_path, **changed):
    """The package read from a folder in which files have other contents."""
    files = package_files(good()) | {f"{name}.csv": content for name, content in changed.items()}
    return read_package(write_folder(tmp_path / "rok", files))


def read_workbook(tmp_path, content):
    """The package read from a workbook."""
    path = tmp_path / "rok.xlsx"
    path.write_bytes(content)
    return read_package(path)


def reworked(change):
    """The good workbook after a spreadsheet program had it in its hands."""
    book = openpyxl.load_workbook(io.BytesIO(workbook_bytes(good())))
    change(book)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def rows_of(raw, name):
    """The rows of a table."""
    return next(table.rows for table in raw.tables if table.name == name)


def test_every_table_is_read_with_its_place(tmp_path):
    raw = read_folder(tmp_path)
    assert (raw.faults, raw.broken) == ([], False)
    assert {table.name: table.file for table in raw.tables} == {name: f"{name}.csv" for name in good()}
    assert rows_of(raw, "tags") == [(2, ["ngo", "Organizacje pozarządowe"]), (3, ["seniorzy", "Seniorzy"])]


def test_rows_after_blank_rows_are_read_and_keep_their_numbers(tmp_path):
    raw = read_folder(tmp_path, tags=b"code,name\n\nngo,Organizacje\n,\n\nseniorzy,Seniorzy\n")
    assert rows_of(raw, "tags") == [(3, ["ngo", "Organizacje"]), (6, ["seniorzy", "Seniorzy"])]


def test_a_record_of_several_lines_has_the_number_of_its_first(tmp_path):
    raw = read_folder(tmp_path, tags=b'code,name\nngo,"Organizacje\npozarzadowe"\nseniorzy,Seniorzy\n')
    assert [number for number, _cells in rows_of(raw, "tags")] == [2, 4]


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfcode,name\nngo,Organizacje\n",
        b"code,name\r\nngo,Organizacje\r\n",
        b"code,name\rngo,Organizacje\r",
        b'"code","name"\n"ngo","Organizacje"',
        b"Kod,Nazwa\nngo,Organizacje\n",
        b" CODE , Nazwa \nngo, Organizacje \n",
        b"name,code\nOrganizacje,ngo\n",
    ],
    ids=["mark", "windows", "old mac", "quotes", "polish", "spaces", "other order"],
)
def test_harmless_differences_of_csv_are_accepted(content, tmp_path):
    raw = read_folder(tmp_path, tags=content)
    tags = check_package(raw, KNOWN).tables["tags"]
    assert [(row["code"], row["name"], row["_row"]) for row in tags] == [("ngo", "Organizacje", 2)]


def test_quotes_commas_and_formulas_in_fields_are_text(tmp_path):
    name = '=HYPERLINK("http://x","Organizacje, „pozarządowe”")'
    raw = read_folder(tmp_path, tags=csv_bytes([["code", "name"], ["ngo", name], ["seniorzy", "+1"]]))
    checked = check_package(raw, KNOWN)
    assert checked.faults == []
    assert [row["name"] for row in checked.tables["tags"]] == [name, "+1"]


@pytest.mark.parametrize("polish", [True, False])
def test_all_forms_of_a_package_give_the_same_rows(polish, tmp_path):
    def typed(raw):
        tables = check_package(raw, KNOWN).tables
        return {
            name: [{key: value for key, value in row.items() if key not in ("_file", "_sheet")} for row in rows]
            for name, rows in tables.items()
        }

    folder = typed(read_package(write_folder(tmp_path / "rok", package_files(full()))))
    assert {name: len(rows) for name, rows in folder.items()} == {n: len(rows) - 1 for n, rows in full().items()}
    assert typed(read_package(write_zip(tmp_path / "rok.zip", package_files(full())))) == folder
    assert typed(read_workbook(tmp_path, workbook_bytes(full(), polish=polish))) == folder


def test_the_fingerprint_follows_the_content(tmp_path):
    first = read_folder(tmp_path / "a").sha256
    assert len(first) == 64
    assert read_folder(tmp_path / "b").sha256 == first
    files = package_files(with_cell("money", 2, "amount", "1000,51"))
    assert read_package(write_folder(tmp_path / "c", files)).sha256 != first


def test_typed_cells_of_a_workbook_keep_their_types(tmp_path):
    def change(book):
        sheet = book["Kwoty"]
        sheet["F2"], sheet["G2"] = 90363.35, date(2019, 2, 3)
        sheet["F3"], sheet["G3"] = 250000, "2019-12-31"

    checked = check_package(read_workbook(tmp_path, reworked(change)), KNOWN)
    assert checked.faults == []
    read = [(row["amount_gr"], row["date"]) for row in checked.tables["money"]]
    assert read[:2] == [(9_036_335, date(2019, 2, 3)), (25_000_000, date(2019, 12, 31))]


def test_dates_counted_from_1904_are_the_same_days(tmp_path):
    def change(book):
        book["Kwoty"]["G2"] = date(2019, 2, 3)
        book.epoch = CALENDAR_MAC_1904

    checked = check_package(read_workbook(tmp_path, reworked(change)), KNOWN)
    assert checked.faults == []
    assert checked.tables["money"][0]["date"] == date(2019, 2, 3)


def test_a_formula_counts_with_the_value_kept_in_the_file(tmp_path):
    def with_formula(text):
        return text.replace("<v>250000</v>", "<f>200000+50000</f><v>250000</v>")

    def number(book):
        book["Kwoty"]["F3"] = 250000

    content = edited(reworked(number), sheet_part("money"), with_formula)
    checked = check_package(read_workbook(tmp_path, content), KNOWN)
    assert checked.faults == []
    assert checked.tables["money"][1]["amount_gr"] == 25_000_000


def test_blank_rows_columns_and_sheets_of_a_workbook_disturb_nobody(tmp_path):
    def change(book):
        book.create_sheet("Arkusz1")
        book.create_sheet("Instrukcja")["A1"] = "cokolwiek"
        sheet = book["Przekroje"]
        sheet.insert_rows(1, 2)
        sheet.insert_rows(4, 3)
        sheet.insert_cols(1)
        sheet.row_dimensions[5].hidden = True
        sheet.column_dimensions["A"].hidden = True

    checked = check_package(read_workbook(tmp_path, reworked(change)), KNOWN)
    assert checked.faults == []
    assert [(row["_row"], row["code"]) for row in checked.tables["tags"]] == [(7, "ngo"), (8, "seniorzy")]


def test_a_hidden_sheet_without_data_disturbs_nobody(tmp_path):
    def change(book):
        book["Przekroje"].delete_rows(2, 10)
        book["Przekroje"].sheet_state = "hidden"
        for row in book["Kwoty"].iter_rows(min_row=2):
            row[11].value = None
        book["Sumy podane"].delete_rows(6)

    assert check_package(read_workbook(tmp_path, reworked(change)), KNOWN).faults == []


def test_an_optional_column_that_is_not_used_may_be_hidden(tmp_path):
    def change(book):
        book["Dokumenty"].column_dimensions["E"].hidden = True

    assert check_package(read_workbook(tmp_path, reworked(change)), KNOWN).faults == []


def test_a_formula_that_gives_an_empty_text_is_a_blank_cell(tmp_path):
    def change(text):
        return text.replace("</row></sheetData>", '<c r="L5" t="str"><f>""</f><v></v></c></row></sheetData>')

    checked = check_package(read_workbook(tmp_path, edited(workbook_bytes(good()), sheet_part("money"), change)), KNOWN)
    assert checked.faults == []
    assert checked.tables["money"][3]["tags"] == []


def test_names_of_files_may_have_spaces_and_polish_letters(tmp_path):
    path = write_zip(tmp_path / "rok 2019 – źródła.bin", package_files(good()))
    raw = read_package(path)
    assert (raw.file, raw.faults) == ("rok 2019 – źródła.bin", [])
