"""One's own account: name, second factor, sessions, browsers."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spoiwo.access.audience import SIGNED_IN, audience
from spoiwo.access.browsers import browser_of
from spoiwo.access.forms.own import NameForm
from spoiwo.access.services.accounts import rename
from spoiwo.access.services.attempts import forget_browser, is_browser
from spoiwo.access.services.factors import has_second_factor, is_let_off, needs_second_factor
from spoiwo.access.services.visits import end_other_visits, end_visit, limits_of
from spoiwo.access.visiting import sign_anew
from spoiwo.doors.once import changes, repeatable
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.ui.conflict import chosen, conflict_page


@audience(SIGNED_IN)
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What the person is here, how they sign in, and where they are signed in."""
    user, today = request.user, timezone.localdate()
    sign = browser_of(request)
    browsers = [(row, bool(sign) and is_browser(row, sign)) for row in user.browsers.all()]
    context = {
        "today": today,
        "roles": user.role_assignments.held_on(today),
        "lent": [row for row in user.roles_in_force if row.user_id != user.pk],
        "factor": has_second_factor(user),
        "factor_needed": needs_second_factor(user),
        "factor_let_off": is_let_off(user),
        "visits": user.visits.all(),
        "here": request.session.session_key,
        "browsers": browsers,
        "services": settings.SOCIALACCOUNT_PROVIDERS,
    }
    return render(request, "access/own/home.html", context)


@audience(SIGNED_IN)
@require_http_methods(["GET", "HEAD", "POST"])
@changes
def name(request: HttpRequest) -> HttpResponse:
    """Write one's name anew."""
    form = NameForm(chosen(request), user=request.user)
    if form.is_valid():
        try:
            rename(user=request.user, **form.cleaned_data, by=request.user)
        except ChangedMeanwhile as problem:
            now, back = NameForm(user=problem.current), reverse("account_home")
            return conflict_page(request, form, now, current=problem.current, back=back)
        messages.success(request, _("Your name is saved."))
        return redirect("account_home")
    return render(request, "access/own/name.html", {"form": form}, status=422 if form.errors else 200)


@audience(SIGNED_IN)
@require_safe
def session(request: HttpRequest) -> HttpResponse:
    """How long the session lasts; opening any page prolongs it, this one too."""
    wanted = request.GET.get("dalej", "")
    back = wanted if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()) else ""
    limits = limits_of(request.user)
    context = {"limits": limits, "idle_minutes": int(limits.idle.total_seconds()) // 60, "back": back}
    return render(request, "access/own/session.html", context)


@audience(SIGNED_IN)
@require_POST
@repeatable("sessions that ended stay ended")
def end_others(request: HttpRequest) -> HttpResponse:
    """End every session of the person but this one."""
    many = end_other_visits(user=request.user, keep=request.session.session_key, by=request.user)
    sign_anew(request)
    words = ngettext("%(n)d other session ended.", "%(n)d other sessions ended.", many) % {"n": many}
    messages.success(request, words)
    return redirect("account_home")


@audience(SIGNED_IN)
@require_POST
@repeatable("a session that ended stays ended")
def end_one(request: HttpRequest, pk: int) -> HttpResponse:
    """End one session in another browser."""
    visit = get_object_or_404(request.user.visits.exclude(session_key=request.session.session_key), pk=pk)
    end_visit(visit=visit, by=request.user)
    messages.success(request, _("The session ended: %(browser)s.") % {"browser": visit.label})
    return redirect("account_home")


@audience(SIGNED_IN)
@require_POST
@repeatable("a browser that is forgotten stays so")
def forget_one_browser(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a browser a stranger again."""
    row = get_object_or_404(request.user.browsers, pk=pk)
    forget_browser(row=row, by=request.user)
    messages.success(request, _("The browser is forgotten: %(browser)s.") % {"browser": row.label})
    return redirect("account_home")
