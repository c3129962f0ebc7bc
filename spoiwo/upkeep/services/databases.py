"""The two databases by one name: copying, loading, and looking at one that is not the house's own."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connections, transaction
from django.db.utils import load_backend

from spoiwo.upkeep.errors import WrongEngine
from spoiwo.upkeep.services import postgres, sqlite

SQLITE, POSTGRESQL = "sqlite", "postgresql"
ENGINES = {SQLITE: sqlite, POSTGRESQL: postgres}
FILES = {SQLITE: "database.sqlite3", POSTGRESQL: "database.dump"}
PLAIN = {
    "ATOMIC_REQUESTS": False,
    "AUTOCOMMIT": True,
    "CONN_MAX_AGE": 0,
    "CONN_HEALTH_CHECKS": False,
    "TIME_ZONE": None,
    "OPTIONS": {},
    "USER": "",
    "PASSWORD": "",
    "HOST": "",
    "PORT": "",
    "TEST": {"CHARSET": None, "COLLATION": None, "MIGRATE": True, "MIRROR": None, "NAME": None},
}


def own() -> dict:
    """The house's own database, as Django connects to it."""
    return connections["default"].settings_dict


def vendor_of(config: dict) -> str:
    """The kind of a database."""
    return SQLITE if config["ENGINE"].endswith("sqlite3") else POSTGRESQL


def in_file(file: Path) -> dict:
    """The database of a file."""
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(file)}


@contextmanager
def opened(config: dict) -> Iterator[str]:
    """Another database under an alias of its own, for as long as the block lasts."""
    alias = f"aside_{secrets.token_hex(4)}"
    facts = PLAIN | {name: config[name] for name in _NAMES if name in config}
    connections[alias] = load_backend(config["ENGINE"]).DatabaseWrapper(facts, alias)
    try:
        yield alias
    finally:
        connections[alias].close()
        del connections[alias]


_NAMES = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")


@contextmanager
def copied(config: dict, folder: Path, *, sessions: bool = False) -> Iterator[tuple[str, Path]]:
    """A copy of a database in a folder, and an alias under which exactly the copied state is read.

    `sessions`: with their rows, which belong to no backup.
    """
    vendor = vendor_of(config)
    file = folder / FILES[vendor]
    if vendor == SQLITE:
        sqlite.dump(config, file, sessions=sessions)
        with opened(in_file(file)) as alias:
            yield alias, file
        return
    with opened(config) as alias, transaction.atomic(using=alias):
        with connections[alias].cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            cursor.execute("SET LOCAL statement_timeout = 0")
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute("SELECT pg_export_snapshot()")
            (snapshot,) = cursor.fetchone()
        postgres.dump(config, file, snapshot=snapshot, sessions=sessions)
        yield alias, file


def load(config: dict, file: Path, *, over: bool = False) -> None:
    """Load a copy into a database, whole or not at all. Raises: WrongEngine, ToolMissing, ToolFailed."""
    vendor = vendor_of(config)
    if file.name != FILES[vendor]:
        raise WrongEngine(made_on=next(kind for kind, name in FILES.items() if name == file.name), place=vendor)
    ENGINES[vendor].load(config, file, over=over)


def is_empty(config: dict) -> bool:
    """Whether there is nothing in a database."""
    return ENGINES[vendor_of(config)].is_empty(config)
