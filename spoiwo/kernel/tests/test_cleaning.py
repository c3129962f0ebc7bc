"""What looks like a person leaves a text before it is logged."""

import pytest

from spoiwo.kernel.cleaning import GONE, without_persons


@pytest.mark.parametrize(
    "text",
    [
        "jan.zmyslony+praca@powiat.example.pl",
        "jan%40powiat.example",
        "02211304" + "574",
        "0221 1304 574",
        "+48 600 100 200",
        "600-100-200",
        "(22) 600 10 20",
        "61 1090 1014 0000 0712 1981 2874",
        "?q=Kowalska&pesel=1",
    ],
)
def test_what_looks_like_a_person_is_taken_out(text):
    assert without_persons(text) == GONE
    assert without_persons(f"przed {text} po") == f"przed {GONE} po"


@pytest.mark.parametrize(
    "text", ["", "rok 2026", "12345678", "2026-11-28T10:00", "3f2a9c", "1.2.840.113549.1", "czy? nie"]
)
def test_what_does_not_stays(text):
    assert without_persons(text) == text
