"""How allauth behaves in this house: accounts are given, tries are counted in the database, every deed is recorded."""

from ipaddress import ip_address

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.access import proofs, visiting
from spoiwo.access.browsers import browser_of, client_address, leave_sign, sign_of
from spoiwo.access.domain.visits import browser_label
from spoiwo.access.errors import TooManyAttempts
from spoiwo.access.services.accounts import change_password
from spoiwo.access.services.attempts import begin_attempt, forget_attempts, forget_attempts_of, remember_browser
from spoiwo.access.services.letters import write_reset
from spoiwo.access.services.visits import begin_visit
from spoiwo.ui.context import Shell


def _is_this_computer(request: HttpRequest) -> bool:
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


class ClosedSignupAdapter(DefaultAccountAdapter):
    """Nobody opens an account alone; invented accounts open only a trial on one's own computer."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Always closed."""
        return False

    # Signing in

    def authenticate(self, request: HttpRequest, **credentials):
        """Count the try first; a right one is taken back."""
        facts = {"account": credentials.get("email", ""), "browser": browser_of(request)}
        try:
            rows = begin_attempt(**facts, address=client_address(request), now=timezone.now())
        except TooManyAttempts:
            raise self.validation_error("too_many_login_attempts") from None
        user = super().authenticate(request, **credentials)
        if user is not None:
            forget_attempts(rows)
        return user

    def pre_login(self, request: HttpRequest, user, **kwargs):
        """Refuse a demonstration account, whose password everybody knows, outside a trial."""
        if user.invented and not (settings.PLAIN_HTTP and settings.TRIAL and _is_this_computer(request)):
            messages.error(request, _("Demonstration accounts do not work here."))
            raise ImmediateHttpResponse(redirect("account_login"))
        return super().pre_login(request, user, **kwargs)

    def login(self, request: HttpRequest, user) -> None:
        """The session begins, under a new key, and is put into the list of the person's sessions."""
        super().login(request, user)
        if request.session.session_key is None:
            request.session.save()
        now, agent = timezone.now(), request.headers.get("User-Agent", "")
        way = " ".join(row.get("type", row["method"]) for row in get_authentication_records(request, user))
        begin_visit(user=user, session_key=request.session.session_key, user_agent=agent, way=way, now=now)

    def post_login(self, request: HttpRequest, user, **kwargs) -> HttpResponse:
        """The browser is a known one from now on."""
        response = super().post_login(request, user, **kwargs)
        sign, label = sign_of(request), browser_label(request.headers.get("User-Agent", ""))
        remember_browser(user=user, browser=sign, label=label, now=timezone.now())
        leave_sign(response, sign)
        return response

    def logout(self, request: HttpRequest) -> None:
        """The session leaves the list."""
        visiting.forget(request)
        super().logout(request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To where the person's work begins, else to the home page."""
        desk = Shell(request).desk
        return desk["url"] if desk else "/"

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to one's own account."""
        return "/konto/"

    # Passwords

    def set_password(self, user, password: str) -> None:
        """A new password ends the other sessions and opens the door again for who knows it."""
        change_password(user=user, password=password, by=user)
        forget_attempts_of(user.email)

    def send_mail(self, template_prefix: str, email: str, context: dict) -> None:
        """Queue a letter; the only one that allauth still writes is the one with a link to a new password."""
        letter = self.render_mail(template_prefix, email, {"request": self.request, "email": email} | context)
        write_reset(context["user"], letter.subject, letter.body)

    # Proving again

    def is_reauthentication_required(self, *, app: str, **kwargs) -> bool:
        """Who signed in or proved it a moment ago is not asked again."""
        return not proofs.is_fresh(self.request)

    def get_reauthentication_methods(self, user) -> list[dict]:
        """Who has a second factor proves with it, not with the password alone."""
        ways = super().get_reauthentication_methods(user)
        strong = [way for way in ways if way["id"] != "reauthenticate"]
        return sorted(strong, key=lambda way: not way["id"].endswith("webauthn")) or ways
