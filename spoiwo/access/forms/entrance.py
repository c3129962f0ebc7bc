"""Forms before the door: asking for a new password, accepting an invitation."""

import time

from allauth.account.forms import ResetPasswordForm, default_token_generator
from allauth.account.internal.flows.password_reset import request_password_reset
from allauth.core.internal.httpkit import get_client_ip
from django import forms
from django.conf import settings
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spoiwo.access.errors import TooManyAttempts
from spoiwo.access.models import User
from spoiwo.access.services.attempts import begin_letter


class ResetForm(ResetPasswordForm):
    """Asks for a letter. The answer, and the time it takes, is the same whether there is an account or not."""

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self._began = time.monotonic()

    def save(self, request, **kwargs) -> str:
        """Send the letter unless there were too many; then wait until the agreed time has passed."""
        email = self.cleaned_data["email"]
        try:
            begin_letter(account=email, address=get_client_ip(request) or "", now=timezone.now())
            self.users = [user for user in self.users if not user.invented]
            request_password_reset(request, email, self.users, default_token_generator)
        except TooManyAttempts:
            pass  # nobody is told: the answer would say that somebody asks about this address
        left = settings.RESET_ANSWER_AFTER.total_seconds() - (time.monotonic() - self._began)
        time.sleep(max(0.0, left))
        return email


class AcceptForm(forms.Form):
    """Name and password of a person who was invited."""

    full_name = forms.CharField(
        label=gettext_lazy("First and last name"),
        max_length=150,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    password = forms.CharField(
        label=gettext_lazy("Password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=gettext_lazy("The password once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, data=None, *, email: str) -> None:
        super().__init__(data)
        self.email = email
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean(self) -> dict:
        """The same password twice, and one that satisfies the policy."""
        found = super().clean()
        password, again = found.get("password"), found.get("again")
        if password and again and password != again:
            self.add_error("again", _("You must type the same password each time."))
        elif password:
            person = User(email=self.email, full_name=found.get("full_name", ""))
            try:
                validate_password(password, person)
            except ValidationError as problem:
                self.add_error("password", problem)
        return found
