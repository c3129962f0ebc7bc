"""How allauth behaves in this house: accounts are given, never taken."""

from ipaddress import ip_address

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect, resolve_url
from django.utils.translation import gettext as _


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

    def pre_login(self, request: HttpRequest, user, **kwargs):
        """Refuse a demonstration account, whose password everybody knows, outside a trial."""
        if user.invented and not (settings.PLAIN_HTTP and settings.TRIAL and _is_this_computer(request)):
            messages.error(request, _("Demonstration accounts do not work here."))
            raise ImmediateHttpResponse(redirect("account_login"))
        return super().pre_login(request, user, **kwargs)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """To the office for its people, else to the home page."""
        return resolve_url(settings.LOGIN_REDIRECT_URL if request.user.has_perm("access.enter_office") else "/")
