"""An XLSX workbook: its parts are inspected, every sheet is scanned, and only then is it read."""

import posixpath
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import BinaryIO

from spoiwo.ledger.domain.faults import Fault, quoted, shown
from spoiwo.ledger.domain.raw import Cell, letters
from spoiwo.ledger.domain.schema import INSTRUCTIONS, LISTS, folded, table_called
from spoiwo.ledger.intake import limits
from spoiwo.ledger.intake.protocol import Outlet
from spoiwo.ledger.intake.refusal import Refused, refused
from spoiwo.ledger.intake.scanfaults import area_name, refused_cells, scan_faults
from spoiwo.ledger.intake.sheetscan import Scan, SheetScanner
from spoiwo.ledger.intake.xmlparts import Enough, PartReader, attribute

WORKBOOK, RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
STRINGS, STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
WITHOUT_DATA = {folded(INSTRUCTIONS), folded(LISTS)}
UNWANTED = (
    ("xl/vbaproject", "macros", "makra"),
    ("xl/macrosheets/", "macros", "arkusze makr"),
    ("xl/externallinks/", "external_links", "połączenia z innymi skoroszytami"),
    ("xl/connections", "external_links", "połączenia z bazami danych"),
    ("xl/querytables/", "external_links", "zapytania do innych źródeł"),
    ("xl/embeddings/", "embedded_objects", "osadzone obiekty"),
    ("xl/activex/", "embedded_objects", "kontrolki ActiveX"),
    ("customui/", "macros", "własne przyciski programu"),
)
PLAIN = "skoroszyt z samymi danymi, zapisany jako XLSX"


@dataclass(frozen=True)
class SheetPart:
    """A sheet as the workbook lists it."""

    name: str
    part: str
    hidden: bool


def read_workbook(archive: zipfile.ZipFile, file: BinaryIO, name: str, outlet: Outlet) -> None:
    """Read every sheet that is a table of ours. Raises Refused when the workbook as a whole is no good."""
    _refuse_unwanted(archive, name)
    sheets = [sheet for sheet in _sheets(archive, name) if folded(sheet.name) not in WITHOUT_DATA]
    lengths = _text_lengths(archive, name)
    if STYLES in archive.namelist():
        PartReader(archive, STYLES, name).run(lambda _name, _attributes: None)
    book = _Book(archive, file, name, lengths, outlet)
    seen: set[str] = set()
    for sheet in sheets:
        book.read(sheet, seen)


def read_only_sheet(archive: zipfile.ZipFile, file: BinaryIO, name: str, outlet: Outlet, table: str) -> None:
    """Read the only sheet that holds anything as the table, whatever its headings. Raises Refused."""
    _refuse_unwanted(archive, name)
    book = _Book(archive, file, name, _text_lengths(archive, name), outlet)
    if STYLES in archive.namelist():
        PartReader(archive, STYLES, name).run(lambda _name, _attributes: None)
    filled = [sheet for sheet in _sheets(archive, name) if book.has_content(sheet)]
    if len(filled) != 1:
        names = ", ".join(quoted(sheet.name) for sheet in filled[:5])
        found = f"kilka arkuszy z danymi: {names}" if filled else "skoroszyt bez danych"
        raise refused("one_sheet", name, found, "jeden arkusz z danymi")
    book.read_as(filled[0], table)


def _refuse_unwanted(archive: zipfile.ZipFile, name: str) -> None:
    """Macros, links to elsewhere and embedded things are refused as a whole."""
    for entry in archive.namelist():
        for start, code, found in UNWANTED:
            if entry.casefold().startswith(start):
                raise refused(code, name, f"{found} (część {quoted(entry)})", PLAIN)

    def on_start(element: str, attributes: dict[str, str]) -> None:
        if element in ("Override", "Default") and "macroenabled" in attributes.get("ContentType", "").casefold():
            raise refused("macros", name, "skoroszyt z obsługą makr (XLSM)", PLAIN)

    PartReader(archive, "[Content_Types].xml", name).run(on_start)


def _sheets(archive: zipfile.ZipFile, name: str) -> list[SheetPart]:
    """The work sheets in their order; sheets of charts hold no data."""
    listed: list[tuple[str, str, bool]] = []
    targets: dict[str, str] = {}

    def on_sheet(element: str, attributes: dict[str, str]) -> None:
        if element == "sheet":
            hidden = attributes.get("state", "visible") != "visible"
            listed.append((attributes.get("name", ""), attribute(attributes, "id"), hidden))

    def on_relation(element: str, attributes: dict[str, str]) -> None:
        if element == "Relationship" and attributes.get("Type", "").endswith("/worksheet"):
            if attributes.get("TargetMode") == "External":
                raise refused("external_links", name, "arkusz, który leży w innym pliku", PLAIN)
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", "")))
            targets[attributes.get("Id", "")] = target.removeprefix("/")

    entries = set(archive.namelist())
    if RELATIONS not in entries:
        raise refused("broken_workbook", name, "skoroszyt bez spisu arkuszy", PLAIN)
    PartReader(archive, WORKBOOK, name).run(on_sheet)
    PartReader(archive, RELATIONS, name).run(on_relation)
    if len(listed) > limits.SHEETS:
        raise refused("too_many_sheets", name, f"{len(listed)} arkuszy", f"najwyżej {limits.SHEETS}")
    sheets = [SheetPart(title, targets[number], hidden) for title, number, hidden in listed if number in targets]
    missing = next((sheet for sheet in sheets if sheet.part not in entries), None)
    if missing or not sheets:
        found = f"brak treści arkusza {quoted(missing.name)}" if missing else "skoroszyt bez arkuszy"
        raise refused("broken_workbook", name, found, PLAIN)
    return sheets


