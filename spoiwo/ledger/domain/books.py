"""Lines of the accounting system: which column means what, and rows checked one by one."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from spoiwo.ledger.domain.bookcells import COMBINED, SHAPES, RowReader, check_division, code, combined, line, signed_gr
from spoiwo.ledger.domain.check.cells import BadCell
from spoiwo.ledger.domain.check.dates import EXPECTED as DAY
from spoiwo.ledger.domain.check.dates import read_date
from spoiwo.ledger.domain.check.near import nearest
from spoiwo.ledger.domain.faults import Fault, quoted
from spoiwo.ledger.domain.raw import Cell, RawTable
from spoiwo.ledger.domain.schema import folded

SIGNS = ("plus", "minus", "debit", "credit")  # what a payment is: above zero, below zero, Wn, Ma
TWO_COLUMNS = frozenset({"debit", "credit"})
CONSTANTS = ("source", "programme")
KEY_LENGTH = 60
# Our columns, and headings of accounting systems by which a mapping is proposed.
COLUMNS: dict[str, tuple[str, ...]] = {
    "key": ("klucz", "nr zapisu", "numer zapisu", "id zapisu", "numer księgowy", "nr księgowy", "id"),
    "date": ("data", "data operacji", "data zapłaty", "data księgowania", "data płatności"),
    "document": ("dokument", "nr dokumentu", "numer dokumentu", "dowód", "nr dowodu", "numer dowodu"),
    "description": ("opis", "treść", "treść operacji", "opis operacji", "tytuł"),
    "classification": ("klasyfikacja", "klasyfikacja budżetowa"),
    "division": ("dział", "dzial"),
    "chapter": ("rozdział", "rozdzial"),
    "paragraph": ("paragraf", "§"),
    "amount": ("kwota", "kwota operacji", "wartość"),
    "debit": ("wn", "strona wn", "kwota wn", "obroty wn"),
    "credit": ("ma", "strona ma", "kwota ma", "obroty ma"),
    "source": ("źródło", "źródło finansowania"),
    "programme": ("program",),
    "task": ("zadanie",),
    "recipient": ("kontrahent", "odbiorca", "beneficjent"),
}


@dataclass
class Mapping:
    """Our column → their heading; `signs` one of SIGNS; `constants`: the same for every row."""

    columns: dict[str, str] = field(default_factory=dict)
    signs: str = "plus"
    constants: dict[str, str] = field(default_factory=dict)

    def missing(self) -> list[str]:
        """Our columns without which lines cannot be read."""
        wanted = ["date", "document", "description"]
        wanted += ["debit", "credit"] if self.signs in TWO_COLUMNS else ["amount"]
        wanted += [] if "classification" in self.columns else ["chapter", "paragraph"]
        wanted += [] if self.constants.get("source") else ["source"]
        return [name for name in wanted if not self.columns.get(name)]


@dataclass
class Known:
    """What rows may refer to: folded code or name → code; `tasks` also say the programme (code or "")."""

    sources: dict[str, str] = field(default_factory=dict)
    programmes: dict[str, str] = field(default_factory=dict)
    tasks: dict[str, tuple[str, str]] = field(default_factory=dict)
    recipients: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class BookRow:
    """One line of the books. Units: `amount_gr` whole grosze, a refund below zero. Codes are ours, "" for none."""

    number: int
    key: str
    date: date
    document: str
    description: str
    chapter: str
    paragraph: str
    amount_gr: int
    source: str
    programme: str = ""
    task: str = ""
    recipient: str = ""

    @property
    def content(self) -> tuple:
        """What makes two lines look the same, whatever their keys."""
        return (self.date, self.amount_gr, folded(self.document), self.chapter, self.paragraph)


@dataclass
class CheckedBooks:
    """Rows that are right, and everything that is not. `unmatched`: recipients that no organisation is called by."""

    rows: list[BookRow] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    unmatched: Counter = field(default_factory=Counter)


def fingerprint_of(header: Iterable[str]) -> str:
    """The fingerprint of headings in their order, by which a mapping is recognised again."""
    return hashlib.sha256("\n".join(folded(heading) for heading in header).encode()).hexdigest()


def proposed(header: Iterable[str]) -> Mapping:
    """A mapping guessed from headings; a person confirms it."""
    by_folded = {folded(heading): heading for heading in header if heading.strip()}
    columns = {}
    for name, calls in COLUMNS.items():
        if found := next((by_folded[call] for call in calls if call in by_folded), None):
            columns[name] = found
    signs = "debit" if "amount" not in columns and {"debit", "credit"} <= set(columns) else "plus"
    if "amount" not in columns and "debit" in columns and "credit" not in columns:
        columns["amount"] = columns.pop("debit")  # one side alone: a list of payments
    return Mapping(columns, signs)


def check_mapping(table: RawTable, mapping: Mapping) -> list[Fault]:
    """What keeps the mapping from being used with these headings."""
    faults, headings = [], Counter(folded(heading) for heading in table.header)
    for name in mapping.missing():
        expected = f"kolumna pliku przypisana do: {LABELS[name]}"
        faults.append(Fault("not_mapped", table.file, table.sheet, None, "", "brak przypisania", expected))
    for heading in mapping.columns.values():
        count = headings[folded(heading)]
        if count != 1:
            found = f"{count} kolumny o nagłówku {quoted(heading)}" if count else f"brak kolumny {quoted(heading)}"
            faults.append(Fault("heading", table.file, table.sheet, None, heading, found, "jedna taka kolumna"))
    return faults


LABELS = {
    "key": "numer zapisu",
    "date": "data zapłaty",
    "document": "dokument",
    "description": "opis",
    "classification": "klasyfikacja (w jednej kolumnie)",
    "division": "dział",
    "chapter": "rozdział",
    "paragraph": "paragraf",
    "amount": "kwota",
    "debit": "kwota Wn",
    "credit": "kwota Ma",
    "source": "źródło",
    "programme": "program",
    "task": "zadanie",
    "recipient": "odbiorca",
}


def check_books(table: RawTable, mapping: Mapping, known: Known, *, year: int, closed: set[int]) -> CheckedBooks:
    """Every row checked; a row with a fault is left out. `closed`: months of the year that take no more lines."""
    if faults := check_mapping(table, mapping):
        return CheckedBooks(faults=faults)
    at = {folded(heading): index for index, heading in enumerate(table.header)}
    reader = RowReader(table, {name: at[folded(heading)] for name, heading in mapping.columns.items()})
    books, keys, alike = CheckedBooks(faults=reader.faults), {}, Counter()
    for number, cells in table.rows:
        before = reader.begin(number, cells)
        row = _row(reader, mapping, known, books.unmatched, (year, closed))
        if len(reader.faults) > before or row is None:
            continue
        row = row if row.key else _with_key(row, alike)
        if row.key in keys:
            reader.tell("repeated_key", "key", f"numer {quoted(row.key)} drugi raz, po wierszu {keys[row.key]}", "raz")
            continue
        keys[row.key] = number
        books.rows.append(row)
    return books


def _row(reader: RowReader, mapping: Mapping, known: Known, unmatched: Counter, when: tuple) -> BookRow | None:
    day = reader.read("date", lambda cell: _day(cell, *when), required=True, expected=DAY)
    document = reader.read("document", line, required=True)
    description = reader.read("description", line, required=True)
    codes = _codes(reader)
    amount = _amount(reader, mapping.signs)
    source = _named(reader, "source", known.sources, mapping.constants.get("source", ""), required=True)
    programme = _named(reader, "programme", known.programmes, mapping.constants.get("programme", ""))
    task, programme = _task(reader, known, programme or "")
    key = reader.read("key", lambda cell: line(cell, KEY_LENGTH), required="key" in mapping.columns)
    if None in (day, document, description, codes, amount, source):
        return None
    called = reader.read("recipient", line)
    recipient = known.recipients.get(folded(called), "") if called else ""
    if called and not recipient:
        unmatched[called] += 1
    return BookRow(
        reader.number, key or "", day, document, description, *codes, amount, source, programme, task, recipient
    )


def _day(cell: Cell, year: int, closed: set[int]) -> date:
    day, expected = read_date(cell)
    if day is None:
        raise BadCell("not_date", quoted(cell), expected)
    if day.year != year:
        raise BadCell("other_year", day.isoformat(), f"dzień roku {year}")
    if day.month in closed:
        raise BadCell("month_closed", day.isoformat(), "dzień miesiąca, który nie jest zamknięty")
    return day


def _codes(reader: RowReader) -> tuple[str, str] | None:
    """Chapter and paragraph, from one column or from three."""
    if "classification" in reader.columns:
        return reader.read("classification", combined, required=True, expected=COMBINED)
    expected = f"{SHAPES['chapter'][1]}; wiersz z sumą usuń z pliku"
    chapter = reader.read("chapter", lambda cell: code(cell, "chapter"), required=True, expected=expected)
    paragraph = reader.read(
        "paragraph", lambda cell: code(cell, "paragraph"), required=True, expected=SHAPES["paragraph"][1]
    )
    division = reader.read("division", lambda cell: code(cell, "division"))
    if chapter and division:
        reader.read("division", lambda _cell: check_division(division, chapter))
    return (chapter, paragraph) if chapter and paragraph else None


def _amount(reader: RowReader, signs: str) -> int | None:
    """What was paid in grosze; what came back is below zero."""
    if signs not in TWO_COLUMNS:
        amount = reader.read("amount", signed_gr, required=True)
        return -amount if amount and signs == "minus" else amount
    before = len(reader.faults)
    sides = {name: reader.read(name, signed_gr) for name in ("debit", "credit")}
    if len(reader.faults) > before:
        return None
    if sides["debit"] is None and sides["credit"] is None:
        reader.tell("blank", "debit", "brak kwoty po obu stronach", "kwota po stronie Wn albo Ma")
        return None
    if sides["debit"] and sides["credit"]:
        reader.tell("both_sides", "debit", "kwotę po obu stronach", "kwota po jednej stronie, Wn albo Ma")
        return None
    debit, credit = sides["debit"] or 0, sides["credit"] or 0
    return debit - credit if signs == "debit" else credit - debit


def _named(reader: RowReader, name: str, calls: dict[str, str], constant: str, *, required: bool = False) -> str | None:
    """The code of what a cell names; the constant where the cell is blank."""

    def found(cell: Cell) -> str:
        text = line(cell)
        if folded(text) in calls:
            return calls[folded(text)]
        near = nearest(text, calls)
        raise BadCell("unknown", quoted(text), f"kod albo nazwa z rejestru{f', np. {quoted(near)}' if near else ''}")

    if reader.cell(name) is None and constant:
        return constant
    return reader.read(name, found, required=required and not constant)


def _task(reader: RowReader, known: Known, programme: str) -> tuple[str, str]:
    """The task and the programme, which is the task's own when the row names none."""
    codes = {folded_call: task for folded_call, (task, _programme) in known.tasks.items()}
    task = _named(reader, "task", codes, "") if "task" in reader.columns else None
    if not task:
        return "", programme
    own = known.tasks[folded(task)][1]
    if own and programme and own != programme:
        reader.tell(
            "other_programme", "task", f"zadanie {quoted(task)} innego programu", f"zadanie programu {programme}"
        )
    return task, own or programme


def _with_key(row: BookRow, alike: Counter) -> BookRow:
    """A key made of the content, for files without one: the same file again gives the same keys."""
    shown = "\n".join(map(str, (*row.content, row.description, row.source, row.programme, row.task)))
    digest = hashlib.sha256(shown.encode()).hexdigest()[:16]
    alike[digest] += 1
    fields = {name: getattr(row, name) for name in BookRow.__slots__}
    return BookRow(**fields | {"key": f"{digest}-{alike[digest]}"})
