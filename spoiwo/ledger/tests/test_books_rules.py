"""Rows of the accounting system, cell by cell: what is read, what is said about what is not."""

from datetime import date

import pytest

from spoiwo.ledger.domain.bookcells import combined, signed_gr
from spoiwo.ledger.domain.books import COLUMNS, LABELS, Known, Mapping, check_books, fingerprint_of, proposed
from spoiwo.ledger.domain.bookstatement import Amounts, check_statement, compare
from spoiwo.ledger.domain.check.cells import BadCell
from spoiwo.ledger.domain.raw import RawTable
from spoiwo.ledger.tests.booksfiles import GOOD, HEADINGS, STATEMENT, changed, mapped

KNOWN = Known(
    sources={"own": "own", "środki własne": "own", "eu": "eu"},
    programmes={"p-1": "p-1", "p-2": "p-2", "pomoc": "p-1"},
    tasks={"t-1": ("t-1", "p-1"), "t-2": ("t-2", "")},
    recipients={"fundacja zmyślona": "f-1"},
)


def table(rows, header=None):
    """A table as the reader hands it over."""
    return RawTable("books", "ksiegi.csv", "", list(header or HEADINGS), list(enumerate(rows, start=2)))


def checked(rows, mapping=None, header=None, closed=()):
    """The rows checked for 2019."""
    return check_books(table(rows, header), mapping or mapped(), KNOWN, year=2019, closed=set(closed))


def faults(*args, **options):
    """(code, row, column) of every fault."""
    return [(fault.code, fault.row, fault.column) for fault in checked(*args, **options).faults]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("1 234,56", 1234_56), ("1234.56", 1234_56), ("1.234,56", 1234_56), ("0", 0), ("-0,50", -50), ("−5", -5_00),
        ("5,00-", -5_00), ("(5,00)", -5_00), ("5 zł", 5_00), (12, 12_00), (-12.5, -12_50), (0.1, 10),
        ("1\u00a0234,56", 1234_56),
    ],
)  # fmt: skip
def test_an_amount_is_read_as_accounting_systems_write_it(cell, expected):
    assert signed_gr(cell) == expected


@pytest.mark.parametrize(
    "cell", ["", "-", "--5", "-5-", "1.234", "1,234", "5,001", 0.005, True, "abc", float("nan"), "()"]
)
def test_an_amount_that_may_be_read_in_two_ways_or_in_none_is_refused(cell):
    with pytest.raises(BadCell):
        signed_gr(cell)


@pytest.mark.parametrize("text", ["852-85217-4300", "852.85217.4300", "852/85217 § 4300", " 852 85217 4300 "])
def test_a_classification_written_as_one_is_taken_apart(text):
    assert combined(text) == ("85217", "4300")


@pytest.mark.parametrize("cell", ["85217-4300", "852-85217-430", "853-85217-4300", 85217, "852-85217-4300-1"])
def test_a_classification_that_is_no_such_thing_is_refused(cell):
    with pytest.raises(BadCell):
        combined(cell)


def test_good_rows_are_read():
    books = checked(GOOD)
    assert books.faults == []
    first, _second, third = books.rows
    assert (first.key, first.date, first.amount_gr, first.source) == ("K/1", date(2019, 2, 3), 1000_50, "own")
    assert (first.chapter, first.paragraph, first.document) == ("85217", "4300", "FV 1/2019")
    assert third.amount_gr == -50


def test_number_cells_of_a_workbook_stand_for_their_digits():
    rows = [["K/1", date(2019, 2, 3), 17, "Opis", 852, 85217.0, 4300, 1000.5, "Środki własne"]]
    (row,) = checked(rows).rows
    assert (row.document, row.chapter, row.paragraph, row.amount_gr, row.source) == (
        "17",
        "85217",
        "4300",
        1000_50,
        "own",
    )


@pytest.mark.parametrize(
    ("heading", "value", "code"),
    [
        ("Data", "2018-12-31", "other_year"),
        ("Data", "2019-02-30", "not_date"),
        ("Data", "", "blank"),
        ("Dowód", "", "blank"),
        ("Treść", "x" * 301, "too_long"),
        ("Treść", "a\u200bb", "control_character"),
        ("Dział", "853", "other_division"),
        ("Rozdział", "8521", "bad_code"),
        ("Rozdział", "", "blank"),
        ("Paragraf", "430", "bad_code"),
        ("Kwota", "1.234", "amount_ambiguous"),
        ("Kwota", "razem", "amount_text"),
        ("Kwota", "", "blank"),
        ("Źródło", "kasa", "unknown"),
        ("Źródło", "", "blank"),
        ("Nr zapisu", "K/1", "repeated_key"),
        ("Nr zapisu", "", "blank"),
    ],
)
def test_a_wrong_cell_is_named_with_its_row_and_heading(heading, value, code):
    assert faults(changed(1, heading, value)) == [(code, 3, heading)]


