"""Pre-flight of one sheet: its cells are walked through as XML before the fast reader sees them."""

import re
import zipfile
from dataclasses import dataclass, field

from spoiwo.ledger.domain.faults import quoted
from spoiwo.ledger.domain.raw import letters
from spoiwo.ledger.intake import limits
from spoiwo.ledger.intake.refusal import Refused, refused
from spoiwo.ledger.intake.xmlparts import PartReader

ADDRESS = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]{1,4})?")
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:T[0-9:.]+Z?)?")
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
MOST_CELLS = 6_000_000  # cells of one sheet, blank but formatted ones too
MERGES = 10_000


@dataclass
class Scan:
    """What was seen. Columns count from 0, rows from 1.

    `wrong`: (code, row, column, found, expected) of cells that have no usable value. `merged`: (first row,
    first column, last row, last column). `first_row` is the first with content, 0 when there is none; `last_value_row`
    the last with a written value. Hidden columns count when they have content below the headings.
    """

    first_row: int = 0
    last_row: int = 0
    last_value_row: int = 0
    last_column: int = -1
    filled_rows: int = 0
    strings: int = 0
    wrong: list[tuple[str, int, int, str, str]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


class SheetScanner:
    """Walks through one sheet. `lengths` are those of the shared texts."""

    def __init__(self, archive: zipfile.ZipFile, part: str, file: str, sheet: str, lengths: list[int]) -> None:
        self._reader = PartReader(archive, part, file)
        self._file, self._sheet, self._lengths = file, sheet, lengths
        self._hidden: list[tuple[int, int]] = []
        self._filled_columns: set[int] = set()
        self._in_data = self._row_hidden = self._row_filled = False
        self._row = self._cells = 0
        self._column = -1
        self._type = ""
        self._formula = self._inline = False
        self._value: str | None = None
        self._text: list[str] | None = None
        self.scan = Scan()

    def run(self) -> Scan:
        """The scan of the whole sheet. Raises Refused when the sheet must not be read any further."""
        self._reader.parser.CharacterDataHandler = self._on_text
        self._reader.run(self._on_start, self._on_end)
        scan = self.scan
        for first, last in self._hidden:
            scan.hidden_columns |= {column for column in self._filled_columns if first <= column <= last}
        scan.merged = [area for area in scan.merged if area[0] <= scan.last_row]
        return scan

    def _on_start(self, name: str, attributes: dict[str, str]) -> None:
        if not self._in_data:
            self._on_start_outside(name, attributes)
        elif name == "c":
            self._begin_cell(attributes)
        elif name == "v":
            self._text = []
        elif name == "f":
            self._formula = True
        elif name == "is":
            self._inline = True
        elif name == "row":
            self._begin_row(attributes)

    def _on_start_outside(self, name: str, attributes: dict[str, str]) -> None:
        """Columns and merged areas stand before and after the data."""
        if name == "sheetData":
            self._in_data = True
        elif name == "col" and _is_hidden(attributes, "width"):
            first, last = attributes.get("min", ""), attributes.get("max", "")
            if first.isdecimal() and last.isdecimal():
                self._hidden.append((int(first[:7]) - 1, int(last[:7]) - 1))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _merge(self, area: str) -> None:
        """One merged area."""
        corners = [ADDRESS.fullmatch(corner) for corner in area.split(":")]
        if not all(corners) or len(corners) > 2 or len(self.scan.merged) >= MERGES:
            raise self._malformed(f"scalony obszar {quoted(area)}")
        first, last = corners[0], corners[-1]
        self.scan.merged.append((int(first[2]), column_of(first[1]), int(last[2]), column_of(last[1])))

    def _on_text(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def _on_end(self, name: str) -> None:
        if name == "v" and self._text is not None:
            self._value, self._text = "".join(self._text), None
        elif name == "c" and self._in_data:
            self._end_cell()
        elif name == "row" and self._row_filled:
            self.scan.filled_rows += 1
            if self._row_hidden and len(self.scan.hidden_rows) < limits.ROWS:
                self.scan.hidden_rows.append(self._row)
        elif name == "sheetData":
            self._in_data = False

    def _begin_row(self, attributes: dict[str, str]) -> None:
        """Rows go down the sheet; a row without a number is the next one."""
        number = attributes.get("r", str(self._row + 1))
        if not number.isdecimal() or not self._row < int(number[:8]) <= LAST_ROW:
            raise self._malformed(f"wiersz o numerze {quoted(number)} po wierszu {self._row}")
        self._row, self._column, self._row_filled = int(number), -1, False
        self._row_hidden = _is_hidden(attributes, "ht")

    def _begin_cell(self, attributes: dict[str, str]) -> None:
        """Cells go from left to right; a cell without an address is the next one."""
        self._cells += 1
        if self._cells > MOST_CELLS:
            raise self._too_large("too_many_cells", f"ponad {MOST_CELLS} komórek", f"najwyżej {MOST_CELLS}")
        column = self._column + 1
        if "r" in attributes:
            address = ADDRESS.fullmatch(attributes["r"])
            if not address or int(address[2]) != self._row:
                raise self._malformed(f"adres {quoted(attributes['r'])} w wierszu {self._row}")
            column = column_of(address[1])
        if not self._column < column < LAST_COLUMN:
            raise self._malformed(f"komórki nie po kolei w wierszu {self._row}")
        self._column = column
        self._type = attributes.get("t", "n")
        self._formula = self._inline = False
        self._value = None

    def _end_cell(self) -> None:
        """Judge a cell that is complete."""
        filled = bool(self._value) or self._inline
        if not filled and (not self._formula or self._type == "str"):
            return  # blank, or a formula whose value is an empty text
        self._extend()
        if self._value:
            self.scan.last_value_row = self._row
        if not filled:
            self._note("formula_without_value", "formułę bez zapisanego wyniku", "wartość albo formuła z wynikiem")
        elif self._type == "e":
            expected = "wartość zamiast błędu formuły"
            self._note("error_cell", quoted(self._value), expected)
        elif not self._inline:
            self._check_value(self._value)

    def _extend(self) -> None:
        """The sheet reaches at least to this cell; too far is refused with its address."""
        scan, row, column = self.scan, self._row, self._column
        if row > limits.ROWS or column >= limits.COLUMNS:
            found = f"komórkę {letters(column)}{row}"
            expected = f"najwyżej {limits.ROWS} wierszy i {limits.COLUMNS} kolumn"
            raise refused(
                "cell_too_far",
                self._file,
                found,
                expected,
                sheet=self._sheet,
                row=row,
                column=letters(column),
            )
        if not scan.first_row:
            scan.first_row = row
        elif row > scan.first_row:
            self._filled_columns.add(column)
        scan.last_row = row
        scan.last_column = max(scan.last_column, column)
        self._row_filled = True
        if scan.last_row * (scan.last_column + 1) > limits.AREA:
            found = f"arkusz, który sięga od A1 do {letters(scan.last_column)}{row}"
            raise self._too_large("sheet_too_large", found, f"najwyżej {limits.AREA} komórek w prostokącie")

    def _check_value(self, value: str) -> None:
        """The written value agrees with the kind of the cell; otherwise the fast reader gives up."""
        match self._type:
            case "n":
                right = NUMBER.fullmatch(value.strip()) is not None and len(value) < 40
            case "s":
                right = value.isdecimal() and len(value) < 9 and int(value) < len(self._lengths)
                self.scan.strings += self._lengths[int(value)] if right else 0
            case "b":
                right = value in ("0", "1")
            case "d":
                right = DAY.fullmatch(value) is not None
            case "str":
                right = len(value) <= limits.CELL_CHARACTERS
                self.scan.strings += len(value)
            case _:
                right = False
        if not right:
            raise self._malformed(f"komórkę {letters(self._column)}{self._row} z wartością {quoted(value)}")
        if self.scan.strings > limits.TEXT_CHARACTERS:
            found = f"ponad {limits.TEXT_CHARACTERS} znaków tekstu"
            raise self._too_large("too_much_content", found, "mniejszy arkusz")

    def _note(self, code: str, found: str, expected: str) -> None:
        """A cell without a usable value."""
        if len(self.scan.wrong) < limits.ROWS:
            self.scan.wrong.append((code, self._row, self._column, found, expected))

    def _malformed(self, found: str) -> Refused:
        """The sheet is not as a spreadsheet program writes it."""
        expected = "arkusz zapisany przez program arkuszowy"
        return refused("malformed_sheet", self._file, found, expected, sheet=self._sheet, row=self._row or None)

    def _too_large(self, code: str, found: str, expected: str) -> Refused:
        return refused(code, self._file, found, expected, sheet=self._sheet, row=self._row)


def _is_hidden(attributes: dict[str, str], size: str) -> bool:
    """Whether a row or a column is hidden, by its mark or by having no height or width."""
    return attributes.get("hidden") in ("1", "true") or attributes.get(size) in ("0", "0.0")


def column_of(name: str) -> int:
    """The number of a column from its letters: A is 0."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
