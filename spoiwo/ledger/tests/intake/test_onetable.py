"""One table from elsewhere: what is read, and what is refused with its place."""

import io
import zipfile

import pytest

from spoiwo.ledger.intake import read_table
from spoiwo.ledger.tests.booksfiles import GOOD, HEADINGS, csv_file, workbook
from spoiwo.ledger.tests.intake.packages import edited

ROWS = [(number, row) for number, row in enumerate(GOOD, start=2)]


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
def test_the_separator_is_the_sign_that_parts_the_headings(tmp_path, separator):
    rows = [[cell.replace(",", ".") for cell in row] for row in GOOD]
    (table,) = read_table(csv_file(tmp_path / "k.csv", *rows, separator=separator)).tables
    assert table.header == HEADINGS
    assert [cells for _number, cells in table.rows] == rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1250"])
def test_text_in_utf_8_and_in_the_encoding_of_older_programs_is_read(tmp_path, encoding):
    raw = read_table(csv_file(tmp_path / "k.csv", *GOOD, encoding=encoding))
    assert raw.faults == []
    assert raw.tables[0].header == HEADINGS
    assert raw.tables[0].rows == ROWS
    assert len(raw.sha256) == 64


def test_a_workbook_with_one_filled_sheet_is_read_whatever_its_name(tmp_path):
    raw = read_table(workbook(tmp_path / "k.xlsx", [HEADINGS, *GOOD], []))
    assert raw.faults == []
    assert (raw.tables[0].sheet, raw.tables[0].rows) == ("Arkusz1", ROWS)


def test_empty_fields_beyond_the_headings_are_no_fault(tmp_path):
    raw = read_table(csv_file(tmp_path / "k.csv", [*GOOD[0], "", ""]))
    assert (raw.faults, raw.tables[0].rows) == ([], [ROWS[0]])


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr("xl/workbook.xml", b"0" * 60_000_000)
    return path


def with_sheet(path, old, new):
    workbook(path, [HEADINGS, *GOOD])
    path.write_bytes(edited(path.read_bytes(), "xl/worksheets/sheet1.xml", lambda text: text.replace(old, new)))
    return path


def packed(path, **entries):
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/"), content)
    path.write_bytes(whole.getvalue())
    return path


def written(path, content):
    path.write_bytes(content)
    return path


BROKEN = {
    "nothing": (lambda p: written(p, b""), "empty_file", None),
    "blank": (lambda p: written(p, b"\n \n\n"), "empty_file", None),
    "pdf": (lambda p: written(p, b"%PDF-1.7 x;y;z"), "pdf", None),
    "html": (lambda p: written(p, b"<table><tr><td>a;b;c;d</td></tr></table>"), "not_a_workbook", None),
    "old workbook": (lambda p: written(p, bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600), "xls", None),
    "no columns": (lambda p: written(p, "Zestawienie zapisów\nNr;Data;Kwota\n".encode()), "no_columns", 1),
    "utf-16": (lambda p: csv_file(p, *GOOD, encoding="utf-16"), "encoding_utf16", 1),
    "nul": (lambda p: written(p, b"a;b;c\n1;2;3\n1;\0;3\n"), "nul_byte", 3),
    "other encoding": (lambda p: csv_file(p, *GOOD, encoding="cp852"), "encoding_not_utf8", 1),
    "ragged": (lambda p: csv_file(p, GOOD[0], [*GOOD[1], "więcej"]), "ragged_row", 3),
    "short row": (lambda p: csv_file(p, GOOD[0], GOOD[1][:4]), "ragged_row", 3),
    "open quote": (lambda p: csv_file(p, GOOD[0], ['"K/2', *GOOD[1][1:]]), "bad_quotes", 3),
    "long field": (lambda p: csv_file(p, ["x" * 40_000, *GOOD[0][1:]]), "field_too_long", 2),
    "many columns": (lambda p: csv_file(p, headings=["k"] * 201), "too_many_columns", 1),
    "many rows": (lambda p: written(p, b"a;b;c\n" + b"1;2;3\n" * 200_001), "too_many_rows", 200_001),
    "bomb": (bomb, "packed_too_hard", None),
    "archive": (lambda p: packed(p, a__b=b"x"), "not_a_workbook", None),
    "document": (lambda p: packed(p, word__document_xml=b"x", **{"word__document.xml": b"x"}), "not_a_workbook", None),
    "two sheets": (lambda p: workbook(p, [HEADINGS, *GOOD], [HEADINGS]), "one_sheet", None),
    "no sheet": (lambda p: workbook(p, []), "one_sheet", None),
    "far cell": (lambda p: with_sheet(p, 'r="A4"', 'r="ZZ4"'), "cell_too_far", 4),
    "entities": (
        lambda p: with_sheet(p, "<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
        "document_type",
        None,
    ),
    "hidden row": (lambda p: with_sheet(p, '<row r="3"', '<row r="3" hidden="1"'), "hidden_rows", 3),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_file_is_refused_with_its_place(tmp_path, name):
    make, code, row = BROKEN[name]
    raw = read_table(make(tmp_path / "ksiegi"))
    assert [(fault.code, fault.row) for fault in raw.faults][:1] == [(code, row)]
    assert raw.faults[0].found
    assert raw.faults[0].expected
    assert raw.faults[0].file == "ksiegi"


@pytest.mark.parametrize(("path", "code"), [("nie-ma", "missing_path"), (".", "not_a_file")])
def test_what_is_no_file_is_refused(tmp_path, path, code):
    raw = read_table(tmp_path / path)
    assert [fault.code for fault in raw.faults] == [code]
    assert raw.broken
