"""Narrowing the record of deeds, taking it out as a file, signing a week."""

from django import forms
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spoiwo.audit.querysets import RecordQuerySet
from spoiwo.audit.words import deeds_called, in_words


class RecordFilter(forms.Form):
    """Words, what kind of entries, days from and to; a person, a deed and a row come from links of the list."""

    q = forms.CharField(label=_("Person, deed or thing"), required=False, max_length=100)
    kind = forms.ChoiceField(
        label=_("Entries"),
        required=False,
        choices=[("", _("all")), ("readings", _("readings only")), ("changes", _("without readings"))],
    )
    since = forms.DateField(label=_("From"), required=False)
    until = forms.DateField(label=_("To"), required=False)
    person = forms.IntegerField(required=False, min_value=1, widget=forms.HiddenInput)
    deed = forms.CharField(required=False, max_length=80, widget=forms.HiddenInput)
    about = forms.RegexField(r"^[\w.]{1,60}:[^:\s]{1,60}$", required=False, widget=forms.HiddenInput)

    def narrow(self, rows: RecordQuerySet) -> RecordQuerySet:
        """Keep the rows asked for; a wrong field narrows nothing and says so."""
        if not self.is_valid():
            return rows
        asked = self.cleaned_data
        if words := asked["q"]:
            told = Q(by_name__icontains=words) | Q(about_label__icontains=words)
            rows = rows.filter(told | Q(deed=words) | Q(deed__in=deeds_called(words)))
        if asked["kind"]:
            rows = rows.readings() if asked["kind"] == "readings" else rows.changes()
        rows = rows.since(asked["since"]) if asked["since"] else rows
        rows = rows.until(asked["until"]) if asked["until"] else rows
        if asked["person"]:
            rows = rows.filter(by=asked["person"])
        if asked["deed"]:
            rows = rows.filter(deed=asked["deed"])
        if asked["about"]:
            kind, _colon, number = asked["about"].partition(":")
            rows = rows.filter(about_type=kind, about_id=number)
        return rows

    def asked(self) -> list[tuple[str, str]]:
        """Everything the entries are narrowed to, in words: label and value."""
        if not self.is_bound or not self.is_valid():
            return []
        shown = {name: self.cleaned_data[name] for name in ("q", "kind", "since", "until")}
        shown["kind"] = dict(self.fields["kind"].choices)[shown["kind"]] if shown["kind"] else ""
        return [(str(self.fields[name].label), str(value)) for name, value in shown.items() if value] + self.chosen()

    def chosen(self) -> list[tuple[str, str]]:
        """What links of the list narrow it to, in words: label and value."""
        if not self.is_bound or not self.is_valid():
            return []
        asked = self.cleaned_data
        person = get_user_model().objects.filter(pk=asked["person"]).first() if asked["person"] else None
        found = [
            (_("Person"), person or asked["person"]),
            (_("Deed"), in_words(asked["deed"]) if asked["deed"] else ""),
            (_("About"), _called(asked["about"])),
        ]
        return [(label, str(value)) for label, value in found if value]


def _called(about: str) -> str:
    """A row by the name of its kind and its number; the row itself is not asked what it is called."""
    label, _colon, number = about.partition(":")
    try:
        return f"{apps.get_model(label)._meta.verbose_name} {number}"
    except (LookupError, ValueError):
        return about.replace(":", " ")


class ExportForm(RecordFilter):
    """What the file is for; the filter of the list goes with it."""

    purpose = forms.CharField(
        label=_("What the file is for"),
        min_length=10,
        max_length=300,
        help_text=_("For example the number of the letter that asks for it. It stays in the record."),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name in RecordFilter.base_fields:
            self.fields[name].widget = forms.HiddenInput()


class SignForm(forms.Form):
    """What the person who looked through a week has to say."""

    remarks = forms.CharField(
        label=_("Remarks"),
        min_length=10,
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("What was checked, with whom it was cleared up, what follows from it."),
    )
    seen_digest = forms.CharField(min_length=64, max_length=64, widget=forms.HiddenInput)
