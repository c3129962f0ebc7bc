"""One cell becomes a typed value, or it is said what is wrong with it."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from math import isfinite

from spoiwo.kernel.money import NotMoney, grosze_of_number, parse_zl, zl
from spoiwo.ledger.domain.check.dates import read_date
from spoiwo.ledger.domain.faults import quoted
from spoiwo.ledger.domain.raw import Cell
from spoiwo.ledger.domain.schema import Column, Kind, folded

CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*", re.ASCII)
GROUPED = re.compile(r"\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+", re.ASCII)
DECIMAL = re.compile(r"((?:\d{1,3}(?:[ \u00a0\u202f]\d{3})+|\d+))(?:[.,](\d+))?", re.ASCII)
YES_NO = {"yes": True, "tak": True, "true": True, "no": False, "nie": False, "false": False}
LARGEST_NUMBER = Decimal(10) ** 14
PLACES = 4


@dataclass
class BadCell(Exception):
    """The cell does not hold what its column asks for; `found` and `expected` are Polish."""

    code: str
    found: str
    expected: str


def is_blank(cell: Cell) -> bool:
    """Whether nothing, or only white space, is in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def convert(cell: Cell, column: Column) -> object:
    """The typed value of a cell that is not blank. Raises BadCell."""
    if column.many:
        return [part for part in (piece.strip() for piece in _text(cell, column).split(";")) if part]
    return _READERS[column.kind](cell, column)


def _text(cell: Cell, column: Column) -> str:
    """A text: stripped, composed (NFC), without control characters, not too long."""
    if isinstance(cell, bool | date):
        raise BadCell("not_text", describe(cell), "tekst")
    number = isinstance(cell, int | float)
    text = _text_of_number(cell) if number else unicodedata.normalize("NFC", cell.strip())
    multiline = column.kind is Kind.TEXT
    for character in text:
        if unicodedata.category(character) in {"Cc", "Cs"} and not (multiline and character in "\n\t\r"):
            name = "przejście do nowego wiersza" if character in "\r\n" else f"znak sterujący U+{ord(character):04X}"
            raise BadCell("control_character", f"{name} w {quoted(text)}", "tekst bez znaków sterujących")
    if len(text) > column.longest:
        raise BadCell("too_long", f"{len(text)} znaków: {quoted(text)}", f"najwyżej {column.longest} znaków")
    return text


def _text_of_number(cell: int | float) -> str:
    """A whole number as the text it stands for; a fraction is not text."""
    if isinstance(cell, float) and not cell.is_integer():
        raise BadCell("not_text", describe(cell), "tekst; sformatuj komórkę jako tekst i wpisz wartość jeszcze raz")
    return str(int(cell))


def _code(cell: Cell, column: Column) -> str:
    """A code of ASCII letters, digits, hyphens and underscores."""
    text = _text(cell, column)
    if not CODE.fullmatch(text):
        raise BadCell(
            "bad_code",
            quoted(text),
            "kod z liter bez znaków polskich, cyfr, łącznika i podkreślenia, np. 2019-ngo",
        )
    return text


def _digits(cell: Cell, column: Column) -> str:
    """Exactly so many digits."""
    if isinstance(cell, str):
        text = cell.strip()
    else:
        text = _text_of_number(cell) if _is_number(cell) else _text(cell, column)
    if len(text) != column.longest or not (text.isascii() and text.isdigit()):
        example = column.help.partition("np. ")[2][: column.longest]
        raise BadCell("not_digits", quoted(text), f"cyfry, dokładnie {column.longest}, np. {example}")
    return text


def _choice(cell: Cell, column: Column) -> str:
    """The code of a listed value, from the code or its Polish label."""
    text = _text(cell, column)
    wanted = folded(text)
    for code, label in column.choices.items():
        if wanted in (folded(code), folded(label)):
            return code
    allowed = ", ".join(f"{label} ({code})" for code, label in column.choices.items())
    raise BadCell("not_in_list", quoted(text), f"jedna z wartości: {allowed}")


def _yes_no(cell: Cell, column: Column) -> bool:
    """Yes or no."""
    if isinstance(cell, bool):
        return cell
    text = _text(cell, column)
    if folded(text) not in YES_NO:
        raise BadCell("not_yes_no", quoted(text), "tak albo nie")
    return YES_NO[folded(text)]


def _integer(cell: Cell, column: Column) -> int:
    """A whole number between the column's limits."""
    expected = f"liczba całkowita od {column.smallest} do {column.largest}"
    number = None
    if isinstance(cell, str) and GROUPED.fullmatch(cell.strip()):
        number = int(re.sub(r"\D", "", cell)) if len(cell) <= 24 else None
    elif _is_number(cell) and isfinite(cell) and float(cell).is_integer():
        number = int(cell)
    if number is None:
        raise BadCell("not_integer", describe(cell), expected)
    if not column.smallest <= number <= column.largest:
        raise BadCell("out_of_range", describe(cell), expected)
    return number


