"""Lay the database of a released version: `python -m tests.releases.load 0.1`, with the settings of an empty house.

SQLite gets the tables as the version itself had made them. PostgreSQL gets them from the migrations that the version
had, which never change. Then the rows are put in as they were.
"""

import gzip
import json
import sqlite3
import sys
from contextlib import closing
from pathlib import Path

import django

HERE = Path(__file__).resolve().parent


def kept(version: str) -> dict:
    """The schema and the tables of a version."""
    return json.loads(gzip.decompress((HERE / version / "database.json.gz").read_bytes()))


def tables_of(version: str) -> dict:
    """The tables of a version, with their columns and rows."""
    return kept(version)["tables"]


def facts_of(version: str) -> dict:
    """What must still be so after every upgrade: rows of tables, sums by kind, and the last deed."""
    tables = tables_of(version)
    money = {}
    for name in ("ledger_entry", "ledger_planentry"):
        column = tables[name]["columns"].index("amount_gr")
        money[name] = sum(row[column] for row in tables[name]["rows"])
    record = tables["audit_record"]
    last = max(record["rows"], key=lambda row: row[record["columns"].index("sequence")])
    return {
        "rows": {name: len(table["rows"]) for name, table in tables.items()},
        "money": money,
        "head": dict(zip(record["columns"], last, strict=True))["hash"],
    }


def lay_file(version: str, file: Path) -> None:
    """Make an SQLite file of the version, without a line of today's program."""
    held = kept(version)
    with closing(sqlite3.connect(file)) as target, target:
        for sql in held["schema"]:
            target.execute(sql)
        for name, table in held["tables"].items():
            places = ", ".join("?" * len(table["columns"]))
            columns = ", ".join(f'"{column}"' for column in table["columns"])
            target.executemany(f'INSERT INTO "{name}" ({columns}) VALUES ({places})', table["rows"])


def lay(version: str) -> None:
    """Make the tables and put the rows in, all or nothing."""
    from django.db import connection, transaction
    from django.db.migrations.executor import MigrationExecutor

    tables = tables_of(version)
    done = [tuple(row[1:3]) for row in tables["django_migrations"]["rows"]]
    executor = MigrationExecutor(connection)
    executor.migrate([target for target in done if target in executor.loader.graph.nodes])
    with transaction.atomic(), connection.cursor() as cursor:
        for name, table in tables.items():
            cursor.execute(f'DELETE FROM "{name}"')
            _insert(cursor, name, table)
        if connection.vendor == "postgresql":
            _set_counters(cursor, tables)


def _insert(cursor, name: str, table: dict) -> None:
    columns = ", ".join(f'"{column}"' for column in table["columns"])
    places = ", ".join(_place(cursor, name, column) for column in table["columns"])
    cursor.executemany(f'INSERT INTO "{name}" ({columns}) VALUES ({places})', table["rows"])


def _place(cursor, name: str, column: str) -> str:
    """Where a value of SQLite goes; PostgreSQL reads it from its text, a number as yes or no too."""
    if cursor.db.vendor != "postgresql":
        return "%s"
    cursor.execute(
        "SELECT data_type FROM information_schema.columns WHERE table_name = %s AND column_name = %s", [name, column]
    )
    return f"CAST(CAST(%s AS text) AS {cursor.fetchone()[0]})"


def _set_counters(cursor, tables: dict) -> None:
    for name, table in tables.items():
        if "id" in table["columns"]:
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [f'"{name}"'])
            if sequence := cursor.fetchone()[0]:
                cursor.execute(f'SELECT setval(%s, (SELECT max("id") FROM "{name}"))', [sequence])


def main() -> int:
    """Lay the version that is named."""
    django.setup()
    from django.db import connection

    if connection.vendor == "sqlite":
        lay_file(sys.argv[1], Path(connection.settings_dict["NAME"]))
    else:
        lay(sys.argv[1])
    return 0


if __name__ == "__main__":
    sys.exit(main())
