"""Papers of documents: taken in at the door for files, handed out only as they were kept."""

import hashlib

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from spoiwo.audit.services import record
from spoiwo.doors.errors import FileDamaged
from spoiwo.doors.uploads import is_whole, keep, open_file, taken
from spoiwo.ledger.models import Document, StoredFile


def store_file(*, document: Document, name: str, content: bytes, by) -> StoredFile:
    """Keep a paper with a document; the same content again is the same paper.

    Raises: FileRefused for a file that is not taken in; nothing is kept then.
    """
    what = taken(content, name)  # before the transaction: it takes a while
    sha256 = hashlib.sha256(what.cleaned.content).hexdigest()
    with transaction.atomic():
        document = Document.objects.select_for_update(no_key=True).get(pk=document.pk)
        same = Q(sha256=sha256) | Q(sha256=what.received_sha256) | Q(kept__received_sha256=what.received_sha256)
        held = document.files.filter(same).first()
        if held and _is_whole(held):
            return held
        kept = keep(what, by=by)
        if held:  # what was damaged is mended by the same paper
            held.kept, held.sha256, held.size = kept, kept.kept_sha256, kept.size
            held.save(update_fields=["kept", "sha256", "size"])
            file = held
        else:
            file = StoredFile.objects.create(
                document=document, name=kept.name, sha256=sha256, size=kept.size, media_type=kept.media_type,
                stored_by=by, kept=kept,
            )  # fmt: skip
        record(by=by, deed="ledger.file_stored", about=file, sha256=sha256, size=file.size, document=document.code)
    return file


@transaction.atomic
def read_file(*, file: StoredFile, by) -> bytes:
    """The paper as it was kept; who read it is recorded.

    Raises: FileDamaged when the file is gone or its content has another fingerprint.
    """
    if file.kept:
        opened = open_file(file.kept, by=by, deed="ledger.file_read", about=file, document=file.document.code)
        return opened.content
    content = _old_paper(file)
    record(by=by, deed="ledger.file_read", about=file, sha256=file.sha256, document=file.document.code)
    return content


def _old_paper(file: StoredFile) -> bytes:
    """A paper stored before the door for files was there: it lies under its fingerprint. Raises: FileDamaged."""
    try:
        content = (settings.PAPERS_DIR / file.sha256[:2] / file.sha256).read_bytes()
    except OSError:
        raise FileDamaged from None
    if hashlib.sha256(content).hexdigest() != file.sha256:
        raise FileDamaged
    return content


def _is_whole(file: StoredFile) -> bool:
    """Whether the paper is still what was kept."""
    if file.kept:
        return is_whole(file.kept)
    try:
        return bool(_old_paper(file))
    except FileDamaged:
        return False
