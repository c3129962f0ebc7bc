"""Case numbers: the name under which other rooms know a person, from which nothing can be guessed."""

import secrets

SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs; none that is taken for another one
RANDOM_SIGNS = 8  # 40 bits: not to be guessed, and still to be told on the telephone
LONGEST_UNIT = 16


def new_case_number(unit_code: str, year: int) -> str:
    """A new number: the unit, the year of the first day in the register, eight random signs."""
    unit = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in unit_code.upper())[:LONGEST_UNIT]
    return f"{unit.strip('-')}-{year}-{''.join(secrets.choice(SIGNS) for _ in range(RANDOM_SIGNS))}"


def as_stored(case_number: str) -> str:
    """A number as a person types it, in the form in which it is kept."""
    return "".join(case_number.split()).upper()
