"""Write a populated database of a released version down as plain rows: `python -m tests.releases.export DATABASE OUT`.

Run once for each release, with that release's own code and migrations behind the database: the file is then kept
unchanged, and every later version is upgraded from it in the tests. All data are invented.
"""

import gzip
import json
import sqlite3
import sys
from pathlib import Path

EMPTY = {"django_session"}


def schema_of(file: Path) -> list[str]:
    """What SQLite was told to make of tables and indexes, in order."""
    question = "SELECT sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%' ORDER BY rowid"
    with sqlite3.connect(file) as source:
        return [sql for (sql,) in source.execute(question)]


def rows_of(file: Path) -> dict:
    """Tables with their columns and rows."""
    with sqlite3.connect(file) as source:
        names = [
            name for (name,) in source.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        tables = {}
        for name in names:
            found = source.execute(f'SELECT * FROM "{name}"')
            columns = [column[0] for column in found.description]
            rows = [list(row) for row in found]
            if rows and name not in EMPTY and not name.startswith("sqlite_"):
                tables[name] = {"columns": columns, "rows": rows}
    return tables


def main() -> int:
    """Write the file."""
    source = Path(sys.argv[1])
    raw = json.dumps(
        {"schema": schema_of(source), "tables": rows_of(source)}, ensure_ascii=False, separators=(",", ":")
    ).encode()
    Path(sys.argv[2]).write_bytes(gzip.compress(raw, 9, mtime=0))
    return 0


if __name__ == "__main__":
    sys.exit(main())
