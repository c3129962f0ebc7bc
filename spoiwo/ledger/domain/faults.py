"""What is wrong with a year package: one fault, its place, and how it is told to a person."""

from dataclasses import dataclass

from spoiwo.kernel.quoting import quoted, shown

__all__ = ["Fault", "quoted", "shown"]


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
