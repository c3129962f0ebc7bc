"""One table being checked: its headings found, its rows typed, its keys unique."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from spoiwo.ledger.domain.check.cells import BadCell, convert, describe, is_blank
from spoiwo.ledger.domain.check.log import FaultLog
from spoiwo.ledger.domain.check.near import nearest
from spoiwo.ledger.domain.faults import Fault, quoted, shown
from spoiwo.ledger.domain.raw import Cell, RawTable, letters
from spoiwo.ledger.domain.schema import TABLES, Column, Table, folded

Row = dict[str, object]


@dataclass
class Sheet:
    """A table of the schema beside what was read for it.

    `positions`: English column name -> index of its heading. `keys`: folded key -> first row that has it.
    `key_is_known` is False when the key column is missing: nothing can be said about references to it.
    """

    table: Table
    raw: RawTable
    log: FaultLog
    positions: dict[str, int] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    keys: dict[str, int] = field(default_factory=dict)

    @property
    def key_is_known(self) -> bool:
        """Whether the keys of the table could be read."""
        return not self.table.key or self.table.key in self.positions

    @property
    def polish(self) -> bool:
        """Whether the table was brought under its Polish name."""
        return folded(self.raw.sheet) == folded(self.table.label)

    def heading(self, column: str) -> str:
        """The heading as written; of a missing column as it should be."""
        if column in self.positions:
            return shown(self.raw.header[self.positions[column]].strip())
        described = self.table.column(column)
        return described.label if self.polish else described.name

    def headings(self) -> dict[str, str]:
        """Typed names of the columns that are there -> their headings."""
        return {self.table.column(name).typed_name: self.heading(name) for name in self.positions}

    def fault(self, code: str, row: Row | int | None, column: str, found: str, expected: str) -> None:
        """Note a fault of a column (English name, or "" for the whole row); of one cell only the first."""
        number = row["_row"] if isinstance(row, dict) else row
        position = self.positions.get(column, -1)
        if number is not None and position >= 0:
            if (number, position) in self.raw.refused:
                return
            self.raw.refused.add((number, position))
        heading = self.heading(column) if column else ""
        noted = Fault(code, self.raw.file, self.raw.sheet, number, heading, found, expected)
        self.log.add(noted, table=TABLES.index(self.table), column=position)

    def refused(self, row: Row, column: str) -> bool:
        """Whether the cell already has a fault, so that its empty value proves nothing."""
        return (row["_row"], self.positions.get(column, -1)) in self.raw.refused

    def read(self) -> None:
        """Find the columns and type every row that is not blank."""
        if not any(self.table.column_called(heading) for heading in self.raw.header):
            found = f"w miejscu nagłówków {quoted(', '.join(h for h in self.raw.header if h.strip()))}"
            first = ", ".join(self.heading(column.name) for column in self.table.columns if column.required)
            self.fault("no_headings", None, "", found, f"nagłówki kolumn w pierwszym wierszu: {first}")
            return
        self._find_columns()
        for number, cells in self.raw.rows:
            if not all(is_blank(cell) for cell in cells):
                self.rows.append(self._typed(number, cells))
        self._find_duplicates()

    def _find_columns(self) -> None:
        """Match headings with columns; say which are missing, repeated or not known."""
        unknown: list[int] = []
        for index, heading in enumerate(self.raw.header):
            column = self.table.column_called(heading) if heading.strip() else None
            if column is None:
                unknown.append(index)
            elif column.name in self.positions:
                found = f"drugą kolumnę {quoted(heading)}"
                self._heading_fault("duplicate_column", index, found, "każda kolumna najwyżej raz")
            else:
                self.positions[column.name] = index
        for index in unknown:
            self._unknown_column(index)
        for column in self.table.columns:
            if column.required and column.name not in self.positions:
                heading = self.heading(column.name)
                self.fault("missing_column", None, column.name, "brak tej kolumny", f"kolumna {quoted(heading)}")

    def _unknown_column(self, index: int) -> None:
        """A heading that is none of ours, or content under no heading at all."""
        heading = self.raw.header[index].strip()
        if heading:
            missing = [self.heading(c.name) for c in self.table.columns if c.name not in self.positions]
            hint = f"; może to {quoted(near)}" if (near := nearest(heading, missing)) else ""
            expected = f"usunięta albo przemianowana kolumna{hint}"
            self._heading_fault("unknown_column", index, f"nieznaną kolumnę {quoted(heading)}", expected)
            return
        for number, cells in self.raw.rows:
            if index < len(cells) and not is_blank(cells[index]):
                found = f"{describe(cells[index])} w kolumnie {letters(index)}, która nie ma nagłówka"
                self._heading_fault("no_heading", index, found, "nagłówek kolumny", row=number)
                return

    def _heading_fault(self, code: str, index: int, found: str, expected: str, row: int | None = None) -> None:
        """A fault of a column that has no place in the schema."""
        heading = shown(self.raw.header[index].strip()) or letters(index)
        noted = Fault(code, self.raw.file, self.raw.sheet, row, heading, found, expected)
        self.log.add(noted, table=TABLES.index(self.table), column=index)

    def _typed(self, number: int, cells: list[Cell]) -> Row:
        """One row with typed values; what is missing or wrong is None."""
        row: Row = {"_row": number, "_file": self.raw.file, "_sheet": self.raw.sheet}
        for column in self.table.columns:
            index = self.positions.get(column.name, -1)
            cell = cells[index] if 0 <= index < len(cells) else None
            row[column.typed_name] = self._value(number, column, cell)
        return row

    def _value(self, number: int, column: Column, cell: Cell) -> object:
        """One typed value; a blank one is None, of a list []."""
        if is_blank(cell):
            if column.required and column.name in self.positions:
                self.fault(
                    "missing_value",
                    number,
                    column.name,
                    "pustą komórkę",
                    f"wartość: {column.help.rstrip('.')}",
                )
            return [] if column.many else None
        try:
            return convert(cell, column)
        except BadCell as bad:
            self.fault(bad.code, number, column.name, bad.found, bad.expected)
            return [] if column.many else None

    def _find_duplicates(self) -> None:
        """Keys are told apart without case: identifiers of figures are made of them."""
        for row in self.rows:
            key = row.get(self.table.key) if self.table.key else None
            if key is None:
                continue
            first = self.keys.setdefault(folded(str(key)), row["_row"])
            if first != row["_row"]:
                found = f"{quoted(key)} drugi raz; pierwszy raz w wierszu {first}"
                self.fault("duplicate_key", row, self.table.key, found, "wartość, która się nie powtarza")

    def filled(self, column: str) -> Iterator[Row]:
        """The rows that have a value in the column."""
        return (row for row in self.rows if row.get(column) not in (None, []))
