"""What a PESEL says: the day of birth, when the number is one at all.

Source: the act of 24 September 2010 on the register of the population, art. 15.
"""

from datetime import date
from enum import StrEnum

from spoiwo.kernel.pesel import is_pesel

CENTURIES = {0: 1900, 1: 2000, 2: 2100, 3: 2200, 4: 1800}


class Fault(StrEnum):
    """Why a text is no PESEL."""

    LENGTH = "length"
    CHECK = "check"
    DAY = "day"


class NotPesel(ValueError):
    """A text that is no PESEL; `fault` says why. The text itself is not repeated."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def digits_of(text: str) -> str:
    """The eleven digits of a PESEL as a person types it, blanks and dashes left out. Raises: NotPesel."""
    digits = "".join(sign for sign in text if not sign.isspace() and sign not in "-–")
    if len(digits) != 11 or not (digits.isascii() and digits.isdigit()):
        raise NotPesel(Fault.LENGTH)
    day_of_birth(digits)
    if not is_pesel(digits):
        raise NotPesel(Fault.CHECK)
    return digits


def day_of_birth(digits: str) -> date:
    """The day of birth that eleven digits carry. Raises: NotPesel for a day that never was."""
    century, month = divmod(int(digits[2:4]), 20)
    try:
        return date(CENTURIES[century] + int(digits[:2]), month, int(digits[4:6]))
    except ValueError:
        raise NotPesel(Fault.DAY) from None
