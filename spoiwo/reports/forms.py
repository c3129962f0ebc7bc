"""What comes into the report through the web."""

from django import forms
from django.utils.translation import gettext_lazy as _


class FinaliseForm(forms.Form):
    """The decision that closes a version; a correction says what changed and why."""

    reason = forms.CharField(
        label=_("What changed and why"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        error_messages={"required": _("Say what changed and why, in at least ten characters.")},
    )

    def __init__(self, data=None, *, correction: bool) -> None:
        super().__init__(data)
        if not correction:
            del self.fields["reason"]