def test_every_fault_of_every_row_is_told_at_once():
    rows = changed(0, "Kwota", "x")
    rows[2][1] = "wczoraj"
    assert faults(rows) == [("amount_text", 2, "Kwota"), ("not_date", 4, "Data")]


def test_a_month_that_is_closed_takes_no_more_lines():
    assert faults(GOOD, closed=[3]) == [("month_closed", 3, "Data"), ("month_closed", 4, "Data")]


@pytest.mark.parametrize(("signs", "expected"), [("plus", [1000_50, 250_00, -50]), ("minus", [-1000_50, -250_00, 50])])
def test_what_the_sign_means_is_part_of_the_mapping(signs, expected):
    assert [row.amount_gr for row in checked(GOOD, mapped(signs=signs)).rows] == expected


@pytest.mark.parametrize(
    ("debit", "credit", "by_debit"),
    [("5,00", "", 5_00), ("", "5,00", -5_00), ("5,00", "0,00", 5_00), ("-5,00", "", -5_00), ("0", "0", 0)],
)
def test_two_sides_of_an_account_make_one_amount(debit, credit, by_debit):
    header = [*HEADINGS[:7], "Wn", "Ma"]
    rows = [[*GOOD[0][:7], debit or None, credit or None]]
    columns = dict(
        zip(("key", "date", "document", "description", "division", "chapter", "paragraph"), header, strict=False)
    )
    for signs, expected in (("debit", by_debit), ("credit", -by_debit)):
        mapping = Mapping(columns | {"debit": "Wn", "credit": "Ma"}, signs, {"source": "own"})
        assert [row.amount_gr for row in checked(rows, mapping, header).rows] == [expected]


@pytest.mark.parametrize(
    ("debit", "credit", "code"), [("5", "5", "both_sides"), (None, None, "blank"), ("x", "5", "amount_text")]
)
def test_an_amount_on_both_sides_or_on_none_is_refused(debit, credit, code):
    header = [*HEADINGS[:7], "Wn", "Ma"]
    mapping = proposed(header)
    mapping.constants["source"] = "own"
    assert faults([[*GOOD[0][:7], debit, credit]], mapping, header) == [(code, 2, "Wn")]


def test_a_constant_stands_where_the_file_says_nothing():
    mapping = mapped(constants={"source": "eu", "programme": "p-2"})
    rows = checked(changed(0, "Źródło", ""), mapping).rows
    assert [(row.source, row.programme) for row in rows] == [("eu", "p-2"), ("own", "p-2"), ("own", "p-2")]


def test_a_task_brings_its_programme_and_contradicts_no_other():
    header = [*HEADINGS, "Program", "Zadanie"]
    mapping = mapped()
    mapping.columns |= {"programme": "Program", "task": "Zadanie"}

    def found(programme, task):
        books = checked([[*GOOD[0], programme, task]], mapping, header)
        return [(row.programme, row.task) for row in books.rows] or [fault.code for fault in books.faults]

    assert found(None, "t-1") == [("p-1", "t-1")]
    assert found("Pomoc", "t-1") == [("p-1", "t-1")]
    assert found("p-2", "t-1") == ["other_programme"]
    assert found("p-2", "t-2") == [("p-2", "t-2")]
    assert found("p-9", None) == ["unknown"]


def test_a_recipient_that_nobody_is_called_by_is_counted_and_keeps_no_line_out():
    header = [*HEADINGS, "Kontrahent"]
    mapping = mapped()
    mapping.columns["recipient"] = "Kontrahent"
    books = checked([[*GOOD[0], "FUNDACJA zmyślona"], [*GOOD[1], "Nikt"]], mapping, header)
    assert [row.recipient for row in books.rows] == ["f-1", ""]
    assert books.unmatched == {"Nikt": 1}


def test_rows_without_a_number_get_keys_of_their_content_that_stay_the_same():
    mapping = mapped()
    del mapping.columns["key"]
    first = [row.key for row in checked([GOOD[0], GOOD[0], GOOD[1]], mapping).rows]
    assert first == [row.key for row in checked([GOOD[0], GOOD[0], GOOD[1]], mapping).rows]
    assert len(set(first)) == 3
    assert first[0][:-1] == first[1][:-1]


# --- mappings ------------------------------------------------------------------------------------