def _text_lengths(archive: zipfile.ZipFile, name: str) -> list[int]:
    """The lengths of the shared texts, by number. Raises Refused for one longer than a cell can hold."""
    if STRINGS not in archive.namelist():
        return []
    lengths: list[int] = []

    def on_start(element: str, _attributes: dict[str, str]) -> None:
        if element == "si":
            lengths.append(0)

    def on_text(text: str) -> None:
        if lengths:
            lengths[-1] += len(text)
            if lengths[-1] > 2 * limits.CELL_CHARACTERS:
                raise refused("field_too_long", name, f"tekst dłuższy niż {limits.CELL_CHARACTERS} znaków", PLAIN)

    reader = PartReader(archive, STRINGS, name)
    reader.parser.CharacterDataHandler = on_text
    reader.run(on_start)
    return lengths


class _Book:
    """One workbook being read."""

    def __init__(self, archive: zipfile.ZipFile, file: BinaryIO, name: str, lengths: list[int], outlet: Outlet) -> None:
        self._archive, self._file, self._lengths, self._outlet = archive, file, lengths, outlet
        self._name, self._shown = name, shown(name)
        self._calamine = None

    def read(self, sheet: SheetPart, seen: set[str]) -> None:
        """Scan and read one sheet. What is wrong is told, and the next sheets are read all the same."""
        table = table_called(sheet.name)
        if table is None:
            if self.has_content(sheet):
                self._outlet.table(sheet.name, self._shown, shown(sheet.name), [])
            return
        if table.name in seen:
            found = f"arkusz {quoted(sheet.name)} z tabelą, która już była"
            self._tell("repeated_table", sheet, None, "", found, "każda tabela najwyżej raz")
            return
        seen.add(table.name)
        try:
            self.read_as(sheet, table.name)
        except Refused as refusal:
            if refusal.fault.code == "too_much_content":
                raise
            self._outlet.fault(refusal.fault)
            self._outlet.unreadable(table.name)

    def read_as(self, sheet: SheetPart, table: str) -> None:
        """Scan and read one sheet as a table. Raises Refused."""
        scanner = SheetScanner(self._archive, sheet.part, self._name, sheet.name, self._lengths)
        self._hand_over(sheet, table, scanner.run())

    def has_content(self, sheet: SheetPart) -> bool:
        """Whether an unknown sheet holds anything: an empty one disturbs nobody."""
        found: list[str] = []

        def on_start(element: str, _attributes: dict[str, str]) -> None:
            if element in ("v", "is"):
                found.append(element)
                raise Enough

        PartReader(self._archive, sheet.part, self._name).run(on_start)
        return bool(found)

    def _tell(self, code: str, sheet: SheetPart, row: int | None, column: str, found: str, expected: str) -> None:
        """A fault of a sheet."""
        self._outlet.fault(Fault(code, self._shown, shown(sheet.name), row, shown(column), found, expected))

    def _hand_over(self, sheet: SheetPart, table: str, scan: Scan) -> None:
        """Read the sheet with calamine and hand its rows over."""
        if not scan.first_row:
            raise refused("empty_file", self._name, "pusty arkusz", "co najmniej nagłówki", sheet=sheet.name)
        merged_headings = [area for area in scan.merged if area[0] <= scan.first_row <= area[2]]
        if merged_headings:
            area = merged_headings[0]
            found = f"scalone komórki {area_name(area)} w nagłówkach"
            column = letters(area[1])
            raise refused(
                "merged_cells",
                self._name,
                found,
                "nagłówki bez scalania",
                sheet=sheet.name,
                row=area[0],
                column=column,
            )
        rows = self._rows(sheet.name, scan)
        header = [_heading(cell) for cell in next(rows)]
        self._outlet.table(table, self._shown, shown(sheet.name), header)
        wrong = refused_cells(scan, len(header))
        for fault in scan_faults(scan, header, self._shown, shown(sheet.name), hidden=sheet.hidden):
            self._outlet.fault(fault)
        for number, cells in enumerate(rows, start=scan.first_row + 1):
            told = sorted(wrong.get(number, ()))
            if told or any(cell is not None for cell in cells):
                self._outlet.row(number, cells, told)

    def _rows(self, name: str, scan: Scan) -> Iterator[list[Cell]]:
        """The rows from the first with content to the last; each as wide as the widest."""
        from python_calamine import CalamineWorkbook

        if self._calamine is None:
            self._file.seek(0)
            self._calamine = CalamineWorkbook.from_filelike(self._file)
        sheet = self._calamine.get_sheet_by_name(name)
        if sheet.start is None or sheet.end[0] + 1 < scan.last_value_row:
            expected = "arkusz zapisany przez program arkuszowy"
            raise refused("malformed_sheet", self._name, "arkusz, który czyta się na dwa sposoby", expected, sheet=name)
        before = [None] * sheet.start[1]
        width = scan.last_column + 1
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            if number >= scan.first_row:
                row = before + [_cell(cell) for cell in cells]
                yield (row + [None] * (width - len(row)))[:width]


def _cell(value: object) -> Cell:
    """A cell of calamine as a cell of ours; durations and hours as text."""
    if isinstance(value, str):
        return value if value.strip() else None
    if isinstance(value, datetime):
        return value.date() if value.time() == time.min else value
    if isinstance(value, timedelta | time):
        return str(value)
    return value if isinstance(value, bool | int | float | date) else None


def _heading(cell: Cell) -> str:
    """A heading as text."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
