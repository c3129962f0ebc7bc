"""A year's facts as files: every line, every amount to the grosz, the same bytes every time, nothing calculated."""

import csv
import io
import zipfile
from collections import defaultdict
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from spoiwo.kernel.money import parse_zl
from spoiwo.ledger.domain.bookstatement import check_statement
from spoiwo.ledger.domain.raw import RawTable
from spoiwo.ledger.exports.datapackage import package_files
from spoiwo.ledger.exports.facts import TABLES, written
from spoiwo.ledger.exports.formats import FORMATS
from spoiwo.ledger.exports.iati import clean, day_of, facts_iati, zloty
from spoiwo.ledger.exports.iati_results import found
from spoiwo.ledger.exports.rb28s import by_classification, facts_rb28s
from spoiwo.ledger.models import BudgetCode
from spoiwo.ledger.services.facts import gather_facts
from spoiwo.ledger.tests.full_year import COMMITTED_GR, PLANNED_GR, SPENT_GR, full_year
from tests.factories import EntryFactory, PlanEntryFactory, YearFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(db):
    """The full invented year."""
    return gather_facts(full_year())


def sums_by_source(rows, kinds):
    """Grosze by source, of lines of some kinds."""
    sums = defaultdict(int)
    for row in rows:
        if row["kind"] in kinds:
            sums[row["source"]] += int(row["amount_gr"])
    return dict(sums)


def csv_rows(data, **options):
    """The rows of a CSV file by its headings."""
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), **options))


def transactions(root, kind):
    """The amounts of an IATI file's transactions of one kind, in grosze."""
    found = root.iterfind(f".//transaction/transaction-type[@code='{kind}']/../value")
    return sum(int(Decimal(value.text) * 100) for value in found)


# --- what is in the files --------------------------------------------------------------------------


def test_every_table_has_rows_and_exactly_the_columns_that_are_described(facts):
    inside = {"plan": {"entered_on"}, "entries": {"entered_on"}}
    for table in TABLES:
        columns = {field.name for field in table.fields} | inside.get(table.name, set())
        assert facts.tables[table.name], table.name
        assert [row for row in facts.tables[table.name] if set(row) != columns] == [], table.name
    assert set(facts.tables) == {table.name for table in TABLES}


def test_the_package_holds_plan_and_execution_to_the_grosz(facts):
    files = package_files(facts)
    plan, entries = csv_rows(files["plan.csv"]), csv_rows(files["entries.csv"])
    assert sums_by_source(plan, {"plan", "change"}) == PLANNED_GR
    assert sums_by_source(plan, {"commitment", "release"}) == COMMITTED_GR
    assert sums_by_source(entries, {"payment", "refund"}) == SPENT_GR


def test_lines_carry_all_their_dimensions(facts):
    (row,) = [row for row in csv_rows(package_files(facts)["entries.csv"]) if row["key"] == "zw-1"]
    assert row == {
        "key": "zw-1", "kind": "refund", "programme": "P1", "task": "Z1", "source": "own", "chapter": "85217",
        "paragraph": "4300", "organisation": "ngo-1", "place": "", "document": "UM-1", "date": "2024-05-20",
        "amount_gr": "-500000", "description": row["description"], "case_sign": "", "state": "entered",
        "returns": "wy-1", "commitment": "zo-1", "reverses": "", "corrects": "",
    }  # fmt: skip


def test_indicators_of_the_year_come_with_values_targets_and_meaning(facts):
    files = package_files(facts)
    assert [row["code"] for row in csv_rows(files["indicators.csv"])] == ["W1", "W2", "W4"]
    values = [(row["key"], row["value"], row["numerator"], row["place"]) for row in csv_rows(files["values.csv"])]
    assert values == [("V1", "", "1", ""), ("V2", "17", "", ""), ("V3", "5", "", "0862011")]
    assert [(row["key"], row["value"]) for row in csv_rows(files["targets.csv"])] == [("T1", "30"), ("T4", "10")]


def test_classification_is_called_as_on_the_last_day_of_the_year():
    BudgetCode.objects.filter(code="85217").delete()
    for name, start, end in (("Stara", None, date(2023, 12, 31)), ("Nowa", date(2024, 1, 1), None)):
        BudgetCode.objects.create(kind="chapter", code="85217", name=name, valid_from=start, valid_to=end)
    chapters = {row["code"]: row for row in gather_facts(full_year()).tables["chapters"]}
    assert chapters["85217"] == {"code": "85217", "division": "852", "name": "Nowa"}
    assert set(chapters) == {"85217", "85311", "85504"}


