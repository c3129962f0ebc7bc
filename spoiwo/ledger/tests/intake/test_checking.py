"""What the checker tells about a whole package: everything, once, in the order of reading."""

import re
from pathlib import Path

import pytest

from spoiwo.ledger.domain.check import KnownCodes, check_package
from spoiwo.ledger.domain.check.log import SAME_LISTED
from spoiwo.ledger.domain.fault_report import example_fault_report
from spoiwo.ledger.domain.faults import Fault, quoted
from spoiwo.ledger.domain.raw import RawPackage, RawTable
from spoiwo.ledger.domain.schema import TABLES
from spoiwo.ledger.intake import read_package
from spoiwo.ledger.tests.intake.packages import KNOWN, full, good, package_files, workbook_bytes, write_folder


def as_read(tables, **more) -> RawPackage:
    """The tables as a reader of a folder would hand them over."""
    read = [
        RawTable(name, f"{name}.csv", name, list(rows[0]), [(n, list(row)) for n, row in enumerate(rows[1:], 2)])
        for name, rows in tables.items()
    ]
    return RawPackage(file="rok", tables=read, **more)


def places(checked) -> list[tuple]:
    """Code, sheet, row and column of each fault."""
    return [(fault.code, fault.sheet, fault.row, fault.column) for fault in checked.faults]


def spoilt_in_many_ways():
    """A package with a dozen faults in six tables."""
    tables = good()
    tables["year"][1][5] = "może"
    tables["programmes"][1][1] = "s-9"
    tables["programmes"][2][8] = "p-2"
    tables["money"][1][0] = "k-2"
    tables["money"][1][5] = "1 234,567"
    tables["money"][1][6] = "2018-01-01"
    tables["money"][2][3] = "gmina"
    tables["money"][3][10] = "999"
    tables["money"][4][7] = ""
    tables["declared"][2][6] = "rounded"
    tables["results"][2][4] = "Zdanie {bez} końca."
    tables["events"][0][3] = "nazwa wydarzenia"
    return tables


MANY = [
    ("not_yes_no", "year", 2, "invented"),
    ("unknown_reference", "programmes", 2, "strategy"),
    ("circle", "programmes", 3, "parent"),
    ("amount_three_decimals", "money", 2, "amount"),
    ("outside_year", "money", 2, "date"),
    ("duplicate_key", "money", 3, "key"),
    ("unknown_reference", "money", 3, "source"),
    ("unknown_place", "money", 4, "place"),
    ("missing_value", "money", 5, "description"),
    ("rounding_missing", "declared", 3, "rounded_to"),
    ("unknown_placeholder", "results", 3, "statement"),
    ("missing_column", "events", None, "name"),
    ("unknown_column", "events", None, "nazwa wydarzenia"),
]


def test_all_faults_are_listed_at_once_in_the_order_of_reading():
    assert places(check_package(as_read(spoilt_in_many_ways()), KNOWN)) == MANY


def test_all_faults_of_a_workbook_are_listed_at_once_with_its_own_headings(tmp_path):
    path = tmp_path / "rok.xlsx"
    path.write_bytes(workbook_bytes(spoilt_in_many_ways()))
    checked = check_package(read_package(path), KNOWN)
    assert [fault.code for fault in checked.faults] == [code for code, *_place in MANY]
    assert checked.faults[3] == Fault(
        "amount_three_decimals",
        "rok.xlsx",
        "Kwoty",
        2,
        "Kwota",
        "„1 234,567”",
        "kwota z najwyżej dwoma miejscami po przecinku, np. 1 234,56",
    )


def test_faults_of_reading_and_of_checking_stand_in_one_list(tmp_path):
    files = package_files(spoilt_in_many_ways())
    files["sources.csv"] = files["sources.csv"].decode().encode("cp1250")
    del files["events.csv"]
    checked = check_package(read_package(write_folder(tmp_path / "rok", files)), KNOWN)
    assert places(checked) == [
        ("missing_file", "", None, "resources[13].path"),
        MANY[0],
        ("encoding_not_utf8", "sources", 2, ""),
        *(place for place in MANY[1:-2] if place[1:] != ("money", 3, "source")),
    ]


def test_a_table_that_could_not_be_read_is_not_called_missing_nor_its_codes_unknown():
    tables = good()
    del tables["documents"]
    assert check_package(as_read(tables, unreadable={"documents"}), KNOWN).faults == []
    told = places(check_package(as_read(tables), KNOWN))
    assert told[0] == ("missing_table", "", None, "")
    assert {code for code, *_place in told[1:]} == {"unknown_reference"}