def test_a_mapping_is_proposed_from_headings_and_recognised_whatever_their_case():
    assert proposed(HEADINGS) == mapped()
    assert proposed(["DATA", "wn", " Ma "]).signs == "debit"
    assert proposed(["Data", "Kwota Wn"]) == Mapping({"date": "Data", "amount": "Kwota Wn"}, "plus")
    assert fingerprint_of(HEADINGS) == fingerprint_of([f" {heading.upper()} " for heading in HEADINGS])
    assert fingerprint_of(HEADINGS) != fingerprint_of(HEADINGS[::-1])


def test_what_a_mapping_lacks_is_named():
    assert Mapping().missing() == ["date", "document", "description", "amount", "chapter", "paragraph", "source"]
    assert Mapping({"classification": "K"}, "debit", {"source": "own"}).missing() == [
        "date", "document", "description", "debit", "credit",
    ]  # fmt: skip
    assert [fault.code for fault in checked(GOOD, Mapping()).faults] == ["not_mapped"] * 7
    assert set(LABELS) == set(COLUMNS)


def test_a_heading_that_is_missing_or_stands_twice_is_refused():
    assert [fault.code for fault in checked(GOOD, header=[*HEADINGS[:-1], "Kwota"]).faults] == ["heading", "heading"]


# --- statements ----------------------------------------------------------------------------------


def stated(*rows, header=STATEMENT):
    """Rows and faults of a statement."""
    found, problems = check_statement(table(rows, header))
    return found, [(fault.code, fault.row) for fault in problems]


def test_a_statement_is_read_by_its_headings():
    rows, problems = stated(
        ["852", "85217", "4300", "5 000,00", None, "1000.50"], ["852", "85217", "4210", "0", "0", "0"]
    )
    assert problems == []
    assert rows[0] == {
        "division": "852", "chapter": "85217", "paragraph": "4300",
        "plan_gr": 5000_00, "committed_gr": None, "spent_gr": 1000_50,
    }  # fmt: skip
    assert rows[1]["spent_gr"] == 0


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["853", "85217", "4300", "1", "1", "1"], ("other_division", 2)),
        (["852", "Razem", "", "1", "1", "1"], ("bad_code", 2)),
        (["852", "85217", "4300", "1", "1", None], ("blank", 2)),
        (["852", "85217", "4300", "1.234", "1", "1"], ("amount_ambiguous", 2)),
    ],
)
def test_a_wrong_row_of_a_statement_is_named(row, problem):
    assert stated(row)[1][0] == problem


def test_a_statement_without_a_column_without_rows_or_with_a_code_twice_is_refused():
    row = ["852", "85217", "4300", "1", "1", "1"]
    assert stated(row, header=[*STATEMENT[:-1], "Inne"])[1] == [("no_column", None)]
    assert stated()[1] == [("no_rows", None)]
    assert stated(row, row)[1] == [("repeated_code", 3)]


@pytest.mark.parametrize(("total", "problems"), [("3", []), ("3,01", [("total", 4)]), (None, [])])
def test_the_last_row_of_a_statement_may_be_its_total_and_then_adds_up(total, problems):
    rows = [["852", "85217", "4300", None, None, "1"], ["852", "85217", "4210", None, None, "2"]]
    found, told = stated(*rows, ["Razem", None, None, None, None, total])
    assert told == problems
    assert len(found) == 2


def test_differences_are_named_in_both_directions():
    ledger = {
        ("85217", "4300"): Amounts(5_00, 4_00, 3_00),
        ("85217", "4210"): Amounts(spent_gr=1_00),
        ("", ""): Amounts(spent_gr=7_00),
    }
    rows, _problems = stated(
        ["852", "85217", "4300", "5", "4", "3,01"], ["852", "85217", "4170", None, None, "2"],
        ["852", "85217", "4260", None, None, "0"],
    )  # fmt: skip
    found = compare(ledger, rows)
    assert [(one.chapter, one.paragraph, one.status, one.differences) for one in found] == [
        ("", "", "only_ledger", {"spent_gr": -7_00}),
        ("85217", "4170", "only_statement", {"spent_gr": 2_00}),
        ("85217", "4210", "only_ledger", {"spent_gr": -1_00}),
        ("85217", "4260", "agrees", {}),
        ("85217", "4300", "differs", {"spent_gr": 1}),
    ]


def test_only_the_columns_that_the_ledger_keeps_are_compared():
    rows, _problems = stated(["852", "85217", "4300", "5", "4", "3"])
    (one,) = compare({("85217", "4300"): Amounts(spent_gr=3_00)}, rows, ("spent_gr",))
    assert one.status == "agrees"
