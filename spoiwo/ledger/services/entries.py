"""Entering, changing and checking one line of money."""

import secrets
from datetime import date

from django.db import transaction
from django.utils import timezone

from spoiwo.audit.services import record
from spoiwo.doors.locking import locked
from spoiwo.kernel.changes import ChangedMeanwhile, changed
from spoiwo.ledger.errors import LineReversed, OtherPocket, SamePerson
from spoiwo.ledger.models import Document, Entry, EntryKind, EntryState, FiscalYear, PlanEntry, Source, Tag
from spoiwo.ledger.services.classification import ask_questions
from spoiwo.ledger.services.closing import require_open
from spoiwo.ledger.services.pockets import pocket_of, require_within

FIELDS = (
    *("programme", "task", "source", "kind", "amount_gr", "date", "description", "document", "place"),
    *("chapter", "paragraph", "organisation", "case_sign", "commitment", "returns"),
)


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
    kind: str = EntryKind.PAYMENT,
    date: date | None = None,
    commitment: PlanEntry | None = None,
    returns: Entry | None = None,
    tags: list[Tag] = (),
    key: str = "",
    by,
    **where,
) -> Entry:
    """Enter one line. Units: `amount_gr` whole grosze, not below zero; a refund counts as minus.

    `document` is the number or name of the paper; a new one is added to the year's list. `commitment`: what a
    payment settles; `returns`: the payment that came back, a refund settles what it settled. `where`: any of
    programme, task, chapter, paragraph, organisation, place, case_sign.
    `key` given twice enters one line only: the second call returns the first line.
    Raises: PeriodClosed, OtherPocket; and with `over_gr`, above what there is: PlanExceeded when the year keeps
    a plan, CommitmentExceeded, RefundAbovePayment. Nothing is saved then.
    Source: Public Finance Act of 27 August 2009, art. 44(1): spend within the plan.
    """
    year = FiscalYear.objects.select_for_update(no_key=True).get(pk=year.pk)  # the same form sent twice waits here
    key = key or f"wpis-{secrets.token_hex(6)}"
    if held := year.entries.filter(key=key).first():
        return held
    require_open(year, date)
    entry = Entry(year=year, key=key, entered_by=by, source=source, kind=kind, date=date, returns=returns, **where)
    entry.amount_gr = signed_gr(kind, amount_gr)
    entry.description, entry.document = description, document_named(year, document)
    entry.commitment = returns.commitment if returns else commitment
    require_within(year, added=[entry])
    entry.save()
    entry.tags.set(tags)
    record(by=by, deed="ledger.entry_entered", about=entry, **as_facts(entry))
    ask_questions(entry, by=by)
    return entry


@transaction.atomic
def change_entry(*, entry: Entry, seen_version: int, values: dict, tags: list[Tag], reason: str, by) -> Entry:
    """Change a line; the old values stay in the record of deeds.

    `values` holds columns of FIELDS, with `amount_gr` unsigned and `document` as a name; the optional ones that
    are not named stay as they are.
    Raises: ChangedMeanwhile when somebody changed the line after `seen_version`; LineReversed when it belongs to a
    correction; and what `enter_entry` raises.
    """
    year = FiscalYear.objects.select_for_update(no_key=True).get(pk=entry.year_id)
    entry, held = locked(entry, seen_version), year.entries.get(pk=entry.pk)
    entry.year = year
    if entry.reverses_id or hasattr(entry, "reversed_by"):
        raise LineReversed
    before = as_facts(entry)
    _take(entry, values)
    require_open(year, held.date, entry.date)
    if pocket_of(held) != pocket_of(entry) and entry.refunds.exists():
        raise OtherPocket
    require_within(year, added=[entry], removed=[held])
    entry.version, entry.state, entry.checked_by, entry.changed_by = entry.version + 1, EntryState.ENTERED, None, by
    entry.save(update_fields=[*FIELDS, "version", "state", "checked_by", "changed_by"])
    entry.tags.set(tags)
    record(by=by, deed="ledger.entry_changed", about=entry, reason=reason, changed=changed(before, as_facts(entry)))
    ask_questions(entry, by=by)
    return entry


def _take(entry: Entry, values: dict) -> None:
    """Give a line its new columns."""
    values = {name: getattr(entry, name) for name in FIELDS} | values
    values["amount_gr"] = signed_gr(values["kind"], values["amount_gr"])
    values["document"] = document_named(entry.year, values["document"])
    if values["returns"]:
        values["commitment"] = values["returns"].commitment
    for name in FIELDS:
        setattr(entry, name, values[name])


@transaction.atomic
def check_entry(*, entry: Entry, seen_version: int, by) -> Entry:
    """Mark a line as compared with its document, by another person than who entered it.

    Raises: ChangedMeanwhile, also when somebody else has checked it; SamePerson, PeriodClosed.
    """
    year = FiscalYear.objects.select_for_update(no_key=True).get(pk=entry.year_id)
    entry = locked(entry, seen_version)
    require_open(year, entry.date)
    if by.pk in (entry.entered_by_id, entry.changed_by_id):
        raise SamePerson
    if entry.state == EntryState.CHECKED:  # who checked first stays; the same person pressed twice
        if entry.checked_by_id == by.pk:
            return entry
        raise ChangedMeanwhile(entry)
    entry.state, entry.checked_by = EntryState.CHECKED, by
    entry.save(update_fields=["state", "checked_by"])
    record(by=by, deed="ledger.entry_checked", about=entry, amount_gr=entry.amount_gr)
    return entry


def as_facts(entry: Entry) -> dict:
    """A line in words and numbers, for the record of deeds; of what few lines have, only what this one has."""
    rarely = {
        "chapter": entry.chapter,
        "paragraph": entry.paragraph,
        "organisation": entry.organisation and entry.organisation.code,
        "case_sign": entry.case_sign,
        "commitment": entry.commitment and entry.commitment.key,
        "returns": entry.returns and entry.returns.key,
    }
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
    } | {name: value for name, value in rarely.items() if value}


def document_named(year: FiscalYear, name: str) -> Document:
    """The year's document of this name or code; a new name is added to the list."""
    name = name.strip()
    held = year.documents.filter(name=name).first() or year.documents.filter(code=name).first()
    if held:
        return held
    stamp = timezone.now().strftime("%Y%m%d%H%M%S%f")
    return Document.objects.create(year=year, code=f"dok-{stamp}", name=name, kind="other")
