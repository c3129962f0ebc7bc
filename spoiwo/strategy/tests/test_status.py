"""The published rule: its limits to one step, its reasons, and that a better value never makes a worse status."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spoiwo.strategy.domain.aggregation import Found, Origin, Point
from spoiwo.strategy.domain.periods import Period, due_on, end_of, first_after, last_due
from spoiwo.strategy.domain.status import Case, State, Status, Why, due_by, judge, way_to_target, worst

PROPERTY = settings(deadline=None)  # how fast is not what these tests ask

ON, RISK, OFF, NONE = State.ON_COURSE, State.AT_RISK, State.OFF_COURSE, State.NO_DATA
SPRING = date(2026, 2, 1)  # 2025 is over, its value not late yet
figures = st.decimals(-(10**6), 10**6, places=2).map(Fraction)


def point(year, value, *, part=0, gaps=()):
    """The value of a year."""
    return Point(Found(year, part, value=Fraction(str(value))), Origin.ENTERED, gaps)


def case(*points, direction="rise", frequency="yearly", since=date(2021, 1, 1), baseline=(2020, 100), **facts):
    """From 100 in 2020 to 200 in 2030: ten a year."""
    year, value = baseline or (None, None)
    targets = {at: Fraction(v) for at, v in facts.pop("targets", {2030: 200}).items()}
    value = None if value is None else Fraction(value)
    return Case(direction, frequency, since, facts.pop("within_year", False), value, year, targets, points, **facts)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("145", ON), ("144.99", RISK), ("125", RISK), ("124.99", OFF), ("150", ON), ("500", ON), ("100", OFF), ("0", OFF)],
)
def test_ninety_per_cent_of_the_way_is_on_course_and_half_of_it_at_risk(value, expected):
    """By the end of 2025 a way of 50 is due."""
    status = judge(case(point(2025, value)), SPRING)
    assert status.state is expected
    assert (status.why, status.expected, status.share) == (Why.WAY, 150, (Fraction(value) - 100) / 50)


@pytest.mark.parametrize(("value", "expected"), [("55", ON), ("55.01", RISK), ("75", RISK), ("75.01", OFF)])
def test_what_should_fall_is_measured_the_other_way_round(value, expected):
    falling = case(point(2025, value), direction="fall", targets={2030: 0})
    assert judge(falling, SPRING).state is expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [("100", ON), ("95", ON), ("105", ON), ("94.99", RISK), ("105.01", RISK), ("85", RISK), ("115.01", OFF)],
)
def test_what_should_stay_may_leave_its_level_by_a_twentieth(value, expected):
    status = judge(case(point(2025, value), direction="hold", targets={2030: 100}), SPRING)
    assert (status.state, status.why) == (expected, Why.LEVEL)


@pytest.mark.parametrize(("value", "expected"), [("19", ON), ("18.99", RISK), ("17", RISK), ("16.99", OFF)])
def test_without_a_baseline_there_is_no_way_and_the_level_is_measured(value, expected):
    status = judge(case(point(2025, value), baseline=None, targets={2025: 20}), SPRING)
    assert (status.state, status.why) == (expected, Why.LEVEL)


def test_a_level_of_zero_is_met_or_not():
    falling = {"direction": "fall", "baseline": None, "targets": {2025: 0}}
    assert judge(case(point(2025, 0), **falling), SPRING).state is ON
    assert judge(case(point(2025, 1), **falling), SPRING) == Status(OFF, Why.LEVEL, Fraction(1), 2025, 0, Fraction(0))


def test_between_two_targets_the_line_runs_straight_and_after_the_last_it_stays():
    line = case(targets={2022: 110, 2024: 150})
    assert [due_by(line, year) for year in (2020, 2021, 2022, 2023, 2024, 2030)] == [100, 105, 110, 130, 150, 150]
    assert due_by(line, 2023, Fraction(1, 2)) == 120


def test_a_value_that_grows_within_the_year_is_due_by_its_share():
    flow = case(within_year=True, baseline=(2024, 0), targets={2025: 400})
    assert due_by(flow, 2025, Fraction(1, 4)) == 100
    quarter = case(
        point(2026, 95, part=1), frequency="quarterly", within_year=True, baseline=(2024, 0), targets={2025: 400}
    )
    status = judge(quarter, date(2026, 5, 1))
    assert (status.state, status.part) == (ON, 1)
    assert status.expected == Fraction(400 * 90, 365)


def test_the_value_of_a_running_year_is_measured_against_the_day():
    on_day = judge(case(point(2026, 155)), date(2026, 7, 2))  # the 183rd day
    assert on_day.expected == 150 + Fraction(10 * 183, 365)
    assert on_day.state is ON


def test_without_a_target_nothing_can_be_said():
    assert judge(case(point(2025, 150), targets={}), SPRING) == Status(NONE, Why.NO_TARGET)
    assert judge(case(point(2025, 150), targets={2019: 90}), SPRING) == Status(NONE, Why.NO_TARGET)


def test_a_value_is_late_one_day_after_its_term_and_an_old_one_does_not_stand_for_it():
    old = case(point(2024, 500))
    assert judge(old, date(2026, 3, 31)).state is ON
    late = judge(old, date(2026, 4, 1))
    assert late == Status(NONE, Why.LATE, period=Period(2025), due=date(2026, 3, 31))


def test_before_the_first_term_the_reason_names_it():
    fresh = case(since=date(2026, 1, 1), baseline=None)
    assert judge(fresh, date(2026, 11, 1)) == Status(NONE, Why.NOT_DUE, period=Period(2026), due=date(2027, 3, 31))


def test_a_gap_among_quarters_is_a_missing_value():
    gap = case(point(2026, 3, part=3, gaps=(2,)), frequency="quarterly", within_year=True)
    assert judge(gap, date(2026, 11, 1)).period == Period(2026, 2)


def test_values_that_may_not_be_added_are_named_as_the_reason():
    persons = case(refused=(2025,), since=date(2025, 1, 1), baseline=None)
    assert judge(persons, date(2026, 4, 1)).why is Why.NOT_ADDITIVE


def test_an_indicator_that_ended_asks_for_nothing_after_its_end():
    ended = case(point(2024, 500), ended_on=date(2025, 6, 30))
    assert judge(ended, date(2030, 1, 1)).state is ON


def test_the_way_to_the_target_is_told_even_when_it_leads_back():
    assert way_to_target(Fraction(42), Fraction(90), Fraction(58)) == Fraction(1, 3)
    assert way_to_target(Fraction(42), Fraction(90), Fraction(18)) == Fraction(-1, 2)
    assert way_to_target(Fraction(42), Fraction(42), Fraction(58)) is None
    assert way_to_target(None, Fraction(42), Fraction(58)) is None


def test_the_worst_stands_for_all():
    statuses = {state: Status(state, Why.WAY) for state in State}
    assert worst(statuses.values()).state is OFF
    assert worst([statuses[ON], statuses[NONE]]).state is NONE
    assert worst([statuses[RISK], statuses[NONE]]).state is RISK
    assert worst([]) is None


@pytest.mark.parametrize(
    ("frequency", "today", "expected"),
    [
        ("yearly", date(2026, 3, 31), Period(2024)), ("yearly", date(2026, 4, 1), Period(2025)),
        ("half_yearly", date(2026, 8, 29), Period(2025, 2)), ("half_yearly", date(2026, 8, 30), Period(2026, 1)),
        ("quarterly", date(2026, 5, 15), Period(2025, 4)), ("quarterly", date(2026, 5, 16), Period(2026, 1)),
        ("monthly", date(2026, 3, 30), Period(2026, 1)), ("monthly", date(2026, 3, 31), Period(2026, 2)),
    ],
)  # fmt: skip
def test_each_frequency_has_its_term(frequency, today, expected):
    assert last_due(frequency, today) == expected
    assert due_on(expected, frequency) < today


@pytest.mark.parametrize(
    ("period", "frequency", "day"),
    [
        (Period(2024), "yearly", date(2024, 12, 31)), (Period(2024, 2), "monthly", date(2024, 2, 29)),
        (Period(2025, 1), "half_yearly", date(2025, 6, 30)), (Period(2025, 4), "quarterly", date(2025, 12, 31)),
    ],
)  # fmt: skip
def test_a_period_ends_on_its_last_day(period, frequency, day):
    assert end_of(period, frequency) == day
    assert first_after(frequency, day) > period


# --- properties ------------------------------------------------------------------------------------

RANK = {state: number for number, state in enumerate((OFF, RISK, ON))}


@PROPERTY
@given(figures, figures, st.sampled_from(["rise", "fall", "hold"]), figures, figures, st.booleans(), st.booleans())
def test_a_better_value_never_makes_a_worse_status(first, second, direction, baseline, target, based, grows):
    def judged(value):
        return judge(
            Case(direction, "yearly", date(2021, 1, 1), grows, baseline if based else None, 2020 if based else None,
                 {2030: target}, (point(2025, value),)),
            SPRING,
        )  # fmt: skip

    expected = judged(first).expected
    worse, better = sorted((first, second), reverse=direction == "fall")
    if direction == "hold":
        worse, better = sorted((first, second), key=lambda value: -abs(value - expected))
    assert RANK[judged(better).state] >= RANK[judged(worse).state]


@PROPERTY
@given(figures, figures, figures, st.sampled_from(["rise", "fall", "hold"]), st.integers(1, 1000))
def test_the_unit_of_measure_does_not_matter(value, baseline, target, direction, factor):
    def judged(times):
        goal = {2030: target * times}
        return judge(case(point(2025, value * times), direction=direction, baseline=(2020, baseline * times),
                          targets=goal), SPRING)  # fmt: skip

    assert judged(1).state is judged(factor).state


@PROPERTY
@given(figures, figures, figures)
def test_rising_and_falling_are_mirrors(value, baseline, target):
    rising = case(point(2025, value), baseline=(2020, baseline), targets={2030: target})
    falling = case(point(2025, -value), direction="fall", baseline=(2020, -baseline), targets={2030: -target})
    assert judge(rising, SPRING).state is judge(falling, SPRING).state


@PROPERTY
@given(figures, figures, st.sampled_from(["rise", "fall", "hold"]), st.booleans())
def test_who_reaches_exactly_what_is_due_is_on_course(baseline, target, direction, grows):
    empty = case(direction=direction, baseline=(2020, baseline), targets={2030: target}, within_year=grows)
    due = due_by(empty, 2025)
    status = judge(Case(**{**vars(empty), "points": (Point(Found(2025, value=due), Origin.ENTERED),)}), SPRING)
    assert status.state is ON


@PROPERTY
@given(figures, st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_every_status_has_its_reason_in_numbers(value, today):
    status = judge(case(point(2025, value)), today)
    if status.state is NONE:
        assert status.why in {Why.NOT_DUE, Why.LATE}
        assert status.due is not None
    else:
        assert None not in (status.value, status.year, status.expected, status.share)
