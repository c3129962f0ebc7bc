"""No text becomes a formula, at the beginning of a cell or behind a separator of another kind of file."""

import csv
import io
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.kernel.cells import csv_bytes, safe_cell

STARTS = ("=", "+", "-", "@", "\t", "\r")


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("", ""),
        (None, ""),
        ("Zadanie 1", "Zadanie 1"),
        ("=1+1", "'=1+1"),
        (" =1+1", "' =1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-cmd", "'-cmd"),
        ("\t=1", "'\t'=1"),
        ("umowa;=HYPERLINK(A1)", "umowa;'=HYPERLINK(A1)"),
        ('umowa", =1', "umowa\", '=1"),
        ("od 5 do 7, -3 w nocy", "od 5 do 7, -3 w nocy"),
        ("cele 2021–2030; lata 2014-2020", "cele 2021–2030; lata 2014-2020"),
        ("lista;- pierwszy", "lista;'- pierwszy"),
    ],
)
def test_a_text_that_would_be_calculated_gets_an_apostrophe(text, written):
    assert safe_cell(text) == written


@given(st.text(alphabet=st.sampled_from("ab =+-@;,\t\n\r\"|1'"), max_size=12), st.sampled_from(",;\t"))
def test_a_file_cut_by_any_separator_has_no_formula_in_it(text, separator):
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=",").writerow(["x", safe_cell(text)])
    for line in file.getvalue().splitlines():
        for cell in line.split(separator)[0 if separator != "," else 1 :]:
            inner = cell.strip().strip('"').strip()
            assert not inner.startswith(("=", "@")), (text, cell)


@pytest.mark.parametrize("text", ["\n" * 100_000, "; " * 50_000, "x\t" * 50_000, '"' * 100_000])
def test_a_long_hostile_text_is_read_once(text):
    started = time.perf_counter()
    assert len(safe_cell(text)) >= len(text)
    assert time.perf_counter() - started < 2  # its square would take minutes


@pytest.mark.parametrize(
    ("options", "file"),
    [
        ({}, b'\xef\xbb\xbfa;"b;c"\r\n1;\xc5\xbc\r\n'),
        ({"delimiter": ",", "mark": False}, b"a,b;c\r\n1,\xc5\xbc\r\n"),
    ],
)
def test_a_table_is_written_as_polish_spreadsheets_open_it_or_as_programs_do(options, file):
    assert csv_bytes([["a", "b;c"], [1, "ż"]], **options) == file
