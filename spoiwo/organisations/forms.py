"""Inviting people to an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.access.forms.office import InviteForm, ReasonForm
from spoiwo.organisations.models import Membership


class InviteToForm(InviteForm):
    """As any invitation, with the roles of this kind of organisation only."""

    administers = forms.BooleanField(
        label=_("This person invites others and closes accounts of the organisation"), required=False
    )


class CaringForm(ReasonForm):
    """Whether a person runs the protected cases of the organisation, and why so."""

    columns = ("cares",)
    cares = forms.BooleanField(
        label=_("This person runs protected cases of this organisation"),
        required=False,
        help_text=_("Opens its register of persons. The role of a care officer alone opens the register of no unit."),
    )
    field_order = ["cares", "reason", "seen_version"]

    def __init__(self, data=None, *, row: Membership) -> None:
        super().__init__(data, version=row.user.version)
        self.initial["cares"] = row.cares
