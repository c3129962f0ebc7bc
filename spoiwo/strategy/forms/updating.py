"""What an officer writes into a draft of a strategy, and about its adoption."""

from datetime import date
from decimal import Decimal, InvalidOperation

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spoiwo.strategy.domain import versions
from spoiwo.strategy.forms.fields import CodeField, YearField
from spoiwo.ui.forms import DayField

DASH = [("", "–")]
DAY_PROBLEMS = dict.fromkeys(("required", "invalid"), _("Write the day as 17.05.2019."))
YEAR_PROBLEMS = dict.fromkeys(
    ("required", "invalid", "min_value", "max_value"), _("Write the year in four digits, for example 2024.")
)


class OpenDraftForm(forms.Form):
    """The name of a new draft."""

    title = forms.CharField(
        label=_("Name of the draft"),
        help_text=_("For example: Update of the strategy for 2027–2030"),
        max_length=300,
        error_messages={"required": _("Name the draft; the public reads this name in the consultation.")},
    )


class ElementForm(forms.Form):
    """What elements of a draft share. `draft` is the document being edited, `row` the element or None for a new one."""

    kind = ""
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    code = CodeField(max_length=40)

    def __init__(self, data=None, *, draft: dict, row: dict | None = None) -> None:
        super().__init__(data, initial=self.begun(row) if row else None)
        self.draft, self.row, self.columns = draft, row, versions.FIELDS[self.kind]
        if row:
            del self.fields["code"]
        self.prepare()

    def begun(self, row: dict) -> dict:
        """What stands in the form of a held element."""
        days = {name: date.fromisoformat(row[name]) for name in ("ended_on", "from_date", "to_date") if row.get(name)}
        return row | days | {"seen_version": row["version"]}

    def prepare(self) -> None:
        """Fill the lists."""

    def offered(self, kind: str) -> list[tuple[str, str]]:
        """Elements of the draft to choose from."""
        return [(row["code"], versions.label_of(kind, row)) for row in self.draft[versions.PARTS[kind]]]

    def values(self) -> dict:
        """The fields of the element."""
        held = {name: self.cleaned_data[name] for name in versions.FIELDS[self.kind]}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in held.items()}


class NamedForm(ElementForm):
    """An element with a number and a name."""

    number = forms.CharField(label=_("Number"), max_length=10, required=False)
    name = forms.CharField(
        label=_("Name"), max_length=400, widget=forms.Textarea, error_messages={"required": _("Write the name.")}
    )

    def clean_name(self) -> str:
        """One line, whatever was pasted."""
        return " ".join(self.cleaned_data["name"].split())


class GoalForm(NamedForm):
    """A goal of a draft."""

    kind = "goal"
    parent = forms.ChoiceField(
        label=_("Strategic goal"), help_text=_("Only for an operational goal: the one it belongs to"), required=False
    )
    ended_on = DayField(label=_("Ends on"), required=False)
    field_order = ("code", "number", "name", "parent", "ended_on", "seen_version")

    def prepare(self) -> None:
        """A strategic goal has no parent; one that has goals below it stays strategic."""
        code = self.row["code"] if self.row else None
        goals = self.draft["goals"]
        is_parent = any(row["parent"] == code for row in goals if code)
        above = [] if is_parent else [row["code"] for row in goals if not row["parent"] and row["code"] != code]
        self.fields["parent"].choices = DASH + [pair for pair in self.offered("goal") if pair[0] in above]

    def clean_parent(self) -> str | None:
        """Nothing chosen is a strategic goal."""
        return self.cleaned_data["parent"] or None


class ProgrammeForm(NamedForm):
    """A programme of a draft."""

    kind = "programme"
    short_name = forms.CharField(
        label=_("Short name"),
        help_text=_("For tables of the report"),
        max_length=120,
        error_messages={"required": _("Write a short name for tables.")},
    )
    from_year = YearField(label=_("First year"), required=False)
    to_year = YearField(label=_("Last year"), required=False)
    goals = forms.MultipleChoiceField(label=_("Goals it serves"), widget=forms.CheckboxSelectMultiple, required=False)
    field_order = ("code", "number", "name", "short_name", "from_year", "to_year", "goals", "seen_version")

    def prepare(self) -> None:
        """Goals of the draft."""
        self.fields["goals"].choices = self.offered("goal")

    def clean_goals(self) -> list[str]:
        """In one order, so that the same choice is the same value."""
        return sorted(self.cleaned_data["goals"])

    def clean(self) -> dict:
        """The last year is not before the first."""
        data = super().clean()
        first, last = data.get("from_year"), data.get("to_year")
        if first and last and last < first:
            self.add_error("to_year", _("The last year is before the first one, %(year)d.") % {"year": first})
        return data


