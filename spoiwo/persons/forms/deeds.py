"""Purposes, searches, and what is done with a record as a whole."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from spoiwo.doors.fields import UploadField
from spoiwo.organisations.models import Organisation
from spoiwo.persons.domain.grounds import WORDS_NEEDED
from spoiwo.persons.forms.fields import PeselField
from spoiwo.persons.models import FIELDS, GROUNDS, PAPER_KINDS, PURPOSES
from spoiwo.ui.forms import DayField

NO_NAMES = gettext_lazy("Without names and numbers of people: these words stay in the record of deeds.")
LEAVE_OUT = gettext_lazy("Leave out the person's name and PESEL: these words stay in the record of deeds.")
SCANS = ("pdf", "jpg", "jpeg", "png")
STATES = {
    "otwarte": gettext_lazy("case open"),
    "zamkniete": gettext_lazy("case closed"),
    "po-terminie": gettext_lazy("time of keeping is over"),
    "do-usuniecia": gettext_lazy("erasure asked for"),
    "usuniete": gettext_lazy("erased"),
}


class PurposeForm(forms.Form):
    """For what the data is opened."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("For what do you open it?"),
        choices=[("", "–"), *PURPOSES.items()],
        error_messages={"required": gettext_lazy("Choose for what you open the data.")},
    )
    words = forms.CharField(label=gettext_lazy("In a few words"), max_length=200, required=False, help_text=NO_NAMES)

    def clean(self) -> dict:
        """Words where the code alone says too little."""
        data = super().clean()
        if data.get("purpose") in WORDS_NEEDED and not data.get("words"):
            self.add_error("words", _("Say for what, or for whom."))
        return data


