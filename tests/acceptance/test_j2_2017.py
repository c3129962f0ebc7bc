"""J2: the counts of 2017 are exact, what is approximate says so, and money nobody itemised stays without lines."""

import json
import re
from decimal import Decimal

import pytest

from tests.acceptance.editions import NO_AMOUNT, Editions
from tests.acceptance.house import FORMATS, PACKAGE_2017, Row, package, table

COUNTS = {  # from the records, J2's check
    "result.2017-p1-ngo": 9,
    "result.2017-p2-ngo": 31,
    "result.2017-p5-ngo": 8,
    "measure.ngo_cofinanced": 48,
    "result.2017-p2-roboty": 17,
    "result.2017-p2-zaz": 2,
    "result.2017-p1-mikolajki": 125,
    "result.2017-p1-lts-gminy": 52,
    "result.2017-p1-rada": 3,
    "result.2017-p2-dps": 2,
    "result.2017-p4-zespoly": 2,
    "result.2017-p5-osrodki-rops": 2,
    "result.2017-p5-osrodek-zary": 1,
}
SAID = (
    "9 organizacji pozarządowych",
    "31 organizacji pozarządowych",
    "8 organizacji pozarządowych",
    "48 organizacji pozarządowych",
    "17 wniosków",
    "2 zakładów aktywności zawodowej",
    "125 dzieci",
    "około 240 imprez w 52 gminach",
    "3 posiedzenia",
    "2 szkolenia",
    "2 ośrodki adopcyjne",
    "1 ośrodek adopcyjny",
)
ENDED = "Koordynacja systemów zabezpieczenia społecznego"


def test_the_counts_of_2017_come_from_records_9_31_8_are_48_in_all_and_the_others_as_they_were(draft_2017):
    figures = draft_2017.json["figures"]
    assert {name: Decimal(figures[name]["value"]) for name in COUNTS} == COUNTS
    assert {figures[name]["precision"] for name in COUNTS} == {"exact"}
    results = {row["key"]: row for row in draft_2017.json["records"]["results"]}
    for name in COUNTS:
        if name.startswith("result."):
            assert Decimal(str(results[name.removeprefix("result.")]["value"])) == COUNTS[name]
            assert figures[name]["records"] == 1


def test_about_240_events_stay_about_240(draft_2017):
    figure = draft_2017.json["figures"]["result.2017-p1-lts"]
    assert (Decimal(figure["value"]), figure["precision"]) == (240, "about")


@pytest.mark.parametrize("kind", ["html", "pdf", "docx"])
def test_the_sentences_are_correct_polish(draft_2017, kind):
    text = draft_2017.text(kind)
    assert [words for words in SAID if words not in text] == []
    assert len(re.findall(r"\b240\b", text)) == len(re.findall(r"około 240\b", text)) > 0


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind not in {"html", "pdf", "docx", "json"}])
def test_the_tables_hold_the_same_counts(draft_2017, kind):
    text = draft_2017.text(kind)
    assert "około" in text or "about" in text
    assert [name for name in COUNTS if name not in text] == []


def test_6_6_million_is_a_rounded_published_total_with_no_lines(draft_2017, with_2017):
    report = draft_2017.json
    declared, computed = (report["figures"][f"total.{name}"] for name in ("declared", "computed"))
    assert (declared["value"], declared["precision"]) == (660_000_000, "rounded")
    assert computed["value"] is None, "no line is not 0 zł"
    assert report["records"]["entries"] == []
    (row,) = report["records"]["declared"]
    assert (row["rounded_to_gr"], row["precision"]) == (10_000_000, "rounded")
    verdict = with_2017("reconcile", 2017, "--json")
    assert verdict.json["total"]["declared_gr"] == 660_000_000
    assert verdict.json["total"]["computed_gr"] is None
    assert verdict.json["total"]["difference_gr"] is None
    assert (verdict.code, verdict.json["open_differences"]) == (0, 0), "nothing to compare it with"


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "json"])
def test_every_format_says_that_6_6_million_is_rounded_and_no_amount_is_not_0(draft_2017, kind):
    text = draft_2017.text(kind)
    assert re.search(r"6,6 mln|6 600 000", text)
    assert re.search("zaokrągl|rounded", text)
    if kind == "csv":
        assert draft_2017.csv_figures["total.computed"]["value_gr"] == ""
    else:
        assert NO_AMOUNT in text
    assert not re.search(r"(?<!\d)0,00", text)


@pytest.mark.parametrize("kind", ["html", "pdf", "docx", "json"])
def test_the_task_that_ended_on_31_12_2017_is_there_in_2017(draft_2017, kind):
    assert ENDED in draft_2017.text(kind)


@pytest.fixture(scope="module")
def report_2018(with_2017, copy_of, tmp_path_factory) -> Editions:
    """A minimal 2018 after 2017: the same programmes and tasks, two sentences, no money."""

    def next_year(rows: list[Row]) -> None:
        rows[0].update(year="2018", title="Sprawozdanie za 2018 rok", document="news-2018-06-18")

    def two_sentences(rows: list[Row]) -> None:
        kept = {row["key"]: row for row in rows if row["key"] in {"2017-p1-ngo", "2017-p5-osrodki-rops"}}
        kept["2017-p1-ngo"].update(key="2018-p1-ngo", value="1", measure="")
        kept["2017-p5-osrodki-rops"].update(key="2018-p5-osrodki")
        rows[:] = kept.values()

    folder = tmp_path_factory.mktemp("year-2018")
    nothing = list.clear
    path = package(
        PACKAGE_2017,
        folder / "package",
        year=next_year,
        results=two_sentences,
        declared=nothing,
        events=nothing,
    )
    house = copy_of(with_2017)
    house.does("import-year", path)
    house.does("report", 2018, "--format", "html", "--format", "json", "--out", folder / "out")
    house.does("report", 2017, "--format", "json", "--out", folder / "again-2017")
    return Editions(folder / "out")


def test_the_task_that_ended_on_31_12_2017_is_absent_in_2018(report_2018):
    assert ENDED in [row["name"].split(":")[0] for row in table(PACKAGE_2017, "tasks")], "it is looked for by name"
    report = report_2018.json
    assert report["year"] == 2018
    tasks = {task["code"] for section in report["sections"] for task in section["tasks"]}
    assert "2014-p5-adopcja" in tasks, "a task that goes on is there"
    assert "2014-p5-koordynacja" not in json.dumps(report)
    assert ENDED not in report_2018.text("html")


def test_the_report_of_2017_is_the_same_after_2018_came(report_2018, draft_2017):
    (file,) = (report_2018.folder.parent / "again-2017").glob("*.json")
    after = json.loads(file.read_text(encoding="utf-8"))
    for part in ("figures", "matrix", "sections", "differences", "records"):
        assert after[part] == draft_2017.json[part], part
    assert any(task["code"] == "2014-p5-koordynacja" for part in after["sections"] for task in part["tasks"])


def test_one_organisation_is_one_in_the_right_case(report_2018):
    assert "Wsparciem finansowym objęto 1 organizację pozarządową." in report_2018.text("html")
