"""Money in whole grosze: read strictly, written the Polish way, shared out without a remainder."""

import re
from decimal import Decimal

LARGEST_GR = 9_000_000_000_000_000  # below 2**53, so every later reader of JSON keeps it exact
FLOAT_SAFE_ZL = 10**13  # a binary number carries 15 digits for certain: 13 of złote and 2 of grosze
NOISE_ZL = Decimal("0.00001")  # nearer than this to a grosz: the leftover of a binary calculation
NO_AMOUNT = "brak kwoty"

NBSP = "\u00a0"
MINUS = "\u2212"
SPACES = " \u00a0\u202f"

_UNIT = re.compile(rf"[{SPACES}]?zł$")
_SIGNS = f"-\u2012\u2013{MINUS}(){SPACES}"
_NEGATIVE = re.compile(rf"[-\u2012\u2013{MINUS}].+|.+[-{MINUS}]|\(.+\)")
_NUMERIC = set(f"0123456789.,{SPACES}")
_WHOLE = rf"(?:0|[1-9][0-9]*|[1-9][0-9]{{0,2}}(?:[{SPACES}][0-9]{{3}})+)"
_AMOUNT = re.compile(rf"(?P<whole>{_WHOLE})(?:[.,](?P<part>[0-9]+))?")
_DOT_GROUPS = re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?:\.[0-9]{3})+),(?P<part>[0-9]+)")
_THOUSAND_OR_PART = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


class NotMoney(ValueError):
    """What was found cannot be taken as an amount of money.

    `found` is the text as it stood; `problem` is one of the codes "empty", "text", "negative",
    "three_decimals", "float_noise", "ambiguous", "too_large".
    """

    def __init__(self, found: object, problem: str) -> None:
        self.found = str(found)
        self.problem = problem
        super().__init__(f"{problem}: {self.found[:80]!r}")


def parse_zl(text: str) -> int:
    """Read złote written by a person and return whole grosze.

    Takes "9025049,77", "9 025 049,77" (space, U+00A0 or U+202F between full groups), "9025049.77",
    "1.234,56", "36 000" and any of them with "zł". Nothing is guessed: what can be read in two ways,
    such as "1.234", is refused.
    Raises: NotMoney with the code of the problem; TypeError when `text` is not text.
    """
    if not isinstance(text, str):
        raise TypeError(f"parse_zl reads text, not {type(text).__name__}")
    bare = text.strip()
    if not bare:
        raise NotMoney(text, "empty")
    bare = _UNIT.sub("", bare)
    if _NEGATIVE.fullmatch(bare) and _is_numeric(_UNIT.sub("", bare.strip(_SIGNS))):
        raise NotMoney(text, "negative")
    if not _is_numeric(bare):
        raise NotMoney(text, "text")
    if _THOUSAND_OR_PART.fullmatch(bare):
        raise NotMoney(text, "ambiguous")
    match = _AMOUNT.fullmatch(bare) or _DOT_GROUPS.fullmatch(bare)
    if match is None:
        raise NotMoney(text, "ambiguous")
    return _grosze(text, re.sub(rf"[.{SPACES}]", "", match["whole"]), match["part"] or "")


def _is_numeric(bare: str) -> bool:
    """Tell whether a text is made of ASCII digits and separators alone, with a digit among them."""
    return set(bare) <= _NUMERIC and any("0" <= char <= "9" for char in bare)


def _grosze(found: str, whole: str, part: str) -> int:
    """Put the digits of złote and of the decimal part together, or say why they are no amount."""
    if len(whole) > len(str(LARGEST_GR)):
        raise NotMoney(found, "too_large")
    if len(part) > 2:
        raise NotMoney(found, _fault_of_decimals(Decimal(f"0.{part[:40]}")))
    gr = int(whole) * 100 + int(part.ljust(2, "0"))
    if gr > LARGEST_GR:
        raise NotMoney(found, "too_large")
    return gr


def _fault_of_decimals(value: Decimal) -> str:
    """Tell the leftover of a binary calculation from an amount entered with too many decimals."""
    off = abs(value - value.quantize(Decimal("0.01")))
    return "float_noise" if 0 < off < NOISE_ZL else "three_decimals"


