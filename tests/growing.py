"""Making a house large: lines of money copied many times by the database itself."""

import sqlite3
from contextlib import closing

import psycopg

from tests.houses import House

AT_ONCE = 20_000
LONG = "Wydatek zmyślony do próby odtworzenia. " * 7


def grow(house: House, megabytes: int) -> int:
    """Copy one line of money until the database has this size; how many lines were added."""
    added = 0
    while size_mb(house) < megabytes:
        _add(house, added)
        added += AT_ONCE
    return added


def size_mb(house: House) -> int:
    """The size of the database of a house."""
    if not house.url:
        with closing(sqlite3.connect(house.data / "spoiwo.sqlite3")) as connection:
            pages = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("page_count", "page_size")]
        return pages[0] * pages[1] // 1_000_000
    with psycopg.connect(house.url) as connection:
        return connection.execute("SELECT pg_database_size(current_database())").fetchone()[0] // 1_000_000


def _add(house: House, since: int) -> None:
    numbers = f"WITH RECURSIVE n(i) AS (SELECT {since} UNION ALL SELECT i + 1 FROM n WHERE i < {since + AT_ONCE - 1})"
    if house.url:
        with psycopg.connect(house.url) as connection:
            connection.execute(_sql(numbers, _columns_of_postgres(connection)))
    else:
        with sqlite3.connect(house.data / "spoiwo.sqlite3") as connection:
            names = [name for _cid, name, *_rest in connection.execute("PRAGMA table_info(ledger_entry)")]
            connection.execute(_sql(numbers, names))


def _columns_of_postgres(connection: psycopg.Connection) -> list[str]:
    question = "SELECT column_name FROM information_schema.columns WHERE table_name = 'ledger_entry'"
    return [name for (name,) in connection.execute(question)]


def _sql(numbers: str, columns: list[str]) -> str:
    """Copies of the first line, each with a key and a description of its own."""
    columns = [name for name in columns if name not in {"id", "reverses_id"}]
    own = {"key": "'kopia-' || n.i", "description": f"'{LONG[:270]}' || n.i"}
    values = ", ".join(own.get(name, f'e."{name}"') for name in columns)
    names = ", ".join(f'"{name}"' for name in columns)
    first = "(SELECT * FROM ledger_entry ORDER BY id LIMIT 1) e"
    return f"INSERT INTO ledger_entry ({names}) {numbers} SELECT {values} FROM n, {first}"