def test_a_broken_package_is_told_once():
    broken = Fault("broken_archive", "rok.zip", found="uszkodzone archiwum", expected="całe")
    checked = check_package(RawPackage(file="rok.zip", faults=[broken], broken=True), KNOWN)
    assert (checked.faults, checked.year, checked.tables["money"]) == ([broken], None, [])


def test_the_same_fault_in_thousands_of_rows_is_counted():
    tables = good()
    tables["money"][1:] = [[f"k-{n}", "", "", "gmina", "payment", "1", "", "x", "d-1", "", "", ""] for n in range(1000)]
    checked = check_package(as_read(tables), KNOWN)
    assert len(checked.faults) == SAME_LISTED + 1
    assert checked.faults[-1].found == "jeszcze 800 takich samych usterek, ostatnia w wierszu 1001"


@pytest.mark.parametrize("table", [table.name for table in TABLES if table.optional])
def test_a_table_of_headings_alone_or_left_out_is_no_fault_in_itself(table):
    bare = {name: rows for name, rows in good().items() if name in ("year", "strategies", "programmes", "documents")}
    bare |= {name: good()[name][:1] for name in ("money", "declared")}
    assert check_package(as_read(bare), KNOWN).faults == []
    assert check_package(as_read(bare | {table: full()[table][:1]}), KNOWN).faults == []


def test_codes_that_are_known_already_need_not_come_with_the_package():
    tables = good()
    for name in ("strategies", "programmes", "sources", "units", "organisations"):
        tables[name] = tables[name][:1]
    known = KnownCodes(
        strategies={"s-1"},
        programmes={"p-1": "s-1", "p-2": "s-1"},
        sources={"own", "eu", "pfron"},
        units={"ngo", "szkolenie"},
        organisations={"zaz-1"},
        places=KNOWN.places,
    )
    assert check_package(as_read(tables), known).faults == []
    assert len(check_package(as_read(tables), KnownCodes(places=KNOWN.places)).faults) > 10


def test_sources_of_a_region_replace_the_four_usual_ones():
    tables = good()
    tables["sources"] = [tables["sources"][0], ["gminy", "Gminy", "Gminy", "own", "1"]]
    told = check_package(as_read(tables), KNOWN).faults
    assert {(fault.code, fault.found) for fault in told} == {
        ("unknown_reference", "„own”"),
        ("unknown_reference", "„pfron”"),
        ("unknown_reference", "„eu”"),
    }


def test_a_list_of_faults_reads_well_in_a_terminal():
    checked = check_package(as_read(spoilt_in_many_ways()), KNOWN)
    lines = example_fault_report(checked.faults).splitlines()
    assert lines[:4] == [
        "Znaleziono: 13\u00a0usterek.",
        "",
        "year (year.csv)",
        "  wiersz 2, kolumna „invented”: znaleziono „może”; oczekiwano: tak albo nie. [not_yes_no]",
    ]
    assert lines.count("money (money.csv)") == 1
    assert example_fault_report([]) == "Nie znaleziono usterek.\n"


@pytest.mark.parametrize(
    ("value", "shown"),
    [("a\x00b", "„a<U+0000>b”"), ("\u202eabc", "„<U+202E>abc”"), ("x" * 81, f"„{'x' * 79}…”"), ("", "„”")],
)
def test_what_was_found_is_shown_safely(value, shown):
    assert quoted(value) == shown


def test_a_fault_says_its_place_in_one_sentence():
    fault = Fault("x", "rok.xlsx", "Kwoty", 5, "Kwota", "„a”", "kwota")
    assert str(fault) == "plik rok.xlsx, arkusz „Kwoty”, wiersz 5, kolumna „Kwota”: znaleziono „a”; oczekiwano: kwota."
    assert str(Fault("x", "brak.zip", found="a", expected="b")) == "plik brak.zip: znaleziono a; oczekiwano: b."


def test_the_reader_of_cells_is_apart_from_django():
    package = Path(__file__).resolve().parents[2]
    files = [*(package / "intake").rglob("*.py"), *(package / "domain").rglob("*.py")]
    assert len(files) > 20
    assert [file.name for file in files if re.search(r"^\s*(import|from) django", file.read_text(), re.M)] == []