def grosze_of_number(value: int | float | Decimal) -> int:
    """Turn a spreadsheet's number of złote into whole grosze, exactly.

    A float counts as its shortest decimal writing, so 0.1 is ten grosze and 0.30000000000000004 is
    noise. A float of ten trillion złote (10**13) or more is refused as too large: binary
    numbers of that size no longer hold every grosz.
    Raises: NotMoney with the code of the problem; TypeError when `value` is no number.
    """
    if isinstance(value, bool):
        raise NotMoney(value, "text")
    shown = _shown(value)
    if isinstance(value, float):
        amount, largest = Decimal(float.__repr__(value)), Decimal(FLOAT_SAFE_ZL)
    elif isinstance(value, (int, Decimal)):
        amount, largest = Decimal(value), Decimal(LARGEST_GR) / 100
    else:
        raise TypeError(f"grosze_of_number reads numbers, not {type(value).__name__}")
    if not amount.is_finite():
        raise NotMoney(shown, "text")
    if amount < 0:
        raise NotMoney(shown, "negative")
    if amount > largest or (isinstance(value, float) and amount == largest):
        raise NotMoney(shown, "too_large")
    if amount != amount.quantize(Decimal("0.01")):
        raise NotMoney(shown, _fault_of_decimals(amount))
    return int(amount * 100)


def _shown(value: object) -> str:
    """Write a number for a message, also one with more digits than Python is willing to print."""
    return f"{value:#x}"[:40] + "..." if isinstance(value, int) and value.bit_length() > 1000 else str(value)


def _digits(gr: int, thousands: str) -> str:
    """Write the size of an amount, without its sign: złote, comma, two digits of grosze."""
    if isinstance(gr, bool) or not isinstance(gr, int):
        raise TypeError(f"money is whole grosze, not {type(gr).__name__}")
    zlote, grosze = divmod(abs(gr), 100)
    return f"{zlote:,}".replace(",", thousands) + f",{grosze:02d}"


def zl(gr: int | None, *, unit: bool = True) -> str:
    """Write whole grosze for a reader: "9 025 049,77 zł" with U+00A0; None is "brak kwoty", never 0.

    `unit=False` leaves "zł" out, for tables. A negative amount gets the minus sign U+2212.
    """
    if gr is None:
        return NO_AMOUNT
    return (MINUS if gr < 0 else "") + _digits(gr, NBSP) + (f"{NBSP}zł" if unit else "")


def zl_plain(gr: int) -> str:
    """Write whole grosze for CSV: "9025049,77", no thousands separator, ASCII minus."""
    return ("-" if gr < 0 else "") + _digits(gr, "")


def share_out(total_gr: int, weights: list[int]) -> list[int]:
    """Divide an amount in proportion to whole weights so that the parts add up to it exactly.

    Largest remainder; of equal remainders the earlier weight gets the grosz. Parts of a negative
    amount mirror those of the positive one.
    Raises: ValueError when there is no weight above zero or one is below zero.
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        raise ValueError("share_out needs weights of zero or more, at least one above zero")
    sign = -1 if total_gr < 0 else 1
    shares = [divmod(abs(total_gr) * weight, whole) for weight in weights]
    parts = [share for share, _ in shares]
    by_remainder = sorted(range(len(parts)), key=lambda i: -shares[i][1])  # a stable sort
    for i in by_remainder[: abs(total_gr) - sum(parts)]:
        parts[i] += 1
    return [sign * part for part in parts]


def percent_value(part: int, whole: int, places: int = 2) -> str:
    """Tell how many percent `part` is of `whole`, with a decimal point: "11.68". For data, not for readers.

    Integer arithmetic, a half rounds away from zero.
    Raises: ZeroDivisionError when `whole` is 0: no share of nothing exists.
    """
    scale = 10**places
    sign = "-" if (part < 0) != (whole < 0) else ""
    scaled = (2 * abs(part) * 100 * scale + abs(whole)) // (2 * abs(whole))
    units, rest = divmod(scaled, scale)
    return (sign if scaled else "") + (f"{units}.{rest:0{places}d}" if places else str(units))


def percent(part: int, whole: int, places: int = 2) -> str:
    """Write what share of `whole` is `part`: "7,89 %" with U+00A0. Rounds as `percent_value` does."""
    value = percent_value(part, whole, places)
    units, _, rest = value.lstrip("-").partition(".")
    shown = f"{int(units):,}".replace(",", NBSP) + (f",{rest}" if rest else "")
    return (MINUS if value.startswith("-") else "") + shown + f"{NBSP}%"
