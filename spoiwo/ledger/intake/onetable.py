"""One table from elsewhere, a CSV file or a sheet of a workbook, with whatever headings it has."""

import csv
import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from spoiwo.ledger.domain.faults import Fault, quoted, shown
from spoiwo.ledger.domain.raw import Cell
from spoiwo.ledger.intake import limits
from spoiwo.ledger.intake.archive import open_archive
from spoiwo.ledger.intake.encoding import codec_of, wrong_encoding
from spoiwo.ledger.intake.protocol import Outlet
from spoiwo.ledger.intake.recognise import OTHER_OFFICE, open_plain, stranger
from spoiwo.ledger.intake.refusal import Refused, refused
from spoiwo.ledger.intake.workbook import read_only_sheet

ACCEPTED = "plik CSV albo skoroszyt XLSX z jedną tabelą"
TEXT = "tekst w UTF-8 albo Windows-1250"
SEPARATORS = ";,\t|"
TABLE = "books"
LEAST_COLUMNS = 3


def read_table_path(path: Path, outlet: Outlet) -> None:
    """Read the file at the path as one table. Raises Refused."""
    with open_plain(path) as file:
        outlet.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        head = file.read(4096)
        file.seek(0)
        if not head:
            raise refused("empty_file", path.name, "pusty plik", ACCEPTED)
        if head.startswith(b"PK\x03\x04"):
            _read_workbook(file, path.name, outlet)
            return
        code, name, found = stranger(file, head, path.name)
        if code not in {"lone_csv", "unknown_file", "lone_json"}:
            raise refused(code, name, found, ACCEPTED)
        file.seek(0)
        _read_text(file.read(), path.name, outlet)


def _read_workbook(file: BinaryIO, name: str, outlet: Outlet) -> None:
    with open_archive(file, name) as archive:
        entries = set(archive.namelist())
        for entry, code, found in OTHER_OFFICE:
            if entry in entries:
                raise refused(code, name, found, ACCEPTED)
        if "[Content_Types].xml" not in entries or "xl/workbook.xml" not in entries:
            raise refused("not_a_workbook", name, "archiwum ZIP", ACCEPTED)
        read_only_sheet(archive, file, name, outlet, TABLE)


def _read_text(content: bytes, name: str, outlet: Outlet) -> None:
    """Read a CSV file; the separator is the sign that parts the headings most often."""
    codec = codec_of(content)
    if not codec:
        wrong = wrong_encoding(content)
        raise refused(wrong.code, name, wrong.found, TEXT, row=wrong.row)
    if content.count(b"\n") > limits.ROWS:
        row = limits.ROWS + 1
        raise refused("too_many_rows", name, f"wiersz {row}", f"najwyżej {limits.ROWS} wierszy", row=row)
    try:
        text = content.decode(codec)
    except UnicodeDecodeError as wrong:
        row = content.count(b"\n", 0, wrong.start) + 1
        raise refused("encoding_not_utf8", name, f"bajt {content[wrong.start]:02X}", TEXT, row=row) from None
    rows = _records(text, _separator(text, name), name)
    number, header = next(rows)
    if len(header) > limits.COLUMNS:
        found = f"{len(header)} kolumn"
        raise refused("too_many_columns", name, found, f"najwyżej {limits.COLUMNS}", row=number)
    outlet.table(TABLE, shown(name), "", [heading.strip() for heading in header])
    for number, fields in rows:
        _tell_row(number, fields, len(header), shown(name), outlet)


def _separator(text: str, name: str) -> str:
    """The separator of the first line that says something. Raises Refused when there is none."""
    number, line = next(((n, line) for n, line in enumerate(text.splitlines(), 1) if line.strip()), (1, ""))
    if not line:
        raise refused("empty_file", name, "pusty plik", ACCEPTED)
    best = max(SEPARATORS, key=line.count)
    if line.count(best) < LEAST_COLUMNS - 1:
        expected = f"nagłówki co najmniej {LEAST_COLUMNS} kolumn, rozdzielone średnikami, przecinkami albo tabulatorami"
        raise refused("no_columns", name, f"pierwszy wiersz {quoted(line)}", expected, row=number)
    return best


def _records(text: str, separator: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Records that are not blank, with the number of the line where each begins. Raises Refused."""
    csv.field_size_limit(limits.CELL_CHARACTERS)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        start = reader.line_num + 1
        try:
            fields = next(reader, None)
        except csv.Error as wrong:
            raise _unreadable(wrong, start, name) from None
        if fields is None:
            return
        if any(field.strip() for field in fields):
            yield start, fields


def _unreadable(wrong: csv.Error, row: int, name: str) -> Refused:
    """What a parser's complaint means to a person."""
    if "field larger" in str(wrong):
        found = f"pole dłuższe niż {limits.CELL_CHARACTERS} znaków (cudzysłów, który nie jest zamknięty?)"
        return refused("field_too_long", name, found, "krótsze pola, cudzysłowy w parach", row=row)
    return refused("bad_quotes", name, "cudzysłów bez pary", "cudzysłowy w parach", row=row)


def _tell_row(number: int, fields: list[str], width: int, file: str, outlet: Outlet) -> None:
    """Hand one row over; empty fields beyond the headings are no fault, filled ones are."""
    while len(fields) > width and not fields[-1].strip():
        fields.pop()
    cells: list[Cell] = [field if field.strip() else None for field in fields[:width]]
    if len(fields) != width:
        found = f"{len(fields)} pól, od {quoted(fields[0])} do {quoted(fields[-1])}"
        outlet.fault(Fault("ragged_row", file, "", number, "", found, f"{width} pól, tyle co nagłówków"))
        outlet.row(number, cells + [None] * (width - len(cells)), list(range(width)))
        return
    outlet.row(number, cells, [])
