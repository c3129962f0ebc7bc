"""Consultations of a draft: term, remarks, answers, and the report that is published when all are answered."""

import secrets
from datetime import date, datetime

from django.core.cache import cache
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils.crypto import salted_hmac

from spoiwo.audit.services import OUTSIDER, record
from spoiwo.doors.locking import locked, unchanged
from spoiwo.kernel.changes import changed
from spoiwo.places.models import Level, Place
from spoiwo.strategy.domain import versions
from spoiwo.strategy.domain.remarks import MOST_IN_AN_HOUR, Phase, cleaned
from spoiwo.strategy.errors import (
    ConsultationOpen,
    NothingChanges,
    NotInTerm,
    RemarksUnanswered,
    ReportPublished,
    TermRefused,
    TooManyRemarks,
)
from spoiwo.strategy.models import Consultation, Decision, Remark, SenderKind, StrategyVersion
from spoiwo.strategy.services.updating import phase_of

HOUR = 3600


def new_key() -> str:
    """The secret of one remark: it keeps a form sent twice from counting twice and opens the receipt."""
    return f"uwaga-{secrets.token_hex(12)}"


def shown_to_the_public(region: str, on: date):
    """Consultations that have opened, the latest first; the draft of one to come is shown to nobody.

    Nor is a draft that was withdrawn before its consultation opened.
    """
    rows = Consultation.objects.filter(strategy_version__strategy__region=region, opens_on__lte=on)
    rows = rows.exclude(strategy_version__withdrawn_on__lt=F("opens_on"))
    return rows.select_related("strategy_version__strategy")


def counted(consultations):
    """Consultations with the number of their remarks, and of those without an answer."""
    return consultations.annotate(
        received=Count("remarks"), unanswered=Count("remarks", filter=Q(remarks__decision=""))
    )


def offices(region: str, on: date):
    """Powiats and gminas of a region that may speak in a consultation."""
    rows = Place.objects.of_region(region).valid_on(on).filter(level__in=(Level.POWIAT, Level.GMINA))
    return rows.order_by("name", "kind")


@transaction.atomic
def start_consultation(
    *,
    draft: StrategyVersion,
    seen_version: int,
    title: str,
    about: str,
    opens_on: date,
    closes_on: date,
    on: date,
    by,
) -> Consultation:
    """Put a draft to consultation for a term, both days included. The text stays as it is until the term ends.

    Raises: StepRefused; ChangedMeanwhile; NothingChanges when the draft is the tree itself; TermRefused.
    """
    held = StrategyVersion.objects.select_for_update(no_key=True).get(pk=draft.pk)
    state = versions.next_state(held.state, "consult")  # said first: a draft that moved on is no matter of choice
    draft = unchanged(held, seen_version)
    if not versions.diff(draft.base, draft.content):
        raise NothingChanges
    if opens_on < on or closes_on < opens_on:
        raise TermRefused
    draft.state, draft.version = state, draft.version + 1
    draft.save(update_fields=["state", "version"])
    consultation = Consultation.objects.create(
        strategy_version=draft,
        title=title,
        about=about,
        opens_on=opens_on,
        closes_on=closes_on,
        document=draft.content,
    )
    days = {"opens_on": opens_on.isoformat(), "closes_on": closes_on.isoformat()}
    record(by=by, deed="strategy.consultation_started", about=consultation, **days)
    return consultation


@transaction.atomic
def receive_remark(
    *,
    consultation: Consultation,
    key: str,
    sender_kind: str,
    text: str,
    sender: str = "",
    place: Place | None = None,
    element: str = "",
    connection: str = "",
    now: datetime,
    on: date,
) -> Remark:
    """Take a remark. The same text under the same `key` is taken once; of a resident nothing but the text is kept.

    `connection` names where the form came from; only its scrambled form counts, for an hour, and is never stored.
    Raises: NotInTerm; TooManyRemarks, which stops only this connection.
    """
    consultation = Consultation.objects.select_for_update(no_key=True).get(
        pk=consultation.pk
    )  # the same form sent twice waits here
    if phase_of(consultation, on) != Phase.OPEN:
        raise NotInTerm(consultation.opens_on, consultation.closes_on)
    text = cleaned(text)
    if held := Remark.objects.filter(key=key, consultation=consultation, text=text).first():
        return held
    if _exhausted(consultation, connection):
        raise TooManyRemarks
    kept = sender_kind != SenderKind.RESIDENT
    remark = Remark.objects.create(
        consultation=consultation,
        key=new_key() if not key or Remark.objects.filter(key=key).exists() else key,
        sender_kind=sender_kind,
        sender=cleaned(sender) if kept else "",
        place=place if kept else None,
        element=element,
        element_label=_label(consultation, element),
        text=text,
        received_at=now,
    )
    record(by=OUTSIDER, deed="strategy.remark_received", about=remark, sender_kind=str(sender_kind))
    return remark


