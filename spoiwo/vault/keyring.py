"""Where the keys lie: master keys in one file, a wrapped key of every subject in another, both outside the database.

`KEYS_DIR/masters.json` holds the master keys by number and the key of fingerprints; it changes only when a master key
is changed. `KEYS_DIR/envelopes.sqlite3` holds the key of each subject, wrapped by a master key. A destroyed envelope is
destroyed for every backup of the database too, because no backup of the database holds it.
"""

import base64
import json
import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from spoiwo.kernel.sealing import SealBroken, derived_key, new_key, place_of, seal, unseal
from spoiwo.vault.errors import Erased, VaultClosed

MASTERS, ENVELOPES = "masters.json", "envelopes.sqlite3"
TABLE = "CREATE TABLE IF NOT EXISTS envelope (subject TEXT PRIMARY KEY, master INTEGER NOT NULL, wrapped BLOB NOT NULL)"


@dataclass(frozen=True)
class Masters:
    """Master keys by number, the number in use, and the key from which keys of fingerprints are made."""

    current: int
    keys: dict[int, bytes]
    index: bytes

    def written(self) -> str:
        """As the file holds it."""
        keys = {str(number): base64.b64encode(key).decode() for number, key in self.keys.items()}
        index = base64.b64encode(self.index).decode()
        return json.dumps({"current": self.current, "keys": keys, "index": index}, indent=1)


class Keyring:
    """The keys of one installation."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._masters: Masters | None = None
        self._stamp: tuple[int, int] | None = None  # of the file that `_masters` was read from
        self._local = threading.local()

    @property
    def masters(self) -> Masters:
        """The master keys; made on the first use of an empty folder, read again after they changed.

        Raises: VaultClosed when the file cannot be understood.
        """
        file = self._folder / MASTERS
        if not file.exists():
            self._found()
        stamp = (file.stat().st_mtime_ns, file.stat().st_size)
        if self._masters is None or stamp != self._stamp:
            self._masters, self._stamp = read_masters(file), stamp
        return self._masters

    def _found(self) -> None:
        """Lay the first master key. Raises: VaultClosed when envelopes are there and their master is gone."""
        if (self._folder / ENVELOPES).exists():
            raise VaultClosed(f"{self._folder}: {MASTERS} is missing beside {ENVELOPES}")
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.keep(Masters(1, {1: new_key()}, new_key()), only_new=True)

    def keep(self, masters: Masters, *, only_new: bool = False) -> None:
        """Write the master keys whole or not at all; with `only_new` the first of two writers wins."""
        target, draft = self._folder / MASTERS, self._folder / f".{MASTERS}.{os.getpid()}.{threading.get_ident()}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(masters.written())
            file.flush()
            os.fsync(file.fileno())
        try:
            if only_new:
                os.link(draft, target)
            else:
                os.replace(draft, target)
        except FileExistsError:
            pass
        finally:
            draft.unlink(missing_ok=True)

    def key_of(self, subject: UUID) -> bytes:
        """The key of a subject. Raises: Erased, VaultClosed."""
        with self.envelopes() as store:
            row = store.execute("SELECT master, wrapped FROM envelope WHERE subject = ?", [str(subject)]).fetchone()
        if row is None:
            raise Erased(subject)
        return self._unwrapped(subject, *row)

    def _unwrapped(self, subject: UUID, master: int, wrapped: bytes) -> bytes:
        try:
            return unseal(self.masters.keys[master], wrapped, place_of("envelope", subject))
        except (KeyError, SealBroken):
            raise VaultClosed(f"master key {master} does not open the envelope of a subject") from None

    def new_subject_key(self, subject: UUID) -> None:
        """Lay a key for a new subject; it is on the disk when this returns."""
        masters = self.masters
        wrapped = seal(masters.keys[masters.current], new_key(), place_of("envelope", subject))
        with self.envelopes() as store:
            store.execute("INSERT INTO envelope VALUES (?, ?, ?)", [str(subject), masters.current, wrapped])

    def destroy(self, subject: UUID) -> bool:
        """Destroy the key of a subject; the place on the disk is overwritten. Returns whether there was one."""
        with self.envelopes() as store:
            gone = store.execute("DELETE FROM envelope WHERE subject = ?", [str(subject)]).rowcount
        return bool(gone)

    def index_key(self, purpose: str) -> bytes:
        """The key of fingerprints for one purpose: a table and a field."""
        return derived_key(self.masters.index, f"index {purpose}")

    def house_key(self, purpose: str) -> bytes:
        """A key of the house itself for one purpose; for secrets that belong to no person of the register."""
        return derived_key(self.masters.index, f"house {purpose}")

    @contextmanager
    def envelopes(self) -> Iterator[sqlite3.Connection]:
        """The store of envelopes, in one transaction. Raises: VaultClosed when it cannot be used."""
        self.masters  # noqa: B018 - lays the folder and the first master key
        held = getattr(self._local, "store", None)
        if held is None or self._local.pid != os.getpid():  # a connection does not outlive a fork
            held = self._local.store = self._opened()
            self._local.pid = os.getpid()
        try:
            with held:
                yield held
        except sqlite3.DatabaseError as problem:
            raise VaultClosed(f"{ENVELOPES}: {problem}") from problem

    def _opened(self) -> sqlite3.Connection:
        file = self._folder / ENVELOPES
        try:
            store = sqlite3.connect(file, timeout=10, isolation_level="IMMEDIATE")
            file.chmod(0o600)
            store.execute("PRAGMA synchronous=FULL")
            store.execute("PRAGMA secure_delete=ON")  # a destroyed key is not left in a free page
            store.execute(TABLE)
            store.commit()
        except (sqlite3.DatabaseError, OSError) as problem:
            raise VaultClosed(f"{file}: {problem}") from problem
        return store


def read_masters(file: Path) -> Masters:
    """Master keys from their file. Raises: VaultClosed."""
    try:
        held = json.loads(file.read_text(encoding="ascii"))
        keys = {int(number): base64.b64decode(key, validate=True) for number, key in held["keys"].items()}
        masters = Masters(int(held["current"]), keys, base64.b64decode(held["index"], validate=True))
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as problem:
        raise VaultClosed(f"{file.name} cannot be read: {type(problem).__name__}") from problem
    if masters.current not in keys or any(len(key) != 32 for key in [masters.index, *keys.values()]):
        raise VaultClosed(f"{file.name} is not whole")
    return masters
