"""The gate of the house: work goes through it, and maintenance closes it and waits until those inside have come out.

A flag file says that the gate is closed, so that a process that is killed leaves it closed. A lock file, held shared by
everybody at work, tells when the house is empty. Both lie in the data directory: one machine, whatever the database.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from django.conf import settings

from spoiwo.upkeep.errors import AlreadyRunning, Busy, InMaintenance

PATIENCE_SECONDS = 60


class Closed(StrEnum):
    """What a closed gate stops: changes alone, or everything."""

    WRITES = "writes"
    ALL = "all"


def folder() -> Path:
    """Where the room keeps its flags, locks and work, for its own account only."""
    place = settings.DATA_DIR / "upkeep"
    place.mkdir(parents=True, exist_ok=True, mode=0o700)
    return place


def _flag() -> Path:
    return settings.DATA_DIR / "upkeep" / "maintenance.json"


def closed() -> Closed | None:
    """What is stopped now; a flag that cannot be read stops everything."""
    try:
        text = _flag().read_text(encoding="ascii")
    except FileNotFoundError:
        return None
    try:
        return Closed(json.loads(text)["stops"])
    except (ValueError, KeyError, TypeError):
        return Closed.ALL


def close(stops: Closed, *, now: datetime) -> None:
    """Close the gate; who is inside may finish."""
    draft = folder() / f".maintenance.{os.getpid()}"
    draft.write_text(json.dumps({"stops": stops.value, "since": now.isoformat()}), encoding="ascii")
    draft.replace(_flag())


def open_again() -> None:
    """Open the gate."""
    _flag().unlink(missing_ok=True)


@contextmanager
def at_work(*, reads: bool = False) -> Iterator[None]:
    """Go through the gate and be counted as inside. Raises: InMaintenance when it is closed for this work."""
    handle = _handle("work.lock")
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            raise InMaintenance from None
        stops = closed()  # asked inside: who closes first sets the flag and then counts those inside
        if stops is Closed.ALL or (stops is Closed.WRITES and not reads):
            raise InMaintenance
        yield
    finally:
        os.close(handle)


@contextmanager
def empty_house(*, patience: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Wait until nobody is inside, and keep it so. The gate is closed first. Raises: Busy."""
    with _exclusive("work.lock", patience) as held:
        if not held:
            raise Busy(seconds=int(patience))
        yield


@contextmanager
def alone(job: str) -> Iterator[None]:
    """One process at a time does this job. Raises: AlreadyRunning."""
    with _exclusive(f"{job}.lock", 0) as held:
        if not held:
            raise AlreadyRunning(job=job)
        yield


@contextmanager
def _exclusive(name: str, patience: float) -> Iterator[bool]:
    handle = _handle(name)
    deadline = time.monotonic() + patience
    try:
        while not _taken(handle):
            if time.monotonic() >= deadline:
                yield False
                return
            time.sleep(0.05)
        yield True
    finally:
        os.close(handle)


def _handle(name: str) -> int:
    """An open lock file; the folder is made when it is not there yet."""
    flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
    try:
        return os.open(settings.DATA_DIR / "upkeep" / name, flags, 0o600)
    except FileNotFoundError:
        return os.open(folder() / name, flags, 0o600)


def _taken(handle: int) -> bool:
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
