"""What a cell may hold, column by column: taken exactly, or refused with what is expected instead."""

from datetime import date, datetime
from decimal import Decimal

import pytest

from spoiwo.ledger.domain.check.cells import BadCell, convert
from spoiwo.ledger.domain.schema import table

AMOUNT = table("money").column("amount")
TEXT, NOTE = table("money").column("description"), table("documents").column("note")
DAY, PEOPLE = table("money").column("date"), table("events").column("people")
VALUE, LIST = table("results").column("value"), table("money").column("tags")
KIND, YES_NO, CODE = table("money").column("kind"), table("year").column("invented"), table("tags").column("code")


@pytest.mark.parametrize(
    ("cell", "grosze"),
    [
        ("9 025 049,77", 902_504_977),
        ("9\u00a0025\u00a0049,77", 902_504_977),
        ("9\u202f025\u202f049,77", 902_504_977),
        ("9025049.77", 902_504_977),
        ("36 000", 3_600_000),
        ("  36 000 zł ", 3_600_000),
        ("0", 0),
        (9025049.77, 902_504_977),
        (90363.35, 9_036_335),
        (36000, 3_600_000),
        (36000.0, 3_600_000),
        (0.1, 10),
    ],
)
def test_an_amount_is_read_to_the_grosz(cell, grosze):
    assert convert(cell, AMOUNT) == grosze


@pytest.mark.parametrize(
    ("cell", "code", "found"),
    [
        ("1 234,567", "amount_three_decimals", "„1 234,567”"),
        (1234.567, "amount_three_decimals", "liczbę 1234,567"),
        (0.1 + 0.2, "amount_float_noise", "liczbę 0,30000000000000004"),
        ("1234.5600000001", "amount_float_noise", "„1234.5600000001”"),
        ("-5", "amount_negative", "„-5”"),
        ("\u22125,00", "amount_negative", "„\u22125,00”"),
        (-0.01, "amount_negative", "liczbę -0,01"),
        ("1,234", "amount_ambiguous", "„1,234”"),
        ("12 34,00", "amount_ambiguous", "„12 34,00”"),
        ("dużo", "amount_text", "„dużo”"),
        ("\uff11\uff12", "amount_text", "„\uff11\uff12”"),  # full-width digits
        ("=1+1", "amount_text", "„=1+1”"),
        (True, "amount_text", "wartość logiczną PRAWDA"),
        (date(2019, 1, 1), "amount_text", "datę 2019-01-01"),
        (float("nan"), "amount_text", "wartość, która nie jest liczbą"),
        (float("inf"), "amount_text", "wartość, która nie jest liczbą"),
        (1e300, "amount_too_large", "liczbę 1e+300"),
        ("9" * 400, "amount_too_large", f"„{'9' * 79}…”"),
    ],
)
def test_what_is_no_exact_amount_is_refused(cell, code, found):
    with pytest.raises(BadCell) as refusal:
        convert(cell, AMOUNT)
    assert (refusal.value.code, refusal.value.found) == (code, found)


@pytest.mark.parametrize(
    ("cell", "proposal"),
    [("-250,00", "250,00\u00a0zł"), (-250.0, "250,00\u00a0zł"), ("1000.4999999999", "1\u00a0000,50\u00a0zł")],
)
def test_a_certain_correction_of_an_amount_is_proposed(cell, proposal):
    with pytest.raises(BadCell) as refusal:
        convert(cell, AMOUNT)
    assert refusal.value.expected.endswith(f": {proposal}")


@pytest.mark.parametrize(
    "cell",
    ["2019-02-03", "03.02.2019", "3.2.2019", " 2019-02-03 ", date(2019, 2, 3), datetime.fromisoformat("2019-02-03")],
)
def test_a_day_is_read_when_it_is_unmistakable(cell):
    assert convert(cell, DAY) == date(2019, 2, 3)


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("31.02.2019", "dzień, który jest w kalendarzu, np. 2019-12-31"),
        ("2019-13-01", "dzień, który jest w kalendarzu, np. 2019-12-31"),
        ("29.02.2019", "dzień, który jest w kalendarzu, np. 2019-12-31"),
        ("3 lutego 2019 r.", "data cyframi: 2019-02-03"),
        ("31 lutego 2019", "data, np. 2019-12-31 albo 31.12.2019"),
        ("3 lut 2019", "data, np. 2019-12-31 albo 31.12.2019"),
        ("02/03/2019", "data, np. 2019-12-31 albo 31.12.2019"),
        ("3.2.19", "data, np. 2019-12-31 albo 31.12.2019"),
        ("2019", "data, np. 2019-12-31 albo 31.12.2019"),
        (43499, "data, np. 2019-12-31 albo 31.12.2019; jeżeli to numer dnia z arkusza, to 2019-02-03"),
        ("43499", "data, np. 2019-12-31 albo 31.12.2019; jeżeli to numer dnia z arkusza, to 2019-02-03"),
        (43499.5, "data, np. 2019-12-31 albo 31.12.2019"),
        (float("nan"), "data, np. 2019-12-31 albo 31.12.2019"),
        (True, "data, np. 2019-12-31 albo 31.12.2019"),
        (date(1899, 12, 31), "data, np. 2019-12-31 albo 31.12.2019"),
        (datetime.fromisoformat("2019-02-03T12:30"), "data bez godziny: 2019-02-03"),
    ],
)
def test_a_day_that_needs_guessing_is_refused(cell, expected):
    with pytest.raises(BadCell) as refusal:
        convert(cell, DAY)
    assert (refusal.value.code, refusal.value.expected) == ("not_date", expected)


