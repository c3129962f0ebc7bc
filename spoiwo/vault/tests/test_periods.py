"""How long something is kept, by the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.vault.domain.retention import Period, period_from

DAYS = st.dates(date(2000, 1, 1), date(2090, 1, 1))
PERIODS = st.builds(Period, days=st.integers(1, 4000)) | st.builds(Period, months=st.integers(1, 240))


@pytest.mark.parametrize(
    ("text", "since", "due"),
    [
        ("1 days", date(2026, 12, 31), date(2027, 1, 1)),
        ("14 days", date(2026, 2, 20), date(2026, 3, 6)),
        ("1 months", date(2026, 1, 31), date(2026, 2, 28)),  # the month has no such day: its last one
        ("1 months", date(2026, 2, 28), date(2026, 3, 28)),
        ("12 months", date(2024, 2, 29), date(2025, 2, 28)),
        ("24 months", date(2026, 11, 2), date(2028, 11, 2)),
        ("5 years", date(2026, 11, 2), date(2031, 11, 2)),
    ],
)
def test_what_is_kept_is_due_on_the_same_day_after_the_period(text, since, due):
    assert period_from(text).due_on(since) == due


@pytest.mark.parametrize("text", ["", "0 days", "1 day", "12", "months", "-1 days", "1.5 years", "1 days "])
def test_a_period_in_other_words_is_refused(text):
    with pytest.raises(ValueError, match="expected a number of days, months or years"):
        period_from(text)


@given(PERIODS, DAYS)
def test_the_last_due_day_is_due_and_the_next_one_is_not(period, today):
    last = period.last_due(today)
    assert period.due_on(last) <= today
    assert period.due_on(last + timedelta(days=1)) > today
