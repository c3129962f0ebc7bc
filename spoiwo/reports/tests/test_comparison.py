"""Comparison with earlier years goes by what a programme continues, not by its name."""

import pytest

from spoiwo.ledger.services.years import show_before_final
from spoiwo.reports.domain.verify import verify
from spoiwo.reports.services.gather import content_of
from spoiwo.reports.services.versions import draft
from spoiwo.reports.tests.sayings import value
from tests.factories import EntryFactory, ProgrammeFactory, StrategyFactory, YearFactory


@pytest.fixture
def content(year, now):
    """The draft of the invented latest year, beside two years that the public may see."""
    for number in (2017, 2019):
        show_before_final(year=year(number), shown=True, by=None)
    return content_of(year(2025), now=now)


def by_programme(content, number):
    """Programme → its money in an earlier year, as the comparison shows it."""
    return {
        row["programme"]: value(content, cell["figure"])
        for row in content["comparison"]
        for cell in row["years"]
        if cell["year"] == number and cell["figure"]
    }


def test_programmes_of_2025_are_set_beside_those_of_2019_that_they_continue(content):
    assert by_programme(content, 2019) == {
        "2021-P1": 90_363_35,
        "2021-P2": 1_355_219_11,
        "2021-P3": 4_278_712_81,  # under another name
        "2021-P5": 107_121_07,
        "2021-KIER": None,
        None: 8_941_855_17,  # all of the year
    }


def test_a_programme_without_a_predecessor_is_compared_with_nobody(content):
    compared = {row["programme"] for row in content["comparison"]}
    assert {"2021-P4", "2021-P6"} & compared == set()


def test_the_comparison_names_the_programmes_of_then(content):
    (row,) = [row for row in content["comparison"] if row["programme"] == "2021-P3"]
    names = {cell["year"]: cell["programmes"] for cell in row["years"]}
    assert names[2019] == ["Integracja osób niepełnosprawnych"]
    assert names[2025] == ["Osoby niepełnosprawne"]


def test_the_year_itself_closes_the_comparison_with_its_own_figures(content):
    for row in content["comparison"]:
        last = row["years"][-1]
        assert last["year"] == 2025
        assert last["figure"] == (f"programme.{row['programme'].lower()}" if row["programme"] else "total.computed")


def test_an_invented_year_is_marked_as_invented_in_every_comparison(content, year, now):
    show_before_final(year=year(2025), shown=True, by=None)
    assert {cell["invented"] for row in content["comparison"] for cell in row["years"] if cell["year"] == 2025} == {
        True
    }
    later = YearFactory(year=2026, strategy=year(2025).strategy)
    row = content_of(later, now=now)["comparison"][-1]
    assert {cell["year"]: cell["invented"] for cell in row["years"]} == {
        2017: False,
        2019: False,
        2025: True,
        2026: False,
    }


def test_the_first_year_of_all_is_compared_with_nothing(year, now):
    assert content_of(year(2017), now=now)["comparison"] == []


def test_a_year_without_lines_is_compared_as_no_amount(year, now):
    show_before_final(year=year(2017), shown=True, by=None)
    assert set(by_programme(content_of(year(2019), now=now), 2017).values()) == {None}


def test_lineage_reaches_through_several_strategies(db, now):
    first = ProgrammeFactory(strategy=StrategyFactory(from_year=2000, to_year=2006))
    second = ProgrammeFactory(strategy=StrategyFactory(from_year=2007, to_year=2013), predecessors=[first])
    third = ProgrammeFactory(strategy=StrategyFactory(from_year=2014, to_year=2020), predecessors=[second])
    for number, programme in ((2006, first), (2013, second), (2020, third)):
        row = YearFactory(year=number, strategy=programme.strategy, shown_before_final=True)
        EntryFactory(year=row, programme=programme, amount_gr=number)
    content = content_of(row, now=now)
    (line,) = [line for line in content["comparison"] if line["programme"] == third.code]
    assert [value(content, cell["figure"]) for cell in line["years"]] == [2006, 2013, 2020]


def test_two_predecessors_are_added_up(db, now):
    old = StrategyFactory(from_year=2007, to_year=2013)
    one, two = ProgrammeFactory(strategy=old), ProgrammeFactory(strategy=old)
    before = YearFactory(year=2013, strategy=old, shown_before_final=True)
    EntryFactory(year=before, programme=one, amount_gr=100)
    EntryFactory(year=before, programme=two, amount_gr=23)
    heir = ProgrammeFactory(strategy=StrategyFactory(from_year=2014), predecessors=[one, two])
    content = content_of(YearFactory(year=2014, strategy=heir.strategy), now=now)
    assert by_programme(content, 2013)[heir.code] == 123


def test_a_circle_of_predecessors_ends(db, now):
    strategy = StrategyFactory(from_year=2007, to_year=2020)
    one = ProgrammeFactory(strategy=strategy)
    two = ProgrammeFactory(strategy=strategy, predecessors=[one])
    one.predecessors.add(two)
    before = YearFactory(year=2013, strategy=strategy, shown_before_final=True)
    EntryFactory(year=before, programme=one, amount_gr=7)
    content = content_of(YearFactory(year=2014, strategy=strategy), now=now)
    assert by_programme(content, 2013) == {one.code: 7, two.code: 7, None: 7}


def test_the_draft_of_2025_holds_with_all_its_earlier_years(year, now):
    assert verify(draft(year(2025), now=now)) == []


def test_a_year_that_the_public_may_not_see_does_not_show_through_a_later_one(year, now):
    """2019 is neither final nor shown: its lines and sums are nobody's to read in the report of 2025."""
    for number in (2017, 2025):
        show_before_final(year=year(number), shown=True, by=None)
    content = draft(year(2025), now=now)
    assert "2019" not in content["records"]["earlier"]
    assert not any(id_.startswith("earlier.2019") for id_ in content["figures"])
