"""Numbers as people write them: read exactly or refused, and written for a reader."""

import re
from decimal import Decimal
from fractions import Fraction

from spoiwo.kernel.polish import number
from spoiwo.kernel.precision import Precision

SPACES = re.compile("[ \u00a0\u202f]")
WRITTEN = re.compile(r"[-\u2212]?[0-9]{1,14}(?:[.,]([0-9]+))?")
PLACES, PLACES_OF_RATIO = 4, 2


class NotNumber(ValueError):
    """The text is no number; `problem`: text, ambiguous, places."""

    def __init__(self, problem: str) -> None:
        super().__init__(problem)
        self.problem = problem


def parse_number(text: str) -> Decimal:
    """Read "1 234,5" or "12.5"; at most four decimal places.

    Raises: NotNumber, also for "1.234", which may be a thousand or one and a bit.
    """
    bare = SPACES.sub("", text.strip())
    found = WRITTEN.fullmatch(bare)
    if not found:
        raise NotNumber("text")
    decimals = found.group(1) or ""
    if "." in bare and len(decimals) == 3:
        raise NotNumber("ambiguous")
    if len(decimals) > PLACES:
        raise NotNumber("places")
    return Decimal(bare.replace("\u2212", "-").replace(",", "."))


def rounded(value: Fraction, places: int) -> Decimal:
    """A number to so many decimal places, a half away from zero."""
    scaled = (2 * abs(value.numerator) * 10**places + value.denominator) // (2 * value.denominator)
    return Decimal(scaled if value >= 0 else -scaled).scaleb(-places)


def written(value: Fraction, precision: Precision = Precision.EXACT, *, places: int | None = None) -> str:
    """A number for a reader: as exact as it was entered; one that never ends to two places."""
    if places is None:
        places = PLACES_OF_RATIO if (value * 10**PLACES).denominator > 1 else PLACES
    return number(rounded(value, places), precision)


def plain(value: Fraction) -> str:
    """A number for a CSV file: decimal comma, no spaces."""
    places = PLACES_OF_RATIO if (value * 10**PLACES).denominator > 1 else PLACES
    text = f"{rounded(value, places):f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",")
