"""Forms of the second factor: codes that open once, wrong ones counted in the database; passkeys."""

import time

from allauth.account.adapter import get_adapter
from allauth.core import context
from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa.adapter import get_adapter as get_mfa_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spoiwo.access.browsers import browser_of, client_address
from spoiwo.access.errors import TooManyAttempts
from spoiwo.access.services.attempts import begin_attempt, forget_attempts
from spoiwo.access.services.factors import use_step

NAMED = {"autocomplete": "one-time-code", "inputmode": "numeric", "maxlength": "12", "spellcheck": "false"}


class _Counted:
    """Counts wrong codes as wrong passwords are counted, and lets a code open once in all processes."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code")
        self.fields["code"].widget.attrs = dict(NAMED)

    def clean_code(self) -> str:
        """The code, if it is right, new, and not one try too many."""
        request = context.request
        facts = {"account": self.user.email, "address": client_address(request), "browser": browser_of(request)}
        try:
            rows = begin_attempt(**facts, now=timezone.now(), code=True)
        except TooManyAttempts:
            raise get_adapter().validation_error("too_many_login_attempts") from None
        code = super().clean_code()
        if self.authenticator.type == Authenticator.Type.TOTP and not use_step(
            authenticator=self.authenticator, step=_step_of(self.authenticator, code)
        ):
            raise get_mfa_adapter().validation_error("incorrect_code")
        forget_attempts(rows)
        return code


def _step_of(authenticator: Authenticator, code: str) -> int:
    """To which half minute a right code belongs."""
    secret = decrypt(authenticator.data["secret"])
    steps = yield_hotp_counters_from_time()
    matching = (s for s in steps if compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, s))))
    return next(matching, int(time.time()) // 30)


class CodeForm(_Counted, AuthenticateForm):
    """The second step of signing in."""


class CodeAgainForm(_Counted, ReauthenticateForm):
    """The second factor once more."""


class AppForm(ActivateTOTPForm):
    """The first code of an app shows that it was set up rightly."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = _("Code from the app")
        self.fields["code"].widget.attrs = dict(NAMED)


class PasskeyForm(AddWebAuthnForm):
    """A passkey and what to call it."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _("Name of the key")
        self.fields["name"].required = False
        self.fields["name"].help_text = _("So that you know it again, for example: work laptop.")
        alone = self.fields["passwordless"]
        alone.label = _("This key is enough to sign in, without a password")
        alone.help_text = _("The device will ask for your finger, face or PIN.")
        alone.initial = True
