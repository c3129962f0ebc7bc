"""The store of envelopes: a small SQLite file beside the master keys, outside the database and its backups.

An envelope is the key of a subject wrapped by a master key. A subject whose key is being changed has two, the newest
first. Of a destroyed one only the mark stays that it was destroyed, so that a lost key is told from an erased one.
"""

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from spoiwo.vault.errors import VaultClosed

ENVELOPES = "envelopes.sqlite3"
TABLES = """
CREATE TABLE IF NOT EXISTS envelope (subject TEXT NOT NULL, version INTEGER NOT NULL, master INTEGER NOT NULL,
    wrapped BLOB NOT NULL, laid_at TEXT NOT NULL, PRIMARY KEY (subject, version)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS envelope_by_master ON envelope (master);
CREATE TABLE IF NOT EXISTS destroyed (subject TEXT PRIMARY KEY, at TEXT NOT NULL) WITHOUT ROWID;
"""
ONE = "SELECT subject, version, master, wrapped, laid_at FROM envelope "


@dataclass(frozen=True, repr=False)
class Envelope:
    """One wrapped key."""

    subject: UUID
    version: int
    master: int
    wrapped: bytes
    laid_at: str


class Envelopes:
    """The file of envelopes, as one installation uses it from many threads and processes."""

    def __init__(self, folder: Path) -> None:
        self._file, self._name = folder / ENVELOPES, str(folder / ENVELOPES)
        self._local = threading.local()
        self._inherited: list[sqlite3.Connection] = []  # never closed here: they belong to the process before the fork

    @property
    def exists(self) -> bool:
        """Whether the file is there."""
        return self._file.exists()

    def found(self) -> None:
        """Make the file. Raises: VaultClosed when it holds envelopes already."""
        with self._talk():
            store = sqlite3.connect(self._file, timeout=10, isolation_level=None)
            try:
                self._file.chmod(0o600)
                store.executescript(TABLES)
                if store.execute("SELECT 1 FROM envelope LIMIT 1").fetchone():
                    raise VaultClosed("there are envelopes, and their master keys are missing")
            finally:
                store.close()

    def of(self, subject: UUID) -> list[Envelope]:
        """The envelopes of a subject, the newest first."""
        return self._read(ONE + "WHERE subject = ? ORDER BY version DESC", str(subject))

    def not_under(self, master: int, many: int) -> list[Envelope]:
        """Some envelopes that another master key wrapped."""
        return self._read(ONE + "WHERE master <> ? LIMIT ?", master, many)

    def one_of_each_master(self) -> list[Envelope]:
        """One envelope of every master key that is in use."""
        rows = self._rows("SELECT DISTINCT master FROM envelope")
        query = ONE + "WHERE master = ? LIMIT 1"
        return [envelope for (master,) in rows for envelope in self._read(query, master)]

    def superseded(self) -> set[UUID]:
        """Subjects that have more than one envelope."""
        rows = self._rows("SELECT subject FROM envelope GROUP BY subject HAVING count(*) > 1")
        return {UUID(subject) for (subject,) in rows}

    def subjects(self) -> set[UUID]:
        """Every subject that has a key."""
        return {UUID(subject) for (subject,) in self._rows("SELECT DISTINCT subject FROM envelope")}

    def destroyed(self) -> set[UUID]:
        """Every subject whose key was destroyed."""
        return {UUID(subject) for (subject,) in self._rows("SELECT subject FROM destroyed")}

    def was_destroyed(self, subject: UUID) -> bool:
        """Whether the key of a subject was destroyed here."""
        return bool(self._rows("SELECT 1 FROM destroyed WHERE subject = ?", str(subject)))

    def count_by_master(self) -> dict[int, int]:
        """How many envelopes each master key wrapped."""
        return dict(self._rows("SELECT master, count(*) FROM envelope GROUP BY master ORDER BY master"))

    def destroy(self, subject: UUID, now: datetime | None) -> bool:
        """Destroy the envelopes of a subject, with the place where they lay. Returns whether there was one."""
        with self.writing() as store:
            gone = store.execute("DELETE FROM envelope WHERE subject = ?", [str(subject)]).rowcount
            at = now.isoformat() if now else ""
            store.execute("INSERT OR IGNORE INTO destroyed VALUES (?, ?)", [str(subject), at])
        return bool(gone)

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """One transaction; only one at a time, in all processes. Raises: VaultClosed when the file cannot be used."""
        with self._talk():
            store = self._connection()
            store.execute("BEGIN IMMEDIATE")
            try:
                yield store
                store.execute("COMMIT")
            except BaseException:
                if store.in_transaction:
                    store.execute("ROLLBACK")
                raise

    def _read(self, query: str, *values: object) -> list[Envelope]:
        return [Envelope(UUID(subject), *rest) for subject, *rest in self._rows(query, *values)]

    def _rows(self, query: str, *values: object) -> list[tuple]:
        with self._talk():
            return self._connection().execute(query, values).fetchall()

    @contextmanager
    def _talk(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as problem:
            raise VaultClosed(f"{ENVELOPES}: {problem}") from problem

    def _connection(self) -> sqlite3.Connection:
        """The connection of this thread; a new one after a fork, and when another file was put in its place."""
        wanted = (os.getpid(), os.stat(self._name).st_ino)
        held = getattr(self._local, "store", None)
        if held is not None and self._local.of == wanted:
            return held
        if held is not None and self._local.of[0] == os.getpid():
            held.close()
        elif held is not None:
            self._inherited.append(held)
        self._local.store, self._local.of = self._opened(), wanted
        return self._local.store

    def _opened(self) -> sqlite3.Connection:
        address = f"{self._file.absolute().as_uri()}?mode=rw"  # a missing file is a fault, not an empty vault
        store = sqlite3.connect(address, uri=True, timeout=10, isolation_level=None)
        store.execute("PRAGMA synchronous=FULL")
        store.execute("PRAGMA secure_delete=ON")  # a destroyed key is not left in a free page
        store.executescript(TABLES)
        return store
