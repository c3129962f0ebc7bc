"""A statement of the books shaped like Rb-28S, and the ledger's sums set beside it by classification."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from spoiwo.kernel.money import zl
from spoiwo.ledger.domain.bookcells import SHAPES, RowReader, check_division, code, signed_gr
from spoiwo.ledger.domain.faults import Fault
from spoiwo.ledger.domain.raw import Cell, RawTable
from spoiwo.ledger.domain.schema import folded

AMOUNTS = ("plan_gr", "committed_gr", "spent_gr")
CALLS = {
    "division": ("dział", "dzial"),
    "chapter": ("rozdział", "rozdzial"),
    "paragraph": ("paragraf", "§"),
    "plan_gr": ("plan", "plan po zmianach", "plan (po zmianach)"),
    "committed_gr": ("zaangażowanie", "zaangazowanie"),
    "spent_gr": ("wykonanie", "wydatki wykonane", "wykonanie wydatków"),
}
REQUIRED = ("chapter", "paragraph", "spent_gr")
TOTALS = frozenset({"razem", "ogółem", "suma"})


@dataclass(frozen=True)
class Amounts:
    """Plan, commitments and spending in whole grosze; None: no amount."""

    plan_gr: int | None = None
    committed_gr: int | None = None
    spent_gr: int | None = None


@dataclass(frozen=True)
class Comparison:
    """One chapter and paragraph on both sides; a side that lacks the code is None.

    `differences`: column → statement minus ledger, only where it is not zero.
    """

    chapter: str
    paragraph: str
    ledger: Amounts | None
    statement: Amounts | None
    differences: dict[str, int]

    @property
    def status(self) -> str:
        """agrees, differs, only_ledger or only_statement."""
        if not self.differences:
            return "agrees"
        if self.statement is None:
            return "only_ledger"
        return "only_statement" if self.ledger is None else "differs"


def check_statement(table: RawTable) -> tuple[list[dict], list[Fault]]:
    """Rows of a statement, as they are kept, and what is wrong with it."""
    at = _columns(table)
    faults = [
        Fault("no_column", table.file, table.sheet, None, "", "brak takiej kolumny", f"kolumna „{CALLS[name][0]}”")
        for name in REQUIRED
        if name not in at
    ]
    if faults:
        return [], faults
    reader, rows, seen = RowReader(table, at), [], {}
    for number, cells in table.rows:
        before = reader.begin(number, cells)
        if _is_total(reader, cells):
            _check_total(reader, rows)
            continue
        row = _row(reader)
        if len(reader.faults) > before:
            continue
        key = (row["chapter"], row["paragraph"])
        if key in seen:
            found = f"{row['chapter']} {row['paragraph']} drugi raz, po wierszu {seen[key]}"
            reader.tell("repeated_code", "paragraph", found, "jeden wiersz na rozdział i paragraf")
            continue
        seen[key] = number
        rows.append(row)
    if not table.rows:
        reader.faults.append(Fault("no_rows", table.file, table.sheet, None, "", "same nagłówki", "wiersze z kwotami"))
    return rows, reader.faults


def _is_total(reader: RowReader, cells: list[Cell]) -> bool:
    """A row without codes that calls itself a total."""
    if reader.cell("chapter") is not None or reader.cell("paragraph") is not None:
        return False
    return any(isinstance(cell, str) and folded(cell).rstrip(":") in TOTALS for cell in cells)


def _check_total(reader: RowReader, rows: list[dict]) -> None:
    """The total adds up, when every row above it could be read."""
    amounts = {name: reader.read(name, signed_gr) for name in AMOUNTS}
    if reader.faults:
        return
    for name, stated in amounts.items():
        computed = sum(row[name] or 0 for row in rows)
        if stated is not None and stated != computed:
            reader.tell("total", name, f"sumę {zl(stated)}", f"suma wierszy: {zl(computed)}")


def _columns(table: RawTable) -> dict[str, int]:
    at = {}
    for index, heading in enumerate(table.header):
        for name, calls in CALLS.items():
            if folded(heading) in calls:
                at.setdefault(name, index)
    return at


def _row(reader: RowReader) -> dict:
    expected = f"{SHAPES['chapter'][1]}; wiersz z sumą usuń z pliku"
    chapter = reader.read("chapter", lambda cell: code(cell, "chapter"), required=True, expected=expected)
    paragraph = reader.read("paragraph", lambda cell: code(cell, "paragraph"), required=True)
    division = reader.read("division", lambda cell: code(cell, "division"))
    if division and chapter:
        reader.read("division", lambda _cell: check_division(division, chapter))
    amounts = {name: reader.read(name, signed_gr, required=name == "spent_gr") for name in AMOUNTS}
    return {"division": (chapter or "")[:3], "chapter": chapter, "paragraph": paragraph, **amounts}


def compare(
    ledger: Mapping[tuple[str, str], Amounts], rows: Iterable[dict], columns: Iterable[str] = AMOUNTS
) -> list[Comparison]:
    """Both sides code by code, in the order of codes; only the named columns are compared.

    A code that stands on one side alone is compared with nothing there; an amount of zero on that side agrees.
    """
    stated = {(row["chapter"], row["paragraph"]): Amounts(*(row[name] for name in AMOUNTS)) for row in rows}
    found = []
    for key in sorted(set(ledger) | set(stated)):
        ours, theirs = ledger.get(key), stated.get(key)
        differences = {name: _gr(theirs, name) - _gr(ours, name) for name in columns}
        found.append(Comparison(*key, ours, theirs, {name: gr for name, gr in differences.items() if gr}))
    return found


def _gr(amounts: Amounts | None, name: str) -> int:
    return (getattr(amounts, name) if amounts else None) or 0
