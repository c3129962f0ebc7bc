"""The faults of a package as a list for a terminal."""

from collections.abc import Iterable
from itertools import groupby

from spoiwo.kernel.polish import Noun, counted
from spoiwo.ledger.domain.faults import Fault

FAULT = Noun("usterka", "usterki", "usterek")


def example_fault_report(faults: Iterable[Fault]) -> str:
    """A list to read in a terminal, ended by a new line: the count, the faults under their file and sheet."""
    listed = list(faults)
    if not listed:
        return "Nie znaleziono usterek.\n"
    lines = [f"Znaleziono: {counted(len(listed), FAULT)}."]
    for (file, sheet), group in groupby(listed, key=lambda fault: (fault.file, fault.sheet)):
        lines += ["", f"{sheet} ({file})" if sheet else file]
        lines += [_line(fault) for fault in group]
    return "\n".join(lines) + "\n"


def _line(fault: Fault) -> str:
    """One fault under its heading."""
    start = f"  {fault.place()}: " if fault.place() else "  "
    return f"{start}znaleziono {fault.found}; oczekiwano: {fault.expected}. [{fault.code}]"
