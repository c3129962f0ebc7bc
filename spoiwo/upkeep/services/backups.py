"""Making a backup: the database at one moment, the files, a list with digests; the keys apart; old ones thrown away."""

import secrets
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from time import monotonic

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from spoiwo.audit.errors import HousekeyBroken
from spoiwo.audit.services import record
from spoiwo.audit.services.key import check_key
from spoiwo.upkeep import gate
from spoiwo.upkeep.domain.pruning import name_of, superfluous
from spoiwo.upkeep.errors import KeysHaveNoPlace, KeysNotWhole, NoRecipients, NoSpace
from spoiwo.upkeep.models import Backup
from spoiwo.upkeep.services import databases
from spoiwo.upkeep.services.archive import Written, recipients_of, sync_folder, write_archive
from spoiwo.upkeep.services.describing import FORMAT, describe, describe_files, file_facts, file_places
from spoiwo.vault.errors import VaultClosed
from spoiwo.vault.keyring import ENVELOPES
from spoiwo.vault.models import KeyProof, Subject
from spoiwo.vault.services.proof import check_keys, state_of_keys

KEYS_NAME = "spoiwo-keys.tar.gz"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Made:
    """A backup that lies whole in its place."""

    archive: Written
    keys: Written | None
    manifest: dict
    pruned: list[str]
    plain: bool
    seconds: int


@dataclass(frozen=True)
class Order:
    """What is wanted: where the archive goes, where the keys go, for whom both are encrypted.

    `plain` writes without encryption when nobody is named. `keep_all` throws nothing away.
    """

    to: Path
    keys_to: Path | None
    recipients: tuple[str, ...] = ()
    plain: bool = False
    without_keys: bool = False
    keep_all: bool = False


def silent(words: str) -> None:
    """For callers that show no progress."""


def make_backup(order: Order, *, now: datetime, say: Say = silent) -> Made:
    """Write one backup; killed at any moment it leaves the earlier ones as they were.

    Raises: NoRecipients, WrongRecipient, KeysHaveNoPlace, KeysNotWhole, AlreadyRunning, NoSpace, ToolMissing,
    ToolFailed.
    """
    recipients = recipients_of(order.recipients)
    if not recipients and not order.plain:
        raise NoRecipients
    _require_place_of_keys(order)
    if not order.without_keys:
        _require_whole_keys()
    began = monotonic()
    with gate.alone("backup"), working_folder("backup") as work:
        _sweep(order.to)
        _require_room(order.to, work)
        archive, manifest = _write_database(order, recipients, work, now, say)
        keys = _write_keys(order, recipients, work, now) if holds_keys() and not order.without_keys else None
        pruned = [] if order.keep_all else _prune(order.to)
    seconds = int(monotonic() - began)
    return Made(archive, keys, manifest, pruned, plain=not recipients, seconds=seconds)


def record_backup(made: Made, *, now: datetime, by) -> Backup:
    """Write down that a backup was made: a row for the state of the house, a deed for the record."""
    with transaction.atomic():
        row = Backup.objects.create(
            made_at=now,
            name=made.archive.path.name,
            size=made.archive.size,
            sha256=made.archive.sha256,
            head=made.manifest["audit"].get("sequence", 0),
            plain=made.plain,
            with_keys=made.keys is not None,
            seconds=made.seconds,
        )
        record(by=by, deed="upkeep.backup_made", about=row, sha256=row.sha256, size=row.size, head=row.head)
    return row


@contextmanager
def working_folder(job: str) -> Iterator[Path]:
    """A folder for this job, for its own account only; what a killed run left behind goes first.

    The caller is alone with the job.
    """
    for left in gate.folder().glob(f"{job}-*"):
        shutil.rmtree(left, ignore_errors=True)
    place = gate.folder() / f"{job}-{secrets.token_hex(4)}"
    place.mkdir(mode=0o700)
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def holds_keys() -> bool:
    """Whether this house has keys: of protected values, of heads of the record."""
    return any(_files_of_keys(Path(settings.KEYS_DIR)))


def _files_of_keys(folder: Path) -> list[Path]:
    """What belongs to the copy of the keys; not locks, nor what SQLite keeps beside its file."""
    files = sorted(folder.glob("*")) if folder.is_dir() else []
    return [path for path in files if path.is_file() and not path.name.startswith((".", f"{ENVELOPES}-"))]