@pytest.mark.parametrize(
    ("cell", "column", "value"),
    [
        ("1 234", PEOPLE, 1234),
        (429.0, PEOPLE, 429),
        ("0", PEOPLE, 0),
        ("2", VALUE, 2),
        ("2,0", VALUE, 2),
        ("2,5", VALUE, Decimal("2.5")),
        ("1 234,0625", VALUE, Decimal("1234.0625")),
        (11.68, VALUE, Decimal("11.68")),
        (240.0, VALUE, 240),
        ("tak", YES_NO, True),
        ("NIE", YES_NO, False),
        ("no", YES_NO, False),
        (True, YES_NO, True),
        ("Zwrot", KIND, "refund"),
        ("refund", KIND, "refund"),
        (" wypłata ", KIND, "payment"),
        ("ngo; seniorzy ;; ", LIST, ["ngo", "seniorzy"]),
        ("2014-P1", CODE, "2014-P1"),
        (2014.0, CODE, "2014"),
    ],
)
def test_a_right_value_gets_its_type(cell, column, value):
    read = convert(cell, column)
    assert (read, type(read)) == (value, type(value))


@pytest.mark.parametrize(
    ("cell", "column", "code"),
    [
        ("12,5", PEOPLE, "not_integer"),
        (12.5, PEOPLE, "not_integer"),
        ("-1", PEOPLE, "not_integer"),
        (-1, PEOPLE, "out_of_range"),
        (2_147_483_648, PEOPLE, "out_of_range"),
        ("2147483648", PEOPLE, "out_of_range"),
        ("1 23", PEOPLE, "not_integer"),
        (True, PEOPLE, "not_integer"),
        (float("inf"), PEOPLE, "not_integer"),
        ("-2", VALUE, "not_number"),
        (-2.0, VALUE, "out_of_range"),
        ("1,23456", VALUE, "out_of_range"),
        (0.1 + 0.2, VALUE, "out_of_range"),
        (1e15, VALUE, "out_of_range"),
        ("1e5", VALUE, "not_number"),
        (True, VALUE, "not_number"),
        ("być może", YES_NO, "not_yes_no"),
        (1, YES_NO, "not_yes_no"),
        ("przelew", KIND, "not_in_list"),
        ("ą", CODE, "bad_code"),
        ("a b", CODE, "bad_code"),
        ("-a", CODE, "bad_code"),
        ("a" * 41, CODE, "too_long"),
    ],
)
def test_a_wrong_value_is_refused(cell, column, code):
    with pytest.raises(BadCell) as refusal:
        convert(cell, column)
    assert refusal.value.code == code


@pytest.mark.parametrize("text", ["=1+1", "+48 68 000 00 00", "@SUM(A1)", "-", "\uff1dcmd", "<b>", "'a"])
def test_text_that_looks_like_a_formula_stays_text(text):
    assert convert(text, TEXT) == text


def test_text_is_stripped_and_composed():
    assert convert("  Z\u0307o\u0301łw ", TEXT) == "\u017bółw"


@pytest.mark.parametrize(
    ("cell", "column", "code"),
    [
        ("a\x07b", TEXT, "control_character"),
        ("a\nb", TEXT, "control_character"),
        ("a\x00b", NOTE, "control_character"),
        ("x" * 301, TEXT, "too_long"),
        (1.5, TEXT, "not_text"),
        (1e301, TEXT, "too_long"),
        (float("nan"), TEXT, "not_text"),
        (True, TEXT, "not_text"),
        (date(2019, 1, 1), TEXT, "not_text"),
    ],
)
def test_what_is_no_plain_text_is_refused(cell, column, code):
    with pytest.raises(BadCell) as refusal:
        convert(cell, column)
    assert refusal.value.code == code


def test_a_note_may_have_lines():
    assert convert("a\nb", NOTE) == "a\nb"
