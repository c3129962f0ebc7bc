"""The life of one session: when it began, when it was used, when it ends.

The session itself keeps three figures, so that no page asks the database for them; the list of sessions (`Visit`) is
brought up to date once a minute.
"""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest
from django.utils import timezone

from spoiwo.access.domain.visits import NOTED_EVERY, WARNED_BEFORE
from spoiwo.access.services.visits import forget_visit, limits_of, note_use

FACTS = "visit"  # in the session: [began, used, version of the account]


def carries_session(request: HttpRequest) -> bool:
    """Whether the browser has a session at all; asking it for one would make every page personal."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES


def _at(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _facts(request: HttpRequest) -> tuple[datetime, datetime, int] | None:
    found = request.session.get(FACTS)
    return (_at(found[0]), _at(found[1]), found[2]) if found else None


def _write(request: HttpRequest, began: datetime, used: datetime) -> None:
    request.session[FACTS] = [began.timestamp(), used.timestamp(), request.user.version]


def begin(sender, request: HttpRequest, user, **kwargs) -> None:
    """Signing in begins a visit, whatever way the person came."""
    now = timezone.now().timestamp()
    request.session[FACTS] = [now, now, user.version]


user_logged_in.connect(begin, dispatch_uid="spoiwo.access.visiting")


def is_over(request: HttpRequest) -> bool:
    """Whether the session rested or lasted too long; one that does not say when it began is over too."""
    facts = _facts(request)
    if facts is None:
        return True
    began, used, _version = facts
    return limits_of(request.user).over(began, used, timezone.now())


def go_on(request: HttpRequest) -> None:
    """The session is used: note it, and change its key when the account has changed."""
    began, used, version = _facts(request)
    now, old_key = timezone.now(), request.session.session_key
    if version != request.user.version:
        request.session.cycle_key()
    elif now - used < NOTED_EVERY:
        _tell(request, began, used, now)
        return
    _write(request, began, now)
    note_use(old_key=old_key, session_key=request.session.session_key, now=now)
    _tell(request, began, now, now)


def _tell(request: HttpRequest, began: datetime, used: datetime, now: datetime) -> None:
    """What the page says of the end of the session, and its script warns of."""
    ends_at = limits_of(request.user).ends_at(began, used)
    request.session_ends_at, request.session_left = ends_at, int((ends_at - now).total_seconds())
    request.session_warned_before = int(WARNED_BEFORE.total_seconds())


def forget(request: HttpRequest) -> None:
    """The session is over."""
    if request.session.session_key:
        forget_visit(session_key=request.session.session_key)


def sign_anew(request: HttpRequest) -> None:
    """This session goes on after all were refused, under a new key."""
    old_key = request.session.session_key
    update_session_auth_hash(request, request.user)
    note_use(old_key=old_key, session_key=request.session.session_key, now=timezone.now())
