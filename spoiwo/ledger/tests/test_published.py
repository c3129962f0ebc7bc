"""Amounts published outside the reports: read in whole or not at all, each whole beside the sum of its parts."""

import csv
import io
import json

import openpyxl
import pytest

from spoiwo.audit.models import Record
from spoiwo.ledger.domain.published import PUBLISHED, Compared, compare
from spoiwo.ledger.domain.schema.descriptor import table_schema_json
from spoiwo.ledger.errors import PublishedRefused
from spoiwo.ledger.models import PublishedFigure, PublishedKind
from spoiwo.ledger.services.published import import_published, published_wholes
from spoiwo.ledger.tests.test_commands import told
from tests.factories import PublishedFactory, StrategyFactory
from tests.imported import EXAMPLES
from tests.queries import queries_of
from tests.visitors import text_of, visitor

pytestmark = pytest.mark.django_db
SHIPPED = EXAMPLES / "lubuskie-kwoty"
PAGE, FILE = "/kwoty-ogloszone/", "/kwoty-ogloszone/kwoty.csv"
FACTS = {  # as the public sources give them, in złote and grosze
    "pfron-2014": (3_590_881_00, [2_190_881_00, 300_000_00, 1_100_000_00]),
    "pfron-2016": (3_001_703_00, [711_703_00, 500_000_00, 790_000_00]),
    "pfron-2021": (4_423_007_00, []),
    "pfron-2024-roboty": (3_000_000_00, []),
    "ngo-2016": (194_000_00, [60_000_00, 32_000_00]),
    "ngo-2017": (206_000_00, [60_000_00, 35_000_00, 75_000_00, 36_000_00]),
    "ngo-2022": (200_000_00, []),
    "autyzm-2022": (400_000_00, []),
    "adopcja-2022": (15_000_00, []),
    "seniorzy-2018": (300_000_00, []),
    "seniorzy-2019": (150_000_00, []),
    "ue-otworz-sie": (2_090_842_13, [1_777_215_81]),
}


@pytest.fixture
def shipped(db):
    """The shipped amounts, read in."""
    import_published(path=SHIPPED, by=None)


@pytest.fixture
def table(tmp_path):
    """A table with changed cells: `table({(row, column): value})`; rows are counted as a person sees them."""

    def made(cells=(), name="kwoty.csv"):
        with (SHIPPED / "published.csv").open(encoding="utf-8", newline="") as source:
            rows = list(csv.reader(source))
        for (row, column), value in dict(cells).items():
            rows[row - 1][rows[0].index(column)] = value
        file = tmp_path / name
        with file.open("w", encoding="utf-8", newline="") as target:
            csv.writer(target).writerows(rows)
        return file

    return made


# --- the shipped amounts ---------------------------------------------------------------------------


def test_every_public_amount_is_there_to_the_grosz_with_its_parts_below_it(shipped):
    found = {
        whole.figure.code: (whole.figure.amount_gr, [part.amount_gr for part in whole.parts])
        for whole in published_wholes("08")
    }
    assert found == FACTS


def test_pfron_of_2016_lacks_exactly_a_million_and_no_other_whole_has_a_gap(shipped):
    gaps = {whole.figure.code: whole.compared.gap_gr for whole in published_wholes("08") if whole.figure.parts_complete}
    assert gaps == {"pfron-2014": 0, "pfron-2016": 100_000_000, "ngo-2017": 0}


def test_every_amount_names_its_source_and_how_exact_it_is(shipped):
    assert [row.code for row in PublishedFigure.objects.all() if not row.source_title] == []
    about = PublishedFigure.objects.filter(precision="about")
    assert [row.code for row in about] == ["ngo-2022"]
    assert about.get().note.startswith("Źródło mówi: ponad 200 tys. zł")


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the judge's own dependencies
def test_an_independent_judge_finds_the_shipped_table_valid():
    import frictionless  # slow to load

    report = frictionless.validate(SHIPPED / "datapackage.json")
    assert report.flatten(["rowNumber", "fieldName", "message"]) == []
    described = json.loads((SHIPPED / "datapackage.json").read_text(encoding="utf-8"))
    assert described["resources"][0]["schema"] == table_schema_json(PUBLISHED)


def test_kinds_in_the_table_are_those_of_the_register():
    assert set(PUBLISHED.column("kind").choices) == set(PublishedKind.values)


# --- the rule --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("whole", "parts", "complete", "expected"),
    [
        (300, [100, 200], True, Compared(300, 300, 0)),
        (301, [100, 200], True, Compared(301, 300, 1)),
        (299, [100, 200], True, Compared(299, 300, -1)),
        (500, [100, 200], False, Compared(500, 300, None)),  # the parts are not said to be all
        (500, [], True, Compared(500, None, None)),
    ],
)
def test_a_whole_is_compared_with_the_sum_of_its_parts(whole, parts, complete, expected):
    assert compare(whole, parts, complete=complete) == expected


# --- reading in ------------------------------------------------------------------------------------


def test_the_same_table_again_changes_nothing(shipped):
    before = (PublishedFigure.objects.count(), Record.objects.count())
    change = import_published(path=SHIPPED, by=None)
    assert (change.new, change.changed, change.unchanged) == ([], [], before[0])
    assert (PublishedFigure.objects.count(), Record.objects.count()) == before


def test_a_changed_amount_is_changed_and_recorded_with_both_values(shipped, table):
    change = import_published(path=table({(2, "amount"): "3590881,01"}), by=None)
    assert (change.new, change.changed) == ([], ["pfron-2014"])
    record = Record.objects.order_by("-sequence").first()
    assert (record.deed, record.facts) == (
        "ledger.published_changed",
        {"changed": {"amount_gr": [3_590_881_00, 3_590_881_01]}},
    )
    (whole,) = [whole for whole in published_wholes("08") if whole.figure.code == "pfron-2014"]
    assert whole.compared.gap_gr == 1