class SearchForm(forms.Form):
    """One exact last name, or one PESEL; sent in the body of a request, never in an address."""

    last_name = forms.CharField(
        label=FIELDS["last_name"],
        max_length=100,
        required=False,
        help_text=gettext_lazy("The whole name; case and Polish letters do not count."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    pesel = PeselField()

    def clean(self) -> dict:
        """One of the two."""
        data = super().clean()
        if not self.errors and bool(data["last_name"]) == bool(data["pesel"]):
            raise forms.ValidationError(_("Fill in one of the fields: the last name or the PESEL."))
        return data

    def sought(self) -> dict[str, str]:
        """The field and its text."""
        name = "pesel" if self.cleaned_data["pesel"] else "last_name"
        return {"by_field": name, "text": self.cleaned_data[name]}


class ListFilter(forms.Form):
    """Narrowing the list; nothing in it tells who anybody is."""

    stan = forms.ChoiceField(
        label=gettext_lazy("State"), required=False, choices=[("", gettext_lazy("All")), *STATES.items()]
    )
    jednostka = forms.ModelChoiceField(
        label=gettext_lazy("Unit"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=gettext_lazy("All"),
    )
    moje = forms.BooleanField(label=gettext_lazy("Only cases that I run"), required=False)

    def __init__(self, data, *, units, own: bool) -> None:
        super().__init__(data)
        self.fields["jednostka"].queryset = units
        if len(units) < 2:
            del self.fields["jednostka"]
        if not own:
            del self.fields["moje"]

    def narrow(self, rows, *, user, today: date):
        """Keep the cases asked for; a wrong choice keeps none."""
        if not self.is_bound:
            return rows
        if not self.is_valid():
            return rows.none()
        wanted = self.cleaned_data
        if wanted.get("jednostka"):
            rows = rows.filter(unit=wanted["jednostka"])
        if wanted.get("moje"):
            rows = rows.run_by(user, today)
        match wanted["stan"]:
            case "otwarte":
                return rows.not_closed()
            case "zamkniete":
                return rows.closed()
            case "po-terminie":
                return rows.kept_long_enough(today)
            case "do-usuniecia":
                return rows.erasure_asked()
            case "usuniete":
                return rows.erased()
        return rows


class VersionForm(forms.Form):
    """A deed on a record as it was seen."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput)


def _reason(**options) -> forms.CharField:
    return forms.CharField(
        **{
            "label": gettext_lazy("Reason"),
            "min_length": 10,
            "max_length": 500,
            "widget": forms.Textarea,
            "help_text": NO_NAMES,
            "error_messages": {
                "required": gettext_lazy("Write why."),
                "min_length": gettext_lazy("Write why in at least ten characters."),
            },
        }
        | options
    )


class CloseForm(VersionForm):
    """The last day of a case, and how long its record is kept."""

    closed_on = DayField(label=gettext_lazy("Closed on"))
    keep_until = DayField(
        label=gettext_lazy("Kept until"),
        help_text=gettext_lazy("A proposal by the ground of keeping; change it as your unit's file plan says."),
    )
    columns = ("closed_on", "keep_until")

    def __init__(self, data=None, *, today: date, initial: dict | None = None) -> None:
        super().__init__(data, initial=initial)
        self.today = today

    def clean_closed_on(self) -> date:
        """Not in the future."""
        day = self.cleaned_data["closed_on"]
        if day > self.today:
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class ReasonForm(VersionForm):
    """A deed that needs a reason, such as opening a record again."""

    reason = _reason()


class ShieldForm(ReasonForm):
    """Hiding where a person can be found, or showing it again: which of the two was asked for, and why."""

    SHIELD, LIFT = "shield", "lift"
    wanted = forms.ChoiceField(widget=forms.HiddenInput, choices=[(SHIELD, SHIELD), (LIFT, LIFT)])


class AssignForm(forms.Form):
    """Who runs the case."""

    user = forms.ModelChoiceField(label=gettext_lazy("Caseworker"), queryset=None, empty_label="–")

    def __init__(self, data=None, *, people) -> None:
        super().__init__(data)
        self.fields["user"].queryset = people


class PaperForm(forms.Form):
    """A scan and what it is."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind of the paper"), choices=PAPER_KINDS.items())
    file = UploadField(
        label=gettext_lazy("File"),
        endings=SCANS,
        help_text=gettext_lazy("PDF, JPEG or PNG. What the camera added is taken out, and the rest is kept sealed."),
    )


class ErasureForm(forms.Form):
    """Why the data should go."""

    ground = forms.ChoiceField(label=gettext_lazy("Ground"), choices=[("", "–"), *GROUNDS.items()])
    reason = _reason()


class DecisionForm(forms.Form):
    """What the data-protection officer decides."""

    decision = forms.ChoiceField(
        label=gettext_lazy("Decision"),
        widget=forms.RadioSelect,
        choices=[
            ("erase", gettext_lazy("Erase for ever; nobody can bring it back")),
            ("refuse", gettext_lazy("Refuse; the data stays")),
        ],
    )
    case_number = forms.CharField(
        label=gettext_lazy("Case number, typed again"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Needed to erase, so that no other case is erased by mistake."),
    )
    answer = _reason(label=gettext_lazy("Answer"), required=False)

    def __init__(self, data=None, *, expected: str) -> None:
        super().__init__(data)
        self.expected = expected

    def clean(self) -> dict:
        """To erase, the number of the case; to refuse, an answer."""
        data = super().clean()
        if data.get("decision") == "erase" and "".join(data.get("case_number", "").split()).upper() != self.expected:
            self.add_error("case_number", _("Type the number of this case, so that no other one is erased."))
        if data.get("decision") == "refuse" and not data.get("answer") and "answer" not in self.errors:
            self.add_error("answer", _("Write why the data stays."))
        return data


class RequestForm(forms.Form):
    """On whose request the data of one person is handed out."""

    reason = _reason(
        label=gettext_lazy("On what request"),
        help_text=gettext_lazy(
            "For example the case sign of the request and its day. Without names and numbers of people."
        ),
    )
