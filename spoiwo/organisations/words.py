"""The deeds of the room in the words of the screen; those of the import stand with the ledger."""

from django.utils.translation import gettext_lazy as _

from spoiwo.audit.words import register

register(
    {
        "organisations.member_left": _("Work for the organisation ended"),
        "organisations.keeper_named": _("Keeper of the organisation's accounts named"),
        "organisations.caring_begun": _("Runs protected cases of the organisation from now on"),
        "organisations.caring_ended": _("Runs protected cases of the organisation no longer"),
    }
)
