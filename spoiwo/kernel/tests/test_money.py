"""Money: what is read, what is refused and why, how it is written, how it is shared out."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from spoiwo.kernel.money import (
    LARGEST_GR,
    NotMoney,
    grosze_of_number,
    parse_zl,
    percent,
    percent_value,
    share_out,
    zl,
    zl_plain,
)

NBSP, NNBSP, MINUS = "\u00a0", "\u202f", "\u2212"
PROBLEMS = {"empty", "text", "negative", "three_decimals", "float_noise", "ambiguous", "too_large"}
amounts = st.integers(min_value=0, max_value=LARGEST_GR)


def read(text):
    """The amount and no problem, or no amount and its problem."""
    try:
        return parse_zl(text), ""
    except NotMoney as refusal:
        return None, refusal.problem


@pytest.mark.parametrize(
    ("text", "expected_gr"),
    [
        ("9025049,77", 9_025_049_77),
        ("9 025 049,77", 9_025_049_77),
        (f"9{NBSP}025{NBSP}049,77", 9_025_049_77),
        (f"9{NNBSP}025{NNBSP}049,77", 9_025_049_77),
        ("9025049.77", 9_025_049_77),
        ("9 025 049.77", 9_025_049_77),
        ("9.025.049,77", 9_025_049_77),
        ("1.234,56", 1_234_56),
        ("1.234,5", 1_234_50),
        ("36 000", 36_000_00),
        ("36000", 36_000_00),
        ("12 zł", 12_00),
        ("12zł", 12_00),
        (f"1 234,50{NBSP}zł", 1_234_50),
        ("  36 000,00 \n", 36_000_00),
        ("0", 0),
        ("0,01", 1),
        ("0,1", 10),
        ("90000000000000,00", LARGEST_GR),
    ],
)
def test_an_amount_a_clerk_writes_is_read_to_the_grosz(text, expected_gr):
    assert parse_zl(text) == expected_gr


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", "empty"),
        (f" {NBSP}\t", "empty"),
        ("brak", "text"),
        ("-", "text"),
        ("zł", "text"),
        ("12 PLN", "text"),
        ("12 zł 50 gr", "text"),
        ("1e5", "text"),
        ("9.02504977E6", "text"),
        ("１２", "text"),  # full-width digits
        ("١٢", "text"),  # Arabic-Indic digits
        ("1²", "text"),
        ("+5", "text"),
        ("0x10", "text"),
        ("1_000", "text"),
        ("=1+1", "text"),
        ("12 %", "text"),
        ("nan", "text"),
        ("1'234,56", "text"),
        ("-5", "negative"),
        (f"{MINUS}5", "negative"),
        ("\u20135", "negative"),  # en dash, as word processors make of a hyphen
        ("- 5,00 zł", "negative"),
        ("5-", "negative"),
        ("(5)", "negative"),
        ("(1 234,56 zł)", "negative"),
        ("-0", "negative"),
        ("1 234,567", "three_decimals"),
        ("1 234,5670", "three_decimals"),
        ("1.234,567", "three_decimals"),
        ("1234.567", "three_decimals"),
        ("0,123", "three_decimals"),
        ("0,3333333333333333", "three_decimals"),
        ("1234,5600000001", "float_noise"),
        ("0.30000000000000004", "float_noise"),
        ("16805.399999999998", "float_noise"),
        ("1.234", "ambiguous"),
        ("1,234", "ambiguous"),
        ("123,456", "ambiguous"),
        ("1.234.567", "ambiguous"),
        ("1,234.56", "ambiguous"),
        ("1,234,567.89", "ambiguous"),
        ("12 34", "ambiguous"),
        ("1 23,45", "ambiguous"),
        ("1  234", "ambiguous"),
        ("1234 567", "ambiguous"),
        ("007", "ambiguous"),
        ("0 123", "ambiguous"),
        (",50", "ambiguous"),
        ("50,", "ambiguous"),
        ("1,2,3", "ambiguous"),
        ("31.12.2019", "ambiguous"),
        ("90000000000000,01", "too_large"),
        ("9" * 40, "too_large"),
        pytest.param("9" * 32_767, "too_large", id="a cell full of nines"),
    ],
)
def test_what_is_no_amount_is_refused_with_its_reason(text, problem):
    with pytest.raises(NotMoney) as refusal:
        parse_zl(text)
    assert (refusal.value.problem, refusal.value.found) == (problem, text)


def test_a_long_cell_of_digits_and_a_letter_is_refused_without_delay():
    with pytest.raises(NotMoney) as refusal:
        parse_zl("1" * 32_766 + "x")
    assert refusal.value.problem == "text"


@pytest.mark.parametrize("value", [12, 12.5, None, b"12"])
def test_only_text_is_parsed(value):
    with pytest.raises(TypeError):
        parse_zl(value)


@given(amounts)
def test_what_is_written_is_read_back(gr):
    assert parse_zl(zl(gr)) == parse_zl(zl(gr, unit=False)) == parse_zl(zl_plain(gr)) == gr


@given(amounts, st.sampled_from([" ", NBSP, NNBSP, ""]), st.sampled_from(",."), st.sampled_from(["", " zł"]))
def test_every_accepted_way_of_writing_means_the_same(gr, thousands, point, unit):
    text = f"{gr // 100:,}".replace(",", thousands) + f"{point}{gr % 100:02d}{unit}"
    assert parse_zl(text) == gr


@given(st.text(alphabet="0123456789.,- ()\u00a0\u202f\u2212złeE+'", max_size=24))
@example("1.234,56")
def test_any_text_is_either_an_exact_amount_or_refused_by_name(text):
    gr, problem = read(text)
    if problem:
        assert problem in PROBLEMS
    else:
        digits = "".join(char for char in text if char.isdigit())
        assert 0 <= gr <= LARGEST_GR
        assert str(gr).rstrip("0") == digits.lstrip("0").rstrip("0")


@pytest.mark.parametrize(
    ("value", "expected_gr"),
    [
        (36_000, 36_000_00),
        (36_000.0, 36_000_00),
        (90_363.35, 90_363_35),
        (0.1, 10),
        (0.0, 0),
        (Decimal("12.340"), 12_34),
        (Decimal("1E+3"), 1_000_00),
        (90_000_000_000_000, LARGEST_GR),
        (Decimal("89999999999999.99"), LARGEST_GR - 1),
        (9_999_999_999_999.99, 999_999_999_999_999),
    ],
)
def test_a_number_of_a_spreadsheet_becomes_whole_grosze(value, expected_gr):
    assert grosze_of_number(value) == expected_gr


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        (0.1 + 0.2, "float_noise"),
        (1234.5600000001, "float_noise"),
        (16805.399999999998, "float_noise"),
        (1e-9, "float_noise"),
        (1 / 3, "three_decimals"),
        (1234.567, "three_decimals"),
        (0.005, "three_decimals"),
        (Decimal("0.001"), "three_decimals"),
        (-1, "negative"),
        (-0.01, "negative"),
        (Decimal("-0.01"), "negative"),
        (float("-inf"), "text"),
        (float("inf"), "text"),
        (float("nan"), "text"),
        (Decimal("sNaN"), "text"),
        (True, "text"),
        (1e13, "too_large"),  # from here on a float no longer holds every grosz
        (1e300, "too_large"),
        (Decimal("1E+999999"), "too_large"),
        (90_000_000_000_001, "too_large"),
        pytest.param(10**10_000, "too_large", id="a number Python will not print"),
    ],
)
def test_a_number_that_is_no_amount_is_refused_with_its_reason(value, problem):
    with pytest.raises(NotMoney) as refusal:
        grosze_of_number(value)
    assert refusal.value.problem == problem


@given(st.integers(min_value=0, max_value=10**15 - 1))
def test_a_float_below_ten_trillion_zlote_keeps_every_grosz(gr):
    assert grosze_of_number(gr / 100) == gr


@given(st.floats(allow_nan=True, allow_infinity=True) | st.decimals(allow_nan=True) | st.integers())
def test_any_number_is_either_exact_or_refused(value):
    try:
        gr = grosze_of_number(value)
    except NotMoney:
        return
    assert Decimal(repr(value) if isinstance(value, float) else value) * 100 == gr


def test_a_text_is_not_a_number():
    with pytest.raises(TypeError):
        grosze_of_number("12")


@pytest.mark.parametrize(
    ("gr", "shown", "in_csv"),
    [
        (9_025_049_77, "9\u00a0025\u00a0049,77\u00a0zł", "9025049,77"),
        (0, "0,00\u00a0zł", "0,00"),
        (5, "0,05\u00a0zł", "0,05"),
        (-83_194_60, "\u221283\u00a0194,60\u00a0zł", "-83194,60"),
        (-5, "\u22120,05\u00a0zł", "-0,05"),
        (999_99, "999,99\u00a0zł", "999,99"),
        (1_000_00, "1\u00a0000,00\u00a0zł", "1000,00"),
    ],
)
def test_money_is_written_for_a_reader_and_for_csv(gr, shown, in_csv):
    assert zl(gr) == shown
    assert zl(gr, unit=False) == shown.removesuffix("\u00a0zł")
    assert zl_plain(gr) == in_csv


def test_no_amount_is_said_in_words_and_is_never_zero():
    assert zl(None) == zl(None, unit=False) == "brak kwoty"


@pytest.mark.parametrize("not_grosze", [1.0, True, "5", Decimal(5)])
def test_only_whole_grosze_are_written(not_grosze):
    with pytest.raises(TypeError):
        zl(not_grosze)
    with pytest.raises(TypeError):
        zl_plain(not_grosze)


@pytest.mark.parametrize(
    ("total_gr", "weights", "parts"),
    [
        (100, [1, 1, 1], [34, 33, 33]),
        (100, [1, 2], [33, 67]),
        (2, [1, 1, 1], [1, 1, 0]),
        (0, [1, 5], [0, 0]),
        (-100, [1, 1, 1], [-34, -33, -33]),
        (10, [0, 1, 0], [0, 10, 0]),
    ],
)
def test_an_amount_is_shared_by_largest_remainder(total_gr, weights, parts):
    assert share_out(total_gr, weights) == parts


@pytest.mark.parametrize("weights", [[], [0, 0], [-1, 2]])
def test_nothing_can_be_shared_over_no_weight(weights):
    with pytest.raises(ValueError, match="weights"):
        share_out(100, weights)


@given(
    st.integers(min_value=-LARGEST_GR, max_value=LARGEST_GR),
    st.lists(st.integers(min_value=0, max_value=10**9), min_size=1, max_size=50).filter(any),
)
def test_shares_add_up_exactly_and_each_is_within_a_grosz_of_its_due(total_gr, weights):
    parts = share_out(total_gr, weights)
    assert sum(parts) == total_gr
    whole = sum(weights)
    assert all(abs(part * whole - total_gr * weight) < whole for part, weight in zip(parts, weights, strict=True))


@pytest.mark.parametrize(
    ("part", "whole", "places", "shown"),
    [
        (83_194_60, 1_053_763_35, 2, "7,89\u00a0%"),
        (1_053_763_35, 9_025_049_77, 2, "11,68\u00a0%"),
        (1, 3, 2, "33,33\u00a0%"),
        (1, 8, 2, "12,50\u00a0%"),
        (1, 8, 0, "13\u00a0%"),  # 12,5: a half goes up
        (1, 16, 1, "6,3\u00a0%"),
        (429, 240, 2, "178,75\u00a0%"),
        (-1, 8, 0, "\u221213\u00a0%"),
        (0, 7, 2, "0,00\u00a0%"),
        (-1, 10**9, 2, "0,00\u00a0%"),  # no minus before a zero
        (100, 1, 1, "10\u00a0000,0\u00a0%"),
    ],
)
def test_a_share_is_rounded_half_up_without_floats(part, whole, places, shown):
    assert percent(part, whole, places) == shown


def test_a_share_of_nothing_does_not_exist():
    with pytest.raises(ZeroDivisionError):
        percent(1, 0)


@given(
    st.integers(min_value=-LARGEST_GR, max_value=LARGEST_GR),
    st.integers(min_value=-LARGEST_GR, max_value=LARGEST_GR).filter(bool),
    st.integers(min_value=0, max_value=6),
)
def test_a_share_is_at_most_half_a_unit_of_its_last_place_away(part, whole, places):
    shown = percent_value(part, whole, places)
    hundredfold = int(shown.replace(".", ""))
    assert abs(hundredfold * whole - part * 100 * 10**places) * 2 <= abs(whole)
    assert percent(part, whole, places).replace(MINUS, "-").replace(NBSP, "") == shown.replace(".", ",") + "%"
