"""The rules of pockets, the forecast and the months: pure, with edges a grosz or a day apart."""

from datetime import date

import pytest

from spoiwo.ledger.domain.forecast import Due, behind_pace_gr, forecast_gr, late_commitments, passed_days
from spoiwo.ledger.domain.periods import last_day, month_of, next_to_close, sum_changes
from spoiwo.ledger.domain.pockets import Balance, Line, Overdraft, Pocket, Rule, balance, overdrawn, refusal_of

OWN, STATE = Pocket("P1", "z1", "own", "85295", "4300"), Pocket("P1", "z1", "state", "85295", "4300")
PLAN, COMMITMENT = Line("plan", OWN, 100_00), Line("commitment", OWN, 60_00, commitment="c1")
DIRECT = Line("payment", OWN, 40_00, payment="p1")
FULL = [PLAN, COMMITMENT, DIRECT]


def over(rule, where, gr):
    """One place below zero."""
    return Overdraft(rule, where, gr)


# --- pockets -------------------------------------------------------------------------------------


def test_a_balance_says_what_is_planned_promised_spent_and_left():
    found = balance([*FULL, Line("change", OWN, 10_00), Line("payment", OWN, 25_00, commitment="c1")])
    assert (found.plan_gr, found.committed_gr, found.spent_gr) == (110_00, 60_00, 65_00)
    assert (found.left_gr, found.to_pay_gr) == (10_00, 35_00)


def test_no_line_is_no_amount_and_not_zero():
    assert balance([]) == Balance(None, None, None, 0)
    assert balance([Line("plan", OWN, 0)]).plan_gr == 0


@pytest.mark.parametrize(
    ("line", "refused"),
    [
        (Line("commitment", OWN, 1, commitment="c2"), over(Rule.PLAN, OWN, 1)),
        (Line("payment", OWN, 1, payment="p2"), over(Rule.PLAN, OWN, 1)),
        (Line("change", OWN, -1), over(Rule.PLAN, OWN, 1)),
        (Line("change", OWN, 1), None),
        (Line("payment", OWN, 60_00, commitment="c1", payment="p2"), None),
        (Line("payment", OWN, 60_01, commitment="c1", payment="p2"), over(Rule.COMMITMENT, "c1", 1)),
        (Line("release", OWN, -60_00, commitment="c1"), None),
        (Line("release", OWN, -60_01, commitment="c1"), over(Rule.COMMITMENT, "c1", 1)),
        (Line("refund", OWN, -40_00, payment="p1"), None),
        (Line("refund", OWN, -40_01, payment="p1"), over(Rule.DIRECT, OWN, 1)),
        (Line("refund", OWN, -1, commitment="c1"), over(Rule.SETTLED, "c1", 1)),
        (Line("commitment", STATE, 1, commitment="c2"), over(Rule.PLAN, STATE, 1)),
    ],
)
def test_a_line_is_refused_by_the_grosz_above_what_there_is(line, refused):
    assert refusal_of(FULL, line) == refused


def test_no_more_comes_back_of_one_payment_though_others_were_made():
    more = [PLAN, DIRECT, Line("payment", OWN, 10_00, payment="p2")]
    assert refusal_of(more, Line("refund", OWN, -10_01, payment="p2")) == over(Rule.PAYMENT, "p2", 1)


def test_a_line_that_mends_an_old_overdraft_is_welcome_and_one_that_deepens_it_is_not():
    broken = [Line("payment", OWN, 50_00, payment="p1")]
    assert overdrawn(broken) == [over(Rule.PLAN, OWN, 50_00)]
    assert refusal_of(broken, Line("plan", OWN, 20_00)) is None
    assert refusal_of(broken, Line("payment", OWN, 1, payment="p2")) == over(Rule.PLAN, OWN, 50_01)


def test_a_reversal_and_the_right_line_are_judged_together():
    right = Line("plan", OWN, 100_00)
    assert refusal_of(FULL, Line("plan", OWN, -100_00)) == over(Rule.PLAN, OWN, 100_00)
    assert refusal_of(FULL, Line("plan", OWN, -100_00), right) is None


def test_a_whole_year_is_asked_at_once():
    assert overdrawn(FULL) == []
    assert overdrawn([*FULL, Line("payment", STATE, 5, payment="p9")]) == [over(Rule.PLAN, STATE, 5)]


