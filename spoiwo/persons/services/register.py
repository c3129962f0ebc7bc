"""Entering, changing and closing a record of a person. Values that tell who it is are sealed here."""

from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate

from spoiwo.audit.services import record
from spoiwo.doors.locking import locked
from spoiwo.organisations.models import Organisation
from spoiwo.persons.domain.numbers import new_case_number
from spoiwo.persons.errors import KnownPesel, PersonClosed, PersonErased, WrongDay
from spoiwo.persons.models import NAMES, Caseworker, Person
from spoiwo.vault.services import new_subject, seal_into, unsealed

PLAIN = ("basis", "since")  # columns of the form that are not sealed
STAMP = ["version", "changed_at", "changed_by"]


@transaction.atomic
def add_person(
    *, unit: Organisation, values: dict[str, str], basis: str, since: date, shielded: bool, by, now: datetime,
    invented: bool = False,
) -> Person:  # fmt: skip
    """Enter a person. `values`: texts of NAMES, empty ones may be left out; `born_on` as an ISO day.

    Who enters a shielded person is their first caseworker: otherwise nobody could open the record.
    Raises: KnownPesel when the unit keeps this PESEL under a case that `by` may open. Of others it is not told.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=unit.pk)  # two officers with the same papers wait here
    _refuse_known(unit, values.get("pesel", ""), by=by, on=localdate(now))
    person = Person(unit=unit, case_number=new_case_number(unit.code, since.year), basis=basis, since=since)
    person.subject, person.shielded, person.invented = new_subject(now=now), shielded, invented
    person.created_at = person.changed_at = now
    person.created_by = person.changed_by = by
    seal_into(person, **{name: values.get(name, "") for name in NAMES})
    _take_month_of_birth(person, values.get("born_on", ""))
    person.save(force_insert=True)
    if shielded and by:
        Caseworker.objects.create(person=person, user=by, since=min(since, now.date()))
    record(by=by, deed="persons.added", about=person, fields=[name for name in NAMES if values.get(name)])
    return person


@transaction.atomic
def change_person(
    *, person: Person, seen_version: int, values: dict[str, str], plain: dict, by, now: datetime, on: date
) -> Person:
    """Change values of NAMES that are named, and columns of PLAIN. The record keeps which fields changed, not how.

    Raises: ChangedMeanwhile, with the record as it is now; PersonClosed, PersonErased, KnownPesel; WrongDay.
    """
    person = open_record(person, seen_version)
    held = unsealed(person, list(values))
    changed = {name: text for name, text in values.items() if text != held[name]}
    columns = [name for name in PLAIN if name in plain and plain[name] != getattr(person, name)]
    if not changed and not columns:
        return person
    if changed.get("pesel"):
        _refuse_known(person.unit, changed["pesel"], by=by, on=on, beside=person)
    for name in columns:
        setattr(person, name, plain[name])
    written = seal_into(person, **changed)
    if "born_on" in changed:
        _take_month_of_birth(person, changed["born_on"])
    _stamp(person, by, now)
    person.save(update_fields=[*written, *columns, "birth_year", "birth_month", *STAMP])
    record(by=by, deed="persons.changed", about=person, fields=sorted([*changed, *columns]))
    return person


@transaction.atomic
def close_person(*, person: Person, seen_version: int, closed_on: date, keep_until: date, by, now: datetime) -> Person:
    """Close a record; it stays readable until the day on which its time of keeping ends.

    One that somebody closed before takes other days from who saw theirs.
    Raises: ChangedMeanwhile, PersonErased; WrongDay for a day before the first one, or an end before it.
    """
    person = locked(person, seen_version)
    if person.erased_on:
        raise PersonErased
    if closed_on < person.since:
        raise WrongDay(person.since)
    if keep_until < closed_on:
        raise WrongDay(closed_on)
    person.closed_on, person.keep_until = closed_on, keep_until
    _stamp(person, by, now)
    person.save(update_fields=["closed_on", "keep_until", *STAMP])
    days = {"closed_on": closed_on.isoformat(), "keep_until": keep_until.isoformat()}
    record(by=by, deed="persons.closed", about=person, **days)
    return person


@transaction.atomic
def reopen_person(*, person: Person, seen_version: int, reason: str, by, now: datetime) -> Person:
    """Open a closed record again. Raises: ChangedMeanwhile, PersonErased."""
    person = locked(person, seen_version)
    if person.erased_on:
        raise PersonErased
    person.closed_on = person.keep_until = None
    _stamp(person, by, now)
    person.save(update_fields=["closed_on", "keep_until", *STAMP])
    record(by=by, deed="persons.reopened", about=person, reason=reason)
    return person


@transaction.atomic
def shield_person(
    *, person: Person, seen_version: int, shielded: bool, reason: str, by, on: date, now: datetime
) -> Person:
    """Hide where a person can be found, or show it again. Who hides it becomes a caseworker.

    Raises: ChangedMeanwhile, PersonErased.
    """
    person = locked(person, seen_version)
    if person.erased_on:
        raise PersonErased
    person.shielded = shielded
    _stamp(person, by, now)
    person.save(update_fields=["shielded", *STAMP])
    if shielded and not person.caseworkers.held_on(on).filter(user=by).exists():
        person.caseworkers.filter(user=by, ended_on=None).update(ended_on=on)
        Caseworker.objects.create(person=person, user=by, since=on)
    record(by=by, deed="persons.shielded" if shielded else "persons.shield_lifted", about=person, reason=reason)
    return person


def open_record(person: Person, seen_version: int) -> Person:
    """The record as it is now, held to the end of the transaction.

    Raises: ChangedMeanwhile, PersonClosed, PersonErased.
    """
    person = locked(person, seen_version)
    if person.erased_on:
        raise PersonErased
    if person.closed_on:
        raise PersonClosed
    return person


def _refuse_known(unit: Organisation, pesel: str, *, by, on: date, beside: Person | None = None) -> None:
    rows = Person.objects.filter(unit=unit).with_pesel(pesel)
    if beside:
        rows = rows.exclude(pk=beside.pk)
    if by:
        rows = rows.identifiable_by(by, on)
    if found := rows.first():
        raise KnownPesel(found.case_number)


def _take_month_of_birth(person: Person, born_on: str) -> None:
    day = date.fromisoformat(born_on) if born_on else None
    person.birth_year, person.birth_month = (day.year, day.month) if day else (None, None)


def _stamp(person: Person, by, now: datetime) -> None:
    person.version, person.changed_at, person.changed_by = person.version + 1, now, by
