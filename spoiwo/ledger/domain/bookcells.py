"""Cells of the accounting system's files: amounts with their signs, codes of the classification."""

import re
from datetime import date
from math import isfinite

from spoiwo.kernel.money import NotMoney, grosze_of_number, parse_zl
from spoiwo.ledger.domain.check.cells import BadCell, describe, is_blank
from spoiwo.ledger.domain.classification import CHAPTER, DIVISION, PARAGRAPH
from spoiwo.ledger.domain.faults import Fault, quoted
from spoiwo.ledger.domain.raw import Cell, RawTable, letters

AMOUNT = "kwota w złotych, np. 1 234,56 albo 1234.56"
MINUSES = "-\u2212\u2013"
SHAPES = {
    "division": (DIVISION, "dział z trzech cyfr, np. 852"),
    "chapter": (CHAPTER, "rozdział z pięciu cyfr, np. 85217"),
    "paragraph": (PARAGRAPH, "paragraf z czterech cyfr, np. 4300"),
}
COMBINED = "klasyfikacja z działem, rozdziałem i paragrafem, np. 852-85217-4300"
LONGEST = 300


def signed_gr(cell: Cell) -> int:
    """Whole grosze of an amount that may be below zero: `-1 234,56`, `1 234,56-`, `(1 234,56)`. Raises BadCell."""
    if isinstance(cell, bool | date) or cell is None or (isinstance(cell, float) and not isfinite(cell)):
        raise BadCell("amount_text", describe(cell), AMOUNT)
    try:
        if not isinstance(cell, str):
            return -grosze_of_number(-cell) if cell < 0 else grosze_of_number(cell)
        text = cell.strip()
        bare = _without_sign(text)
        return parse_zl(text) if bare == text else -parse_zl(bare)
    except NotMoney as wrong:
        raise BadCell(f"amount_{wrong.problem}", describe(cell), AMOUNT) from None


def _without_sign(text: str) -> str:
    """The text without its one sign of minus."""
    if text[:1] == "(" and text[-1:] == ")":
        return text[1:-1].strip()
    if text[:1] and text[0] in MINUSES:
        return text[1:].strip()
    return text[:-1].strip() if text[-1:] and text[-1] in MINUSES else text


def code(cell: Cell, kind: str) -> str:
    """A division, chapter or paragraph; a number cell counts as its digits. Raises BadCell."""
    shape, expected = SHAPES[kind]
    text = _digits(cell)
    if not shape.fullmatch(text):
        raise BadCell("bad_code", describe(cell), expected)
    return text


def _digits(cell: Cell) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip().removeprefix("§").strip()


def combined(cell: Cell) -> tuple[str, str]:
    """Chapter and paragraph of a code written as one: `852-85217-4300`. Raises BadCell."""
    match re.findall(r"[0-9]+", cell) if isinstance(cell, str) else []:
        case [division, chapter, paragraph] if [len(division), len(chapter), len(paragraph)] == [3, 5, 4]:
            pass
        case _:
            raise BadCell("bad_code", describe(cell), COMBINED)
    check_division(division, chapter)
    return chapter, paragraph


def check_division(division: str, chapter: str) -> None:
    """A chapter lies in its division. Raises BadCell."""
    if chapter[:3] != division:
        raise BadCell("other_division", f"dział {division} przy rozdziale {chapter}", f"dział {chapter[:3]}")


def line(cell: Cell, longest: int = LONGEST) -> str:
    """A text of one line. Raises BadCell."""
    if isinstance(cell, bool | date):
        raise BadCell("not_text", describe(cell), "tekst")
    text = " ".join(_digits(cell).split()) if isinstance(cell, int | float) else " ".join(str(cell).split())
    if len(text) > longest:
        raise BadCell("too_long", f"{len(text)} znaków: {quoted(text)}", f"najwyżej {longest} znaków")
    wrong = next((sign for sign in text if not sign.isprintable() and sign not in "\u00a0\u202f"), "")
    if wrong:
        raise BadCell("control_character", f"znak U+{ord(wrong):04X} w {quoted(text)}", "tekst bez znaków sterujących")
    return text


class RowReader:
    """Reads the cells of one table by heading and writes down what is wrong with each."""

    def __init__(self, table: RawTable, columns: dict[str, int]) -> None:
        self.table, self.columns = table, columns
        self.faults: list[Fault] = []
        self.number, self.cells = 0, []

    def begin(self, number: int, cells: list[Cell]) -> int:
        """Begin a row; returns how many faults there were before it."""
        self.number, self.cells = number, cells
        return len(self.faults)

    def cell(self, name: str) -> Cell:
        """The cell of one of our columns; None when it is blank or not mapped."""
        at = self.columns.get(name)
        found = self.cells[at] if at is not None and at < len(self.cells) else None
        return None if is_blank(found) else found

    def read(self, name: str, how, *, required: bool = False, expected: str = "wartość w każdym wierszu"):
        """The value of a cell by a function, or None with a fault."""
        cell = self.cell(name)
        if cell is None:
            if required and (self.number, self.columns.get(name)) not in self.table.refused:
                self.tell("blank", name, "pustą komórkę", expected)
            return None
        try:
            return how(cell)
        except BadCell as wrong:
            self.tell(wrong.code, name, wrong.found, wrong.expected)
            return None

    def tell(self, problem: str, name: str, found: str, expected: str) -> None:
        """A fault of a cell of this row."""
        at = self.columns.get(name)
        heading = "" if at is None else self.table.header[at] or letters(at)
        place = (self.table.file, self.table.sheet, self.number, heading)
        self.faults.append(Fault(problem, *place, found, expected))
