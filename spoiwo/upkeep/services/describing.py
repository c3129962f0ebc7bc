"""A house in figures: rows and fingerprints of tables, money to the grosz, the head of the record, files."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db import connections, transaction
from django.db.models import Count, Sum

from spoiwo import __version__
from spoiwo.audit.models import ChainHead
from spoiwo.ledger.models import Entry, PlanEntry

FORMAT = 1
LEFT_OUT = {"django_session", "access_visit"}  # sessions belong to no backup
GROUPED = ("year__region", "year__year", "kind", "programme__code", "source__code")
CHUNK = 1 << 20


def describe(alias: str = "default") -> dict:
    """Everything that is compared after restoring, as JSON values."""
    tables = table_names(alias)
    return {
        "format": FORMAT,
        "release": __version__,
        "engine": connections[alias].vendor,
        "tables": {name: table_facts(alias, name) for name in tables},
        "ledger": ledger_totals(alias) if "ledger_entry" in tables else {},
        "audit": audit_head(alias) if "audit_chainhead" in tables else {},
        "migrations": migrations(alias) if "django_migrations" in tables else {},
    }


def table_names(alias: str) -> list[str]:
    """Tables that belong to a backup."""
    return sorted(set(connections[alias].introspection.table_names()) - LEFT_OUT)


def table_facts(alias: str, table: str) -> dict:
    """How many rows, and the fingerprint of all of them in the order of the key."""
    connection = connections[alias]
    read = _rows_of_postgres if connection.vendor == "postgresql" else _rows_of_sqlite
    digest, count = hashlib.sha256(), 0
    for row in read(connection, table):
        digest.update(row)
        digest.update(b"\n")
        count += 1
    return {"rows": count, "sha256": digest.hexdigest()}


def _rows_of_sqlite(connection, table: str) -> Iterable[bytes]:
    """Rows as stored, by the key; the bytes of a text, not its decoding."""
    connection.ensure_connection()
    cursor = connection.connection.cursor()
    described = cursor.execute(f'PRAGMA table_info("{table}")').fetchall()
    names = [f'"{name}"' for _cid, name, *_rest in described]
    key = [f'"{column[1]}"' for column in sorted(described, key=lambda column: column[5]) if column[5]] or names
    plain = ", ".join(f"typeof({name}), CAST({name} AS BLOB)" for name in names)
    for row in cursor.execute(f'SELECT {plain} FROM "{table}" ORDER BY {", ".join(key)}'):  # noqa: S608 # nosec B608 - own names
        yield repr(row).encode()


def _rows_of_postgres(connection, table: str) -> Iterable[bytes]:
    """Rows as PostgreSQL writes them in one fixed manner, by the key, in the order of code points."""
    with transaction.atomic(using=connection.alias), connection.connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute("SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL bytea_output = 'hex'")
        cursor.execute(KEY_COLUMNS, [f'"{table}"'])
        key = [f'"{name}"' + (' COLLATE "C"' if text else "") for name, text in cursor.fetchall()]
        order = f" ORDER BY {', '.join(key)}" if key else ""
        with cursor.copy(f'COPY (SELECT * FROM "{table}"{order}) TO STDOUT') as rows:  # noqa: S608 # nosec B608 - own names
            for block in rows:
                yield bytes(block).rstrip(b"\n")


KEY_COLUMNS = """
SELECT a.attname, t.typcategory = 'S' FROM pg_index i
CROSS JOIN LATERAL unnest(i.indkey) WITH ORDINALITY AS k (attnum, place)
JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum
JOIN pg_type t ON t.oid = a.atttypid
WHERE i.indrelid = %s::regclass AND i.indisprimary ORDER BY k.place
"""


def ledger_totals(alias: str) -> dict[str, int]:
    """Whole grosze by region, year, kind, programme and source, and how many lines they are made of."""
    totals: dict[str, int] = {}
    for model, word in ((Entry, "spent"), (PlanEntry, "planned")):
        rows = model.objects.using(alias).order_by().values_list(*GROUPED)
        for *where, total_gr, lines in rows.annotate(total_gr=Sum("amount_gr"), lines=Count("pk")):
            name = " ".join(str(part) if part is not None else "–" for part in (word, *where))
            totals[name], totals[f"{name} lines"] = total_gr, lines
    return totals


def audit_head(alias: str) -> dict[str, object]:
    """The last deed of the record: its number and its hash."""
    head = ChainHead.objects.using(alias).values("sequence", "hash").first()
    return head or {"sequence": 0, "hash": ""}


def migrations(alias: str) -> dict[str, str]:
    """Migrations done, by room."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT app, name FROM django_migrations ORDER BY app, name")
        rows = cursor.fetchall()
    done: dict[str, list[str]] = {}
    for app, name in rows:
        done.setdefault(app, []).append(name)
    return {app: " ".join(names) for app, names in done.items()}


def file_places() -> dict[str, Path]:
    """Folders whose files belong to a backup, by their name in it."""
    return {
        "papers": Path(settings.PAPERS_DIR),
        "files": Path(settings.STORAGES["default"]["OPTIONS"]["location"]),
    }


def describe_files(places: dict[str, Path]) -> dict[str, dict]:
    """Size and digest of every file, by its name in the backup; what is just being written is left out."""
    found = {}
    for name, folder in places.items():
        for path in sorted(folder.rglob("*")) if folder.is_dir() else ():
            if path.is_file() and not path.is_symlink() and not path.name.startswith("."):
                found[f"{name}/{path.relative_to(folder).as_posix()}"] = file_facts(path)
    return found


def file_facts(path: Path) -> dict:
    """Size and SHA-256 of a file."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as source:
        while block := source.read(CHUNK):
            digest.update(block)
            size += len(block)
    return {"size": size, "sha256": digest.hexdigest()}
