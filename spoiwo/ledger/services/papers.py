"""Papers of documents: kept outside the web root under their fingerprint, handed out only as they were stored."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.conf import settings
from django.db import transaction

from spoiwo.audit.services import record
from spoiwo.ledger.domain.papers import check_paper, paper_name
from spoiwo.ledger.errors import PaperDamaged
from spoiwo.ledger.models import Document, StoredFile


def store_file(*, document: Document, name: str, content: bytes, by) -> StoredFile:
    """Keep a paper with a document; the same content again is the same paper.

    Raises: PaperRefused for a kind or size that is not kept; nothing is written then.
    """
    name = paper_name(name)
    kind = check_paper(name, content)
    sha256 = hashlib.sha256(content).hexdigest()
    _write(_place(sha256), content)  # before the row: a row without its file would be a promise not kept
    with transaction.atomic():
        document = Document.objects.select_for_update().get(pk=document.pk)
        held = document.files.filter(sha256=sha256).first()
        if held:
            return held
        file = StoredFile.objects.create(
            document=document, name=name, sha256=sha256, size=len(content), media_type=kind.media_type, stored_by=by
        )
        record(by=by, deed="ledger.file_stored", about=file, sha256=sha256, size=file.size, document=document.code)
    return file


@transaction.atomic
def read_file(*, file: StoredFile, by) -> bytes:
    """The paper as it was stored; who read it is recorded.

    Raises: PaperDamaged when the file is gone or its content has another fingerprint.
    """
    try:
        content = _place(file.sha256).read_bytes()
    except OSError:
        raise PaperDamaged from None
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise PaperDamaged
    record(by=by, deed="ledger.file_read", about=file, sha256=file.sha256, document=file.document.code)
    return content


def _place(sha256: str) -> Path:
    return settings.PAPERS_DIR / sha256[:2] / sha256


def _write(place: Path, content: bytes) -> None:
    """Write all of it or nothing, for this account's eyes only; what is there already and whole stays."""
    if place.exists() and hashlib.sha256(place.read_bytes()).hexdigest() == place.name:
        return
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
