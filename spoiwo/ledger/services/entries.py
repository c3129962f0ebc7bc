"""Entering, changing and checking one line of money."""

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone

from spoiwo.audit.services import record
from spoiwo.ledger.errors import EntryChanged, SamePerson
from spoiwo.ledger.models import Document, Entry, EntryKind, EntryState, FiscalYear, Source, Tag
from spoiwo.places.models import Place
from spoiwo.strategy.models import Programme, Task

FIELDS = ("programme", "task", "source", "kind", "amount_gr", "date", "description", "document", "place")


def signed_gr(kind: str, amount_gr: int) -> int:
    """A refund counts as minus."""
    return -amount_gr if kind == EntryKind.REFUND else amount_gr


@transaction.atomic
def enter_entry(
    *,
    year: FiscalYear,
    source: Source,
    amount_gr: int,
    description: str,
    document: str,
    programme: Programme | None = None,
    task: Task | None = None,
    kind: str = EntryKind.PAYMENT,
    date: date | None = None,
    place: Place | None = None,
    tags: list[Tag] = (),
    key: str = "",
    by,
) -> Entry:
    """Enter one line. Units: `amount_gr` whole grosze, not below zero; a refund counts as minus.

    `document` is the number or name of the paper; a new one is added to the year's list.
    `key` given twice enters one line only: the second call returns the first line.
    """
    year = FiscalYear.objects.select_for_update().get(pk=year.pk)  # the same form sent twice waits here
    key = key or f"wpis-{secrets.token_hex(6)}"
    if held := year.entries.filter(key=key).first():
        return held
    entry = Entry.objects.create(
        year=year,
        key=key,
        programme=programme,
        task=task,
        source=source,
        kind=kind,
        amount_gr=signed_gr(kind, amount_gr),
        date=date,
        description=description,
        document=_document(year, document),
        place=place,
        entered_by=by,
    )
    entry.tags.set(tags)
    record(by=by, deed="ledger.entry_entered", about=entry, **as_facts(entry))
    return entry


@transaction.atomic
def change_entry(*, entry: Entry, seen_version: int, values: dict, tags: list[Tag], reason: str, by) -> Entry:
    """Change a line; the old values stay in the record of deeds.

    `values` holds the columns of FIELDS, with `amount_gr` unsigned and `document` as a name.
    Raises: EntryChanged when somebody changed the line after `seen_version`.
    """
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if entry.version != seen_version:
        raise EntryChanged
    before = as_facts(entry)
    values = values | {"amount_gr": signed_gr(values["kind"], values["amount_gr"])}
    values["document"] = _document(entry.year, values["document"])
    for name in FIELDS:
        setattr(entry, name, values[name])
    entry.version, entry.state, entry.checked_by, entry.changed_by = entry.version + 1, EntryState.ENTERED, None, by
    entry.save(update_fields=[*FIELDS, "version", "state", "checked_by", "changed_by"])
    entry.tags.set(tags)
    after = as_facts(entry)
    changed = {name: [before[name], after[name]] for name in after if before[name] != after[name]}
    record(by=by, deed="ledger.entry_changed", about=entry, reason=reason, changed=changed)
    return entry


@transaction.atomic
def check_entry(*, entry: Entry, seen_version: int, by) -> Entry:
    """Mark a line as compared with its document, by another person than who entered it.

    Raises: EntryChanged, SamePerson.
    """
    entry = Entry.objects.select_for_update().get(pk=entry.pk)
    if entry.version != seen_version:
        raise EntryChanged
    if by.pk in (entry.entered_by_id, entry.changed_by_id):
        raise SamePerson
    entry.state, entry.checked_by = EntryState.CHECKED, by
    entry.save(update_fields=["state", "checked_by"])
    record(by=by, deed="ledger.entry_checked", about=entry, amount_gr=entry.amount_gr)
    return entry


def as_facts(entry: Entry) -> dict:
    """A line in words and numbers, for the record of deeds."""
    return {
        "programme": entry.programme.code if entry.programme else None,
        "task": entry.task.code if entry.task else None,
        "source": entry.source.code,
        "kind": str(entry.kind),
        "amount_gr": entry.amount_gr,
        "date": entry.date.isoformat() if entry.date else None,
        "description": entry.description,
        "document": entry.document.name,
        "place": entry.place.code if entry.place else None,
        "tags": sorted(tag.code for tag in entry.tags.all()),
    }


def _document(year: FiscalYear, name: str) -> Document:
    name = name.strip()
    held = year.documents.filter(name=name).first() or year.documents.filter(code=name).first()
    if held:
        return held
    stamp = timezone.now().strftime("%Y%m%d%H%M%S%f")
    return Document.objects.create(year=year, code=f"dok-{stamp}", name=name, kind="other")
