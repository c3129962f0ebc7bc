"""Bringing a backup back into an empty place: nothing is loaded before every digest was found right."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from spoiwo.kernel.addresses import postgres_at
from spoiwo.upkeep.domain.proofs import Proof
from spoiwo.upkeep.errors import KeysHaveNoPlace, NotAnArchive, NotEmpty, ToolFailed
from spoiwo.upkeep.services import databases
from spoiwo.upkeep.services.archive import MANIFEST, identities_of, read_archive, sync_folder
from spoiwo.upkeep.services.backups import Say, silent
from spoiwo.upkeep.services.describing import file_places
from spoiwo.upkeep.services.rights import as_owner, give_rights
from spoiwo.vault.envelopes import Envelopes
from spoiwo.vault.keyring import ENVELOPES, MASTERS

WORK = ".spoiwo-restore-"


@dataclass(frozen=True)
class Place:
    """Where a house is put: its data directory, its keys, and its database by address; without one SQLite."""

    data: Path
    keys: Path
    url: str = ""
    own: bool = False  # the place of this very house

    @property
    def address(self) -> str:
        """The address for the role that may make tables."""
        return (settings.DATABASE_OWNER_URL if self.own else "") or self.url

    @property
    def database(self) -> dict:
        """The database of the place, as Django connects to it."""
        return postgres_at(self.address) if self.url else databases.in_file(self.data / "spoiwo.sqlite3")

    def environment(self) -> dict[str, str]:
        """The settings of a house that stands in this place."""
        held = {name: value for name, value in os.environ.items() if name not in FOREIGN}
        return held | {
            "SPOIWO_DATA_DIR": str(self.data),
            "SPOIWO_KEYS_DIR": str(self.keys),
            "SPOIWO_DATABASE_URL": self.address,
        }


# Of this house, and not of the one that is being put elsewhere.
FOREIGN = {
    *("SPOIWO_DATABASE_OWNER_URL", "SPOIWO_SECRET_KEY", "SPOIWO_HEADS_DIR", "SPOIWO_SNAPSHOT_DIR", "SPOIWO_MAIL_URL"),
}


@dataclass(frozen=True)
class Wish:
    """What is wanted: which archive, opened by whom, with which keys, into which place.

    `over`: what is there is written over. `without_keys`: protected values stay closed for good, and that is said.
    `probe`: only for a copy that is thrown away.
    """

    archive: Path
    identity: Path | None
    keys: Path | None
    place: Place
    over: bool = False
    without_keys: bool = False
    heads: Path | None = None
    identities: list = field(default_factory=list)
    probe: bool = False


def restore(wish: Wish, *, say: Say = silent) -> tuple[dict, list[Proof]]:
    """Bring a backup back and look it over; its manifest, and what was found to hold or not.

    Raises: NotEmpty, NotAnArchive, WrongIdentity, Damaged, NewerFormat, KeysHaveNoPlace, WrongEngine, ToolMissing,
    ToolFailed. Nothing is loaded when one of them is raised before loading.
    """
    place = wish.place
    if not wish.over:
        require_empty(place)
    identities = wish.identities or (identities_of(wish.identity) if wish.identity else [])
    with _unpacking(place.data) as work:
        say("archive")
        manifest = read_archive(wish.archive, identities, _folder(work / "house"))
        if "tables" not in manifest:
            raise NotAnArchive(name=wish.archive.name)
        keys = None
        if wish.keys:
            keys = _folder(work / "keys")
            read_archive(wish.keys, identities, keys)
            if any((keys / name).exists() for name in databases.FILES.values()):
                raise NotAnArchive(name=wish.keys.name)
        elif not wish.without_keys and manifest["tables"].get("vault_subject", {}).get("rows"):
            raise KeysHaveNoPlace
        say("database")
        copy = next(path for name in databases.FILES.values() if (path := work / "house" / name).exists())
        databases.load(place.database, copy, over=wish.over and not databases.is_empty(place.database))
        if place.own:
            with as_owner() as owner:
                if owner:
                    give_rights()  # before anything may stop: what is loaded can be read
        say("files")
        _put_files(work / "house", manifest, place)
        if keys:
            _put_keys(keys, place.keys)
        say("look")
        rows = look_over(place, work / "house" / MANIFEST, heads=wish.heads, probe=wish.probe)
    return manifest, rows


def require_empty(place: Place) -> None:
    """Refuse a place where a house stands. Raises: NotEmpty."""
    if not databases.is_empty(place.database):
        raise NotEmpty(place=place.database["NAME"])
    for folder in (*(place.data / name for name in _folders()), place.keys):
        if folder.is_dir() and any(folder.iterdir()):
            raise NotEmpty(place=str(folder))


def look_over(place: Place, manifest: Path, *, heads: Path | None = None, probe: bool = False) -> list[Proof]:
    """Start the house in its place and let it compare itself with the manifest, in a process of its own.

    Raises: ToolFailed when it does not start.
    """
    command = [sys.executable, "-m", "spoiwo.config", "compare", str(manifest)]
    command += ["--heads", str(heads)] if heads else []
    command += ["--probe"] if probe else []
    done = subprocess.run(
        command, env=place.environment(), capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL
    )
    try:
        return [Proof(*row) for row in json.loads(done.stdout)]
    except ValueError:
        lines = done.stderr.strip().splitlines()
        raise ToolFailed(name="spoiwo compare", words=lines[-1] if lines else str(done.returncode)) from None


def _folder(place: Path) -> Path:
    place.mkdir(mode=0o700)
    return place


@contextmanager
def _unpacking(data: Path) -> Iterator[Path]:
    """A folder on the disk of the new house; what a killed run left there goes first."""
    data.mkdir(parents=True, exist_ok=True, mode=0o700)
    for left in data.glob(f"{WORK}*"):
        shutil.rmtree(left, ignore_errors=True)
    work = Path(tempfile.mkdtemp(prefix=WORK, dir=data))
    try:
        yield work
    finally:
        shutil.rmtree(work, ignore_errors=True)


def _folders() -> list[str]:
    """Folders of files under the data directory, by their names in a backup."""
    return list(file_places())


def _put_files(unpacked: Path, manifest: dict, place: Place) -> None:
    for name in manifest.get("files", {}):
        target = place.data / name
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        (unpacked / name).replace(target)
        sync_folder(target.parent)


def _put_keys(unpacked: Path, folder: Path) -> None:
    """Master keys last: without envelopes they would look like a house that begins.

    Whose key was destroyed here since the copy was made stays without one. Raises: VaultClosed when the file of
    envelopes that stands here cannot be read: put it aside first, its list of the erased is then lost.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    gone = Envelopes(folder).destroyed() if (folder / ENVELOPES).exists() else set()
    names = [*sorted({path.name for path in unpacked.iterdir()} - {MANIFEST, MASTERS}), MASTERS]
    for name in names:
        if (unpacked / name).exists():
            shutil.copyfile(unpacked / name, folder / f".{name}.new")
            (folder / f".{name}.new").chmod(0o600)
            if name == ENVELOPES:
                (folder / f"{ENVELOPES}-journal").unlink(missing_ok=True)
            (folder / f".{name}.new").replace(folder / name)
    for subject in gone:
        Envelopes(folder).destroy(subject, None)
    sync_folder(folder)


def own_place() -> Place:
    """The place where this house stands."""
    return Place(data=settings.DATA_DIR, keys=Path(settings.KEYS_DIR), url=settings.DATABASE_URL, own=True)
