"""The office that keeps the accounts: list, one account, giving and taking roles, closing and helping."""

from collections.abc import Callable

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spoiwo.access.audience import audience, may
from spoiwo.access.errors import LastAdministrator, OwnAccount, RoleNotHeld
from spoiwo.access.forms.office import AccountFilter, ReasonForm, RoleForm
from spoiwo.access.models import Role, RoleAssignment, User
from spoiwo.access.services.accounts import close_account, reopen_account, reset_second_factor
from spoiwo.access.services.attempts import stopped_until, unlock
from spoiwo.access.services.factors import has_second_factor, needs_second_factor
from spoiwo.access.services.listing import accounts_on
from spoiwo.access.services.roles import give_role, take_role
from spoiwo.access.services.visits import end_sessions
from spoiwo.audit.models import Record
from spoiwo.doors.once import changes, repeatable
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.ui.conflict import chosen, conflict_page

PAGE, HISTORY = 50, 50
MANAGE = may("access.manage_accounts")
MANAGE_PROVED = may("access.manage_accounts", step_up=True)


@audience(MANAGE)
@require_safe
def account_list(request: HttpRequest) -> HttpResponse:
    """Accounts by name, fifty to a page."""
    form, today = AccountFilter(request.GET or None), timezone.localdate()
    rows = form.narrow(accounts_on(today), today)
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    return render(request, "access/accounts/account_list.html", {"form": form, "page": page})


