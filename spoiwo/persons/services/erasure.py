"""Erasing a person: the unit asks, the data-protection officer decides, the key is destroyed."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from spoiwo.audit.services import record
from spoiwo.persons.domain.grounds import Ground
from spoiwo.persons.domain.retention import is_over
from spoiwo.persons.errors import AlreadyDecided, PersonErased, SamePerson, StillKept
from spoiwo.persons.models import NAMES, ErasureRequest, Person
from spoiwo.persons.services.opening import refuse_names
from spoiwo.persons.services.papers import remove_file
from spoiwo.vault.fields import EMPTY
from spoiwo.vault.services import erase

INDEXES = ("last_name_index", "pesel_index")


@transaction.atomic
def ask_erasure(*, person: Person, ground: str, reason: str, by, now: datetime, today: date) -> ErasureRequest:
    """Ask to erase a person's data.

    Raises: StillKept before the end of the time of keeping, when no other ground is given; AlreadyDecided when a
    request waits; PersonErased; NamesThePerson.
    """
    person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    if person.erased_on:
        raise PersonErased
    if person.erasures.waiting().exists():
        raise AlreadyDecided
    _refuse_early(person, ground, today)
    refuse_names(person, reason)
    request = ErasureRequest.objects.create(person=person, ground=ground, reason=reason, asked_at=now, asked_by=by)
    record(by=by, deed="persons.erasure_asked", about=person, reason=reason, ground=str(ground))
    return request


@transaction.atomic
def refuse_erasure(*, request: ErasureRequest, answer: str, by, now: datetime) -> ErasureRequest:
    """Say why the data stays. Raises: AlreadyDecided, NamesThePerson."""
    request = _waiting(request)
    refuse_names(request.person, answer)
    request.decided_at, request.decided_by, request.answer = now, by, answer
    request.save(update_fields=["decided_at", "decided_by", "answer"])
    record(by=by, deed="persons.erasure_refused", about=request.person, reason=answer)
    return request


def erase_person(*, request: ErasureRequest, by, now: datetime, today: date) -> Person:
    """Erase a person's data for ever: values, fingerprints, papers, and the key with which backups could be read.

    Never inside another transaction. First the decision is kept, then the key is destroyed; what is interrupted
    between them is done by `finish_erasures`.
    Raises: AlreadyDecided; SamePerson for who asked; StillKept before the end of the time of keeping.
    """
    with transaction.atomic():
        request = _waiting(request)
        person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=request.person_id)
        if request.asked_by_id == by.pk:
            raise SamePerson
        _refuse_early(person, request.ground, today)
        request.decided_at, request.decided_by, request.done = now, by, True
        request.save(update_fields=["decided_at", "decided_by", "done"])
        _empty(person, today)
        record(by=by, deed="persons.erased", about=person, reason=request.reason, ground=str(request.ground))
    _destroy(person, reason=request.reason, by=by, now=now)
    return person


def waiting_for(user) -> int:
    """How many requests to erase wait for somebody's decision; none for who does not decide."""
    return ErasureRequest.objects.waiting().count() if user.has_perm("persons.decide_erasure") else 0


def finish_erasures(now: datetime) -> str:
    """Destroy what an interrupted erasure left, and what a backup brought back; says how many persons it was."""
    back = _marked_again(localdate(now))
    rows = Person.objects.erased().filter(subject__erased_at=None) | Person.objects.erased().exclude(papers=None)
    left = [
        row for row in rows.distinct() if row.subject.erased_at is None or row.papers.exclude(stored_as="").exists()
    ]
    for person in left:
        reason = person.erasures.filter(done=True).values_list("reason", flat=True).last() or ""
        _destroy(person, reason=reason, by=None, now=now)
    return f"Dokończone usunięcia osób: {back + len(left)}."


def _marked_again(today: date) -> int:
    """Rows of persons whose key is destroyed and who are not marked so: an older database was put in place."""
    rows = Person.objects.filter(erased_on=None).exclude(subject__erased_at=None).values_list("pk", flat=True)
    for pk in rows:
        with transaction.atomic():
            person = Person.objects.select_for_update(no_key=True, of=("self",)).select_related("subject").get(pk=pk)
            _empty(person, today)
            record(by=None, deed="persons.erased", about=person, reason=person.subject.reason)
    return len(rows)


def _waiting(request: ErasureRequest) -> ErasureRequest:
    rows = ErasureRequest.objects.select_for_update(no_key=True, of=("self",)).select_related("person")
    request = rows.get(pk=request.pk)
    if request.decided_at:
        raise AlreadyDecided
    return request


def _refuse_early(person: Person, ground: str, today: date) -> None:
    if ground == Ground.TIME_OVER and not is_over(person.keep_until, today):
        raise StillKept(person.keep_until)


def _empty(person: Person, today: date) -> None:
    for name in NAMES:
        setattr(person, name, EMPTY)
    for name in INDEXES:
        setattr(person, name, "")
    person.birth_year = person.birth_month = None
    person.erased_on, person.version = today, person.version + 1
    person.closed_on = person.closed_on or today
    person.keep_until = person.keep_until or today
    columns = ["birth_year", "birth_month", "erased_on", "closed_on", "keep_until", "version"]
    person.save(update_fields=[*NAMES, *INDEXES, *columns])


def _destroy(person: Person, *, reason: str, by, now: datetime) -> None:
    erase(person.subject, reason=reason, now=now, by=by)
    for paper in person.papers.exclude(stored_as=""):
        remove_file(paper)
