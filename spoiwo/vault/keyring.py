"""Where the keys lie: master keys in one file, a wrapped key of every subject in another, both outside the database.

`KEYS_DIR/masters.json` holds the master keys by number and the roots of other keys; it changes only when one of them
is changed. `KEYS_DIR/envelopes.sqlite3` holds the key of each subject, wrapped by a master key. A destroyed envelope is
destroyed for every backup of the database too, because no backup of the database holds it.
"""

import fcntl
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from uuid import UUID

from spoiwo.kernel.sealing import SealBroken, derived_key, new_key, place_of, seal, unseal
from spoiwo.vault.domain.masters import Masters, founded, masters_from
from spoiwo.vault.envelopes import ENVELOPES, Envelope, Envelopes
from spoiwo.vault.errors import Erased, KeysAreThere, StillUsed, VaultClosed

MASTERS, LOCK = "masters.json", ".lock"
__all__ = ["ENVELOPES", "MASTERS", "Keyring", "house_key_of", "read_masters"]


class Keyring:
    """The keys of one installation."""

    def __init__(self, folder: Path, may_found: Callable[[], bool] = lambda: True) -> None:
        self._folder, self._may_found, self._file = folder, may_found, str(folder / MASTERS)
        self._masters: tuple[tuple[int, ...], Masters] | None = None  # with the stamp of the file they were read from
        self.store = Envelopes(folder)

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self._folder

    @property
    def masters(self) -> Masters:
        """The master keys; made on the first use of an empty folder, read again after they changed.

        Raises: VaultClosed when the file cannot be understood, or is missing where a database needs it.
        """
        stamp = self._stamp()
        if stamp is None:
            if not self._may_found():
                raise VaultClosed(f"{MASTERS} is missing")
            self._found(founded())
            stamp = self._stamp()
        if self._masters is None or self._masters[0] != stamp:
            self._masters = (stamp, read_masters(self._folder / MASTERS))
        return self._masters[1]

    def _stamp(self) -> tuple[int, ...] | None:
        """What changes when the file of master keys does; None when there is none. Raises: VaultClosed."""
        try:
            facts = os.stat(self._file)
        except FileNotFoundError:
            return None
        except OSError as problem:
            raise VaultClosed(f"{MASTERS}: {problem.strerror}") from problem
        return (facts.st_ino, facts.st_mtime_ns, facts.st_size)

    def put_back(self, masters: Masters) -> None:
        """Lay master keys that were kept on paper, beside the envelopes from their copy or without any.

        Raises: KeysAreThere when other master keys lie here.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with self._locked():
            if (self._folder / MASTERS).exists():
                if self.masters != masters:
                    raise KeysAreThere
                return
            if not self.store.exists:
                self.store.found()
            self._keep(masters)

    def _found(self, masters: Masters) -> None:
        """Lay the first keys. Raises: VaultClosed when envelopes are there and their master is gone."""
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            with self._locked():
                if (self._folder / MASTERS).exists():
                    return
                self.store.found()
                self._keep(masters)
        except OSError as problem:
            raise VaultClosed(f"{MASTERS}: {problem.strerror}") from problem

    def _keep(self, masters: Masters) -> None:
        """Write the master keys whole or not at all, so that they outlive a loss of power."""
        target, draft = self._folder / MASTERS, self._folder / f".{MASTERS}.{os.getpid()}.{threading.get_ident()}"
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        try:
            with os.fdopen(handle, "w", encoding="ascii") as file:
                file.write(masters.written())
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, target)
        finally:
            draft.unlink(missing_ok=True)
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(folder)  # without it the new name may be gone after a loss of power, and with it the keys
        finally:
            os.close(folder)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Only one process changes the master keys."""
        handle = os.open(self._folder / LOCK, os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    # --- keys of subjects

    def key_of(self, subject: UUID) -> bytes:
        """The key under which values of a subject are sealed now. Raises: Erased, VaultClosed."""
        return self.keys_of(subject)[0]

    def keys_of(self, subject: UUID) -> list[bytes]:
        """Every key that opens values of a subject, the newest first. Raises: Erased, VaultClosed."""
        masters, found = self.masters, self.store.of(subject)
        if any(envelope.master not in masters.keys for envelope in found):
            # wrapped anew between two looks: by a newer master key, or the older one was dropped
            found, masters = self.store.of(subject), self.masters
        if found:
            return [_unwrapped(masters, envelope) for envelope in found]
        if self.store.was_destroyed(subject):
            raise Erased(subject)
        raise VaultClosed("the key of a subject is missing, and it was not destroyed here")

    def unwrapped(self, envelope: Envelope) -> bytes:
        """The key in an envelope. Raises: VaultClosed."""
        return _unwrapped(self.masters, envelope)

    def new_subject_key(self, subject: UUID, now: datetime | None = None) -> None:
        """Lay a key for a subject, before the older one if there is one; it is on the disk when this returns."""
        self.masters  # noqa: B018 - lays the folder and the first master key
        with self.store.writing() as store:
            masters = self.masters  # read inside: nobody drops an old master key meanwhile
            query = "SELECT coalesce(max(version), 0) + 1 FROM envelope WHERE subject = ?"
            version = store.execute(query, [str(subject)]).fetchone()[0]
            wrapped = seal(masters.keys[masters.current], new_key(), _place(subject, version))
            row = [str(subject), version, masters.current, wrapped, now.isoformat() if now else ""]
            store.execute("INSERT INTO envelope VALUES (?, ?, ?, ?, ?)", row)

    def forget_older_keys(self, subject: UUID) -> int:
        """Destroy the keys of a subject but the newest. Returns how many."""
        with self.store.writing() as store:
            newest = "SELECT max(version) FROM envelope WHERE subject = ?"
            version = store.execute(newest, [str(subject)]).fetchone()[0]
            query = "DELETE FROM envelope WHERE subject = ? AND version < ?"
            return store.execute(query, [str(subject), version]).rowcount

    def destroy(self, subject: UUID, now: datetime | None = None) -> bool:
        """Destroy the keys of a subject; the place on the disk is overwritten. Returns whether there was one."""
        self.masters  # noqa: B018 - lays the folder and the first master key
        return self.store.destroy(subject, now)

    @contextmanager
    def envelopes(self) -> Iterator:
        """The store of envelopes, in one transaction. Raises: VaultClosed when it cannot be used."""
        self.masters  # noqa: B018 - lays the folder and the first master key
        with self.store.writing() as store:
            yield store

    # --- keys that belong to no subject

    def search_keys(self, purpose: str) -> list[bytes]:
        """The keys of fingerprints of a sealed column, the one in use first; two while they are computed anew."""
        masters = self.masters
        roots = [masters.index, *([masters.index_before] if masters.index_before else [])]
        return [derived_key(root, f"index {purpose}") for root in roots]

    def index_key(self, purpose: str) -> bytes:
        """The key of fingerprints of a text that is not kept, so that they can never be computed anew."""
        return derived_key(self.masters.house, f"index {purpose}")

    def house_key(self, purpose: str) -> bytes:
        """A key of the house itself for one purpose; for secrets that belong to no person of the register."""
        return house_key_of(self.masters.house, purpose)

    # --- one master key after another

    def new_master(self) -> int:
        """Lay a new master key and use it from now on. Returns its number."""
        self.masters  # noqa: B018 - lays the folder and the first master key
        with self._locked():
            masters = self.masters.followed()
            self._keep(masters)
        return masters.current

    def rewrap(self, many: int = 1000) -> int:
        """Wrap up to so many envelopes anew under the master key in use; each batch is whole or not at all.

        Returns how many; 0 when nothing is left. What a killed run left is found by the next. Raises: VaultClosed.
        """
        self.masters  # noqa: B018 - lays the folder and the first master key
        with self.store.writing() as store:
            masters = self.masters
            found = self.store.not_under(masters.current, many)
            rows = []
            for envelope in found:
                place = _place(envelope.subject, envelope.version)
                wrapped = seal(masters.keys[masters.current], self.unwrapped(envelope), place)
                rows.append((masters.current, wrapped, str(envelope.subject), envelope.version))
            store.executemany("UPDATE envelope SET master = ?, wrapped = ? WHERE subject = ? AND version = ?", rows)
        return len(found)

    def drop_old(self) -> list[int]:
        """Destroy the master keys that are no longer in use. Returns their numbers.

        Raises: StillUsed while an envelope needs one of them.
        """
        self.masters  # noqa: B018 - lays the folder and the first master key
        with self._locked(), self.store.writing():
            masters = self.masters
            used = sum(many for number, many in self.store.count_by_master().items() if number != masters.current)
            if used:
                raise StillUsed(used)
            dropped = sorted(set(masters.keys) - {masters.current})
            if dropped:
                self._keep(masters.without_old())
        return dropped

    def begin_new_index(self) -> bool:
        """Use a new root of fingerprints beside the one before; False when that was begun already."""
        self.masters  # noqa: B018 - lays the folder and the first master key
        with self._locked():
            masters = self.masters
            if masters.index_before:
                return False
            self._keep(masters.with_new_index())
        return True

    def end_new_index(self) -> None:
        """Destroy the root of fingerprints that was used before; the caller has made sure that nothing needs it."""
        with self._locked():
            masters = self.masters
            self._keep(Masters(masters.current, masters.keys, masters.index, masters.house))


def _unwrapped(masters: Masters, envelope: Envelope) -> bytes:
    try:
        return unseal(masters.keys[envelope.master], envelope.wrapped, _place(envelope.subject, envelope.version))
    except (KeyError, SealBroken):
        raise VaultClosed(f"master key {envelope.master} does not open the envelope of a subject") from None


def _place(subject: UUID, version: int) -> bytes:
    return place_of("envelope", subject, version)


def house_key_of(house: bytes, purpose: str) -> bytes:
    """The key for one purpose that a root of the house gives."""
    return derived_key(house, f"house {purpose}")


def read_masters(file: Path) -> Masters:
    """Master keys from their file. Raises: VaultClosed."""
    try:
        return masters_from(file.read_text(encoding="ascii"))
    except (OSError, ValueError) as problem:
        raise VaultClosed(f"{file.name} cannot be read: {type(problem).__name__}") from problem