def _exhausted(consultation: Consultation, connection: str) -> bool:
    """Count a remark of a connection; whether it is one too many within the hour."""
    if not connection:
        return False
    mark = salted_hmac("spoiwo.consultation", f"{consultation.pk}:{connection}").hexdigest()
    cache.add(f"uwagi:{mark}", 0, HOUR)
    return cache.incr(f"uwagi:{mark}") > MOST_IN_AN_HOUR


def _label(consultation: Consultation, element: str) -> str:
    kind, _colon, code = element.partition(":")
    base = consultation.strategy_version.base
    row = versions.find(consultation.document, kind, code) or versions.find(base, kind, code)
    return versions.label_of(kind, row)[:400] if row else ""


def number_of(remark: Remark) -> int:
    """The number of a remark in its consultation: 1 for the first that came."""
    return remark.consultation.remarks.filter(pk__lte=remark.pk).count()


@transaction.atomic
def answer_remark(*, remark: Remark, seen_version: int, decision: str, answer: str, now: datetime, by) -> Remark:
    """Answer a remark, or change the answer while the report is not published; the old one stays in the record.

    Raises: ChangedMeanwhile, with the remark as it is now; ReportPublished.
    """
    if Consultation.objects.select_for_update(no_key=True).get(pk=remark.consultation_id).published_at:
        raise ReportPublished
    remark = locked(remark, seen_version)
    before = {"decision": remark.decision, "answer": remark.answer}
    remark.decision, remark.answer, remark.answered_at, remark.answered_by = decision, cleaned(answer), now, by
    remark.version += 1
    remark.save(update_fields=["decision", "answer", "answered_at", "answered_by", "version"])
    differs = changed(before, {"decision": str(decision), "answer": remark.answer})
    record(by=by, deed="strategy.remark_answered", about=remark, changed=differs)
    return remark


@transaction.atomic
def publish_consultation_report(
    *, consultation: Consultation, seen_version: int, summary: str, now: datetime, on: date, by
) -> Consultation:
    """Freeze the table of remarks and answers and what the office changed since, and show it to everybody.

    Raises: ConsultationOpen before the term ends; RemarksUnanswered with the remarks that wait; ReportPublished;
    ChangedMeanwhile.
    """
    drafts = StrategyVersion.objects.select_for_update(no_key=True)
    drafts.get(pk=consultation.strategy_version_id)  # nobody edits meanwhile
    rows = Consultation.objects.select_for_update(no_key=True, of=("self",)).select_related("strategy_version")
    consultation = rows.get(pk=consultation.pk)
    if consultation.published_at:
        raise ReportPublished
    unchanged(consultation, seen_version)
    versions.next_state(consultation.strategy_version.state, "adopt")
    if on <= consultation.closes_on:
        raise ConsultationOpen(consultation.closes_on)
    remarks = list(consultation.remarks.select_related("place").order_by("pk"))
    if waiting := [(number, row) for number, row in enumerate(remarks, 1) if not row.decision]:
        raise RemarksUnanswered(waiting)
    consultation.summary, consultation.report = cleaned(summary), _report(consultation, remarks)
    consultation.published_at, consultation.published_by = now, by
    consultation.version += 1
    consultation.save(update_fields=["summary", "report", "published_at", "published_by", "version"])
    record(by=by, deed="strategy.consultation_reported", about=consultation, remarks=len(remarks))
    return consultation


def _report(consultation: Consultation, remarks: list[Remark]) -> dict:
    later = versions.diff(consultation.document, consultation.strategy_version.content)
    return {
        "remarks": [
            {
                "number": number,
                "sender_kind": row.sender_kind,
                "sender": row.sender or (row.place.name if row.place else ""),
                "element": row.element,
                "element_label": row.element_label,
                "received_at": row.received_at.isoformat(timespec="seconds"),
                "text": row.text,
                "decision": row.decision,
                "answer": row.answer,
            }
            for number, row in enumerate(remarks, 1)
        ],
        "decisions": {value: sum(row.decision == value for row in remarks) for value in Decision.values},
        "document": consultation.strategy_version.content,
        "changes_since": len(later),
    }
