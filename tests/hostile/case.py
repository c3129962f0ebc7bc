"""One broken package: how it is made and the one fault it must be refused with, word for word."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from spoiwo.ledger.domain.faults import Fault


@dataclass(frozen=True)
class Case:
    """`make` writes the package into a folder and returns its path; `fault` is all that may be found."""

    name: str
    make: Callable[[Path], Path]
    fault: Fault

    def __str__(self) -> str:
        return self.name


def at(
    code: str, file: str, row: int | None, column: str, found: str, expected: str, *, sheet: str | None = None
) -> Fault:
    """A fault; the sheet of a CSV file is called like the file."""
    named = file.removesuffix(".csv") if sheet is None and file.endswith(".csv") else sheet or ""
    return Fault(code, file, named, row, column, found, expected)
