"""Taking files in: looked through and cleaned in a limited process, kept under a random name, handed out with a record.

`taken` only cleans; `store` also keeps; `open_file` hands out. Files that are read once and thrown away: `aside.py`.
"""

import hashlib
import json
import os
import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.datastructures import MultiValueDict

from spoiwo.audit.services import record
from spoiwo.doors.domain.files import Cleaned, Kind, kind_of, safe_name
from spoiwo.doors.errors import FileDamaged
from spoiwo.doors.intake.cleaner import cleaned
from spoiwo.doors.models import KeptFile
from spoiwo.kernel.polish import Noun, counted
from spoiwo.kernel.sealing import SealBroken, place_of, seal, unseal
from spoiwo.vault.services import keyring

ORPHAN_AFTER = timedelta(days=1)
FILE = Noun("plik", "pliki", "plików")


@dataclass(frozen=True)
class Taken:
    """A file that may be kept: its safe name, kind, and what is left of it."""

    name: str
    kind: Kind
    received_sha256: str
    cleaned: Cleaned


@dataclass(frozen=True)
class Opened:
    """A kept file on its way out."""

    name: str
    media_type: str
    content: bytes


def files_of(request: HttpRequest) -> MultiValueDict:
    """What was uploaded with a form; the only place where a view gets it from (see `doors.fields.UploadField`)."""
    return request.FILES


def taken(content: bytes, name: str) -> Taken:
    """Look a file through and clean it. Raises: FileRefused with what was found and what is expected, in Polish."""
    name = safe_name(name)
    kind = kind_of(name, content)
    return Taken(name, kind, hashlib.sha256(content).hexdigest(), cleaned(kind, content))


def store(
    content: bytes, name: str, *, by: models.Model | None, seal_key: UUID | None = None, now: datetime | None = None
) -> KeptFile:
    """Take a file in and keep it; with `seal_key`, the uid of a subject, sealed under the key of that person.

    The file is on the disk before its row is saved; one whose row was rolled back is swept away within days.
    Raises: FileRefused; Erased and VaultClosed for a key that is gone. Nothing is written then.
    """
    return keep(taken(content, name), by=by, seal_key=seal_key, now=now)


def keep(
    what: Taken, *, by: models.Model | None, seal_key: UUID | None = None, now: datetime | None = None
) -> KeptFile:
    """Keep a file that was taken, as `store` does."""
    left = what.cleaned
    file = KeptFile(
        media_type=what.kind.media_type, size=len(left.content), signed=left.signed, notes=left.notes,
        kept_at=now or timezone.now(), kept_by=by,
    )  # fmt: skip
    if seal_key is None:
        file.name, file.received_sha256, kept = what.name, what.received_sha256, left.content
    else:
        file.sealed_under_id, kept = seal_key, _sealed(file, what, seal_key)
    file.kept_sha256 = hashlib.sha256(kept).hexdigest()
    write_whole(place_on_disk(file), kept)
    with transaction.atomic():
        file.save(force_insert=True)
        facts = {"received": file.received_sha256, "kept": file.kept_sha256, "notes": file.notes}
        record(by=by, deed="doors.file_kept", about=file, **facts)
    return file


def _sealed(file: KeptFile, what: Taken, subject: UUID) -> bytes:
    header = json.dumps({"name": what.name, "received_sha256": what.received_sha256}).encode()
    return seal(keyring().key_of(subject), header + b"\n" + what.cleaned.content, _place(file))


@transaction.atomic
def open_file(
    file: KeptFile, *, by: models.Model | None, deed: str, about: models.Model, purpose: str = "", **facts
) -> Opened:
    """A kept file, for one person; recorded as a deed of the room that hands it out, before anybody sees it.

    Raises: FileDamaged when it is gone or is not what was kept; Erased when the key of its person was destroyed.
    """
    opened = _opened(file)
    record(by=by, deed=deed, about=about, reason=purpose, sha256=file.kept_sha256, **facts)
    return opened


def is_whole(file: KeptFile) -> bool:
    """Whether a file is still what was kept."""
    try:
        return bool(_opened(file))
    except FileDamaged:
        return False


def _opened(file: KeptFile) -> Opened:
    try:
        kept = place_on_disk(file).read_bytes()
    except OSError:
        raise FileDamaged from None
    if hashlib.sha256(kept).hexdigest() != file.kept_sha256:
        raise FileDamaged
    if file.sealed_under_id is None:
        return Opened(file.name, file.media_type, kept)
    try:
        header, _newline, content = unseal(keyring().key_of(file.sealed_under_id), kept, _place(file)).partition(b"\n")
    except SealBroken:
        raise FileDamaged from None
    return Opened(json.loads(header)["name"], file.media_type, content)


def _place(file: KeptFile) -> bytes:
    return place_of(file._meta.db_table, file.uid, "content")


def place_on_disk(file: KeptFile) -> Path:
    """Where a file lies: under its random name, beside the papers, so that it is in every backup of them."""
    return _folder() / file.uid.hex[:2] / file.uid.hex


def _folder() -> Path:
    return settings.PAPERS_DIR / "kept"


def write_whole(place: Path, content: bytes) -> None:
    """Write all of it or nothing, for this account's eyes only."""
    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    handle, made = tempfile.mkstemp(dir=place.parent, prefix=".new-")  # mkstemp gives mode 0600
    try:
        with os.fdopen(handle, "wb") as target:
            target.write(content)
            target.flush()
            os.fsync(target.fileno())
        Path(made).replace(place)
    except BaseException:
        Path(made).unlink(missing_ok=True)
        raise


def sweep_files(now: datetime) -> str:
    """Take away files on the disk that no row knows, left by transactions that failed; says how many in Polish."""
    oldest, swept = (now - ORPHAN_AFTER).timestamp(), 0
    for path in _folder().glob("??/*"):
        if path.stat().st_mtime < oldest and not _is_known(path.name):
            path.unlink()
            swept += 1
    return f"Usunięto {counted(swept, FILE)} bez wpisu."


def _is_known(name: str) -> bool:
    try:
        return KeptFile.objects.filter(uid=UUID(hex=name)).exists()
    except ValueError:
        return False