def test_a_line_of_another_year_is_not_named():
    other = YearFactory(year=2023)
    promise = PlanEntryFactory(year=other, key="stare", kind="commitment")
    year = full_year(2025)
    EntryFactory(year=year, key="nowe", commitment=promise)
    rows = {row["key"]: row for row in gather_facts(year).tables["entries"]}
    assert (rows["nowe"]["commitment"], rows["wy-1"]["commitment"]) == (None, "zo-1")


def test_the_same_facts_are_the_same_bytes():
    year = full_year()
    for name, form in FORMATS.items():
        assert form.write(gather_facts(year)) == form.write(gather_facts(year)), name


def test_files_ask_as_often_for_many_lines_as_for_few():
    year = full_year()
    counts = []
    for _step in range(2):
        with CaptureQueriesContext(connection) as captured:
            gather_facts(year)
        counts.append(len(captured))
        for _line in range(3):
            EntryFactory(year=year)
            PlanEntryFactory(year=year)
    assert counts[0] == counts[1]


# --- IATI ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("gr", "written_zl"),
    [(9_025_049_77, "9025049.77"), (5, "0.05"), (-5, "-0.05"), (0, "0.00"), (-10_000_00, "-10000.00")],
)
def test_grosze_become_a_decimal_without_a_float(gr, written_zl):
    assert zloty(gr) == written_zl


def test_iati_holds_budgets_commitments_and_payments_to_the_grosz(facts):
    root = ElementTree.fromstring(facts_iati(facts))
    assert transactions(root, 2) == sum(COMMITTED_GR.values())
    assert transactions(root, 3) + transactions(root, 4) == sum(SPENT_GR.values())
    assert transactions(root, 3) == 60_000_01 - 5_000_00, "to an organisation: a disbursement, and what came back"
    budgets = {
        (activity.find("iati-identifier").text, budget.get("type")): budget.find("value").text
        for activity in root
        for budget in activity.iterfind("budget")
    }
    assert budgets == {
        ("PL-TERC-08-P1", "1"): "800000.00",
        ("PL-TERC-08-P1", "2"): "779999.50",
        ("PL-TERC-08-P2", "1"): "1000000.00",
    }


def test_iati_has_the_strategy_above_its_programmes_and_what_stands_outside(facts):
    root = ElementTree.fromstring(facts_iati(facts))
    tree = {
        activity.find("iati-identifier").text: [row.get("ref") for row in activity.iterfind("related-activity")]
        for activity in root
    }
    below = ["PL-TERC-08-P1", "PL-TERC-08-P2", "PL-TERC-08-2024-outside"]
    assert tree == {"PL-TERC-08-S1": below} | {key: ["PL-TERC-08-S1"] for key in below}


def test_iati_carries_the_classification_as_own_vocabularies_and_speaks_polish(facts):
    root = ElementTree.fromstring(facts_iati(facts))
    (line,) = [row for row in root.iter("transaction") if row.get("ref") == "wy-3"]
    sectors = {row.get("vocabulary"): row.get("code") for row in line.iterfind("sector")}
    assert sectors == {"1": "16010", "99": "85504", "98": "2210"}
    language = "{http://www.w3.org/XML/1998/namespace}lang"
    assert {row.get(language) for row in root.iter("narrative")} == {"pl"}
    assert {row.get(language) for row in root.iter("iati-activity")} == {"pl"}


def test_iati_names_the_office_by_the_identifier_it_is_given(facts):
    root = ElementTree.fromstring(facts_iati(facts, "PL-ZMYSLONE-1"))
    assert {row.get("ref") for row in root.iter("reporting-org")} == {"PL-ZMYSLONE-1"}
    assert root.find(".//iati-identifier").text == "PL-ZMYSLONE-1-S1"


def test_iati_results_carry_baseline_target_and_value(facts):
    root = ElementTree.fromstring(facts_iati(facts))
    (ratio,) = root[0].iterfind("result")
    indicator = ratio.find("indicator")
    assert (indicator.get("measure"), indicator.get("ascending")) == ("2", "0")
    assert indicator.find("baseline").attrib == {"year": "2020", "value": "12.5"}
    assert indicator.find("period/target").get("value") == "30"
    assert indicator.find("period/actual").get("value") == "33.3333"
    assert [row.find("indicator/period/actual").get("value") for row in root[1].iterfind("result")] == ["17"]


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected"),
    [(1, 3, "33.3333"), (2, 3, "66.6667"), (1, 32000, "0.0031"), (3, 60000, "0.005")],
)
def test_a_ratio_is_rounded_half_away_from_zero(numerator, denominator, expected):
    row = {"value": None, "numerator": Decimal(numerator), "denominator": Decimal(denominator)}
    assert written(found(row, {"multiplier": 100})) == expected


