"""Answering a difference between a declared and a computed total."""

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from spoiwo.audit.services import name_of, record
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.ledger.errors import LinesDoNotAddUp, NoSuchDifference, ReasonMissing
from spoiwo.ledger.models import DeclaredTotal, ExplanationLine, FiscalYear, Settlement, SettlementKind
from spoiwo.ledger.services.years import reconcile_year


@dataclass(frozen=True)
class ExplainedBy:
    """One part of an explanation; `amount_gr` whole grosze, may be below zero."""

    description: str
    amount_gr: int
    document: str


@transaction.atomic
def accept_difference(*, declared: DeclaredTotal, reason: str, by) -> Settlement:
    """Accept an open difference with a written reason.

    Raises: ReasonMissing (fewer than ten signs), NoSuchDifference.
    """
    return _settle(declared, SettlementKind.ACCEPTED, reason, by)


@transaction.atomic
def explain_difference(*, declared: DeclaredTotal, reason: str, lines: list[ExplainedBy], by) -> Settlement:
    """Explain an open difference by lines that add up to it exactly.

    Raises: ReasonMissing, NoSuchDifference, LinesDoNotAddUp (with `missing_gr`).
    """
    parts = [asdict(line) for line in lines]
    settlement = _settle(declared, SettlementKind.EXPLAINED, reason, by, lines=parts)
    missing_gr = settlement.difference_gr - sum(line.amount_gr for line in lines)
    if missing_gr or not lines:
        raise LinesDoNotAddUp(missing_gr)
    ExplanationLine.objects.bulk_create(
        ExplanationLine(
            settlement=settlement,
            description=line.description,
            amount_gr=line.amount_gr,
            document=line.document,
        )
        for line in lines
    )
    return settlement


def _settle(declared: DeclaredTotal, kind: SettlementKind, reason: str, by, **facts) -> Settlement:
    if len(reason.strip()) < 10:
        raise ReasonMissing
    year = FiscalYear.objects.select_for_update(no_key=True).get(pk=declared.year_id)
    found = next((row for row in reconcile_year(year).open if row.declared.key == declared.key), None)
    if found is None:
        raise NoSuchDifference(declared.key)
    declared.settlements.filter(withdrawn_at=None).update(withdrawn_at=timezone.now())
    settlement = Settlement.objects.create(
        declared=declared,
        difference_gr=found.difference_gr,
        kind=kind,
        reason=reason.strip(),
        by=by,
        by_name=name_of(by),
    )
    record(
        by=by,
        deed=f"ledger.difference_{kind}",
        about=declared,
        reason=reason.strip(),
        difference_gr=found.difference_gr,
        **facts,
    )
    return settlement


@transaction.atomic
def withdraw_settlement(*, declared: DeclaredTotal, seen: int, reason: str, by) -> None:
    """Take an answer back; the difference is open again. `seen`: the key of the answer that the person read.

    Raises: ReasonMissing; NoSuchDifference when there is none; ChangedMeanwhile when there is another one.
    """
    if len(reason.strip()) < 10:
        raise ReasonMissing
    FiscalYear.objects.select_for_update(no_key=True).get(pk=declared.year_id)
    held = declared.settlements.filter(withdrawn_at=None).first()
    if held is None:
        raise NoSuchDifference(declared.key)
    if held.pk != seen:
        raise ChangedMeanwhile(held)
    held.withdrawn_at = timezone.now()
    held.save(update_fields=["withdrawn_at"])
    record(by=by, deed="ledger.settlement_withdrawn", about=declared, reason=reason.strip())
