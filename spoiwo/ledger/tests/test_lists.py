"""The list of a year's lines: what is found, in which order, with which sum; and the same as a file."""

import csv
import io
from datetime import date

import openpyxl
import pytest
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.kernel.money import parse_zl
from tests.factories import (
    DeclaredFactory,
    DocumentFactory,
    EntryFactory,
    ProgrammeFactory,
    SourceFactory,
    StrategyFactory,
    TagFactory,
    TaskFactory,
    UserFactory,
    YearFactory,
)
from tests.queries import queries_of
from tests.visitors import text_of, visitor

pytestmark = pytest.mark.django_db
LINES, FILE = "/biuro/rok/2019/", "/biuro/rok/2019/rejestr."


@pytest.fixture
def year():
    """Five lines that differ in all that a filter asks about."""
    row = YearFactory()
    first = ProgrammeFactory(strategy=row.strategy, code="P1", number="1", short_name="Pomoc")
    second = ProgrammeFactory(strategy=row.strategy, code="P2", number="2", short_name="Integracja")
    own, state = SourceFactory(code="own"), SourceFactory(code="state")
    contract = DocumentFactory(year=row, name="Umowa 7/2019")
    ngo = TagFactory(code="ngo", name="Organizacje")

    def line(key, amount_gr, day, source=own, **facts):
        EntryFactory(year=row, key=key, amount_gr=amount_gr, date=day, source=source, **facts)

    line("a", 300_00, date(2019, 3, 1), programme=first, description="Roboty")
    line("b", 100_00, date(2019, 1, 1), programme=first, source=state, document=contract, description="Dotacja")
    line("c", -50_05, date(2019, 2, 1), programme=second, description="Zwrot", tags=[ngo], state="checked")
    line("d", 200_00, date(2019, 12, 31), source=state, description="Aneks")
    line("e", 0, date(2019, 6, 1), programme=second, description="Bez kwoty", state="to_split")
    return row


def keys(response):
    """The keys of the lines on a page."""
    return "".join(entry.key for entry in response.context["page"].object_list)


FILTERS = [
    ({}, "deacb"),  # the latest day first
    ({"sort": "data"}, "bcaed"),
    ({"sort": "-data"}, "deacb"),
    ({"sort": "kwota"}, "cebda"),
    ({"sort": "-kwota"}, "adbec"),
    ({"sort": "opis"}, "debac"),
    ({"sort": "-opis"}, "cabed"),
    ({"sort": "key); DROP TABLE"}, "deacb"),
    ({"program": "P1"}, "ab"),
    ({"program": "outside"}, "d"),
    ({"program": "nie-ma"}, ""),
    ({"zrodlo": "state"}, "db"),
    ({"stan": "checked"}, "c"),
    ({"stan": "entered"}, "dab"),
    ({"q": "umowa 7"}, "b"),
    ({"q": "ROBOTY"}, "a"),
    ({"q": "nie ma"}, ""),
    ({"program": "P1", "zrodlo": "state", "q": "dotacja"}, "b"),
    ({"program": "P1", "zrodlo": "state", "q": "roboty"}, ""),
    ({"zrodlo": "state", "sort": "kwota"}, "bd"),
]


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_lines_are_found_sorted_and_summed(year, query, expected):
    response = visitor(Role.EDITOR).get(LINES, query)
    assert keys(response) == expected
    amounts = {"a": 300_00, "b": 100_00, "c": -50_05, "d": 200_00, "e": 0}
    assert response.context["sum_gr"] == (sum(amounts[key] for key in expected) if expected else None)
    assert response.context["lines"] == len(expected)


def test_a_part_of_the_page_is_answered_to_htmx_and_the_whole_page_to_others(year):
    client = visitor(Role.EDITOR)
    whole = client.get(LINES, {"zrodlo": "state"})
    part = client.get(LINES, {"zrodlo": "state"}, headers={"HX-Request": "true", "HX-Target": "wpisy"})
    assert "<html" in text_of(whole)
    assert "<html" not in text_of(part)
    assert keys(whole) == keys(part) == "db"
    assert "HX-Target" in whole.headers["Vary"]


@pytest.mark.parametrize(("page", "expected"), [("1", 100), ("2", 5), ("3", 5), ("0", 5), ("x", 100), ("²", 100)])
def test_a_hundred_lines_stand_on_a_page_and_the_sum_is_of_all(year, page, expected):
    source = SourceFactory(code="own")
    for number in range(100):
        EntryFactory(year=year, source=source, document=year.documents.first(), amount_gr=1, key=f"n{number}")
    response = visitor(Role.EDITOR).get(LINES, {"strona": page})
    assert len(response.context["page"].object_list) == expected
    assert response.context["sum_gr"] == 549_95 + 100


def test_a_year_without_a_line_says_so():
    YearFactory()
    response = visitor(Role.EDITOR).get(LINES)
    assert response.status_code == 200
    assert response.context["sum_gr"] is None


def test_money_outside_programmes_is_called_as_the_year_calls_it(year):
    year.outside_label = "Projekty wspólne"
    year.save()
    assert "Projekty wspólne" in text_of(visitor(Role.EDITOR).get(LINES))


# --- files ---------------------------------------------------------------------------------------


def rows_of_csv(response):
    """The lines of a CSV as (key, grosze)."""
    text = response.content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text), delimiter=";"))
    return [(row[-2], signed(row[-1])) for row in rows[1:]]


def signed(written):
    """An amount of the file in grosze."""
    return -parse_zl(written[1:]) if written.startswith("-") else parse_zl(written)


def sheet_of(response):
    """The sheet of a workbook."""
    return openpyxl.load_workbook(io.BytesIO(response.content)).active


