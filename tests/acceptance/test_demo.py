"""The demonstration: two real years and two invented ones that say so on every page."""

import json
import sqlite3
import zipfile

import pytest

from tests.acceptance import recompute
from tests.acceptance.editions import Editions, plain
from tests.acceptance.house import EXAMPLES, table

YEAR = table(EXAMPLES / "lubuskie-demo", "year")[0]


@pytest.fixture(scope="module")
def demo(empty, copy_of, tmp_path_factory):
    """A house after `spoiwo demo`, and the invented year's report in the formats with pages."""
    house = copy_of(empty)
    house.does("demo")
    out = tmp_path_factory.mktemp("demo")
    house.does("report", YEAR["year"], "--format", "all", "--out", out)
    return house, Editions(out)


def test_the_demonstration_has_four_years_and_can_be_repeated(demo, copy_of):
    house = copy_of(demo[0])
    rows = house.rows()
    house.does("demo")
    assert house.rows() == rows
    assert "2017, 2019, 2025, 2026" in house("reconcile", 1999).err


def test_the_draft_in_consultation_says_that_it_is_invented_and_one_remark_waits(demo):
    with sqlite3.connect(f"file:{demo[0].database}?mode=ro", uri=True) as connection:
        consultations = connection.execute("SELECT title, about FROM strategy_consultation").fetchall()
        remarks = connection.execute("SELECT sender_kind, decision FROM strategy_remark ORDER BY id").fetchall()
    connection.close()
    assert ["zmyślony" in word for row in consultations for word in row] == [True, True]
    assert remarks == [("powiat", "partly"), ("ngo", "accepted"), ("resident", "")]


def test_the_invented_year_is_labelled_on_every_page(demo):
    edition = demo[1]
    notice = plain(YEAR["notice"])
    assert len(edition.pages) > 1
    assert [number for number, page in enumerate(edition.pages, 1) if "DANE WYMYŚLONE" not in page] == []
    for kind in ("html", "pdf", "docx", "xlsx"):
        assert notice in edition.text(kind), kind
    assert edition.json["invented"] is True
    with zipfile.ZipFile(edition.file("csv.zip")) as archive:
        assert json.loads(archive.read("datapackage.json"))["invented"] is True


def test_a_comparison_of_years_says_which_of_them_is_invented(demo):
    report = demo[1].json
    marks = {(year["year"], year["invented"]) for row in report["comparison"] for year in row["years"]}
    assert marks == {(2017, False), (2019, False), (2025, True)}


def test_programmes_with_predecessors_are_compared_with_earlier_years_to_the_grosz(demo):
    report = demo[1].json
    assert report["comparison"]
    years = {year["year"] for row in report["comparison"] for year in row["years"]}
    assert {2019, 2025} <= years
    stated = {name: row["value"] for name, row in report["figures"].items() if row["kind"] == "money"}
    assert stated == recompute.money(report)
    assert json.dumps(report["records"]["earlier"]).count("amount_gr") >= 10