class TaskForm(NamedForm):
    """A task of a draft."""

    kind = "task"
    programme = forms.ChoiceField(label=_("Programme"), required=False)
    goal = forms.ChoiceField(label=_("Goal"), required=False)
    from_date = DayField(label=_("Begins on"), required=False)
    to_date = DayField(label=_("Ends on"), required=False)
    field_order = ("code", "number", "name", "programme", "goal", "from_date", "to_date", "seen_version")

    def prepare(self) -> None:
        """Programmes and goals of the draft."""
        self.fields["programme"].choices = DASH + self.offered("programme")
        self.fields["goal"].choices = DASH + self.offered("goal")

    def clean(self) -> dict:
        """A task of a strategy has a programme or a goal, and does not end before it begins."""
        data = super().clean()
        data["programme"], data["goal"] = data.get("programme") or None, data.get("goal") or None
        if not data["programme"] and not data["goal"] and not {"programme", "goal"} & self.errors.keys():
            self.add_error("programme", _("Choose a programme or a goal: a task of the strategy belongs to one."))
        first, last = data.get("from_date"), data.get("to_date")
        if first and last and last < first:
            self.add_error("to_date", _("The end is before the beginning."))
        return data


class TargetForm(ElementForm):
    """What an indicator should reach in a year."""

    kind = "target"
    indicator = forms.ChoiceField(label=_("Indicator"), error_messages={"required": _("Choose the indicator.")})
    year = YearField(label=_("Year"), error_messages=YEAR_PROBLEMS)
    value = forms.CharField(
        label=_("Target value"), max_length=20, error_messages={"required": _("Write the value to be reached.")}
    )
    field_order = ("indicator", "year", "value", "seen_version")

    def __init__(self, data=None, *, draft: dict, row: dict | None = None, indicators=()) -> None:
        self.indicators = {one.code: one.name for one in indicators}
        super().__init__(data, draft=draft, row=row)

    def begun(self, row: dict) -> dict:
        """The value the Polish way."""
        return super().begun(row) | {"value": row["value"].replace(".", ",")}

    def prepare(self) -> None:
        """A held target keeps its indicator and year."""
        if self.row:
            del self.fields["indicator"], self.fields["year"]
            return
        del self.fields["code"]
        self.fields["indicator"].choices = DASH + list(self.indicators.items())

    def clean_value(self) -> str:
        """A number with at most four decimal places, as plain text."""
        found = self.cleaned_data["value"]
        try:
            number = Decimal(found.replace("\u00a0", "").replace(" ", "").replace(",", "."))
        except InvalidOperation:
            number = Decimal("NaN")
        if not number.is_finite() or number != number.quantize(Decimal("0.0001")) or abs(number) >= 10**14:
            raise ValidationError(
                _("Found: %(found)s. Write a number with at most four decimal places, for example 12,5."),
                params={"found": found},
            )
        return f"{number.normalize():f}"

    def clean(self) -> dict:
        """The code of a target follows from its indicator and year."""
        data = super().clean()
        if not self.row and data.get("indicator") and data.get("year"):
            data["code"] = f"{data['indicator']}@{data['year']}"
        return data

    def values(self) -> dict:
        """The value; of a new target also what it belongs to."""
        if self.row:
            return {"value": self.cleaned_data["value"]}
        code = self.cleaned_data["indicator"]
        held = {name: self.cleaned_data[name] for name in ("year", "value")}
        return held | {"indicator": code, "name": self.indicators[code]}


FORMS = {"goal": GoalForm, "programme": ProgrammeForm, "task": TaskForm, "target": TargetForm}


def element_form(kind: str, data, *, draft: dict, row: dict | None = None, indicators=()) -> ElementForm:
    """The form of one kind of element."""
    more = {"indicators": indicators} if kind == "target" else {}
    return FORMS[kind](data, draft=draft, row=row, **more)


class WithdrawForm(forms.Form):
    """Why a draft is given up."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea,
        min_length=10,
        max_length=2000,
        error_messages={
            "required": _("Write why the draft is withdrawn."),
            "min_length": _("Write the reason in at least ten characters."),
        },
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class AdoptForm(forms.Form):
    """The resolution that adopts a draft."""

    adopting_body = forms.CharField(
        label=_("Adopted by"), max_length=200, error_messages={"required": _("Say who adopted the version.")}
    )
    resolution = forms.CharField(
        label=_("Number of the resolution"),
        max_length=120,
        error_messages={"required": _("Write the number of the resolution.")},
    )
    adopted_on = DayField(label=_("Adopted on"), error_messages=DAY_PROBLEMS)
    binding_from = DayField(
        label=_("Binding from"),
        help_text=_("From this day the tree carries the new names and goals"),
        error_messages=DAY_PROBLEMS,
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, today: date, initial: dict | None = None) -> None:
        super().__init__(data, initial=initial)
        self.today = today

    def clean_adopted_on(self) -> date:
        """A resolution to come is not entered."""
        day = self.cleaned_data["adopted_on"]
        if day > self.today:
            raise ValidationError(_("This day is still to come. Enter the resolution once it is adopted."))
        return day

    def clean(self) -> dict:
        """A version binds no earlier than it is adopted."""
        data = super().clean()
        adopted, binding = data.get("adopted_on"), data.get("binding_from")
        if adopted and binding and binding < adopted:
            self.add_error("binding_from", _("A version cannot bind before it is adopted."))
        return data