def test_a_dry_run_counts_and_saves_nothing():
    before = Record.objects.count()
    out, _err, refusal = told("import_published", str(SHIPPED), dry_run=True)
    assert refusal is None
    assert "25" in out
    assert (PublishedFigure.objects.count(), Record.objects.count()) == (0, before)


def test_a_workbook_is_read_like_a_csv_file(tmp_path):
    book = openpyxl.Workbook()
    with (SHIPPED / "published.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.reader(source):
            book.active.append(row)
    book.save(tmp_path / "kwoty.xlsx")
    assert len(import_published(path=tmp_path / "kwoty.xlsx", by=None).new) == 25


FAULTS = [
    ({(2, "amount"): "około 3 mln"}, ("amount_text", 2, "amount")),
    ({(2, "amount"): ""}, ("missing_value", 2, "amount")),
    ({(2, "amount"): "1.234"}, ("amount_ambiguous", 2, "amount")),
    ({(2, "amount"): "3590881,005"}, ("amount_three_decimals", 2, "amount")),
    ({(2, "year"): "1989"}, ("out_of_range", 2, "year")),
    ({(2, "region"): "8"}, ("not_digits", 2, "region")),
    ({(2, "kind"): "dotacja"}, ("not_in_list", 2, "kind")),
    ({(2, "source_title"): ""}, ("missing_value", 2, "source_title")),
    ({(2, "read_on"): "31.02.2026"}, ("not_date", 2, "read_on")),
    ({(3, "parent"): "pfron-2041"}, ("unknown_code", 3, "parent")),
    ({(3, "year"): "2015"}, ("other_year", 3, "year")),
    ({(3, "amount"): "3590881,01"}, ("above_whole", 3, "amount")),
    ({(4, "parent"): "pfron-2014-1"}, ("part_of_part", 4, "parent")),
    ({(3, "code"): "pfron-2014-2"}, ("duplicate_key", 4, "code")),
    ({(1, "kind"): "rodzai"}, ("missing_column", None, "kind")),
    ({(1, "note"): "uwagi"}, ("unknown_column", None, "uwagi")),
    ({(17, "parts_complete"): "tak"}, ("no_parts", 17, "parts_complete")),
]


@pytest.mark.parametrize(("cells", "expected"), FAULTS)
def test_a_fault_is_named_by_row_and_column_and_nothing_is_saved(table, cells, expected):
    with pytest.raises(PublishedRefused) as refusal:
        import_published(path=table(cells), by=None)
    assert expected in [(fault.code, fault.row, fault.column) for fault in refusal.value.faults]
    assert PublishedFigure.objects.count() == 0


def test_a_refused_table_tells_every_fault_on_stderr(table):
    out, err, refusal = told("import_published", str(table({(2, "amount"): "x", (9, "year"): "rok"})))
    assert refusal.returncode == 1
    assert out == ""
    assert "wiersz 2, kolumna „amount”" in err
    assert "wiersz 9, kolumna „year”" in err


@pytest.mark.parametrize("name", ["nie-ma.csv", "pusty.csv"])
def test_a_file_that_cannot_be_read_is_refused(tmp_path, name):
    (tmp_path / "pusty.csv").write_bytes(b"")
    with pytest.raises(PublishedRefused):
        import_published(path=tmp_path / name, by=None)


# --- the page --------------------------------------------------------------------------------------


def test_the_page_shows_the_missing_million_with_its_source_and_note(shipped):
    page = text_of(visitor().get(PAGE))
    assert "1 000 000,00" in page
    assert 'href="#pfron-2016"' in page
    assert "SRODKI-PFRON-PODZIELONE-PRZEZ-SEJMIK" in page
    assert "sp-published__gap" in page
    assert page.count("sp-published__gap") == 1


def test_the_latest_year_stands_first_and_other_regions_do_not(shipped):
    PublishedFactory(region="14", year=2030)
    years = [year for year, _rows in visitor().get(PAGE).context["years"]]
    assert years == [2024, 2022, 2021, 2019, 2018, 2017, 2016, 2014]


def test_an_empty_page_says_so():
    response = visitor().get(PAGE)
    assert response.status_code == 200
    assert response.context["years"] == []


def test_the_file_holds_what_was_read_in_and_can_be_read_in_again(shipped, tmp_path):
    response = visitor().get(FILE)
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"), newline="")))
    assert len(rows) == 25
    assert next(row["amount"] for row in rows if row["code"] == "pfron-2016") == "3001703,00"
    (tmp_path / "kwoty.csv").write_bytes(response.content)
    assert import_published(path=tmp_path / "kwoty.csv", by=None).unchanged == 25


def test_no_text_of_the_file_becomes_a_formula():
    PublishedFactory(title="=1+1", source_title="@SUM(A1)")
    (row,) = csv.DictReader(io.StringIO(visitor().get(FILE).content.decode("utf-8-sig"), newline=""))
    assert (row["title"], row["source_title"]) == ("'=1+1", "'@SUM(A1)")


def test_the_page_asks_as_often_for_three_amounts_as_for_one():
    StrategyFactory()
    PublishedFactory(parent=PublishedFactory())
    one = queries_of(visitor(), PAGE)
    for _more in range(2):
        PublishedFactory(parent=PublishedFactory())
    assert PublishedFigure.objects.count() == 6
    assert queries_of(visitor(), PAGE) == one
