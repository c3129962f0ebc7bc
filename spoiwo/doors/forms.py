"""Narrowing the list of letters."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from spoiwo.doors.models import STATES


class LetterFilter(forms.Form):
    """Letters in one state."""

    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *STATES.items()])

    def narrow(self, rows: models.QuerySet) -> models.QuerySet:
        """Keep the rows asked for; a wrong state narrows nothing and says so."""
        wanted = self.cleaned_data["state"] if self.is_valid() else ""
        return rows.filter(state=wanted) if wanted else rows
