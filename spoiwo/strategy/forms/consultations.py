"""What comes into a consultation: its term, remarks of offices and residents, answers, the report."""

from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spoiwo.places.models import Level
from spoiwo.strategy.domain.remarks import LONGEST_REMARK, LONGEST_SENDER, MOST_READ, cleaned, personal_trace
from spoiwo.strategy.forms.updating import DAY_PROBLEMS
from spoiwo.strategy.models import Decision, SenderKind
from spoiwo.ui.forms import DayField


class ConsultationForm(forms.Form):
    """What is asked, and until when."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    title = forms.CharField(label=_("Title"), max_length=300, error_messages={"required": _("Name the consultation.")})
    about = forms.CharField(
        label=_("What is asked"),
        help_text=_("What changes and why, in a few sentences for somebody who does not know the strategy"),
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": _("Say in a few sentences what is consulted.")},
    )
    opens_on = DayField(label=_("First day"), error_messages=DAY_PROBLEMS)
    closes_on = DayField(
        label=_("Last day"),
        help_text=_("Remarks are taken until midnight. Check the term that your rules of consultation demand."),
        error_messages=DAY_PROBLEMS,
    )

    def __init__(self, data=None, *, today: date, initial: dict | None = None) -> None:
        super().__init__(data, initial=initial)
        self.today = today

    def clean_opens_on(self) -> date:
        """Not in the past: nobody could have sent a remark then."""
        day = self.cleaned_data["opens_on"]
        if day < self.today:
            raise ValidationError(_("This day has passed. The consultation opens today or later."))
        return day

    def clean(self) -> dict:
        """The last day is not before the first."""
        data = super().clean()
        first, last = data.get("opens_on"), data.get("closes_on")
        if first and last and last < first:
            self.add_error("closes_on", _("The last day is before the first one."))
        return data


class RemarkForm(forms.Form):
    """A remark of an office, an organisation or a resident, sent without an account."""

    element = forms.ChoiceField(label=_("What the remark is about"), required=False)
    text = forms.CharField(
        label=_("Remark"),
        help_text=_("What should change and why, at most 4000 characters. Do not write data of persons."),
        widget=forms.Textarea,
        error_messages={"required": _("Write the remark.")},
    )
    sender_kind = forms.ChoiceField(
        label=_("On whose behalf"),
        choices=SenderKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose on whose behalf you send the remark.")},
    )
    place = forms.ModelChoiceField(
        label=_("Powiat or gmina"),
        help_text=_("Only for a remark of a powiat or a gmina"),
        queryset=None,
        required=False,
        empty_label="–",
    )
    sender = forms.CharField(
        label=_("Name of the organisation or institution"),
        help_text=_("A resident leaves this field empty: we do not collect names of persons."),
        max_length=LONGEST_SENDER,
        required=False,
    )
    website = forms.CharField(label=_("Leave this field empty"), required=False)

    def __init__(self, data=None, *, places, elements: list[tuple[str, str]], initial: dict | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["place"].queryset = places
        self.fields["place"].label_from_instance = _named
        self.fields["element"].choices = [("", _("The whole draft")), *elements]
        self.fields["website"].widget.attrs = {"tabindex": "-1", "autocomplete": "off"}

    def clean_text(self) -> str:
        """Long enough to say something, short enough to be read, without data of persons."""
        text = self.cleaned_data["text"]
        text = cleaned(text) if len(text) <= MOST_READ else text
        if not text:
            raise ValidationError(_("Write the remark."))
        if len(text) > LONGEST_REMARK:
            raise ValidationError(
                _("The remark has %(found)d characters, and at most %(most)d are taken. Shorten it or send two."),
                params={"found": len(text), "most": LONGEST_REMARK},
            )
        if trace := personal_trace(text):
            raise ValidationError(
                _("Found: %(found)s. Take it out: remarks are published, and we do not collect data of persons."),
                params={"found": trace},
            )
        return text

    def clean_website(self) -> str:
        """Only a machine fills what nobody sees."""
        if self.cleaned_data["website"]:
            raise ValidationError(_("Leave this field empty: it is there to stop machines."))
        return ""

    def clean(self) -> dict:
        """Who speaks says which office or organisation; a resident leaves no name."""
        data = super().clean()
        kind, place, sender = data.get("sender_kind"), data.get("place"), cleaned(data.get("sender") or "")
        if kind in (SenderKind.POWIAT, SenderKind.GMINA):
            level = Level.POWIAT if kind == SenderKind.POWIAT else Level.GMINA
            if "place" not in self.errors and (place is None or place.level != level):
                wanted = _("Choose the powiat.") if kind == SenderKind.POWIAT else _("Choose the gmina.")
                self.add_error("place", wanted)
        elif kind in (SenderKind.NGO, SenderKind.INSTITUTION):
            if not sender:
                self.add_error("sender", _("Write the name of the organisation or institution."))
            data["place"] = None
        elif kind == SenderKind.RESIDENT and sender:
            self.add_error("sender", _("You chose “resident”: clear this field, we do not collect names of persons."))
        return data | {"sender": sender}


def _named(place) -> str:
    return f"{place.name} ({place.kind})"


class AnswerForm(forms.Form):
    """The office's answer to a remark."""

    columns = ("decision", "answer")
    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=Decision.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose what you do with the remark.")},
    )
    answer = forms.CharField(
        label=_("Answer"),
        help_text=_("Printed in the report beside the remark"),
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": _("Write the answer: a decision without its reason is not published.")},
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)


class ReportForm(forms.Form):
    """The few sentences that open the report."""

    columns = ("summary",)
    summary = forms.CharField(
        label=_("Summary of the report"),
        help_text=_("How the consultation went and what changed in the draft"),
        widget=forms.Textarea,
        max_length=6000,
        error_messages={"required": _("Write a summary; it opens the report.")},
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)