@pytest.mark.parametrize(
    ("day", "entered", "expected"),
    [
        (date(2024, 3, 1), date(2024, 6, 1), date(2024, 3, 1)),
        (None, date(2025, 2, 1), date(2024, 12, 31)),
        (None, date(2024, 12, 31), date(2024, 12, 31)),
        (None, date(2024, 6, 1), date(2024, 6, 1)),  # December has not come yet
    ],
)
def test_a_line_without_a_day_belongs_to_december_but_never_to_a_day_to_come(day, entered, expected):
    assert day_of({"date": day, "entered_on": entered}, 2024) == expected


@pytest.mark.parametrize(("text", "expected"), [("a\x00b\x0bc", "abc"), ("ą\n„b”", "ą\n„b”"), ("\ufffe", "")])
def test_what_xml_cannot_hold_is_left_out(text, expected):
    assert clean(text) == expected


# --- Rb-28S and the workbook -----------------------------------------------------------------------


def test_the_statement_by_classification_adds_up_and_leaves_empty_what_no_line_says(facts):
    rows = csv_rows(facts_rb28s(facts), delimiter=";")
    plain = [tuple(row.values()) for row in rows]
    assert plain == [
        ("", "", "", "", "13122,67", "13122,67"),
        ("852", "85217", "4300", "479999,50", "110000,00", "55000,01"),
        ("853", "85311", "4300", "1000000,00", "400000,33", "0,33"),
        ("855", "85504", "2210", "300000,00", "90315,67", "90315,67"),
        ("Razem", "", "", "1779999,50", "613438,67", "158438,68"),
    ]
    spent = sum(parse_zl(row["Wydatki wykonane"]) for row in rows[:-1])
    assert spent == sum(SPENT_GR.values())
    assert by_classification(facts)["85504", "2210"] == [300_000_00, 90_315_67, 90_315_67]


def test_the_statement_can_be_read_back_as_one_of_the_books():
    year = full_year()
    year.entries.filter(chapter="").delete()
    facts = gather_facts(year)
    header, *body = csv.reader(io.StringIO(facts_rb28s(facts).decode("utf-8-sig"), newline=""), delimiter=";")
    table = RawTable(
        "books", "rb28s.csv", "", header, [(n, [cell or None for cell in row]) for n, row in enumerate(body, 2)]
    )
    rows, faults = check_statement(table)
    assert faults == []
    read = {(row["chapter"], row["paragraph"]): [row["plan_gr"], row["committed_gr"], row["spent_gr"]] for row in rows}
    assert read == by_classification(facts)


def test_the_statement_of_a_year_without_lines_is_empty_and_not_zero():
    rows = csv_rows(facts_rb28s(gather_facts(YearFactory())), delimiter=";")
    assert [tuple(row.values()) for row in rows] == [("Razem", "", "", "", "", "")]


def test_the_workbook_holds_the_same_lines_with_a_live_sum(facts):
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(facts)))
    sheet = book["Wykonanie"]
    heads = [cell.value for cell in sheet[1]]
    column = heads.index("Kwota, zł")
    lines = [row[column].value for row in sheet.iter_rows(2, sheet.max_row - 1)]
    assert sum(round(value * 100) for value in lines) == sum(SPENT_GR.values())
    total = sheet.cell(sheet.max_row, column + 1).value
    assert total == f"=SUM({'ABCDEFGHIJKL'[column]}2:{'ABCDEFGHIJKL'[column]}{sheet.max_row - 1})"
    assert "Plan i zobowiązania" in book.sheetnames


def test_no_text_becomes_a_formula(facts):
    files = package_files(facts)
    cells = [cell for data in files.values() for row in csv.reader(io.StringIO(data.decode())) for cell in row]
    dangerous = [cell for cell in cells if cell.startswith(("=", "+", "@", "\t"))]
    assert dangerous == []
    assert '\'=HYPERLINK("http://zly.example")' in cells
    book = openpyxl.load_workbook(io.BytesIO(FORMATS["xlsx"].write(facts)))
    formulas = [cell.value for sheet in book for row in sheet for cell in row if cell.data_type == "f"]
    assert len(formulas) == 1, "only the sum"


def test_the_archive_carries_no_time_of_making(facts):
    with zipfile.ZipFile(io.BytesIO(FORMATS["datapackage"].write(facts))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "datapackage.json"
