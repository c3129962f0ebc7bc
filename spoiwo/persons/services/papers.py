"""Scans of papers: sealed before they reach the disk, opened for a purpose, gone with the person."""

import hashlib
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import transaction

from spoiwo.audit.services import record, record_reading
from spoiwo.doors.uploads import write_whole
from spoiwo.kernel.sealing import SealBroken, new_key, place_of, seal, unseal
from spoiwo.persons.domain.grounds import Purpose, written
from spoiwo.persons.errors import PaperLost, PersonClosed, PersonErased
from spoiwo.persons.models import Paper, Person
from spoiwo.persons.services.opening import refuse_names
from spoiwo.vault.errors import Erased
from spoiwo.vault.fields import EMPTY
from spoiwo.vault.services import seal_into, unsealed


@transaction.atomic
def add_paper(*, person: Person, kind: str, content: bytes, media_type: str, by, now: datetime) -> Paper:
    """Keep a scan with a person. `content` has passed the door for uploads.

    A file of a transaction that failed opens nothing: its key is in no row. Raises: PersonClosed, PersonErased.
    """
    person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    if person.erased_on:
        raise PersonErased
    if person.closed_on:
        raise PersonClosed
    paper = Paper(person=person, subject=person.subject, kind=kind, media_type=media_type, size=len(content))
    paper.added_at, paper.added_by, key = now, by, new_key()
    sealed = seal(key, content, _bound_to(paper))
    paper.stored_as = hashlib.sha256(sealed).hexdigest()
    seal_into(paper, file_key=key.hex())
    write_whole(_place(paper.stored_as), sealed)
    paper.save(force_insert=True)
    record(by=by, deed="persons.paper_added", about=person, fields=["papers"], paper=str(paper.uid), kind=kind)
    return paper


@transaction.atomic
def open_paper(*, paper: Paper, purpose: str, words: str, by) -> bytes:
    """The content of a scan, opened for a purpose; the reading is recorded in the same transaction.

    Raises: NamesThePerson, PurposeMissing, PersonErased, VaultClosed; PaperLost when the file is gone or changed.
    """
    person = paper.person
    refuse_names(person, words)
    if person.erased_on:
        raise PersonErased
    try:
        content = content_of(paper)
    except Erased:
        raise PersonErased from None
    why = written(Purpose(purpose), words)
    facts = {"fields": ["papers"], "paper": str(paper.uid)}
    record_reading(by=by, about=person, purpose=why, deed="persons.paper_opened", **facts)
    return content


def remove_file(paper: Paper) -> None:
    """Take the sealed file of an erased person away; its key is gone already. Doing it again changes nothing."""
    if paper.stored_as:
        _place(paper.stored_as).unlink(missing_ok=True)
    paper.stored_as, paper.file_key = "", EMPTY
    paper.save(update_fields=["stored_as", "file_key"])


def content_of(paper: Paper) -> bytes:
    """A scan without a record. Only for services that record the reading themselves. Raises: PaperLost."""
    try:
        sealed = _place(paper.stored_as).read_bytes()
        return unseal(bytes.fromhex(unsealed(paper, ["file_key"])["file_key"]), sealed, _bound_to(paper))
    except (OSError, SealBroken):
        raise PaperLost from None


def _bound_to(paper: Paper) -> bytes:
    return place_of(paper._meta.db_table, paper.uid, "content")


def _place(stored_as: str) -> Path:
    return settings.PAPERS_DIR / stored_as[:2] / stored_as
