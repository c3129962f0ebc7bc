"""`python -m benchmarks.fill`: the process that fills an empty house; started by benchmarks.run."""

import argparse
import json
from pathlib import Path

import django

from benchmarks import rows
from benchmarks.engines.sql import Database

# Faults put in behind the harness's back, to see that it notices: one grosz, one line in another cell of the
# same row, one tag lost.
PLANTS = {
    "grosz": "UPDATE ledger_entry SET amount_gr = amount_gr + 1 WHERE id = {line}",
    "komorka": """UPDATE ledger_entry SET source_id = (SELECT MIN(s.id) FROM ledger_source s
        WHERE s.id <> ledger_entry.source_id) WHERE id = {line}""",
    "przekroj": "DELETE FROM ledger_entry_tags WHERE id = (SELECT MIN(id) FROM ledger_entry_tags)",
}
LINE = "(SELECT MIN(id) + 7 FROM ledger_entry WHERE kind = 'payment')"


def main() -> None:
    """Fill the house of this environment with so many lines."""
    parser = argparse.ArgumentParser(prog="benchmarks.fill")
    parser.add_argument("lines", type=int)
    parser.add_argument("expected", type=Path)
    parser.add_argument("--plant", choices=PLANTS)
    given = parser.parse_args()
    django.setup()
    from benchmarks.house import fill, look_over

    fill(rows.lines(given.lines), json.loads(given.expected.read_text(encoding="utf-8")))
    if given.plant:
        plant(given.plant)
    look_over()


def plant(fault: str) -> None:
    """Spoil one row by SQL."""
    database = Database()
    database.open()
    database.do(PLANTS[fault].replace("{line}", LINE))
    database.close()


if __name__ == "__main__":
    main()
