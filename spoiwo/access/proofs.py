"""Step-up: a fresh proof of who somebody is before what is sensitive, and nothing typed is lost on the way."""

import time

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils.http import urlencode

from spoiwo.access.services.factors import has_second_factor
from spoiwo.doors.uploads import files_of

STRONG = "mfa"
NOT_SHOWN = ("csrfmiddlewaretoken", "sent_once", "seen_version", "opened", "key")


def is_fresh(request: HttpRequest) -> bool:
    """Whether the person proved who they are not long ago; who has a second factor, with that factor."""
    records = get_authentication_records(request, request.user)
    if has_second_factor(request.user):
        records = [row for row in records if row["method"] == STRONG]
    return bool(records) and 0 <= time.time() - records[-1]["at"] < settings.STEP_UP_LIMIT.total_seconds()


def ask_again(request: HttpRequest) -> HttpResponse:
    """To the page that asks for the proof and leads back; what was sent is shown, for nothing was saved."""
    if request.method in {"GET", "HEAD"}:
        return redirect(_where_to_prove(request, request.get_full_path()))
    return show_typed(request)


def _where_to_prove(request: HttpRequest, back: str) -> str:
    ways = get_adapter().get_reauthentication_methods(request.user)
    if ways:
        return f"{ways[0]['url']}?{urlencode({'next': back})}"
    again = f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': back})}"  # only the service of the office proves
    return f"{resolve_url('account_logout')}?{urlencode({'next': again})}"


def show_typed(request: HttpRequest, *, ended: bool = False) -> HttpResponse:
    """What was sent was not saved: say why, show what was typed, and lead back to the form."""
    form = request.get_full_path()
    context = {
        "base": "ui/public.html" if ended else "ui/staff.html",
        "ended": ended,
        "way": f"{resolve_url(settings.LOGIN_URL)}?{urlencode({'next': form})}"
        if ended
        else _where_to_prove(request, form),
        "typed": list(_typed(request)),
        "files": bool(files_of(request)),
    }
    return render(request, "access/typed.html", context, status=403)


def _typed(request: HttpRequest):
    for name, values in request.POST.lists():
        if name not in NOT_SHOWN and "password" not in name:
            for value in filter(str.strip, values):
                yield name, value
