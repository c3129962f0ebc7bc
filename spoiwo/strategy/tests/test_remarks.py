"""When a remark may come and what its text may hold: as pure rules."""

from datetime import date

import pytest

from spoiwo.strategy.domain.remarks import Phase, cleaned, personal_trace, phase

OPENS, CLOSES = date(2026, 3, 10), date(2026, 4, 14)


@pytest.mark.parametrize(
    ("on", "published", "expected"),
    [
        (date(2026, 3, 9), False, Phase.ANNOUNCED),
        (date(2026, 3, 10), False, Phase.OPEN),
        (date(2026, 4, 14), False, Phase.OPEN),
        (date(2026, 4, 15), False, Phase.CLOSED),
        (date(2026, 4, 15), True, Phase.REPORTED),
    ],
)
def test_the_first_and_the_last_day_belong_to_the_term(on, published, expected):
    assert phase(OPENS, CLOSES, on, published=published) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("  Uwaga\r\ndo celu\t1 ", "Uwaga\ndo celu\t1"),
        ("Uwa\x00ga\x07\x1b[31m", "Uwaga[31m"),
        ("abc\u202edef\u2066g", "abcdefg"),
        ("z\u0307o", "\u017co"),
        ("<b>tak</b>", "<b>tak</b>"),
        ("\x01\x02", ""),
    ],
)
def test_a_text_loses_what_cannot_be_seen_and_nothing_else(text, expected):
    assert cleaned(text) == expected


# an invented number whose check digit fits; written in parts so that no file of the house holds one
PESEL = "440514" + "01359"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Piszcie na jan@poczta.example, czekam", "jan@poczta.example"),
        (f"Mój numer {PESEL}.", PESEL),
        ("Kwota 44051401358 zł", ""),
        (f"Rachunek 1{PESEL}", ""),
        ("Uchwała XX/1/26 i 35 dni", ""),
    ],
)
def test_a_trace_of_a_person_is_an_address_or_a_pesel_that_checks(text, expected):
    assert personal_trace(text) == expected
