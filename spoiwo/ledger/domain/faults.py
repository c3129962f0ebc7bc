"""What is wrong with a year package: one fault, its place, and how it is told to a person."""

import unicodedata
from dataclasses import dataclass

LONGEST_QUOTE = 80


@dataclass(frozen=True)
class Fault:
    """One thing that keeps a package from being taken in.

    `found` and `expected` are Polish. `row` is the number the person sees in the spreadsheet or the text
    editor; `column` the heading as written, or the column's letters when there is no heading. A fault of the
    whole file has row None and empty sheet and column. `code` is stable and English, for programs and tests.
    """

    code: str
    file: str
    sheet: str = ""
    row: int | None = None
    column: str = ""
    found: str = ""
    expected: str = ""

    def place(self) -> str:
        """Where it is in its sheet: `wiersz 5, kolumna „kwota”`."""
        row = f"wiersz {self.row}" if self.row is not None else ""
        column = f"kolumna „{self.column}”" if self.column else ""
        return ", ".join(part for part in (row, column) if part)

    def __str__(self) -> str:
        sheet = f"arkusz „{self.sheet}”" if self.sheet and not self.file.startswith(f"{self.sheet}.") else ""
        place = ", ".join(part for part in (f"plik {self.file}", sheet, self.place()) if part)
        return f"{place}: znaleziono {self.found}; oczekiwano: {self.expected}."


def quoted(value: object) -> str:
    """The value in Polish quotation marks, as `shown`."""
    return f"„{shown(value)}”"


def shown(value: object) -> str:
    """The value as one short line, with invisible characters made visible: for names of files and columns."""
    text = "".join(_visible(character) for character in str(value)[: LONGEST_QUOTE + 1])
    return text if len(text) <= LONGEST_QUOTE else text[: LONGEST_QUOTE - 1] + "…"


def _visible(character: str) -> str:
    """Control and formatting characters as U+XXXX, any other as it is."""
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"}:
        return f"<U+{ord(character):04X}>"
    return character