@audience(MANAGE)
@require_safe
def account_page(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: roles through time, second factor, sessions, substitutions, history."""
    user, today = get_object_or_404(User, pk=pk), timezone.localdate()
    context = {
        "account": user,
        "own": user.pk == request.user.pk,
        "today": today,
        "roles": [(row, _still(row, today)) for row in user.role_assignments.order_by("-since", "role")],
        "factor": has_second_factor(user),
        "factor_needed": needs_second_factor(user),
        "visits": user.visits.count(),
        "stopped_until": stopped_until(user, timezone.now()),
        "absences": user.absences.open_on(today).select_related("substitute"),
        "substitutions": user.substitutions.open_on(today).select_related("absent"),
        "history": Record.objects.about(user).order_by("-sequence")[:HISTORY],
    }
    return render(request, "access/accounts/account_page.html", context)


def _still(row: RoleAssignment, today) -> bool:
    """Whether there is something to take: the role is held or will be."""
    return row.taken_on is None and (row.until is None or row.until >= today)


@audience(MANAGE_PROVED)
@require_http_methods(["GET", "HEAD", "POST"])
@changes
def role_give(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a role from a day."""
    user, today = get_object_or_404(User, pk=pk), timezone.localdate()
    form = RoleForm(chosen(request), user=user, today=today)
    if form.is_valid():
        facts = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        try:
            give_role(user=user, **facts, by=request.user)
        except OwnAccount:
            form.add_error(None, _("Nobody gives a role to themself. Ask another administrator."))
        except ChangedMeanwhile as problem:
            now = RoleForm(user=problem.current, today=today)
            return conflict_page(request, form, now, current=problem.current, back=_address(user))
        else:
            messages.success(request, _("The role is given."))
            if facts["role"] == Role.POWIAT_CARE_OFFICER:
                words = _("It opens no register yet: under Accounts of organisations say of which unit it opens one.")
                messages.info(request, words)
            return redirect(_address(user))
    context = {"account": user, "form": form}
    return render(request, "access/accounts/role_form.html", context, status=422 if form.errors else 200)


def _address(user: User) -> str:
    return reverse("accounts:account", args=[user.pk])


@audience(MANAGE_PROVED)
@require_http_methods(["GET", "HEAD", "POST"])
@changes
def role_take(request: HttpRequest, pk: int, role: int) -> HttpResponse:
    """Take a role from today on."""
    row = get_object_or_404(RoleAssignment.objects.select_related("user"), pk=role, user_id=pk)

    def take(seen_version: int, reason: str) -> None:
        take_role(assignment=row, on=timezone.localdate(), reason=reason, seen_version=seen_version, by=request.user)

    words = {
        "title": _("Take the role: %(role)s") % {"role": row.get_role_display()},
        "say": _("From today on the person may no longer do what the role allows; open sessions notice at once."),
        "button": _("Take the role"),
        "done": _("The role is taken."),
    }
    return _with_reason(request, row.user, take, words)


@audience(MANAGE_PROVED)
@require_http_methods(["GET", "HEAD", "POST"])
@changes
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account."""
    user = get_object_or_404(User, pk=pk)

    def do(seen_version: int, reason: str) -> None:
        close_account(user=user, reason=reason, seen_version=seen_version, now=timezone.now(), by=request.user)

    words = {
        "title": _("Close the account"),
        "say": _("Sessions and open invitations end at once, substitutions end today. Nothing is deleted."),
        "button": _("Close the account"),
        "done": _("The account is closed."),
    }
    return _with_reason(request, user, do, words)


@audience(MANAGE_PROVED)
@require_http_methods(["GET", "HEAD", "POST"])
@changes
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    user = get_object_or_404(User, pk=pk)

    def do(seen_version: int, reason: str) -> None:
        reopen_account(user=user, reason=reason, seen_version=seen_version, by=request.user)

    words = {
        "title": _("Open the account again"),
        "say": _("The person signs in as before, with the roles that have not ended."),
        "button": _("Open the account again"),
        "done": _("The account is open again."),
    }
    return _with_reason(request, user, do, words)


@audience(MANAGE_PROVED)
@require_http_methods(["GET", "HEAD", "POST"])
@changes
def factor_reset(request: HttpRequest, pk: int) -> HttpResponse:
    """Take away the second factors of a person who lost them."""
    user = get_object_or_404(User, pk=pk)

    def do(seen_version: int, reason: str) -> None:
        reset_second_factor(user=user, reason=reason, seen_version=seen_version, by=request.user)

    words = {
        "title": _("Remove the second factors"),
        "say": _("Make sure by voice or in person that it is really this person who asks. They get a letter about it."),
        "button": _("Remove the second factors"),
        "done": _("The second factors are removed; sessions ended."),
    }
    return _with_reason(request, user, do, words)


@audience(MANAGE_PROVED)
@require_http_methods(["GET", "HEAD", "POST"])
@changes
def sessions_end(request: HttpRequest, pk: int) -> HttpResponse:
    """End all sessions of a person."""
    user = get_object_or_404(User, pk=pk)

    def do(seen_version: int, reason: str) -> None:
        end_sessions(user=user, reason=reason, seen_version=seen_version, by=request.user)

    words = {
        "title": _("End the sessions"),
        "say": _("The person has to sign in again everywhere. What was typed and not saved is lost."),
        "button": _("End the sessions"),
        "done": _("The sessions ended."),
    }
    return _with_reason(request, user, do, words)


def _with_reason(request: HttpRequest, user: User, do: Callable[[int, str], None], words: dict) -> HttpResponse:
    """One page for whatever is done to an account and needs a reason."""
    form = ReasonForm(chosen(request), version=user.version)
    if form.is_valid():
        try:
            do(form.cleaned_data["seen_version"], form.cleaned_data["reason"])
        except OwnAccount:
            form.add_error(None, _("This is your own account. Ask another administrator."))
        except LastAdministrator:
            form.add_error(None, _("This is the last administrator. Give the role to somebody else first."))
        except RoleNotHeld:
            form.add_error(None, _("The role ended before; there is nothing to take."))
        except ChangedMeanwhile as problem:
            now = ReasonForm(version=problem.current.version)
            return conflict_page(request, form, now, current=problem.current, back=_address(user))
        else:
            messages.success(request, words["done"])
            return redirect(_address(user) if user.pk != request.user.pk else reverse("account_home"))
    context = {"account": user, "form": form, "words": words}
    return render(request, "access/accounts/act.html", context, status=422 if form.errors else 200)


@audience(MANAGE)
@require_POST
@repeatable("an account that can be tried stays so")
def unlock_one(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an account be tried again at once."""
    user = get_object_or_404(User, pk=pk)
    unlock(user=user, by=request.user)
    messages.success(request, _("The person can try to sign in again."))
    return redirect(_address(user))