@pytest.mark.parametrize(("query", "expected"), FILTERS)
def test_a_file_holds_the_lines_of_the_screen_in_their_order(year, query, expected):
    client = visitor(Role.EDITOR)
    shown = [(entry.key, entry.amount_gr) for entry in client.get(LINES, query).context["page"].object_list]
    assert "".join(key for key, _gr in shown) == expected
    assert rows_of_csv(client.get(f"{FILE}csv", query)) == shown
    sheet = sheet_of(client.get(f"{FILE}xlsx", query))
    in_sheet = (
        [(row[-2].value, round(row[-1].value * 100)) for row in sheet.iter_rows(2, 1 + len(shown))] if shown else []
    )
    assert in_sheet == shown


def test_both_files_have_the_same_headings_and_cells(year):
    client = visitor(Role.EDITOR)
    text = client.get(f"{FILE}csv").content.decode("utf-8-sig")
    in_csv = list(csv.reader(io.StringIO(text), delimiter=";"))
    in_sheet = [[cell.value for cell in row] for row in sheet_of(client.get(f"{FILE}xlsx")).iter_rows(1, 6)]
    assert [row[:-1] for row in in_csv] == [[value or "" for value in row[:-1]] for row in in_sheet]


def test_a_csv_opens_in_a_polish_spreadsheet(year):
    response = visitor(Role.EDITOR).get(f"{FILE}csv")
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert b"-50,05\r\n" in response.content
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="rejestr-2019.csv"'


DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1+1", '=HYPERLINK("http://zly.example")', "http://zly.example"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_no_text_becomes_a_formula_or_a_link(text):
    year = YearFactory()
    document = DocumentFactory(year=year, name=text)
    EntryFactory(year=year, description=text, key=text, case_sign=text, document=document)
    client = visitor(Role.EDITOR)
    content = client.get(f"{FILE}csv").content.decode("utf-8-sig")
    (row,) = list(csv.reader(io.StringIO(content), delimiter=";"))[1:]
    assert [cell for cell in (row[1], row[6], row[11], row[13]) if cell.startswith(("=", "+", "-", "@", "\t"))] == []
    sheet = sheet_of(client.get(f"{FILE}xlsx"))
    cells = [sheet.cell(2, column) for column in (2, 7, 12, 14)]
    assert [cell.data_type for cell in cells] == ["s"] * 4
    assert {cell.value for cell in cells} == {text}
    assert all(cell.hyperlink is None for cell in cells)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_the_last_row_of_the_workbook_is_a_live_sum_of_the_rows_above_it(count):
    year = YearFactory()
    for _n in range(count):
        EntryFactory(year=year, amount_gr=100_01)
    sheet = sheet_of(visitor(Role.EDITOR).get(f"{FILE}xlsx"))
    total = sheet.cell(count + 2, 15)
    first, last = total.value.removeprefix("=SUM(O").rstrip(")").split(":O")
    assert int(last) == count + 1
    assert int(last) < total.row
    assert int(first) < total.row  # a sum never holds itself: without a line it would be a circle


def test_a_format_that_is_not_there_is_not_found(year):
    assert visitor(Role.EDITOR).get(f"{FILE}pdf").status_code == 404


# --- the number of queries -----------------------------------------------------------------------


def fill(year, count):
    """Lines that each bring their own programme, task, source, document, cross-cut and declared total."""
    for number in range(count):
        programme = ProgrammeFactory(strategy=year.strategy)
        source = SourceFactory(code=f"z{year.entries.count()}{number}")
        EntryFactory(
            year=year, programme=programme, task=TaskFactory(programme=programme), source=source, tags=[TagFactory()],
            entered_by=UserFactory(),
        )  # fmt: skip
        DeclaredFactory(year=year, scope="source", source=source, amount_gr=1)
        DeclaredFactory(year=year, scope="programme", programme=programme, amount_gr=1)


@pytest.mark.parametrize(
    "address",
    [LINES, "/biuro/rok/2019/uzgodnienie/", "/biuro/rok/2019/wpisy/nowy/", f"{FILE}csv", f"{FILE}xlsx"],
)
def test_a_page_of_the_year_asks_as_often_for_three_lines_as_for_one(address):
    year = YearFactory()
    fill(year, 1)
    client = visitor(Role.DIRECTOR)
    one = queries_of(client, address)
    fill(year, 2)
    assert year.entries.count() == 3
    assert queries_of(client, address) == one


def test_the_list_of_years_asks_as_often_for_three_years_as_for_one():
    fill(YearFactory(year=2017), 1)
    client = visitor(Role.DIRECTOR)
    one = queries_of(client, reverse("ledger:years"))
    for number in (2018, 2019):
        fill(YearFactory(year=number), 1)
    assert queries_of(client, reverse("ledger:years")) == one


def test_the_list_of_years_counts_lines_and_sums_of_each():
    fill(YearFactory(year=2018), 3)
    YearFactory(year=2019)
    rows = {row.year: (row.lines, row.sum_gr) for row in visitor(Role.EDITOR).get("/biuro/lata/").context["rows"]}
    assert rows == {2018: (3, 300_00), 2019: (0, None)}


def test_the_latest_year_stands_first():
    for number in (2018, 2020, 2019):
        YearFactory(year=number)
    rows = visitor(Role.EDITOR).get("/biuro/lata/").context["rows"]
    assert [row.year for row in rows] == [2020, 2019, 2018]


def test_years_of_another_region_are_not_listed():
    YearFactory(year=2019)
    YearFactory(year=2018, strategy=StrategyFactory(region="14"))
    assert [row.year for row in visitor(Role.EDITOR).get("/biuro/lata/").context["rows"]] == [2019]
    assert visitor(Role.EDITOR).get("/biuro/rok/2018/").status_code == 404
