"""PESEL numbers: recognised by their check digit, so that they are found where they must not stand.

Source: the act of 24 September 2010 on the register of the population, art. 15.
"""

import re

ELEVEN_DIGITS = re.compile(r"(?<!\d)\d{11}(?!\d)")
WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)


def is_pesel(number: str) -> bool:
    """Whether eleven digits are a PESEL: its check digit, a month and a day that can be."""
    if not ELEVEN_DIGITS.fullmatch(number):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number, strict=False))
    month = int(number[2:4]) % 20
    return (10 - total % 10) % 10 == int(number[10]) and 1 <= month <= 12 and 1 <= int(number[4:6]) <= 31


def pesel_in(text: str) -> str:
    """The first PESEL in a text, or an empty text."""
    return next((number for number in ELEVEN_DIGITS.findall(text) if is_pesel(number)), "")
