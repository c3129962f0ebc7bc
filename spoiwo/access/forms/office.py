"""Forms of the office that keeps the accounts."""

from datetime import date

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spoiwo.access.domain.substitutions import LONGEST_DAYS
from spoiwo.access.models import Role, User
from spoiwo.ui.forms import DayField

OPEN, CLOSED = "otwarte", "zamkniete"


class AccountFilter(forms.Form):
    """Which accounts are shown."""

    q = forms.CharField(label=gettext_lazy("Name or e-mail"), required=False, max_length=100)
    role = forms.ChoiceField(label=gettext_lazy("Role"), required=False)
    stan = forms.ChoiceField(label=gettext_lazy("State"), required=False)

    def __init__(self, data=None) -> None:
        super().__init__(data)
        self.fields["role"].choices = [("", _("any")), *Role.choices]
        self.fields["stan"].choices = [("", _("open and closed")), (OPEN, _("in use")), (CLOSED, _("not in use"))]

    def narrow(self, rows: QuerySet, today: date) -> QuerySet:
        """The rows that the form asks for; a question that cannot be understood narrows nothing."""
        asked = self.cleaned_data if self.is_valid() else {}
        if asked.get("q"):
            rows = rows.matching(asked["q"].strip())
        if asked.get("role"):
            rows = rows.holding(asked["role"], today)
        if asked.get("stan"):
            rows = rows.filter(is_active=asked["stan"] == OPEN)
        return rows


class ReasonForm(forms.Form):
    """Why something is done to an account."""

    reason = forms.CharField(label=gettext_lazy("Reason"), min_length=10, max_length=300)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)

    def __init__(self, data=None, *, version: int) -> None:
        super().__init__(data, initial={"seen_version": version})


class RoleForm(ReasonForm):
    """A role, from a day, until a day or further notice."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=Role.choices, widget=forms.RadioSelect)
    since = DayField(label=gettext_lazy("From"))
    until = DayField(
        label=gettext_lazy("Until"), required=False, help_text=gettext_lazy("Empty: until further notice.")
    )
    field_order = ["role", "since", "until", "reason", "seen_version"]

    def __init__(self, data=None, *, user: User, today: date) -> None:
        super().__init__(data, version=user.version)
        self.initial["since"] = today

    def clean(self) -> dict:
        """A role does not end before it begins."""
        found = super().clean()
        since, until = found.get("since"), found.get("until")
        if since and until and until < since:
            self.add_error("until", _("This day is before the first one. Write the same day or a later one."))
        return found


class InviteForm(forms.Form):
    """Whom to invite, and to which roles."""

    email = forms.EmailField(label=gettext_lazy("E-mail"), max_length=254)
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, data=None, *, allowed: list[Role] | None = None) -> None:
        super().__init__(data)
        if allowed is not None:
            self.fields["roles"].choices = [(role.value, role.label) for role in allowed]

    def picked(self) -> list[Role]:
        """The roles that were ticked."""
        return [Role(role) for role in self.cleaned_data["roles"]]


class SubstitutionForm(forms.Form):
    """Who is on leave, who stands in, and for which days."""

    absent = forms.ModelChoiceField(label=gettext_lazy("Person on leave"), queryset=User.objects.none())
    substitute = forms.ModelChoiceField(label=gettext_lazy("Substitute"), queryset=User.objects.none())
    since = DayField(label=gettext_lazy("From"))
    until = DayField(label=gettext_lazy("Until"))
    reason = forms.CharField(label=gettext_lazy("Reason"), min_length=3, max_length=300)

    def __init__(self, data=None, *, people: QuerySet, today: date) -> None:
        super().__init__(data, initial={"since": today})
        self.today = today
        for name in ("absent", "substitute"):
            self.fields[name].queryset = people
            self.fields[name].empty_label = _("choose")

    def clean_until(self) -> date:
        """Days that have not all passed, and no more than a year of them."""
        until, since = self.cleaned_data["until"], self.cleaned_data.get("since")
        if until < self.today:
            raise forms.ValidationError(_("These days are over. Write a day that is still to come."))
        if since and until < since:
            raise forms.ValidationError(_("This day is before the first one. Write the same day or a later one."))
        if since and (until - since).days > LONGEST_DAYS:
            raise forms.ValidationError(_("A substitution lasts a year at most."))
        return until
