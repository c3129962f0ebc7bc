"""The weekly review of what was read: what the rules find, and the signature of the person who looked through it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Min
from django.utils import timezone

from spoiwo.audit.domain.reviews import (
    Event,
    Hit,
    Kind,
    Week,
    digest_of,
    hits_of,
    hits_of_signal,
    week_of,
)
from spoiwo.audit.errors import AlreadySigned, HitsChanged, WeekNotOver
from spoiwo.audit.models import Record, Review
from spoiwo.audit.services.recording import record
from spoiwo.audit.watching import signals, watched_deeds
from spoiwo.kernel.canonical import fingerprint

SIGNED = "audit.review_signed"


def events_of(week: Week) -> list[Event]:
    """The entries of a week that the review looks at, in the order of their numbers."""
    kinds = watched_deeds()
    rows = Record.objects.between(week.first, week.last).watched(kinds).order_by("sequence")
    columns = ("sequence", "at", "by_id", "by_name", "deed", "about_type", "about_id", "facts")
    return [_event(kinds, *row) for row in rows.values_list(*columns)]


def _event(kinds: dict[str, Kind], sequence: int, at: datetime, *rest) -> Event:
    by_id, by_name, deed, about_type, about_id, facts = rest
    kind = kinds.get(deed, Kind.READING)
    refused = {"page": str(facts.get("page", "")), "count": facts.get("count", 1)} if kind is Kind.REFUSAL else {}
    moment = timezone.localtime(at)
    return Event(sequence, moment, by_id, by_name, deed, about_type, about_id, kind, **refused)


def find_hits(week: Week) -> list[Hit]:
    """What the rules of the house and the questions of the rooms above find in a week."""
    events = events_of(week)
    hits = hits_of(events)
    for signal in signals():
        hits += hits_of_signal(signal.code, events, signal.find(events))
    return hits


def signed_hits(review: Review) -> list[Hit]:
    """What was found in a week as it was signed; nothing of a row that was changed into something else."""
    try:
        return [Hit(**hit) for hit in review.hits]
    except TypeError:
        return []


def is_whole(review: Review) -> bool:
    """Whether the finds of a signed week are those of its digest."""
    try:
        return fingerprint(review.hits) == review.digest
    except TypeError:
        return False


def first_week() -> Week | None:
    """The week in which something was read, searched, exported or refused for the first time."""
    kinds = watched_deeds()
    moments = [
        rows.aggregate(first=Min("at"))["first"]
        for rows in (Record.objects.readings(), Record.objects.filter(deed__in=kinds))
    ]
    first = min((at for at in moments if at is not None), default=None)
    return week_of(timezone.localtime(first).date()) if first else None


def weeks_to_sign(today: date) -> list[Week]:
    """Weeks that are over and not signed, the earliest first."""
    first = first_week()
    if first is None:
        return []
    signed = set(Review.objects.values_list("week", flat=True))
    mondays = range(0, (week_of(today).first - first.first).days, 7)
    weeks = [week_of(first.first + timedelta(days=days)) for days in mondays]
    return [week for week in weeks if week.code not in signed]


def overdue_weeks(today: date) -> list[Week]:
    """Weeks whose review should have been signed by now."""
    return [week for week in weeks_to_sign(today) if week.is_overdue(today)]


@transaction.atomic
def sign_review(*, week: Week, remarks: str, seen_digest: str, by, now: datetime) -> Review:
    """Sign one week: its hits as the person saw them, with the person's words.

    Raises: WeekNotOver; AlreadySigned; HitsChanged when the rules find something else than the person saw.
    """
    if timezone.localtime(now).date() <= week.last:
        raise WeekNotOver(week.code)
    signed = Review.objects.filter(week=week.code).first()
    if signed:
        raise AlreadySigned(signed.signed_by_name)
    hits = find_hits(week)
    if digest_of(hits) != seen_digest:
        raise HitsChanged(week.code)
    review = Review(
        week=week.code, hits=[vars(hit) for hit in hits], digest=seen_digest, remarks=remarks,
        signed_by=by, signed_by_name=str(by), signed_at=now,
    )  # fmt: skip
    try:
        with transaction.atomic():
            review.save(force_insert=True)
    except IntegrityError:
        raise AlreadySigned(Review.objects.get(week=week.code).signed_by_name) from None
    record(by=by, deed=SIGNED, about=review, reason=remarks, hits=len(hits), digest=seen_digest)
    return review


def verify_reviews() -> Iterator[str]:
    """Yield one sentence for each signed week that is not as its signature in the record says."""
    said = {row.about_id: row.facts.get("digest") for row in Record.objects.filter(deed=SIGNED)}
    for review in Review.objects.order_by("week"):
        if said.pop(str(review.pk), None) != review.digest or not is_whole(review):
            yield f"Przegląd {review.week}: nie zgadza się z podpisem zapisanym w dzienniku."
    for number in said:
        yield f"Przegląd o numerze {number}: podpis jest w dzienniku, a samego przeglądu brak."
