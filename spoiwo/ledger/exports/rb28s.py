"""Expenditure by classification, shaped like the statement Rb-28S: plan, commitments, what was spent.

Source: regulation of the Minister of Finance of 29 January 2025 (Dz.U. 2025 poz. 133), the statement Rb-28S:
plan after changes, commitments, expenditure carried out, under division, chapter and paragraph.
"""

from collections import defaultdict

from spoiwo.kernel.cells import csv_bytes
from spoiwo.kernel.money import zl_plain
from spoiwo.ledger.services.facts import Row, YearFacts

HEADINGS = (
    "Dział",
    "Rozdział",
    "Paragraf",
    "Plan po zmianach",
    "Zaangażowanie",
    "Wydatki wykonane",
)
PLAN, COMMITTED, SPENT = range(3)
COLUMNS = {
    "plan": PLAN, "change": PLAN, "commitment": COMMITTED, "release": COMMITTED, "payment": SPENT, "refund": SPENT,
}  # fmt: skip
Sums = list[int | None]


def facts_rb28s(facts: YearFacts) -> bytes:
    """The table with semicolons and decimal commas, as Polish spreadsheets open it, and its sums in the last row.

    A commitment that was paid stays a commitment of the year, and what was paid without one was committed by the
    payment itself. Money without classification has a row of its own.
    """
    rows = by_classification(facts)
    body = (
        [chapter[:3], chapter, paragraph, *map(_amount, sums)] for (chapter, paragraph), sums in sorted(rows.items())
    )
    return csv_bytes([HEADINGS, *body, ["Razem", "", "", *map(_amount, _total(rows))]])


def by_classification(facts: YearFacts) -> dict[tuple[str, str], Sums]:
    """(chapter, paragraph) → plan, commitments, spent in grosze; None where no line stands."""
    sums: dict[tuple[str, str], Sums] = defaultdict(lambda: [None, None, None])
    for row in (*facts.tables["plan"], *facts.tables["entries"]):
        _add(sums[row["chapter"], row["paragraph"]], row)
    return dict(sums)


def _add(sums: Sums, row: Row) -> None:
    column = COLUMNS[row["kind"]]
    direct = column == SPENT and not row["commitment"]
    for place in (column, COMMITTED) if direct else (column,):
        sums[place] = (sums[place] or 0) + row["amount_gr"]


def _total(rows: dict[tuple[str, str], Sums]) -> Sums:
    columns = zip(*rows.values(), strict=True) if rows else [(), (), ()]
    held = [[gr for gr in column if gr is not None] for column in columns]
    return [sum(column) if column else None for column in held]


def _amount(gr: int | None) -> str:
    return "" if gr is None else zl_plain(gr)
