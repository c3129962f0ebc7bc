"""Sessions that are open, and ending them."""

from datetime import datetime
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.db.models import F

from spoiwo.access.domain.visits import Limits, browser_label
from spoiwo.access.models import User, Visit
from spoiwo.access.services.factors import works_with_care
from spoiwo.access.services.versions import locked, moved
from spoiwo.audit.services import record


def limits_of(user: User) -> Limits:
    """How long this person's session may rest and last: shorter where others' data are at stake."""
    return Limits(settings.IDLE_LIMIT if works_with_care(user) else settings.IDLE_LIMIT_OTHERS, settings.SESSION_LIMIT)


@transaction.atomic
def begin_visit(*, user: User, session_key: str, user_agent: str, way: str, now: datetime) -> Visit:
    """A person signed in; recorded."""
    facts = {"user": user, "label": browser_label(user_agent), "way": way[:60], "began_at": now, "seen_at": now}
    visit, _new = Visit.objects.update_or_create(session_key=session_key, defaults=facts)
    record(by=user, deed="access.signed_in", about=user, way=way)
    return visit


def note_use(*, old_key: str, session_key: str, now: datetime) -> None:
    """The session was used; it may have a new key."""
    Visit.objects.filter(session_key=old_key).update(session_key=session_key, seen_at=now)


def forget_visit(*, session_key: str) -> None:
    """The session is over."""
    Visit.objects.filter(session_key=session_key).delete()


@transaction.atomic
def end_visit(*, visit: Visit, by: User) -> None:
    """End one session, in another browser."""
    _delete_sessions([visit.session_key])
    label = visit.label
    visit.delete()
    record(by=by, deed="access.session_ended", about=visit.user, browser=label)


@transaction.atomic
def end_other_visits(*, user: User, keep: str, by: User) -> int:
    """End every session of a person but the one under the key `keep`; whoever keeps it must sign it anew.

    Returns how many were in the list.
    """
    others = user.visits.exclude(session_key=keep)
    many = others.count()
    _end(user, others)
    record(by=by, deed="access.sessions_ended", about=user, sessions=many)
    return many


@transaction.atomic
def end_sessions(*, user: User, reason: str, by: User | None, seen_version: int | None = None) -> int:
    """The office ends every session of a person. Returns how many were in the list. Raises: ChangedMeanwhile."""
    held = locked(user, seen_version)
    many = end_all_visits(user=held)
    moved(held, user)
    record(by=by, deed="access.sessions_ended", about=held, reason=reason, sessions=many)
    return many


def end_all_visits(*, user: User) -> int:
    """End every session of a person at once, inside the caller's transaction and record."""
    many = user.visits.count()
    _end(user, user.visits.all())
    return many


def _end(user: User, visits) -> None:
    """Another epoch refuses every session; the rows of those that are listed go at once."""
    _delete_sessions(list(visits.values_list("session_key", flat=True)))
    visits.delete()
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)
    user.refresh_from_db(fields=["session_epoch"])


def _delete_sessions(keys: list[str]) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for key in keys:
        store(key).delete()


def forget_old_visits(*, now: datetime) -> int:
    """Remove sessions from the list that are over in any case."""
    return Visit.objects.filter(began_at__lt=now - settings.SESSION_LIMIT).delete()[0]
