"""Narrowing the record of deeds."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spoiwo.audit.words import deeds_called


class RecordFilter(forms.Form):
    """Words, and days from and to."""

    q = forms.CharField(label=_("Person, deed or thing"), required=False, max_length=100)
    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("To"), required=False)

    def narrow(self, rows):
        """Keep the rows asked for; a wrong field narrows nothing and says so."""
        if not self.is_valid():
            return rows
        if words := self.cleaned_data["q"]:
            told = Q(by_name__icontains=words) | Q(about_label__icontains=words)
            rows = rows.filter(told | Q(deed=words) | Q(deed__in=deeds_called(words)))
        if since := self.cleaned_data["since"]:
            rows = rows.filter(at__date__gte=since)
        if until := self.cleaned_data["until"]:
            rows = rows.filter(at__date__lte=until)
        return rows
