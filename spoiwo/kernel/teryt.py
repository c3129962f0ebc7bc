"""TERYT codes of Polish units: what level a code names, what it lies in, what stays when its kind changes."""

import re
from enum import StrEnum

_SHAPE = re.compile(r"[0-9]{2}(?:[0-9]{2}(?:[0-9]{3})?)?")
VOIVODESHIPS = range(2, 33, 2)  # 02 dolnośląskie ... 32 zachodniopomorskie: even numbers only
GMINA_KINDS = {"1": "gmina miejska", "2": "gmina wiejska", "3": "gmina miejsko-wiejska"}


class Level(StrEnum):
    """The three levels of local government; the number of digits tells them apart."""

    VOIVODESHIP = "voivodeship"
    POWIAT = "powiat"
    GMINA = "gmina"


class NotTeryt(ValueError):
    """Not the code of a voivodeship, powiat or gmina.

    `problem` is "shape" (not 2, 4 or 7 digits), "voivodeship" (no such two digits), "powiat" or
    "gmina" (number 00), "kind" (the last digit names no whole gmina: 4 town and 5 rural part of a
    mixed one, 8 district, 9 delegation).
    """

    def __init__(self, code: object, problem: str) -> None:
        self.code = str(code)
        self.problem = problem
        super().__init__(f"{problem}: {self.code[:40]!r}")


def check_code(code: str) -> Level:
    """Tell the level of a TERYT code by its form; whether such a unit exists is the register's business.

    Two digits are a voivodeship, four a powiat (61 to 99 a city with powiat rights), seven a gmina.
    Raises: NotTeryt with the code of the problem.
    Source: the codes of the TERC register of GUS; counted on its state of 1 January 2026.
    """
    if not isinstance(code, str) or not _SHAPE.fullmatch(code):
        raise NotTeryt(code, "shape")
    if int(code[:2]) not in VOIVODESHIPS:
        raise NotTeryt(code, "voivodeship")
    if len(code) == 2:
        return Level.VOIVODESHIP
    if code[2:4] == "00":
        raise NotTeryt(code, "powiat")
    if len(code) == 4:
        return Level.POWIAT
    if code[4:6] == "00":
        raise NotTeryt(code, "gmina")
    if code[6] not in GMINA_KINDS:
        raise NotTeryt(code, "kind")
    return Level.GMINA


def parent_code(code: str) -> str | None:
    """Return the code of the unit this one lies in; a voivodeship lies in none."""
    match check_code(code):
        case Level.GMINA:
            return code[:4]
        case Level.POWIAT:
            return code[:2]
        case Level.VOIVODESHIP:
            return None


def identity(code: str) -> str:
    """Return what stays when a gmina becomes a town: its first six digits (0811032 and 0811033: 081103).

    Voivodeships and powiats are their whole code.
    """
    return code[:6] if check_code(code) is Level.GMINA else code
