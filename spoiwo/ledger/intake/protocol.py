"""What the reading child process tells its parent: one JSON list a line, bounded."""

import json
from dataclasses import astuple
from datetime import date, datetime
from typing import BinaryIO

from spoiwo.ledger.domain.faults import Fault
from spoiwo.ledger.domain.raw import Cell, RawPackage, RawTable
from spoiwo.ledger.intake import limits
from spoiwo.ledger.intake.refusal import refused


class Outlet:
    """The child's end: writes tables, rows and faults; stops the reading when it gets too much.

    `sha256` is set by whoever knows it, as soon as it is known.
    """

    def __init__(self, stream: BinaryIO, file: str) -> None:
        self._stream, self._file = stream, file
        self.sha256 = ""
        self._cells = self._characters = 0

    def table(self, name: str, file: str, sheet: str, header: list[str]) -> None:
        """Begin a table; the rows that follow are its."""
        self._write(["table", name, file, sheet, header])

    def row(self, number: int, cells: list[Cell], wrong: list[int]) -> None:
        """One row; `wrong` are indexes of cells whose fault is already told. Raises Refused: too much."""
        for cell in cells:
            if cell is not None:
                self._cells += 1
                self._characters += len(cell) if isinstance(cell, str) else 0
        if self._cells > limits.CELLS or self._characters > limits.TEXT_CHARACTERS:
            found = f"ponad {limits.CELLS} wypełnionych komórek albo {limits.TEXT_CHARACTERS} znaków"
            raise refused("too_much_content", self._file, found, "mniejszy pakiet: jeden rok jednego województwa")
        self._write(["row", number, [_packed(cell) for cell in cells], wrong])

    def fault(self, fault: Fault) -> None:
        """One fault."""
        self._write(["fault", *astuple(fault)])

    def unreadable(self, name: str) -> None:
        """The table is there, but not all of it could be read."""
        self._write(["unreadable", name])

    def broken(self) -> None:
        """The package as a whole could not be read."""
        self._write(["broken"])

    def end(self) -> None:
        """Nothing follows but the fingerprint."""
        self._write(["end", self.sha256])
        self._stream.flush()

    def _write(self, line: list) -> None:
        self._stream.write(json.dumps(line, separators=(",", ":")).encode("ascii") + b"\n")


class Inlet:
    """The parent's end: puts a package together from lines. A line that makes no sense raises ValueError."""

    def __init__(self, file: str) -> None:
        self.package = RawPackage(file=file)
        self.ended = False
        self._same: dict[str, str] = {}  # equal texts are kept once: codes repeat in thousands of rows

    def take(self, line: bytes) -> None:
        """Take one line."""
        match json.loads(line):
            case ["row", int(number), list(cells), list(wrong)] if self.package.tables:
                table = self.package.tables[-1]
                table.rows.append((number, [self._unpacked(cell) for cell in cells]))
                table.refused.update((number, int(index)) for index in wrong)
            case ["table", str(name), str(file), str(sheet), list(header)]:
                self.package.tables.append(RawTable(name, file, sheet, [str(heading) for heading in header]))
            case ["fault", *facts]:
                self.package.faults.append(Fault(*facts))
            case ["unreadable", str(name)]:
                self.package.unreadable.add(name)
            case ["broken"]:
                self.package.broken = True
            case ["end", str(sha256)]:
                self.package.sha256, self.ended = sha256, True
            case _:
                raise ValueError("no such line")

    def _unpacked(self, cell: object) -> Cell:
        """A cell from its JSON."""
        if isinstance(cell, str):
            return self._same.setdefault(cell, cell) if len(cell) < 40 else cell
        if isinstance(cell, dict):
            ((kind, text),) = cell.items()
            return date.fromisoformat(text) if kind == "day" else datetime.fromisoformat(text)
        return cell


def _packed(cell: Cell) -> object:
    """A cell as JSON: days and moments in an object, the rest as it is."""
    if isinstance(cell, datetime):
        return {"moment": cell.isoformat()}
    return {"day": cell.isoformat()} if isinstance(cell, date) else cell
