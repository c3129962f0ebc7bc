"""Whether the database keeps what it confirmed also when the power goes."""

from django.db import connections
from django.utils.translation import gettext as _

FULL = 2  # PRAGMA synchronous


def durability_faults(alias: str = "default") -> list[str]:
    """One sentence per setting of the database that could lose what the screen confirmed."""
    connection = connections[alias]
    wanted = _SQLITE if connection.vendor == "sqlite" else _POSTGRESQL
    faults = []
    with connection.cursor() as cursor:
        for question, good, name in wanted:
            cursor.execute(question)
            found = str(cursor.fetchone()[0])
            if found not in good:
                words = _("The database may lose what was confirmed: %(name)s is %(found)s, expected %(good)s.")
                faults.append(words % {"name": name, "found": found, "good": good[0]})
    return faults


_SQLITE = (
    ("PRAGMA journal_mode", ("wal",), "journal_mode"),
    ("PRAGMA synchronous", (str(FULL), "3"), "synchronous"),
)
_POSTGRESQL = (
    ("SHOW fsync", ("on",), "fsync"),
    ("SHOW full_page_writes", ("on",), "full_page_writes"),
    ("SHOW synchronous_commit", ("on", "remote_apply", "remote_write", "local"), "synchronous_commit"),
)
