"""One person: entered whole, changed in parts."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spoiwo.organisations.models import Organisation
from spoiwo.persons.domain.pesel import day_of_birth
from spoiwo.persons.forms.fields import PeselField
from spoiwo.persons.models import BASES, FIELDS, NAMES, PURPOSES, Person
from spoiwo.ui.forms import DayField

OLDEST = 1880  # a year of birth before it is a slip
SHORT = {"autocomplete": "off", "spellcheck": "false"}


def _line(name: str, length: int, **options) -> forms.CharField:
    return forms.CharField(
        label=FIELDS[name], max_length=length, required=False, widget=forms.TextInput(attrs=SHORT), **options
    )


def _text(name: str, length: int, **options) -> forms.CharField:
    return forms.CharField(
        label=FIELDS[name], max_length=length, required=False, widget=forms.Textarea(attrs=SHORT), **options
    )


class PersonForm(forms.Form):
    """Names, numbers, address and notes of a person, with the ground on which they are kept."""

    unit = forms.ModelChoiceField(label=gettext_lazy("Unit"), queryset=Organisation.objects.none())
    first_name = _line("first_name", 100)
    last_name = _line("last_name", 100)
    pesel = PeselField(help_text=gettext_lazy("Leave it empty when the person has none or it is not known."))
    born_on = DayField(
        label=FIELDS["born_on"],
        required=False,
        help_text=gettext_lazy("With a PESEL it can be left empty; for example 17.05.2019."),
    )
    address = _text("address", 400)
    contact = _text("contact", 400)
    notes = _text("notes", 4000, help_text=gettext_lazy("Only what the unit needs; less is safer."))
    basis = forms.ChoiceField(label=FIELDS["basis"], choices=BASES.items())
    since = DayField(label=FIELDS["since"])
    shielded = forms.BooleanField(
        label=FIELDS["shielded"],
        required=False,
        help_text=gettext_lazy("The address is hidden on purpose: only caseworkers of this person open the record."),
    )
    purpose = forms.ChoiceField(choices=PURPOSES.items(), widget=forms.HiddenInput)
    words = forms.CharField(max_length=200, required=False, widget=forms.HiddenInput)
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, units, today: date, names: list[str] | None = None, initial: dict | None = None):
        super().__init__(data, initial=initial)
        self.today, self.changing = today, names is not None
        self.names = list(NAMES) if names is None else names
        for name in set(NAMES) - set(self.names):
            del self.fields[name]
        if self.changing:
            guarded_only = "last_name" not in self.names
            for name in ("unit", "shielded", *(("basis", "since") if guarded_only else ())):
                del self.fields[name]
        else:
            for name in ("purpose", "words", "seen_version"):
                del self.fields[name]
            self.fields["unit"].queryset = units
            if len(units) == 1:
                self.fields["unit"].initial = units[0].pk
                self.fields["unit"].widget = forms.HiddenInput()
        if "last_name" in self.fields:
            self.fields["last_name"].required = True
            self.fields["last_name"].error_messages["required"] = _("Enter the last name.")
        if "since" in self.fields:
            self.fields["since"].error_messages["required"] = _("Enter the day, for example 17.05.2019.")

    @property
    def columns(self) -> tuple[str, ...]:
        """What two people can change at the same time."""
        return tuple(name for name in (*self.names, "basis", "since") if name in self.fields)

    def clean_since(self) -> date:
        """Not in the future."""
        since = self.cleaned_data["since"]
        if since > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return since

    def clean(self) -> dict:
        """The day of birth and the PESEL agree; of a PESEL alone the day is taken from it."""
        data = super().clean()
        pesel, born_on = data.get("pesel"), data.get("born_on")
        if pesel and not born_on and "born_on" not in self.errors:
            born_on = data["born_on"] = day_of_birth(pesel)
        if pesel and born_on and day_of_birth(pesel) != born_on:
            self.add_error("born_on", _("The PESEL says another day of birth. Check both."))
        elif born_on and born_on > self.today:
            name = "pesel" if pesel else "born_on"
            self.add_error(name, _("The day of birth has not come yet."))
        elif born_on and not pesel and born_on.year < OLDEST:
            self.add_error("born_on", _("Check the year of birth."))
        return data

    def values(self) -> dict[str, str]:
        """The texts that are sealed."""
        found = {name: self.cleaned_data[name] for name in self.names}
        if "born_on" in found:
            found["born_on"] = found["born_on"].isoformat() if found["born_on"] else ""
        return found

    def plain(self) -> dict:
        """The columns that are not sealed."""
        return {name: self.cleaned_data[name] for name in ("basis", "since") if name in self.fields}


def initial_of(person: Person, values: dict[str, str]) -> dict:
    """What the form of a change begins with."""
    shown = dict(values)
    if shown.get("born_on"):
        shown["born_on"] = date.fromisoformat(shown["born_on"])
    return shown | {"basis": person.basis, "since": person.since, "seen_version": person.version}
