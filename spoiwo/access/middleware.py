"""Around every view: the life of a session, and the one place that asks the declared audience."""

from typing import NoReturn

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.deprecation import MiddlewareMixin
from django.utils.translation import gettext as _

from spoiwo.access import proofs, visiting
from spoiwo.access.api import problem
from spoiwo.access.audience import OPERATIONS, audience_of
from spoiwo.access.failures import LONGEST_ADDRESS, in_our_look, page
from spoiwo.access.services.factors import lacks_second_factor

# What a person may open who has to set up a second factor first.
WHILE_SETTING_UP = {
    "account_logout",
    "account_reauthenticate",
    "account_session",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
}


class VisitMiddleware(MiddlewareMixin):
    """Ends a session that rested or lasted too long, and gives it a new key when the office changed the account."""

    def process_request(self, request: HttpRequest) -> None:
        """Before any view; a browser without a session is not asked."""
        if not visiting.carries_session(request) or not request.user.is_authenticated:
            return
        if visiting.is_over(request):
            visiting.forget(request)
            logout(request)
            request.session_ended = True
            words = _(
                "Your session ended, after a time without use or after ten hours. What you had saved stays saved."
            )
            messages.info(request, words)
        else:
            visiting.go_on(request)


def _not_found() -> NoReturn:
    raise Http404


class AudienceMiddleware(MiddlewareMixin):
    """Refuse a view to whom it is not declared, and an address that no view could read."""

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:
        """Let pass, send to sign-in, lead to what is missing, or refuse."""
        match = request.resolver_match
        who = audience_of(view, match.view_name if match else "")
        of_programs = who.kind == OPERATIONS.kind
        if "\0" in request.path or "%00" in request.META.get("QUERY_STRING", ""):  # PostgreSQL takes none in a text
            return problem(404, _("There is no such thing.")) if of_programs else _not_found()
        if len(request.get_full_path()) > LONGEST_ADDRESS:
            return problem(414, _("The address is too long.")) if of_programs else page(414)
        if who.kind == "public" or of_programs:
            return None
        if not who.admits(request.user):
            return self._turned_away(request)
        if match.view_name not in WHILE_SETTING_UP and lacks_second_factor(request.user):
            return redirect("mfa_index")
        if who.step_up and not proofs.is_fresh(request):
            return proofs.ask_again(request)
        return None

    def _turned_away(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            raise PermissionDenied
        if request.method == "POST" and getattr(request, "session_ended", False):
            return proofs.show_typed(request, ended=True)
        return redirect_to_login(request.get_full_path())

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """A method that a view does not take is refused in our look."""
        return in_our_look(response)
