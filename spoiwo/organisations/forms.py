"""Inviting people to an organisation."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.access.forms.office import InviteForm


class InviteToForm(InviteForm):
    """As any invitation, with the roles of this kind of organisation only."""

    administers = forms.BooleanField(
        label=_("This person invites others and closes accounts of the organisation"), required=False
    )
