"""Following programmes back and forward, and what somebody has to decide; one step at each edge."""

from dataclasses import replace

import pytest

from spoiwo.strategy.domain.succession import (
    Decision,
    Need,
    Period,
    Stage,
    closes_a_circle,
    decisions,
    has_ended,
    lineage,
)

# a and b became c; c was split into d and e; x stands beside them.
LINKS = [("a", "c"), ("b", "c"), ("c", "d"), ("c", "e")]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("c", [("a", -1), ("b", -1), ("c", 0), ("d", 1), ("e", 1)]),
        ("a", [("a", 0), ("c", 1), ("d", 2), ("e", 2)]),  # b only shares the heir
        ("e", [("a", -2), ("b", -2), ("c", -1), ("e", 0)]),  # d only shares the ancestor
        ("x", [("x", 0)]),
    ],
)
def test_a_lineage_is_all_that_led_to_a_programme_and_all_that_came_of_it(code, expected):
    assert lineage(code, LINKS) == [Stage(*stage) for stage in expected]


def test_a_programme_reached_by_two_ways_stands_once_by_the_shorter():
    assert lineage("a", [("a", "b"), ("b", "c"), ("a", "c")]) == [Stage("a", 0), Stage("b", 1), Stage("c", 1)]


def test_links_that_run_in_a_circle_end():
    assert {stage.code for stage in lineage("a", [("a", "b"), ("b", "a")])} == {"a", "b"}


@pytest.mark.parametrize(
    ("predecessor", "successor", "expected"),
    [("a", "a", True), ("d", "a", True), ("c", "a", True), ("a", "d", False), ("d", "e", False), ("x", "a", False)],
)
def test_a_link_may_not_make_a_programme_its_own_ancestor(predecessor, successor, expected):
    assert closes_a_circle(predecessor, successor, LINKS) is expected


@pytest.mark.parametrize(("year", "expected"), [(2022, False), (2023, False), (2024, True)])
def test_a_programme_is_past_its_period_from_the_year_after_its_last(year, expected):
    assert has_ended(2023, year) is expected


OLD = Period("2014-P2", "2014-2020", 2014, 2020, 2014, 2020)
HEIR = Period("2021-P3", "2021-2030", 2021, 2030, 2021, 2030)
SHORT = Period("LPRES", "2021-2030", 2021, 2023, 2021, 2030)
NEW = Period("2021-P4", "2021-2030", 2021, 2030, 2021, 2030)
DISABILITY = [("2014-P2", "2021-P3")]
SUCCESSOR, PREDECESSOR = Decision(Need.SUCCESSOR, "LPRES", 2024), Decision(Need.PREDECESSOR, "2021-P4", 2021)


@pytest.mark.parametrize(
    ("year", "expected"),
    [
        (2020, []),  # the strategy has not begun
        (2021, [Decision(Need.PREDECESSOR, "LPRES", 2021), PREDECESSOR]),
        (2023, [Decision(Need.PREDECESSOR, "LPRES", 2021), PREDECESSOR]),
        (2024, [SUCCESSOR, PREDECESSOR]),  # the day after its last year
        (2030, [SUCCESSOR, PREDECESSOR]),
        (2031, [SUCCESSOR]),
    ],
)
def test_a_programme_that_ended_inside_its_strategy_waits_for_a_successor(year, expected):
    assert decisions([OLD, HEIR, SHORT, NEW], DISABILITY, year) == expected


@pytest.mark.parametrize(
    ("row", "links"),
    [
        (replace(SHORT, ends_line=True), []),
        (replace(SHORT, nested=True), []),
        (replace(SHORT, last_year=2030), []),
        (SHORT, [("LPRES", "2024-P1")]),
    ],
)
def test_a_successor_is_not_sought_when_there_is_one_or_none_is_wanted(row, links):
    assert decisions([SHORT], DISABILITY, 2026) == [SUCCESSOR]
    assert decisions([row], links + DISABILITY, 2026) == []


@pytest.mark.parametrize(
    ("row", "links"),
    [
        (replace(NEW, begins_line=True), []),
        (replace(NEW, nested=True), []),
        (NEW, [("2014-P9", "2021-P4")]),
    ],
)
def test_a_predecessor_is_sought_only_where_others_of_the_strategy_have_one(row, links):
    assert decisions([HEIR, NEW], DISABILITY, 2026) == [PREDECESSOR]
    assert decisions([HEIR, row], links + DISABILITY, 2026) == []
    assert decisions([NEW], [], 2026) == []  # the first strategy of a region has no earlier one