# --- the forecast --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("found", "paced_gr", "today", "expected_gr"),
    [
        (Balance(365_00, None, 73_00, 73_00), 73_00, date(2026, 3, 14), 365_00),  # 73 days: a złoty a day
        (Balance(365_00, None, 72_00, 72_00), 72_00, date(2026, 3, 14), 360_00),
        (Balance(300_00, None, 73_00, 73_00), 73_00, date(2026, 3, 14), 300_00),  # never above the plan
        (Balance(365_00, 200_00, 10_00, 0), 10_00, date(2026, 7, 1), 200_00),  # what is promised outweighs the pace
        (Balance(100_00, None, 1, 1), 1, date(2026, 9, 1), 1),  # 1,496 of a grosz
        (Balance(100_00, None, 1, 1), 1, date(2026, 8, 31), 2),  # 1,502: halves and more go up
        (Balance(100_00, None, 30_00, 30_00), 30_00, date(2026, 12, 31), 30_00),
        (Balance(100_00, None, 30_00, 30_00), 30_00, date(2028, 1, 1), 30_00),
        (Balance(100_00, None, 30_00, 30_00), 0, date(2025, 12, 31), 30_00),  # entered ahead: no pace yet
        (Balance(None, None, 30_00, 30_00), 30_00, date(2026, 3, 14), 30_00),  # no plan, no pace
        (Balance(10_00, None, 30_00, 30_00), 30_00, date(2026, 3, 14), 30_00),  # what is spent is spent
    ],
)
def test_the_forecast_is_the_larger_of_promise_and_pace_within_the_plan(found, paced_gr, today, expected_gr):
    assert forecast_gr(found, paced_gr=paced_gr, year=2026, today=today) == expected_gr


@pytest.mark.parametrize(
    ("year", "today", "days"),
    [
        (2026, date(2025, 12, 31), 0),
        (2026, date(2026, 1, 1), 1),
        (2026, date(2026, 12, 31), 365),
        (2026, date(2027, 1, 1), 365),
        (2028, date(2028, 12, 31), 366),
    ],
)
def test_days_of_the_year_that_are_over_include_today(year, today, days):
    assert passed_days(year, today) == days


def test_a_commitment_is_late_the_day_after_its_day_until_it_is_paid():
    rows = [
        Due(1, date(2026, 6, 30), 1),
        Due(2, date(2026, 6, 29), 1),
        Due(3, date(2026, 6, 1), 0),  # paid
        Due(4, None, 1),
        Due(5, date(2026, 5, 1), 1),
    ]
    assert [row.key for row in late_commitments(rows, date(2026, 6, 30))] == [5, 2]
    assert [row.key for row in late_commitments(rows, date(2026, 7, 1))] == [5, 2, 1]


@pytest.mark.parametrize(
    ("today", "used_gr", "behind_gr"),
    [
        (date(2026, 3, 14), 0, 0),  # a fifth of the year is within a quarter of the plan
        (date(2026, 12, 31), 75_00, 0),
        (date(2026, 12, 31), 74_99, 1),
        (date(2026, 12, 31), 0, 75_00),
    ],
)
def test_a_task_is_behind_by_what_it_lacks_to_three_quarters_of_the_calendar(today, used_gr, behind_gr):
    found = Balance(100_00, None, used_gr, used_gr)
    assert behind_pace_gr(found, year=2026, today=today) == behind_gr


# --- months --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "month"), [(date(2026, 1, 31), 1), (date(2026, 2, 1), 2), (date(2026, 12, 1), 12), (None, 12)]
)
def test_a_line_without_a_day_belongs_to_december(day, month):
    assert month_of(day) == month


def test_months_close_in_order():
    assert next_to_close(set()) == 1
    assert next_to_close({1, 2}) == 3
    assert next_to_close(set(range(1, 13))) is None


def test_the_last_day_of_february_follows_the_year():
    assert (last_day(2026, 2), last_day(2028, 2)) == (date(2026, 2, 28), date(2028, 2, 29))


def test_sums_that_stayed_are_not_told_among_changes():
    then, now = [["entry", "payment", None, 5], ["plan", "plan", "P1", 7]], [["entry", "payment", None, 6]]
    assert sum_changes(then, [*now, ["plan", "plan", "P1", 7]]) == [["entry", "payment", None, 1]]
    assert sum_changes(then, then) == []
