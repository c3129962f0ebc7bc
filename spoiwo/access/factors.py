"""How allauth keeps second factors in this house: sealed, and never the last one of a person who needs it."""

import base64

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext_lazy as _

from spoiwo.access.services.factors import FIRST_CLASS, needs_second_factor
from spoiwo.kernel.sealing import place_of, seal, unseal
from spoiwo.vault.services import keyring

PURPOSE = "mfa"


class HouseFactors(DefaultMFAAdapter):
    """Secrets of apps and recovery codes lie sealed under a key that is outside the database."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("This code does not open. A code of an app works once and for half a minute."),
        "cannot_delete_authenticator": _(
            "Your role needs a second factor. Add another one before you remove this one."
        ),
    }

    def encrypt(self, text: str) -> str:
        """Seal; allauth gives no row here, so the place is the purpose alone."""
        return base64.b64encode(seal(keyring().house_key(PURPOSE), text.encode(), place_of(PURPOSE))).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Open what `encrypt` sealed. Raises: SealBroken."""
        sealed = base64.b64decode(encrypted_text)
        return unseal(keyring().house_key(PURPOSE), sealed, place_of(PURPOSE)).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last app or key of a person whose roles need one stays."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FIRST_CLASS)
        return others.exclude(pk=authenticator.pk).exists() or not needs_second_factor(authenticator.user)

    def generate_authenticator_name(self, user, type: Authenticator.Type) -> str:
        """A name until the person thinks of a better one."""
        many = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return str(_("Key %(n)d") % {"n": many + 1})

    def _get_site_name(self) -> str:
        return "Spoiwo"

    def send_notification_mail(self, *args, **kwargs) -> None:
        """Our own letters go with the record of the deed (services.factors)."""
