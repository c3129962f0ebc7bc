"""Numbers as people write them are read exactly or refused, and written so that they can be read again."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spoiwo.strategy.domain.numbers import NotNumber, parse_number, plain, rounded, written

PROPERTY = settings(deadline=None)  # how fast is not what these tests ask


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1250", "1250"), ("1 250", "1250"), ("1\u00a0250,5", "1250.5"), ("12.5", "12.5"), ("12,345", "12.345"),
        ("-3", "-3"), ("\u22123,5", "-3.5"), (" 0 ", "0"), ("0,0001", "0.0001"),
    ],
)  # fmt: skip
def test_a_number_is_read_as_it_was_meant(text, expected):
    assert parse_number(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "text"), ("dużo", "text"), ("12,5,1", "text"), ("1,234.5", "text"), ("12 %", "text"), ("1e3", "text"),
        ("1.234", "ambiguous"), ("12,34567", "places"), ("٣", "text"), ("1" * 15, "text"), (",5", "text"),
    ],
)  # fmt: skip
def test_what_is_no_number_or_may_be_two_is_refused(text, problem):
    with pytest.raises(NotNumber) as refusal:
        parse_number(text)
    assert refusal.value.problem == problem


@PROPERTY
@given(st.decimals(-(10**12), 10**12, places=4).map(Fraction))
def test_what_is_written_can_be_read_again(value):
    assert Fraction(parse_number(written(value))) == value
    assert Fraction(parse_number(plain(value))) == value


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (Fraction(100, 3), "33,33"), (Fraction(2, 3), "0,67"), (Fraction(12500, 10), "1\u00a0250"),
        (Fraction(-1, 8), "\u22120,125"),
    ],
)  # fmt: skip
def test_a_number_that_never_ends_is_written_to_two_places(value, shown):
    assert written(value) == shown


@PROPERTY
@given(st.fractions(-1000, 1000), st.integers(0, 4))
def test_rounding_is_never_off_by_more_than_half_a_place(value, places):
    assert abs(Fraction(rounded(value, places)) - value) <= Fraction(1, 2 * 10**places)
    assert rounded(-value, places) == -rounded(value, places)
