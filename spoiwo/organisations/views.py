"""Accounts of one organisation, for the person there who keeps them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spoiwo.access.audience import audience, may
from spoiwo.access.errors import LastAdministrator, OwnAccount
from spoiwo.access.forms.office import ReasonForm
from spoiwo.access.models import Invitation
from spoiwo.access.views.invitations import link_for
from spoiwo.doors.once import changes, once
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.organisations.domain import keeps_protected_cases
from spoiwo.organisations.errors import CareRoleNotHeld, NoProtectedCases, NotOnlyHere
from spoiwo.organisations.forms import CaringForm, InviteToForm
from spoiwo.organisations.models import Membership, Organisation
from spoiwo.organisations.services import close_member, invite_to, kept_by, roles_to_give, set_caring
from spoiwo.ui.conflict import chosen, conflict_page

PAGE = 50
KEEP = may("organisations.keep_accounts")
KEEP_PROVED = may("organisations.keep_accounts", step_up=True)


def _kept_or_404(request: HttpRequest, pk: int) -> Organisation:
    """An organisation whose accounts this person keeps; any other is not there."""
    return get_object_or_404(kept_by(request.user, timezone.localdate()), pk=pk)


def _working_or_404(organisation: Organisation, user: int) -> Membership:
    """A person who works for the organisation today."""
    working = organisation.memberships.held_on(timezone.localdate()).select_related("user", "organisation")
    return get_object_or_404(working, user_id=user)


@audience(KEEP)
@require_safe
def kept(request: HttpRequest) -> HttpResponse:
    """Organisations whose accounts the person keeps."""
    rows = kept_by(request.user, timezone.localdate())
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    return render(request, "organisations/kept.html", {"page": page})


@audience(KEEP, rows="kept")
@require_safe
def people(request: HttpRequest, pk: int) -> HttpResponse:
    """Who works for an organisation, and which invitations wait."""
    organisation, today, now = _kept_or_404(request, pk), timezone.localdate(), timezone.now()
    rows = organisation.memberships.held_on(today).with_care_role(today).select_related("user")
    waiting = Invitation.objects.open_at(now).filter(invited_to__organisation=organisation)
    context = {"organisation": organisation, "rows": rows.order_by("user__full_name"), "waiting": waiting}
    context["has_cases"] = keeps_protected_cases(organisation.kind)
    return render(request, "organisations/people.html", context)


@audience(KEEP_PROVED, rows="kept")
@require_http_methods(["GET", "HEAD", "POST"])
@once
def invite_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Invite somebody; the answer is the same whether there is an account with this e-mail or not."""
    organisation = _kept_or_404(request, pk)
    form = InviteToForm(request.POST if request.method == "POST" else None, allowed=roles_to_give(organisation))
    if form.is_valid():
        facts = {"email": form.cleaned_data["email"], "administers": form.cleaned_data["administers"]}
        facts |= {"roles": form.picked(), "link": link_for(request), "now": timezone.now(), "by": request.user}
        try:
            invite_to(organisation=organisation, **facts)
        except OwnAccount:
            form.add_error("email", _("This is your own address."))
        else:
            messages.success(request, _("The invitation is on its way: %(email)s.") % {"email": facts["email"]})
            return redirect("organisations:people", pk=pk)
    context = {"organisation": organisation, "form": form}
    return render(request, "organisations/invite.html", context, status=422 if form.errors else 200)


@audience(KEEP_PROVED, rows="kept")
@require_http_methods(["GET", "HEAD", "POST"])
@changes
def close_person(request: HttpRequest, pk: int, user: int) -> HttpResponse:
    """Close the account of a person who works only here."""
    organisation = _kept_or_404(request, pk)
    membership = _working_or_404(organisation, user)
    back = reverse("organisations:people", args=[pk])
    form = ReasonForm(chosen(request), version=membership.user.version)
    if form.is_valid():
        try:
            close_member(membership=membership, **form.cleaned_data, now=timezone.now(), by=request.user)
        except NotOnlyHere:
            words = _(
                "This person works for another organisation too, or for the office. Ask the administrator of Spoiwo."
            )
            form.add_error(None, words)
        except OwnAccount:
            form.add_error(None, _("This is your own account. Ask another administrator."))
        except LastAdministrator:
            form.add_error(None, _("This is the last administrator. Give the role to somebody else first."))
        except ChangedMeanwhile as problem:
            now = ReasonForm(version=problem.current.version)
            return conflict_page(request, form, now, current=problem.current, back=back)
        else:
            messages.success(request, _("The account is closed; the work for the organisation ended."))
            return redirect(back)
    context = {"organisation": organisation, "person": membership.user, "form": form}
    return render(request, "organisations/close.html", context, status=422 if form.errors else 200)


@audience(KEEP_PROVED, rows="kept")
@require_http_methods(["GET", "HEAD", "POST"])
@changes
def caring(request: HttpRequest, pk: int, user: int) -> HttpResponse:
    """Let a person who holds the role run the protected cases of the organisation, or no longer."""
    organisation = _kept_or_404(request, pk)
    membership = _working_or_404(organisation, user)
    back = reverse("organisations:people", args=[pk])
    form = CaringForm(chosen(request), row=membership)
    if form.is_valid():
        try:
            set_caring(membership=membership, **form.cleaned_data, on=timezone.localdate(), by=request.user)
        except NoProtectedCases:
            form.add_error("cares", _("An organisation of this kind keeps no protected cases."))
        except CareRoleNotHeld:
            words = _("%(person)s does not hold the role of a powiat care officer today. The role comes first.")
            form.add_error("cares", words % {"person": membership.user.full_name})
        except OwnAccount:
            form.add_error(None, _("Nobody opens protected cases to themself. Ask another keeper of the accounts."))
        except ChangedMeanwhile as problem:
            now = CaringForm(row=_working_or_404(organisation, user))
            return conflict_page(request, form, now, current=problem.current, back=back, about=organisation)
        else:
            messages.success(request, _("The change is saved."))
            return redirect(back)
    context = {"organisation": organisation, "person": membership.user, "form": form}
    return render(request, "organisations/caring.html", context, status=422 if form.errors else 200)