def _require_place_of_keys(order: Order) -> None:
    """Keys never lie in the folder of the archives, nor in one above or below it."""
    if order.keys_to is None:
        if holds_keys() and not order.without_keys:
            raise KeysHaveNoPlace
        return
    to, keys_to = order.to.resolve(), order.keys_to.resolve()
    if to == keys_to or to in keys_to.parents or keys_to in to.parents:
        raise KeysHaveNoPlace


def _require_whole_keys() -> None:
    """Only keys that open everybody in the database are written over the copy before. Raises: KeysNotWhole."""
    if holds_keys():
        try:
            check_key()
        except HousekeyBroken as problem:
            raise KeysNotWhole(problem=str(problem)) from None
    if not (KeyProof.objects.exists() or Subject.objects.exists()):
        return
    try:
        check_keys()
        state = state_of_keys()
    except VaultClosed as problem:
        raise KeysNotWhole(problem=str(problem)) from None
    if state.without_key:
        raise KeysNotWhole(problem=_("persons without a key: %(n)d") % {"n": state.without_key})


def _sweep(folder: Path) -> None:
    """Make the folder, and take away what a killed run left half written."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for draft in folder.glob(".spoiwo-*.part"):
        draft.unlink(missing_ok=True)


def _require_room(to: Path, work: Path) -> None:
    """Refuse before anything is written when the copy cannot fit. Raises: NoSpace."""
    config = databases.own()
    wanted = Path(config["NAME"]).stat().st_size if databases.vendor_of(config) == databases.SQLITE else 0
    for place in (work, to):
        free = shutil.disk_usage(place).free
        if free < wanted:
            raise NoSpace(place=str(place), wanted=wanted, free=free)


def _write_database(order: Order, recipients: list, work: Path, now: datetime, say: Say) -> tuple[Written, dict]:
    say("database")
    with databases.copied(databases.own(), work) as (alias, copy):
        say("figures")
        manifest = describe(alias)
    say("files")
    places = file_places()
    files = describe_files(places)  # after the database: no row of the copy names a file that came later
    members = {copy.name: copy} | {name: _place_of(name, places) for name in files}
    manifest |= {
        "made_at": now.isoformat(),
        "files": files,
        "members": {copy.name: file_facts(copy)} | files,
    }
    name = name_of(now, manifest["audit"].get("sequence", 0), plain=not recipients)
    say("archive")
    return write_archive(order.to / name, manifest, members, recipients), manifest


def _place_of(name: str, places: dict[str, Path]) -> Path:
    folder, _slash, rest = name.partition("/")
    return places[folder] / rest


def _write_keys(order: Order, recipients: list, work: Path, now: datetime) -> Written:
    """The keys as they are now, over the copy before: who was erased is in no copy of the keys.

    After the database: a person of the copy has a key there unless erased meanwhile.
    """
    order.keys_to.mkdir(parents=True, exist_ok=True, mode=0o700)
    members = copied_keys(Path(settings.KEYS_DIR), work)
    manifest = {
        "format": FORMAT,
        "made_at": now.isoformat(),
        "members": {name: file_facts(path) for name, path in members.items()},
    }
    name = KEYS_NAME + (".age" if recipients else "")
    written = write_archive(order.keys_to / name, manifest, members, recipients)
    for other in order.keys_to.glob(f"{KEYS_NAME}*"):
        if other.name != name:
            other.unlink()
    sync_folder(order.keys_to)
    return written


def copied_keys(folder: Path, work: Path) -> dict[str, Path]:
    """Copies of the keys by name, the envelopes at one moment."""
    members = {path.name: work / path.name for path in _files_of_keys(folder)}
    for name, copy in members.items():
        if name == ENVELOPES:
            with closing(sqlite3.connect(folder / ENVELOPES, timeout=60)) as source:
                source.execute("VACUUM INTO ?", [str(copy)])
        else:
            shutil.copyfile(folder / name, copy)
    return members


def _prune(folder: Path) -> list[str]:
    gone = superfluous(path.name for path in folder.iterdir())
    for name in gone:
        (folder / name).unlink(missing_ok=True)
    return gone
