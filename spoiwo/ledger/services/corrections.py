"""Corrections: a reversing line, and the right one beside it. What was entered stays."""

import secrets
from datetime import date

from django.db import transaction

from spoiwo.audit.services import record
from spoiwo.doors.locking import unchanged
from spoiwo.ledger.errors import LineReversed, ReasonMissing
from spoiwo.ledger.models import Entry, FiscalYear, PlanEntry, PlanKind
from spoiwo.ledger.services.classification import ask_about
from spoiwo.ledger.services.closing import require_open
from spoiwo.ledger.services.entries import FIELDS, as_facts, document_named, signed_gr
from spoiwo.ledger.services.planning import plan_facts
from spoiwo.ledger.services.pockets import Row, pocket_of, require_within

PLAN_FIELDS = (
    *("programme", "task", "source", "chapter", "paragraph", "amount_gr", "date", "due_on"),
    *("description", "document", "organisation", "place", "case_sign"),
)


@transaction.atomic
def reverse_entry(*, line: Row, seen_version: int, reason: str, by, key: str = "") -> Row:
    """Take a line back by a line of the opposite sign, dated as the line itself; the line stays.

    `key` given twice makes one reversing line.
    Raises: ChangedMeanwhile, LineReversed, ReasonMissing; PeriodClosed unless the person may correct closed months;
    and what has `over_gr`, when others lean on the line: PlanBelowUse, CommitmentExceeded, RefundAbovePayment.
    """
    line, done = _begin(line, seen_version, key)
    if done:
        return done
    _require_allowed(by, reason, line.year, line.date)
    reversing = _reversing(line, reason, by, key)
    require_within(line.year, added=[reversing])
    return _save(reversing, line)


@transaction.atomic
def correct_entry(*, line: Row, seen_version: int, values: dict, reason: str, by, key: str = "") -> Row:
    """Take a line back and enter the right one beside it; the right one is returned.

    `values` holds the columns of the line that differ, with `amount_gr` unsigned (of a change of plan: with its
    sign) and `document` as a name. A right commitment goes on under the payments of the first.
    Raises: what `reverse_entry` raises; OtherPocket; PlanExceeded when the right line is above the plan.
    """
    line, done = _begin(line, seen_version, key)
    if done:
        return done
    reversing = _reversing(line, reason, by, key and f"{key}-storno")
    right = _right(line, values, reason, by, key)
    _require_allowed(by, reason, line.year, line.date, right.date)
    require_within(line.year, added=[reversing, right])
    _save(reversing, line)
    return _save(right, line)


def _begin(line: Row, seen_version: int, key: str) -> tuple[Row, Row | None]:
    """The line under the lock of its year, and what the same form has already made of it."""
    year = FiscalYear.objects.select_for_update(no_key=True).get(pk=line.year_id)
    rows = type(line).objects.filter(year=year)
    done = rows.filter(key=key).first() if key else None
    line = rows.select_related("document").get(pk=line.pk)
    line.year = year
    if done:
        return line, done
    unchanged(line, seen_version)
    if line.reverses_id or hasattr(line, "reversed_by"):
        raise LineReversed
    return line, None


def _require_allowed(by, reason: str, year: FiscalYear, *days: date | None) -> None:
    """A correction has a reason; in a closed month only who may correct closed months makes one."""
    if not reason.strip():
        raise ReasonMissing
    if not (by and by.has_perm("ledger.correct_closed")):
        require_open(year, *days)


def _copy(line: Row, reason: str, by, key: str) -> Row:
    """A new line with the columns of another."""
    row = type(line)(year=line.year, kind=line.kind, entered_by=by, reason=reason.strip())
    row.key = key or f"korekta-{secrets.token_hex(6)}"
    for name in FIELDS if isinstance(line, Entry) else PLAN_FIELDS:
        setattr(row, name, getattr(line, name))
    row.commitment_id = _account(line)
    return row


def _account(line: Row) -> int | None:
    """The commitment that a line belongs to; of a commitment itself, itself."""
    own = line.pk if isinstance(line, PlanEntry) and line.kind == PlanKind.COMMITMENT else None
    return line.commitment_id or own


def _reversing(line: Row, reason: str, by, key: str) -> Row:
    row = _copy(line, reason, by, key)
    row.amount_gr, row.reverses = -line.amount_gr, line
    return row


def _right(line: Row, values: dict, reason: str, by, key: str) -> Row:
    row = _copy(line, reason, by, key)
    row.corrects = line
    values = {"amount_gr": _unsigned(line), "document": line.document.name} | values
    for name, value in values.items():
        setattr(row, name, document_named(line.year, value) if name == "document" else value)
    if isinstance(row, Entry):
        row.amount_gr = signed_gr(row.kind, row.amount_gr)
    elif row.kind == PlanKind.RELEASE:
        row.amount_gr = -row.amount_gr
    elif row.kind == PlanKind.COMMITMENT and pocket_of(row) != pocket_of(line):
        row.commitment = None  # in another pocket it begins anew; payments of the first would refuse to follow
    return row


def _unsigned(line: Row) -> int:
    return line.amount_gr if line.kind == PlanKind.CHANGE else abs(line.amount_gr)


def _save(row: Row, line: Row) -> Row:
    """Save one line of a correction and record it."""
    row.save()
    deed, relation = ("line_reversed", "reverses") if row.reverses_id else ("line_corrected", "corrects")
    if isinstance(row, Entry):
        row.tags.set(line.tags.all())
    facts = as_facts(row) if isinstance(row, Entry) else plan_facts(row)
    record(by=row.entered_by, deed=f"ledger.{deed}", about=row, reason=row.reason, **facts | {relation: line.key})
    ask_about([row, line], by=row.entered_by)
    return row
