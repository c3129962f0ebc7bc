"""Forms of the legal year."""

from calendar import monthrange

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spoiwo.strategy.forms.fields import YearField
from spoiwo.strategy.models import Duty
from spoiwo.strategy.services.duties import FIELDS, as_facts
from spoiwo.ui.forms import DayField

LEAP_YEAR = 2024  # the 29th of February may be a term; in other years it is the 28th


class DoneForm(forms.Form):
    """The day on which a duty was done, and where the paper is."""

    on = DayField(label=gettext_lazy("Done on"))
    note = forms.CharField(
        label=gettext_lazy("Note"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("For example the number of the letter."),
    )

    def __init__(self, data=None, *, today, **kwargs) -> None:
        super().__init__(data, initial={"on": today}, **kwargs)
        self.today = today

    def clean_on(self):
        """A deed is not done in the future."""
        day = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet. Write the day on which it was done."))
        return day


class DutyForm(forms.Form):
    """One duty as an administrator changes it."""

    columns = FIELDS
    name = forms.CharField(label=gettext_lazy("Name"), max_length=300)
    recipient = forms.CharField(label=gettext_lazy("Recipient"), max_length=200)
    basis = forms.CharField(label=gettext_lazy("Legal basis"), max_length=300)
    day = forms.IntegerField(label=gettext_lazy("Last day"), min_value=1, max_value=31)
    month = forms.IntegerField(label=gettext_lazy("Month"), min_value=1, max_value=12)
    valid_to_year = YearField(label=gettext_lazy("Last year"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"), required=False, max_length=400, widget=forms.Textarea(attrs={"rows": 3})
    )
    reason = forms.CharField(
        label=gettext_lazy("Reason for the change"),
        min_length=10,
        max_length=500,
        help_text=gettext_lazy("For example the act that changed the term."),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data=None, *, duty: Duty) -> None:
        super().__init__(data, initial=as_facts(duty) | {"seen_version": duty.version})
        self.duty = duty

    def clean(self) -> dict:
        """A day that the month has, and a last year not before the first."""
        found = super().clean()
        day, month, last = found.get("day"), found.get("month"), found.get("valid_to_year")
        if day and month and day > (longest := monthrange(LEAP_YEAR, month)[1]):
            words = _("This month has %(n)d days at most.")
            self.add_error("day", forms.ValidationError(words, params={"n": longest}))
        if last and last < self.duty.valid_from_year:
            words = _("The duty holds from %(year)d; the last year cannot be earlier.")
            self.add_error("valid_to_year", forms.ValidationError(words, params={"year": self.duty.valid_from_year}))
        return found

    def values(self) -> dict:
        """The columns as the service takes them."""
        return {name: self.cleaned_data[name] for name in FIELDS}
