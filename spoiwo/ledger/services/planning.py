"""Planning and promising money: the plan and its changes, commitments, their release, payment and return."""

import secrets
from datetime import date

from django.db import transaction

from spoiwo.audit.services import record
from spoiwo.ledger.models import Entry, EntryKind, FiscalYear, PlanEntry, PlanKind, Source
from spoiwo.ledger.querysets import POCKET
from spoiwo.ledger.services.classification import ask_questions
from spoiwo.ledger.services.closing import require_open
from spoiwo.ledger.services.entries import document_named, enter_entry
from spoiwo.ledger.services.pockets import require_within

DEEDS = {
    PlanKind.PLAN: "ledger.plan_set",
    PlanKind.CHANGE: "ledger.plan_changed",
    PlanKind.COMMITMENT: "ledger.committed",
    PlanKind.RELEASE: "ledger.commitment_released",
}


def set_plan(*, year: FiscalYear, source: Source, amount_gr: int, description: str, document: str, by, **where):
    """Plan money in a pocket. Units: `amount_gr` whole grosze, not below zero.

    `where`, here and below: any of programme, task, chapter, paragraph, organisation, place, case_sign, date, key.
    `key` given twice enters one line only, here and below. Raises: PeriodClosed.
    """
    columns = {"source": source, "amount_gr": amount_gr, "description": description, "document": document}
    return _enter(year=year, kind=PlanKind.PLAN, by=by, **columns, **where)


def change_plan(*, year: FiscalYear, source: Source, amount_gr: int, description: str, document: str, by, **where):
    """Raise the plan of a pocket, or lower it with an amount below zero; `document` is the resolution.

    Raises: PeriodClosed; PlanBelowUse, with `over_gr`, when less would stay than is promised or spent.
    """
    columns = {"source": source, "amount_gr": amount_gr, "description": description, "document": document}
    return _enter(year=year, kind=PlanKind.CHANGE, by=by, **columns, **where)


def commit(
    *, year: FiscalYear, source: Source, amount_gr: int, description: str, document: str, by, due_on=None, **where
) -> PlanEntry:
    """Promise money (zaangażowanie); `due_on` is the day until which it should be paid.

    Raises: PeriodClosed; PlanExceeded, with `over_gr`, when the year keeps a plan and the pocket has less.
    Source: Public Finance Act of 27 August 2009, art. 261: commitments stay within the plan.
    """
    columns = {"source": source, "amount_gr": amount_gr, "description": description, "document": document}
    return _enter(year=year, kind=PlanKind.COMMITMENT, by=by, due_on=due_on, **columns, **where)


def release(*, commitment: PlanEntry, amount_gr: int, description: str, document: str, by, **where) -> PlanEntry:
    """Give back to the plan what will not be paid of a commitment. `where`: date, case_sign, key.

    Raises: PeriodClosed; CommitmentExceeded, with `over_gr`, when less would stay than is paid.
    """
    columns = {"amount_gr": -amount_gr, "description": description, "document": document}
    held = pocket_columns(commitment) | {"commitment": commitment, "organisation": commitment.organisation}
    return _enter(year=commitment.year, kind=PlanKind.RELEASE, by=by, **held, **columns, **where)


def pay(
    *, commitment: PlanEntry, amount_gr: int, date: date | None, description: str, document: str, by, **where
) -> Entry:
    """Pay a part or all of a commitment. `where`: case_sign, place, tags, key.

    Raises: PeriodClosed; CommitmentExceeded, with `over_gr`, above what is still to be paid.
    """
    columns = {"amount_gr": amount_gr, "date": date, "description": description, "document": document}
    held = {name: getattr(commitment, name) for name in ("organisation", "place")}
    columns |= pocket_columns(commitment) | held | where
    return enter_entry(year=commitment.year, commitment=commitment, by=by, **columns)


def refund(*, payment: Entry, amount_gr: int, date: date | None, description: str, document: str, by, **where) -> Entry:
    """Enter what came back of a payment. `where`: case_sign, key.

    Raises: PeriodClosed; RefundAbovePayment, with `over_gr`, when more would come back than was paid.
    """
    columns = {"amount_gr": amount_gr, "date": date, "description": description, "document": document}
    held = {name: getattr(payment, name) for name in ("organisation", "place")} | {"tags": list(payment.tags.all())}
    columns |= pocket_columns(payment) | held | where
    return enter_entry(year=payment.year, kind=EntryKind.REFUND, returns=payment, by=by, **columns)


def pocket_columns(line: Entry | PlanEntry) -> dict:
    """The columns that say where a line counts."""
    return {name.removesuffix("_id"): getattr(line, name.removesuffix("_id")) for name in POCKET}


@transaction.atomic
def _enter(*, year: FiscalYear, kind: str, document: str, by, key: str = "", date: date | None = None, **columns):
    year = FiscalYear.objects.select_for_update(no_key=True).get(pk=year.pk)  # two clerks cannot promise the same money
    key = key or f"plan-{secrets.token_hex(6)}"
    if held := year.plan_entries.filter(key=key).first():
        return held
    require_open(year, date)
    row = PlanEntry(year=year, kind=kind, key=key, date=date, entered_by=by, **columns)
    row.document = document_named(year, document)
    require_within(year, added=[row])
    row.save()
    record(by=by, deed=DEEDS[kind], about=row, **plan_facts(row))
    ask_questions(row, by=by)
    return row


def plan_facts(row: PlanEntry) -> dict:
    """A line in words and numbers, for the record of deeds."""
    return {
        "programme": row.programme and row.programme.code,
        "task": row.task and row.task.code,
        "source": row.source.code,
        "chapter": row.chapter,
        "paragraph": row.paragraph,
        "amount_gr": row.amount_gr,
        "date": row.date and row.date.isoformat(),
        "due_on": row.due_on and row.due_on.isoformat(),
        "description": row.description,
        "document": row.document.name,
        "commitment": row.commitment and row.commitment.key,
    }
