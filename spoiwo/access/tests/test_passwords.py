"""The policy: long enough, not tried first by everybody, no rules of composition, no useful length refused."""

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from spoiwo.access.models import User
from spoiwo.access.passwords import LONGEST, core_of

PERSON = User(email="zofia@przyklad.example", full_name="Zofia Zmyślona")


@pytest.mark.parametrize(
    "password",
    [
        "cztery slowa i kropka",
        "zażółć gęślą jaźń",
        "a" * 11 + "b",
        "wyłącznie małe litery bez cyfr",
        "długie " * 20,  # 140 signs
        "x" * (LONGEST - 1) + "y",
    ],
)
def test_a_password_of_one_kind_of_signs_and_a_very_long_one_are_good(password):
    validate_password(password, PERSON)


@pytest.mark.parametrize(
    "password",
    [
        "krotkie-has",
        "123456789012",
        "qwerty123456",
        "Misiaczek2024",
        "MISIACZEK!!!2026",
        "haslo1234567",
        "Hasło_Hasło_1",
        "spoiwo-pokaz-2026",  # the one printed on the screen of a trial
        "zaq1@WSX2cde3",
        "Warszawa2026!",
        "zofia zmyślona",
        "x" * (LONGEST + 1),
    ],
)
def test_what_is_tried_first_is_refused_whatever_stands_after_it(password):
    with pytest.raises(ValidationError):
        validate_password(password, PERSON)


def test_the_core_of_a_password_is_its_letters():
    assert core_of("Misiaczek_2024!") == "misiaczek"
    assert core_of("ŻÓŁW 12 żółw") == "zolwzolw"
    assert core_of("123 456") == ""
