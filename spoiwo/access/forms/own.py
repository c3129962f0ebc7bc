"""Forms of one's own account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from spoiwo.access.models import User


class NameForm(forms.Form):
    """How the person is called on the screen and under deeds."""

    columns = ("full_name",)
    full_name = forms.CharField(
        label=_("First and last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data=None, *, user: User) -> None:
        super().__init__(data, initial={"full_name": user.full_name, "seen_version": user.version})
