"""J2: the counts of 2017 come from records, and a rounded total stays rounded."""

from datetime import date

import pytest

from spoiwo.ledger.models import FiscalYear
from spoiwo.reports.domain.verify import verify
from spoiwo.reports.services.gather import content_of
from spoiwo.reports.services.versions import draft
from spoiwo.reports.tests.sayings import section, sentence, sentences, value

COUNTS = {
    "result.2017-p1-ngo": "9",
    "result.2017-p2-ngo": "31",
    "result.2017-p5-ngo": "8",
    "measure.ngo_cofinanced": "48",
    "result.2017-p2-roboty": "17",
    "result.2017-p2-zaz": "2",
    "result.2017-p1-mikolajki": "125",
    "result.2017-p1-lts-gminy": "52",
    "result.2017-p1-rada": "3",
    "result.2017-p2-dps": "2",
    "result.2017-p4-zespoly": "2",
    "result.2017-p5-osrodki-rops": "2",
    "result.2017-p5-osrodek-zary": "1",
    "result.2017-p1-lts": "240",
}
SAID = [
    "Wsparciem finansowym objęto 9 organizacji pozarządowych.",
    "Mikołajki przygotowano dla 125 dzieci z rodzin zastępczych i z placówek wsparcia dziennego.",
    "XIX Lubuski Tydzień Seniora objął około 240 imprez w 52 gminach.",
    "Odbyły się 3 posiedzenia Lubuskiej Społecznej Rady Seniorów.",
    "Pieniądze na roboty budowlane przyznano na podstawie 17 wniosków.",
    "Pomoc finansowa trafiła do 31 organizacji pozarządowych.",
    "Z dofinansowania skorzystało 8 organizacji pozarządowych.",
    "W Żarach organizacja pozarządowa prowadziła 1 ośrodek adopcyjny.",
    "W Gorzowie Wielkopolskim i Zielonej Górze działały 2 ośrodki adopcyjne Regionalnego Ośrodka Polityki Społecznej.",
]


@pytest.fixture
def content(year, now):
    """The draft of 2017."""
    return content_of(year(2017), now=now)


@pytest.mark.parametrize(("figure", "expected"), COUNTS.items())
def test_a_count_of_2017_comes_from_its_record(content, figure, expected):
    assert value(content, figure) == expected


def test_about_240_is_about_and_the_others_are_exact(content):
    about = {id_ for id_, row in content["figures"].items() if row["precision"] == "about"}
    assert about == {"result.2017-p1-lts"}


@pytest.mark.parametrize("words", SAID)
def test_a_sentence_of_2017_is_correct_polish(content, words):
    assert words in sentences(content)


def test_the_sum_of_organisations_is_a_sentence_of_its_own_with_its_parts_as_records(content):
    assert [sentence(row) for row in content["summary"]] == [
        "Dofinansowane organizacje pozarządowe: 48 organizacji pozarządowych."
    ]
    assert content["figures"]["measure.ngo_cofinanced"]["records"] == 3


def test_a_result_that_another_sentence_quotes_is_not_said_twice(content):
    assert len([words for words in sentences(content) if "52 gminach" in words]) == 1


def test_6_6_million_is_a_rounded_published_total_without_lines(content):
    stated = content["figures"]["total.declared"]
    assert (stated["value"], stated["precision"], stated["status"]) == (6_600_000_00, "rounded", "no_lines")
    assert value(content, "total.computed") is None
    assert "total.difference" not in content["figures"]
    (difference,) = content["differences"]
    assert (difference["status"], difference["value_gr"], difference["figure"]) == ("no_lines", None, "total.declared")


def test_no_share_is_made_up_where_there_is_no_amount(content):
    assert {value(content, f"share.{code}") for code in ("own", "state", "pfron", "eu")} == {None}


def tasks(content, programme):
    """Codes of the tasks of a section."""
    return [task["code"] for task in section(content, programme)["tasks"]]


def test_the_task_that_ended_on_31_12_2017_is_there_in_2017_and_absent_in_2018(year, now, content):
    assert "2014-p5-koordynacja" in tasks(content, "2014-P5")
    row = year(2017)
    later = FiscalYear.objects.create(region="08", year=2018, title="2018", strategy=row.strategy)
    after = tasks(content_of(later, now=now), "2014-P5")
    assert "2014-p5-koordynacja" not in after
    assert "2014-p5-adopcja" in after
    (task,) = [task for task in section(content, "2014-P5")["tasks"] if task["code"] == "2014-p5-koordynacja"]
    assert task["to"] == date(2017, 12, 31).isoformat()


def test_the_programme_for_the_elderly_is_named_within_its_parent_from_2018(year, now, content):
    later = FiscalYear.objects.create(region="08", year=2018, title="2018", strategy=year(2017).strategy)
    nested = [section(found, "2014-P1")["nested"] for found in (content, content_of(later, now=now))]
    assert nested == [[], ["Wojewódzki Program na rzecz Osób Starszych"]]
    assert "2014-P1-OS" not in [row["programme"] for row in content["sections"]]


def test_the_whole_draft_of_2017_holds(year, now):
    assert verify(draft(year(2017), now=now)) == []
