"""The entry for people who keep the accounts of an organisation."""

from django.utils.translation import gettext_lazy as _

from spoiwo.ui.menu import UPKEEP, register_staff

register_staff(
    UPKEEP,
    _("Accounts of organisations"),
    "organisations:kept",
    "people",
    91,
    permission="organisations.keep_accounts",
    under=("organisations:*",),
)
