"""What comes into the report through the web."""

from django import forms
from django.utils.translation import gettext_lazy as _

LONGEST_TEXT = 20_000


class FinaliseForm(forms.Form):
    """The decision that closes a version; a correction says what changed and why.

    When numbers of the descriptions are no figure of the report, the person says that they are meant.
    """

    reason = forms.CharField(
        label=_("What changed and why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say what changed and why, in at least ten characters.")},
    )

    confirmed = forms.BooleanField(
        label=_("I have looked at the numbers that are no figure of the report; they are meant as they stand"),
        error_messages={"required": _("Look at the numbers listed above, then confirm them or change the text.")},
    )

    def __init__(self, data=None, *, correction: bool, unmatched: bool = False) -> None:
        super().__init__(data)
        if not correction:
            del self.fields["reason"]
        if not unmatched:
            del self.fields["confirmed"]


class NarrativeForm(forms.Form):
    """Words about a year or a programme, and the version that the person saw."""

    columns = ("text",)
    text = forms.CharField(
        label=_("Text"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 14, "lang": "pl"}),
        help_text=_("An empty line begins a new paragraph. Numbers are compared with the figures of the report."),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean_text(self) -> str:
        """The text without characters that no file can carry."""
        found = self.cleaned_data["text"]
        if any(not char.isprintable() and char not in "\r\n\t\u00a0\u202f\u2009\u2007" for char in found):
            raise forms.ValidationError(_("The text holds a character that cannot be printed. Type it anew there."))
        return found
