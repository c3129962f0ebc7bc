"""Signing in through the service of an office: to accounts that exist, never to a new one.

The one question is `account_of`: which account belongs to a person whom a service has proved. Another service, such as
the national node (login.gov.pl, SAML 2.0), is another provider of allauth and comes through the same question; there it
must answer by a link that the person made while signed in, never by e-mail or PESEL (decision 0019).
"""

import logging

from allauth.account.internal.flows.reauthentication import is_reauthentication_required, stash_and_reauthenticate
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.internal.flows.connect import connect
from allauth.socialaccount.models import SocialAccount, SocialLogin
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from spoiwo.access.models import User

logger = logging.getLogger(__name__)


class HouseIdentity(DefaultSocialAccountAdapter):
    """Accounts are given by the office; a service only opens the door to them."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin) -> bool:
        """Always closed."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin) -> None:
        """A service that proved an e-mail opens the account with this e-mail, and is linked with it from then on."""
        if sociallogin.state.get("process") == "connect":
            raise ImmediateHttpResponse(link(request, sociallogin))
        if sociallogin.is_existing:
            return
        with transaction.atomic():  # the link and its record, or neither
            user = account_of(sociallogin)
            if user is not None:
                sociallogin.connect(request, user)

    def on_authentication_error(self, request: HttpRequest, provider, error=None, exception=None, **kwargs) -> None:
        """The service refused, was not believed or cannot be reached: say so on the sign-in page."""
        if exception is not None:
            logger.warning("the sign-in service was not believed", exc_info=exception)
        messages.error(request, _("The sign-in service did not confirm who you are. Try again or use your password."))
        raise ImmediateHttpResponse(redirect("account_login"))


def link(request: HttpRequest, sociallogin: SocialLogin) -> HttpResponse:
    """A person who is signed in links an identity, after a fresh proof: the link and its record, or neither.

    The account is read anew and locked, because allauth writes the whole row back: what the office changed meanwhile
    stays, and an account that was closed is not opened again.
    """
    if request.user.is_authenticated and is_reauthentication_required(request, app="allauth.socialaccount"):
        return stash_and_reauthenticate(request, sociallogin.serialize(), f"{__name__}.{go_on_linking.__name__}")
    with transaction.atomic():
        held = User.objects.select_for_update(no_key=True).filter(pk=request.user.pk, is_active=True).first()
        if held is None:
            return redirect("socialaccount_connections")
        request.user = held
        return connect(request, sociallogin)


def go_on_linking(request: HttpRequest, stashed: dict) -> HttpResponse:
    """The proof was given; allauth comes back here with what waited for it."""
    return link(request, SocialLogin.deserialize(stashed))


def account_of(sociallogin) -> User | None:
    """The open account whose e-mail the service has verified; None when there is none, or it is not verified.

    An account that is linked already is opened by that link alone: an address may have passed to somebody else. It is
    locked until the end of the transaction, because allauth writes the whole row back. Only inside a transaction.
    """
    verified = {address.email.casefold() for address in sociallogin.email_addresses if address.verified is True}
    known = SocialAccount.objects.filter(provider=sociallogin.account.provider).values("user")
    rows = User.objects.select_for_update(no_key=True).filter(email__in=verified, is_active=True, invented=False)
    return rows.exclude(pk__in=known).first()
