"""Invitations: sending, sending again, withdrawing, and accepting one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spoiwo.access.audience import PUBLIC, audience, may
from spoiwo.access.errors import AccountExists, AnotherPerson, InvitationGone, OwnAccount
from spoiwo.access.forms.entrance import AcceptForm
from spoiwo.access.forms.office import InviteForm
from spoiwo.access.models import Invitation, User
from spoiwo.access.services.invitations import (
    accept,
    accept_with_account,
    find_invitation,
    invite,
    send_again,
    withdraw,
)
from spoiwo.doors.once import changes, once, repeatable
from spoiwo.kernel.changes import ChangedMeanwhile

MANAGE = may("access.manage_accounts")
LAST_SHOWN = 100


def link_for(request: HttpRequest):
    """How the address in a letter is made from its token."""
    return lambda token: request.build_absolute_uri(reverse("account_invitation", args=[token]))


@audience(MANAGE)
@require_safe
def invitation_list(request: HttpRequest) -> HttpResponse:
    """Invitations, the latest first, with where each stands."""
    now = timezone.now()
    rows = Invitation.objects.select_related("invited_by", "account")[:LAST_SHOWN]
    return render(request, "access/accounts/invitation_list.html", {"rows": [(row, row.state(now)) for row in rows]})


@audience(may("access.manage_accounts", step_up=True))
@require_http_methods(["GET", "HEAD", "POST"])
@once
def invitation_new(request: HttpRequest) -> HttpResponse:
    """Invite somebody."""
    form = InviteForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        facts = {"email": form.cleaned_data["email"], "roles": form.picked(), "link": link_for(request)}
        try:
            invite(**facts, now=timezone.now(), by=request.user)
        except OwnAccount:
            form.add_error("email", _("This is your own address."))
        else:
            messages.success(request, _("The invitation is on its way: %(email)s.") % {"email": facts["email"]})
            return redirect("accounts:invitations")
    return render(request, "access/accounts/invite.html", {"form": form}, status=422 if form.errors else 200)


@audience(MANAGE)
@require_POST
@changes
def invitation_again(request: HttpRequest, pk: int) -> HttpResponse:
    """A new link; the old one closes."""
    row = get_object_or_404(Invitation, pk=pk)
    facts = {"seen_version": _seen(request), "now": timezone.now(), "link": link_for(request)}
    return _answered(request, lambda: send_again(invitation=row, **facts, by=request.user), _("A new letter is sent."))


@audience(MANAGE)
@require_POST
@changes
def invitation_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the link."""
    row = get_object_or_404(Invitation, pk=pk)
    facts = {"seen_version": _seen(request), "now": timezone.now()}
    return _answered(
        request, lambda: withdraw(invitation=row, **facts, by=request.user), _("The invitation is withdrawn.")
    )


def _seen(request: HttpRequest) -> int:
    sent = request.POST.get("seen_version", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0


def _answered(request: HttpRequest, deed, done: str) -> HttpResponse:
    try:
        deed()
    except (InvitationGone, ChangedMeanwhile):
        messages.error(request, _("Somebody used or changed this invitation meanwhile. The list shows how it stands."))
    else:
        messages.success(request, done)
    return redirect("accounts:invitations")


@audience(PUBLIC)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@repeatable("an invitation opens one account once")
def accept_page(request: HttpRequest, token: str) -> HttpResponse:
    """Where the link of the letter leads; every link that does not open gets the same page."""
    now = timezone.now()
    try:
        invitation = find_invitation(token, now=now)
        if User.objects.filter(email__iexact=invitation.email).exists():
            return _join(request, invitation, token)
        return _open(request, invitation, token)
    except InvitationGone:
        return render(request, "access/own/invitation_gone.html", status=404)


def _open(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    form = AcceptForm(request.POST if request.method == "POST" else None, email=invitation.email)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("full_name", "password")}
        try:
            accept(token=token, **facts, now=timezone.now())
        except AccountExists:
            return redirect("account_invitation", token=token)
        messages.success(request, _("Your account is open. Sign in."))
        return redirect("account_login")
    context = {"invitation": invitation, "form": form}
    return render(request, "access/own/invitation.html", context, status=422 if form.errors else 200)


def _join(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    """The person has an account: they sign in and take what the invitation gives."""
    user, problem = request.user, ""
    if request.method == "POST" and user.is_authenticated:
        try:
            accept_with_account(token=token, user=user, now=timezone.now())
        except (AnotherPerson, OwnAccount):
            problem = _("You are signed in to another account. Sign out and sign in to the one that was invited.")
        else:
            messages.success(request, _("The invitation is accepted."))
            return redirect("account_home")
    context = {
        "invitation": invitation,
        "problem": problem,
        "sign_in": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }
    return render(request, "access/own/invitation_join.html", context, status=422 if problem else 200)
