"""Pages of allauth that are ours in part: each change of a factor and its record are one transaction."""

from collections.abc import Callable

import requests
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, RemoveWebAuthnView
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect import views as oidc
from allauth.socialaccount.views import ConnectionsView
from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from spoiwo.access.audience import PUBLIC, audience
from spoiwo.access.provider import OfficeAnswers, WayBack
from spoiwo.access.services.factors import codes_made, factor_added, factor_removed, is_let_off, lacks_second_factor
from spoiwo.doors.once import repeatable


class Factors(IndexView):
    """Second factors of the person, and whether the house waits for one."""

    def get_context_data(self, **kwargs) -> dict:
        """Say what is missing."""
        user = self.request.user
        facts = {"factor_missing": lacks_second_factor(user), "factor_let_off": is_let_off(user)}
        return super().get_context_data(**kwargs) | facts


class AddApp(ActivateTOTPView):
    """An app with codes is added."""

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        """Add and record."""
        response = super().form_valid(form)
        _added(self.request, Authenticator.Type.TOTP)
        return response


def _added(request: HttpRequest, kind: str) -> None:
    """Record it; who has just used the new factor has proved who they are with it."""
    factor_added(user=request.user, kind=kind)
    record_authentication(request, request.user, "mfa", type=str(kind))


class RemoveApp(DeactivateTOTPView):
    """The app is removed; the form refuses the last factor of a person who needs one."""

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        """Remove and record."""
        response = super().form_valid(form)
        factor_removed(user=self.request.user, kind=Authenticator.Type.TOTP)
        return response


class AddKey(AddWebAuthnView):
    """A key is added."""

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        """Add and record."""
        response = super().form_valid(form)
        _added(self.request, Authenticator.Type.WEBAUTHN)
        return response


class RemoveKey(RemoveWebAuthnView):
    """A key is removed; the last one of a person who needs a second factor stays."""

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        """Refuse with a sentence, or remove and record."""
        adapter = get_adapter()
        if not adapter.can_delete_authenticator(self.get_object()):
            messages.error(self.request, adapter.error_messages["cannot_delete_authenticator"])
            return redirect("mfa_index")
        response = super().form_valid(form)
        factor_removed(user=self.request.user, kind=Authenticator.Type.WEBAUTHN)
        return response


class NewCodes(GenerateRecoveryCodesView):
    """New recovery codes take the place of the old ones."""

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        """Make and record."""
        response = super().form_valid(form)
        codes_made(user=self.request.user)
        return response


class Connections(ConnectionsView):
    """Identities that open the account. A link goes away with its record (signals.py), or not at all."""

    @transaction.atomic
    def form_valid(self, form) -> HttpResponse:
        """Remove; the record is written inside."""
        return super().form_valid(form)


@audience(PUBLIC)
@repeatable("it only leads to the sign-in service")
def to_service(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Leave for the sign-in service of the office; one that does not answer leads back to the sign-in page."""
    return _or_told(request, lambda: oidc.login(request, provider_id))


@audience(PUBLIC)
@require_safe
def from_service(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Come back from it; what it says is asked for proof (provider.py)."""
    return _or_told(request, lambda: WayBack.adapter_view(OfficeAnswers(request, provider_id))(request))


def _or_told(request: HttpRequest, step: Callable[[], HttpResponse]) -> HttpResponse:
    """One step with the service; when it fails, the person reads why on the sign-in page."""
    try:
        return step()
    except SocialApp.DoesNotExist:
        raise Http404 from None
    except OAuth2Error as problem:
        return render_authentication_error(request, None, exception=problem)
    except (requests.RequestException, KeyError, ValueError):
        messages.error(request, _("The sign-in service does not answer. Try again later or use your password."))
        return redirect("account_login")
