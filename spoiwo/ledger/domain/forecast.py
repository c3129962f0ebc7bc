"""The forecast of the year's end, by one stated rule, and what is late. Source: decision 0012."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from spoiwo.ledger.domain.pockets import Balance

PACE_TOLERANCE_PCT = 25  # so many hundredths of the plan may a task stay behind the calendar


def days_of(year: int) -> int:
    """How many days the year has."""
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def passed_days(year: int, today: date) -> int:
    """How many days of the year are over, today included: none before it, all after it."""
    return min(max((today - date(year, 1, 1)).days + 1, 0), days_of(year))


def forecast_gr(found: Balance, *, paced_gr: int, year: int, today: date) -> int:
    """What will be spent of one pocket by 31 December; the forecast of many is the sum of theirs.

    The larger of: spent and still to be paid; and the pace so far kept to the end (`paced_gr`: what was spent
    until today; halves of a grosz go up). Never above the plan, never below what is spent. Without a plan there
    is no pace: only what is spent and still to be paid. Units: whole grosze.
    """
    spent_gr = found.spent_gr or 0
    passed = passed_days(year, today)
    if found.plan_gr is None:
        return spent_gr + found.to_pay_gr
    pace_gr = (2 * paced_gr * days_of(year) + passed) // (2 * passed) if passed else 0
    return max(spent_gr, min(found.plan_gr, max(spent_gr + found.to_pay_gr, pace_gr)))


@dataclass(frozen=True)
class Due:
    """A commitment and what is still to be paid of it; `key` names it to the caller."""

    key: int
    due_on: date | None
    to_pay_gr: int


def late_commitments(commitments: Iterable[Due], today: date) -> list[Due]:
    """Commitments past their day with something still to pay, the longest waiting first."""
    late = [row for row in commitments if row.due_on and row.due_on < today and row.to_pay_gr > 0]
    return sorted(late, key=lambda row: (row.due_on, row.key))


def behind_pace_gr(found: Balance, *, year: int, today: date) -> int:
    """By how much spending and commitments stay behind the calendar; 0 when within a quarter of the plan.

    Expected by today: the same part of the plan as of the year's days that are over, less a quarter of the plan.
    """
    plan_gr = found.plan_gr or 0
    expected_gr = plan_gr * passed_days(year, today) // days_of(year) - plan_gr * PACE_TOLERANCE_PCT // 100
    return max(0, expected_gr - (plan_gr - found.left_gr))
