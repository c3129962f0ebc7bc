"""Letters to people about their accounts. None carries a password; a link opens once and not for long."""

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spoiwo.access.domain.invitations import GOOD_FOR
from spoiwo.access.models import Invitation, User
from spoiwo.doors.letters import send_letter

PASSWORD_CHANGED = gettext_lazy("The password of your account was changed.")
FACTOR_ADDED = gettext_lazy("A second factor was added to your account.")
FACTOR_REMOVED = gettext_lazy("A second factor was removed from your account.")
FACTOR_RESET = gettext_lazy("The administrator removed the second factors of your account at your request.")


@transaction.atomic
def tell(user: User, what) -> None:
    """Tell a person what happened to their account, so that they can object; a demonstration account gets nothing."""
    if user.invented:
        return
    with translation.override(settings.LANGUAGE_CODE):
        end = _("If it was not you, tell the administrator of Spoiwo in your office at once.")
        send_letter(to=user.email, subject=_("Spoiwo: your account"), body=f"{what}\n\n{end}\n", by=None, about=user)


def write_invitation(invitation: Invitation, address: str, by: User | None) -> None:
    """Write the letter with the link."""
    with translation.override(settings.LANGUAGE_CODE):
        roles = ", ".join(invitation.role_names()) or "–"
        words = _(
            "You are invited to Spoiwo (role: %(roles)s).\n\nOpen this address within %(days)d days and set your "
            "password:\n%(address)s\n\nThe address works once. If you did not expect this letter, delete it."
        ) % {"roles": roles, "days": GOOD_FOR.days, "address": address}
        subject = _("Spoiwo: invitation")
    send_letter(to=invitation.email, subject=subject, body=words, by=by, about=invitation, expires_after=GOOD_FOR)


@transaction.atomic
def write_reset(user: User, subject: str, body: str) -> None:
    """Write the letter with a link to a new password; nobody is told whether it was written."""
    send_letter(
        to=user.email, subject=subject, body=body, by=None, about=user, expires_after=settings.PASSWORD_RESET_LIMIT
    )
