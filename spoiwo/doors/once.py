"""Forms that create are sent once; every view that takes a form says what sending it twice does.

`@once`: the page holds a signed key (`{% sent_once %}`), and the first form that leads somewhere uses it up, in one
transaction with what it creates. The same form sent again, also at the same moment, is answered as the first one was.
`@changes`: an optimistic lock refuses the second (`spoiwo/doors/locking.py`). `@repeatable("why")`: twice is as once.
`tests/test_sent_once.py` refuses a view without one of the three.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps

from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone

from spoiwo.doors.models import Submission

FIELD = "sent_once"
GOOD_FOR = timedelta(hours=24)
SALT = "spoiwo.doors.once"
NOT_KEPT = {FIELD, "csrfmiddlewaretoken"}


@dataclass(frozen=True)
class Sending:
    """What sending a form of a view twice does: `kind` is once, changes or repeatable; `reason` says why."""

    kind: str
    reason: str = ""


def changes(view: Callable) -> Callable:
    """The view changes a row under an optimistic lock: the second sees both versions."""
    view.sending = Sending("changes")
    return view


def repeatable(reason: str) -> Callable:
    """The view may be sent twice: the state is the same. `reason` says why."""

    def mark(view: Callable) -> Callable:
        view.sending = Sending("repeatable", reason)
        return view

    return mark


def once(view: Callable) -> Callable:
    """The view creates: its form is taken once, whoever presses twice. Stands right above the function.

    A redirect uses the key up; any other answer (a fault by a field, a refusal) gives it back, and so does a redirect
    marked by `given_back`. What the view wrote beside, such as a record of reading, stays in both cases.
    """

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        key, good = _read(request)
        with transaction.atomic():
            held = Submission.objects.filter(key=key).first() if key else None
            if held is None and good:
                held, new = _take(key, request)
                if new:
                    return _answered(held, view(request, *args, **kwargs))
        return HttpResponseRedirect(held.result) if held else _asked_again(request)

    guarded.sending = Sending("once")
    return guarded


def given_back(response: HttpResponse) -> HttpResponse:
    """A refusal that leads to another page: the form may be sent again."""
    response.sent_once = False
    return response


def new_key(request: HttpRequest, address: str = "") -> str:
    """A key for one form to `address` (else to this page), good for a day, for this person or this browser only."""
    return _signer(address or request.path, _holder(request)).sign(secrets.token_urlsafe(18))


def _signer(address: str, holder: str) -> TimestampSigner:
    return TimestampSigner(salt=f"{SALT}:{holder}:{address}")


def _holder(request: HttpRequest) -> str:
    """Whose key it is: the person's; without an account, the browser's that holds the cookie guarding every form.

    A page that reached two visitors from one cache would otherwise lead the second to what the first had sent.
    """
    user = getattr(request, "user", None)
    if user and user.is_authenticated:
        return f"person {user.pk}"
    get_token(request)
    return f"browser {request.META['CSRF_COOKIE']}"


def _read(request: HttpRequest) -> tuple[str, bool]:
    """The key that came with the form, and whether it may still be used; an old one still finds its result."""
    sent, signer = request.POST.get(FIELD, ""), _signer(request.path, _holder(request))
    try:
        return signer.unsign(sent, max_age=GOOD_FOR), True
    except SignatureExpired:
        return signer.unsign(sent), False
    except BadSignature:
        return "", False


def _take(key: str, request: HttpRequest) -> tuple[Submission, bool]:
    """Put the key down, or find who did: of two at the same moment the second waits here for the first to end."""
    by = request.user if request.user.is_authenticated else None
    try:
        with transaction.atomic():
            return Submission.objects.create(key=key, by=by, address=request.path, at=timezone.now()), True
    except IntegrityError:
        return Submission.objects.get(key=key), False


def _answered(held: Submission, response: HttpResponse) -> HttpResponse:
    """Keep where the form led, or give the key back."""
    if response.status_code in (302, 303) and getattr(response, "sent_once", True):
        held.result = response.headers["Location"]
        held.save(update_fields=["result"])
    else:
        held.delete()
    return response


def _asked_again(request: HttpRequest) -> HttpResponse:
    """Nothing is saved and nothing is lost: what was typed, with a fresh key, to be sent by a decision."""
    names = [name for name in request.POST if name not in NOT_KEPT and "password" not in name]
    context = {
        "base": "ui/staff.html" if request.user.is_authenticated else "ui/public.html",
        "typed": [(name, value) for name in names for value in request.POST.getlist(name)],
        "files": bool(request.FILES),
    }
    return render(request, "doors/send_again.html", context, status=409)
