"""A CSV file read strictly: UTF-8, commas, a heading row, the same number of fields in every row."""

import csv
import io
from collections.abc import Iterator

from spoiwo.ledger.domain.faults import Fault, quoted, shown
from spoiwo.ledger.domain.schema import table_called
from spoiwo.ledger.intake import limits
from spoiwo.ledger.intake.encoding import EXPECTED as UTF_8
from spoiwo.ledger.intake.encoding import wrong_encoding
from spoiwo.ledger.intake.protocol import Outlet
from spoiwo.ledger.intake.refusal import Refused, refused

OTHER_SEPARATORS = {";": "średnikami", "\t": "tabulatorami", "|": "kreskami"}
LONGEST_LINE = limits.COLUMNS * limits.CELL_CHARACTERS


def read_csv(content: bytes, table: str, path: str, sheet: str, outlet: Outlet) -> None:
    """Read the content of one file as a table. Raises Refused where reading has to stop."""
    if not content.strip(b"\xef\xbb\xbf \t\r\n"):
        raise refused("empty_file", path, "pusty plik", "co najmniej wiersz nagłówków", sheet=sheet)
    if wrong := wrong_encoding(content):
        raise refused(wrong.code, path, wrong.found, UTF_8, sheet=sheet, row=wrong.row)
    if content.count(b"\n") > limits.ROWS:
        found, row = f"wiersz {limits.ROWS + 1}", limits.ROWS + 1
        raise refused("too_many_rows", path, found, f"najwyżej {limits.ROWS} wierszy", sheet=sheet, row=row)
    rows = _records(content, path, sheet)
    number, header = next(rows, (1, []))
    _check_separator(header, table, path, sheet, number)
    _check_width(header, path, sheet, number)
    outlet.table(table, shown(path), shown(sheet), header)
    for number, fields in rows:
        _tell_row(number, fields, len(header), (shown(path), shown(sheet)), outlet)


def _records(content: bytes, path: str, sheet: str) -> Iterator[tuple[int, list[str]]]:
    """Records that are not blank, with the number of the line where each begins. Raises Refused."""
    csv.field_size_limit(limits.CELL_CHARACTERS)
    text = io.TextIOWrapper(io.BytesIO(content), "utf-8-sig", newline="")
    reader = csv.reader(_lines(text, path, sheet), strict=True)
    while True:
        start = reader.line_num + 1
        try:
            fields = next(reader, None)
        except csv.Error as wrong:
            raise _unreadable_record(wrong, start, reader.line_num, path, sheet) from None
        if fields is None:
            return
        if any(field.strip() for field in fields):
            yield start, fields


def _lines(text: io.TextIOWrapper, path: str, sheet: str) -> Iterator[str]:
    """Lines of bounded length."""
    number = 0
    while line := text.readline(LONGEST_LINE):
        number += 1
        if len(line) == LONGEST_LINE:
            found = f"wiersz dłuższy niż {LONGEST_LINE} znaków"
            raise refused("line_too_long", path, found, "krótsze wiersze", sheet=sheet, row=number)
        yield line


def _unreadable_record(wrong: csv.Error, start: int, end: int, path: str, sheet: str) -> Refused:
    """What a parser's complaint means to the person who wrote the file."""
    several = end > start
    if "field larger" in str(wrong) and not several:
        found, expected = f"pole dłuższe niż {limits.CELL_CHARACTERS} znaków", "krótsze pole"
        return refused("field_too_long", path, found, expected, sheet=sheet, row=start)
    if "unexpected end" in str(wrong) or several:
        found, expected = "cudzysłów, który nie jest zamknięty", "cudzysłowy w parach"
        return refused("unbalanced_quotes", path, found, expected, sheet=sheet, row=start)
    found = "cudzysłów w środku pola"
    expected = "pole w całości w cudzysłowie, a cudzysłów wewnątrz pola podwojony"
    return refused("bad_quotes", path, found, expected, sheet=sheet, row=start)


def _check_separator(header: list[str], table: str, path: str, sheet: str, number: int) -> None:
    """A single heading that falls apart at another separator into names we know. Raises Refused."""
    described = table_called(table)
    if len(header) > 1 and any(described.column_called(name) for name in header):
        return
    for separator, name in OTHER_SEPARATORS.items():
        pieces = ",".join(header).split(separator)
        if len(pieces) > 1 and any(described.column_called(piece.strip('"')) for piece in pieces):
            found = f"pola rozdzielone {name}"
            raise refused("wrong_separator", path, found, "pola rozdzielone przecinkami", sheet=sheet, row=number)


def _check_width(header: list[str], path: str, sheet: str, number: int) -> None:
    """Not more columns than anybody needs. Raises Refused."""
    if len(header) > limits.COLUMNS:
        found = f"{len(header)} kolumn"
        raise refused("too_many_columns", path, found, f"najwyżej {limits.COLUMNS}", sheet=sheet, row=number)


def _tell_row(number: int, fields: list[str], width: int, place: tuple[str, str], outlet: Outlet) -> None:
    """Hand one row over; one with another number of fields than headings is a fault as a whole."""
    cells = [field if field.strip() else None for field in fields[:width]]
    if len(fields) == width:
        outlet.row(number, cells, [])
        return
    found = f"{len(fields)} pól, od {quoted(fields[0])} do {quoted(fields[-1])}"
    outlet.fault(Fault("ragged_row", *place, number, "", found, f"{width} pól, tyle co nagłówków"))
    outlet.row(number, cells + [None] * (width - len(cells)), list(range(width)))