def _number(cell: Cell, column: Column) -> int | Decimal:
    """A number from zero up, with at most four decimal places; whole ones as int."""
    expected = f"liczba nieujemna z najwyżej {PLACES} miejscami po przecinku"
    try:
        value = _decimal(cell)
    except (InvalidOperation, ValueError):
        raise BadCell("not_number", describe(cell), expected) from None
    if value < 0 or value >= LARGEST_NUMBER or not -value.normalize().as_tuple().exponent <= PLACES:
        raise BadCell("out_of_range", describe(cell), expected)
    return int(value) if value == value.to_integral_value() else value.normalize()


def _decimal(cell: Cell) -> Decimal:
    """The exact number in a cell. Raises ValueError."""
    if _is_number(cell) and isfinite(cell):
        return Decimal(repr(cell))
    found = DECIMAL.fullmatch(cell.strip()) if isinstance(cell, str) and len(cell) <= 40 else None
    if not found:
        raise ValueError(cell)
    return Decimal(re.sub(r"\D", "", found[1]) + "." + (found[2] or "0"))


def _is_number(cell: Cell) -> bool:
    """Whether the cell is a number; bool is not."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def _amount(cell: Cell, column: Column) -> int:
    """Whole grosze of an amount in złote."""
    if isinstance(cell, bool | date) or (isinstance(cell, float) and not isfinite(cell)):
        raise BadCell("amount_text", describe(cell), "kwota w złotych, np. 1 234,56")
    try:
        return parse_zl(cell.strip()) if isinstance(cell, str) else grosze_of_number(cell)
    except NotMoney as wrong:
        if column.signed and wrong.problem == "negative" and (positive := _without_minus(cell)) is not None:
            return -positive
        raise BadCell(f"amount_{wrong.problem}", describe(cell), _right_amount(wrong.problem, cell, column)) from None


def _right_amount(problem: str, cell: Cell, column: Column) -> str:
    """What should stand in the cell; the value itself where there is only one."""
    if problem == "negative" and column.minus_means:
        positive = _without_minus(cell)
        return f"kwota bez minusa; {column.minus_means}" + (f": {zl(positive)}" if positive is not None else "")
    if problem == "float_noise":
        return f"kwota zaokrąglona do groszy: {zl(_nearest_grosz(cell))}"
    return {
        "negative": "kwota z minusem tylko na początku" if column.signed else "kwota bez minusa",
        "three_decimals": "kwota z najwyżej dwoma miejscami po przecinku, np. 1 234,56",
        "ambiguous": "kwota zapisana jednoznacznie, ze spacją między tysiącami i przecinkiem, np. 1 234,56",
        "too_large": "kwota, którą da się zapisać w rejestrze",
    }.get(problem, "kwota w złotych, np. 1 234,56")


def _without_minus(cell: Cell) -> int | None:
    """The grosze of the amount without its sign, when that is an amount."""
    try:
        if isinstance(cell, str):
            return parse_zl(cell.strip().lstrip("-\u2212\u2013").strip())
        return grosze_of_number(-cell)
    except NotMoney:
        return None


def _nearest_grosz(cell: str | int | float) -> int:
    """The grosze nearest to a number with the leftover of a binary calculation."""
    text = re.sub(r"[^0-9.]", "", cell.replace(",", ".")) if isinstance(cell, str) else repr(cell)
    return round(Decimal(text) * 100)


def describe(cell: Cell) -> str:
    """The cell in words, for `found`."""
    if isinstance(cell, bool):
        return "wartość logiczną " + ("PRAWDA" if cell else "FAŁSZ")
    if isinstance(cell, datetime) and cell.time() != time.min:
        return f"datę z godziną {cell:%Y-%m-%d %H:%M}"
    if isinstance(cell, date):
        return f"datę {cell:%Y-%m-%d}"
    if isinstance(cell, float) and not isfinite(cell):
        return "wartość, która nie jest liczbą"
    if isinstance(cell, float):
        return f"liczbę {repr(cell).removesuffix('.0').replace('.', ',')}"
    return f"liczbę {cell}" if isinstance(cell, int) else quoted(cell)


def _date(cell: Cell, _column: Column) -> date:
    """A day."""
    day, expected = read_date(cell)
    if day is None:
        raise BadCell("not_date", describe(cell), expected)
    return day


_READERS: dict[Kind, Callable[[Cell, Column], object]] = {
    Kind.CODE: _code,
    Kind.LINE: _text,
    Kind.TEXT: _text,
    Kind.STATEMENT: _text,
    Kind.INTEGER: _integer,
    Kind.NUMBER: _number,
    Kind.AMOUNT: _amount,
    Kind.DATE: _date,
    Kind.YES_NO: _yes_no,
    Kind.CHOICE: _choice,
    Kind.REFERENCE: _text,
    Kind.PLACE: _text,
    Kind.DIGITS: _digits,
}
