"""A year package as it was read: cells without meaning yet, and what could not be read."""

from dataclasses import dataclass, field
from datetime import date

from spoiwo.ledger.domain.faults import Fault

Cell = str | int | float | bool | date | None


@dataclass
class RawTable:
    """One table. `name` is the English name of a known table, otherwise the name as written.

    `rows` hold the row number that the person sees and one cell per heading. `refused` names cells
    (row, index) whose fault is already listed, so that it is not listed twice.
    """

    name: str
    file: str
    sheet: str
    header: list[str]
    rows: list[tuple[int, list[Cell]]] = field(default_factory=list)
    refused: set[tuple[int, int]] = field(default_factory=set)


@dataclass
class RawPackage:
    """Everything read from one path. `file` is its name: of the folder, the archive or the workbook.

    `unreadable` names tables that are there but could not be read; `broken` means that the package as a
    whole could not: what is absent from it then proves nothing. `sha256` is of the file, or of the names and
    contents of the files used when it is a folder; empty when it could not be computed.
    """

    file: str = ""
    tables: list[RawTable] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    sha256: str = ""
    unreadable: set[str] = field(default_factory=set)
    broken: bool = False


def letters(index: int) -> str:
    """The letters of a column of a spreadsheet: 0 is A, 26 is AA."""
    name = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        name = chr(ord("A") + rest) + name
    return name
