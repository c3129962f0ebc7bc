"""What comes in about indicators through the web, checked field by field."""

from datetime import date
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from spoiwo.organisations.models import Organisation
from spoiwo.places.models import Level, Place
from spoiwo.strategy.domain.numbers import NotNumber, parse_number
from spoiwo.strategy.domain.periods import PARTS_PER_YEAR, Period
from spoiwo.strategy.domain.status import State
from spoiwo.strategy.forms.fields import YearField
from spoiwo.strategy.models import (
    Aggregation,
    Direction,
    Frequency,
    Goal,
    Indicator,
    IndicatorKind,
    IndicatorValue,
    PrecisionChoice,
    Programme,
    Task,
    Unit,
)
from spoiwo.strategy.services.indicator_words import STATES, part_in_words
from spoiwo.ui.forms import DayField

PROBLEMS = {
    "text": _("“%(found)s” is not a number. Write it in digits, for example 1 250 or 12,5."),
    "ambiguous": _("It is not clear whether the dot in “%(found)s” divides thousands. Write 1 250 or 1,25."),
    "places": _("“%(found)s” has more than four decimal places."),
}
OWNERS = {"goal": Goal, "programme": Programme, "task": Task}
DEFINITION = ("text", "numerator", "denominator", "multiplier", "baseline", "baseline_year", "valid_from")


class NumberField(forms.CharField):
    """A number as people write it; cleaned to an exact decimal."""

    def __init__(self, *, whole: bool = False, **kwargs) -> None:
        kwargs.setdefault("max_length", 30)
        super().__init__(**kwargs)
        self.whole = whole
        self.widget.attrs.update(inputmode="decimal", autocomplete="off")

    def clean(self, value: str) -> Decimal | None:
        """The number, or a sentence that says what was found and what is expected."""
        text = super().clean(value)
        if not text:
            return None
        try:
            found = parse_number(text)
        except NotNumber as problem:
            raise ValidationError(PROBLEMS[problem.problem], params={"found": text}) from problem
        if self.whole and (found < 0 or found != int(found)):
            raise ValidationError(_("Persons are counted whole: write a whole number, zero or more."))
        return found

    def prepare_value(self, value):
        """A decimal as it would be typed."""
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value

    in_words = prepare_value


class IndicatorFilter(forms.Form):
    """Narrowing the list of indicators."""

    program = forms.ChoiceField(label=_("Programme"), required=False)
    rodzaj = forms.ChoiceField(
        label=_("Kind"), required=False, choices=lambda: [("", gettext("All")), *IndicatorKind.choices]
    )
    ocena = forms.ChoiceField(label=_("Status"), required=False)
    q = forms.CharField(label=_("Name or source"), required=False, max_length=100)

    def __init__(self, data, *, region: str) -> None:
        super().__init__(data)
        programmes = Programme.objects.filter(region=region).select_related("strategy")
        everything = [("", gettext("All"))]
        self.fields["program"].choices = everything + [(row.code, row.titled) for row in programmes]
        self.fields["ocena"].choices = everything + [(str(state), STATES[state][1]) for state in State]

    def narrow(self, rows):
        """Keep the indicators asked for, but for their status; a wrong choice keeps none."""
        if not self.is_valid():
            return rows if not self.is_bound else rows.none()
        wanted = self.cleaned_data
        if wanted["program"]:
            code = wanted["program"]
            rows = rows.filter(programme__code=code) | rows.filter(task__programme__code=code)
        if wanted["rodzaj"]:
            rows = rows.filter(kind=wanted["rodzaj"])
        if wanted["q"]:
            rows = rows.filter(name__icontains=wanted["q"]) | rows.filter(source__icontains=wanted["q"])
        return rows

    @property
    def state(self) -> str:
        """The status asked for; it is computed, so the view narrows by it."""
        return self.cleaned_data["ocena"] if self.is_valid() else ""


class DefinitionFields(forms.Form):
    """What an indicator means, and where it began."""

    text = forms.CharField(
        label=_("Definition"),
        help_text=_("What exactly is counted, and what is not."),
        widget=forms.Textarea,
        max_length=4000,
        error_messages={"required": _("Say what exactly is counted.")},
    )
    numerator = forms.CharField(
        label=_("Numerator"), help_text=_("Only for a ratio: what is above the line."), max_length=300, required=False
    )
    denominator = forms.CharField(
        label=_("Denominator"), help_text=_("Only for a ratio: what is below the line."), max_length=300, required=False
    )
    multiplier = forms.IntegerField(
        label=_("Multiplier of the ratio"),
        help_text=_("100 for per cent, 10000 for “per 10 thousand”; 1 for all other indicators."),
        min_value=1,
        max_value=10**6,
        initial=1,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Write a whole number, for example 100.")},
    )
    baseline = NumberField(label=_("Baseline"), help_text=_("Where the way begins."), required=False)
    baseline_year = YearField(label=_("Year of the baseline"), required=False)
    valid_from = DayField(
        label=_("Valid from"), error_messages={"required": _("Say from which day this holds, for example 1.01.2026.")}
    )

    def clean(self) -> dict:
        """A baseline has its year, a ratio both its parts."""
        data = super().clean()
        if (data.get("baseline") is None) != (data.get("baseline_year") is None):
            for name in ("baseline", "baseline_year"):
                if data.get(name) is None and name not in self.errors:
                    self.add_error(name, _("A baseline and its year go together: fill in both, or none."))
        if self.is_ratio(data):
            for name in ("numerator", "denominator"):
                if not data.get(name):
                    self.add_error(name, _("A ratio needs a numerator and a denominator: say what each of them is."))
        return data

    def is_ratio(self, data: dict) -> bool:
        """Whether what is defined is a ratio."""
        raise NotImplementedError

    def definition(self) -> dict:
        """The columns of a definition."""
        return {name: self.cleaned_data[name] for name in DEFINITION}


class IndicatorFields(forms.Form):
    """What may be changed later, too."""

    name = forms.CharField(
        label=_("Name"), max_length=300, error_messages={"required": _("Enter the name of the indicator.")}
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=IndicatorKind.choices)
    direction = forms.ChoiceField(label=_("Which way is better"), choices=Direction.choices)
    responsible = forms.ModelChoiceField(
        label=_("Who gives the value"), queryset=Organisation.objects.none(), required=False, empty_label="–"
    )
    source = forms.CharField(
        label=_("Source of data"),
        max_length=300,
        error_messages={"required": _("Say where the value comes from, for example: activity sheet.")},
    )

    def __init__(self, *args, region: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = Organisation.objects.filter(region=region)


class IndicatorForm(IndicatorFields, DefinitionFields):
    """A new indicator with its first definition."""

    about = forms.ChoiceField(label=_("What it measures"))
    unit = forms.ModelChoiceField(
        label=_("Unit"),
        queryset=Unit.objects.none(),
        empty_label="–",
        error_messages={"required": _("Choose what is counted.")},
    )
    aggregation = forms.ChoiceField(
        label=_("How values are added"),
        help_text=_("It cannot be changed later. Persons who may repeat are never added."),
        choices=Aggregation.choices,
    )
    frequency = forms.ChoiceField(label=_("How often"), choices=Frequency.choices)
    narrow = ("multiplier", "baseline", "baseline_year", "valid_from")
    field_order = ("about", "name", "kind", "unit", "direction", "aggregation", "frequency", "source", "responsible")

    def __init__(self, data=None, *, region: str, today: date, about: str = "") -> None:
        start = {"about": about, "valid_from": date(today.year, 1, 1)}
        super().__init__(data, region=region, initial=start)
        self.region = region
        self.fields["unit"].queryset = Unit.objects.filter(region=region)
        tasks = Task.objects.filter(region=region)
        goals = Goal.objects.filter(region=region).select_related("strategy")
        programmes = Programme.objects.filter(region=region).select_related("strategy")
        self.fields["about"].choices = [
            ("", "–"),
            (_("Goals"), [(f"goal:{row.pk}", row.titled) for row in goals]),
            (_("Programmes"), [(f"programme:{row.pk}", row.titled) for row in programmes]),
            (_("Tasks"), [(f"task:{row.pk}", row.name) for row in tasks]),
        ]
        self.fields["about"].error_messages["required"] = _("Choose the goal, programme or task it measures.")

    def is_ratio(self, data: dict) -> bool:
        """By the rule that was chosen."""
        return data.get("aggregation") == Aggregation.RATIO

    def owner(self) -> Goal | Programme | Task:
        """What the indicator measures."""
        kind, _colon, pk = self.cleaned_data["about"].partition(":")
        return OWNERS[kind].objects.get(pk=pk)

    def values(self) -> dict:
        """What the service takes beside the owner."""
        names = ("name", "kind", "unit", "direction", "aggregation", "frequency", "source", "responsible")
        return {name: self.cleaned_data[name] for name in names} | {"definition": self.definition()}


class ChangeForm(IndicatorFields):
    """What may change in an indicator."""

    ended_on = DayField(label=_("Ended on"), help_text=_("From the next day no value is due."), required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    columns = ("name", "kind", "direction", "responsible", "source", "ended_on")
    narrow = ("ended_on",)

    def __init__(self, data=None, *, indicator: Indicator) -> None:
        start = {name: getattr(indicator, name) for name in self.columns} | {"seen_version": indicator.version}
        super().__init__(data, region=indicator.region, initial=start)

    def values(self) -> dict:
        """The columns that the service takes."""
        return {name: self.cleaned_data[name] for name in self.columns}


class DefinitionForm(DefinitionFields):
    """A new definition: the series breaks at its first day."""

    reason = forms.CharField(
        label=_("Reason of the change"),
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": _("Say why the meaning changes; readers see it beside the series.")},
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    columns = DEFINITION
    narrow = IndicatorForm.narrow

    def __init__(self, data=None, *, indicator: Indicator) -> None:
        last = indicator.definitions.last()
        names = ("text", "numerator", "denominator", "multiplier")
        start = {name: getattr(last, name) for name in names} if last else {}
        super().__init__(data, initial=start | {"seen_version": indicator.version})
        self.indicator = indicator

    def is_ratio(self, data: dict) -> bool:
        """As the indicator is."""
        return self.indicator.aggregation == Aggregation.RATIO

    def values(self) -> dict:
        """The columns that the service takes."""
        return self.definition() | {"reason": self.cleaned_data["reason"]}


class TargetForm(forms.Form):
    """The target of one year; an empty value removes it."""

    year = YearField(label=_("Year"))
    value = NumberField(
        label=_("Target"), help_text=_("Leave empty to remove the target of this year."), required=False
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    narrow = ("year", "value")

    def __init__(self, data=None, *, indicator: Indicator, year: int | None = None) -> None:
        held = indicator.targets.filter(year=year).first() if year else None
        start = {"year": year, "value": held.value if held else None}
        super().__init__(data, initial=start | {"seen_version": indicator.version})
        self.columns = ("value",) if data or year else ()  # until the year is known there is nothing to compare with


class FigureFields(forms.Form):
    """The figure itself: a value, or the two parts of a ratio; and how it is known."""

    value = NumberField(label=_("Value"), error_messages={"required": _("Enter the value in digits.")})
    numerator = NumberField(label=_("Numerator"), error_messages={"required": _("Enter the numerator in digits.")})
    denominator = NumberField(
        label=_("Denominator"), error_messages={"required": _("Enter the denominator in digits.")}
    )
    precision = forms.ChoiceField(label=_("How exact"), choices=PrecisionChoice.choices, initial=PrecisionChoice.EXACT)
    evidence = forms.CharField(
        label=_("Evidence"),
        help_text=_("Document, list or register the value is taken from."),
        max_length=300,
        error_messages={"required": _("Name the document. A value without evidence is not taken.")},
    )
    note = forms.CharField(label=_("Note"), max_length=2000, widget=forms.Textarea, required=False)
    narrow = ("year", "value", "numerator", "denominator")

    def __init__(self, *args, indicator: Indicator, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.indicator = indicator
        ratio = indicator.aggregation == Aggregation.RATIO
        for name in ("value",) if ratio else ("numerator", "denominator"):
            del self.fields[name]
        if ratio and (last := indicator.definitions.last()):
            self.fields["numerator"].help_text = last.numerator
            self.fields["denominator"].help_text = last.denominator
        if indicator.aggregation == Aggregation.DISTINCT:
            self.fields["value"].whole = True

    def clean_denominator(self) -> Decimal:
        """Nothing is divided by nothing."""
        found = self.cleaned_data["denominator"]
        if found <= 0:
            raise ValidationError(_("The denominator has to be above zero."))
        return found

    def figures(self) -> dict:
        """The columns of a figure; the other kind stays empty."""
        data = self.cleaned_data
        figures = {name: data.get(name) for name in ("value", "numerator", "denominator")}
        return figures | {name: data[name] for name in ("precision", "evidence", "note")}


class ValueForm(FigureFields):
    """A value for a period and a place."""

    year = YearField(label=_("Year"), error_messages={"required": _("Enter the year the value tells of.")})
    part = forms.TypedChoiceField(label=_("Part of the year"), coerce=int)
    place = forms.ModelChoiceField(
        label=_("Place"), queryset=Place.objects.none(), required=False, empty_label=_("the whole region")
    )
    field_order = ("year", "part", "place", "value", "numerator", "denominator")

    def __init__(self, data=None, *, indicator: Indicator, today: date, period: Period | None = None) -> None:
        start = {"part": 0, "year": today.year}
        if period:
            start |= {"year": period.year, "part": period.part}
        super().__init__(data, indicator=indicator, initial=start)
        parts = PARTS_PER_YEAR[indicator.frequency]
        if parts == 1:
            self.fields["part"] = forms.TypedChoiceField(
                coerce=int, choices=[(0, "")], widget=forms.HiddenInput, required=False, empty_value=0
            )
        else:
            each = [(part, part_in_words(part, indicator.frequency)) for part in range(1, parts + 1)]
            self.fields["part"].choices = [(0, _("the whole year")), *each]
        places = Place.objects.of_region(indicator.region).exclude(level=Level.VOIVODESHIP).valid_on(today)
        self.fields["place"].queryset = places.order_by("-level", "name", "kind")
        self.fields["place"].label_from_instance = lambda row: f"{row.name} ({row.kind})"

    def values(self) -> dict:
        """What the service takes."""
        data = self.cleaned_data
        return self.figures() | {name: data[name] for name in ("year", "part", "place")}


class CorrectionForm(FigureFields):
    """The right value beside a wrong one."""

    reason = forms.CharField(
        label=_("Reason of the correction"),
        max_length=1000,
        widget=forms.Textarea,
        error_messages={"required": _("Say why the value is corrected.")},
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)  # which value was on the page
    columns = ("value", "numerator", "denominator", "precision", "evidence", "note")
    field_order = (*columns, "reason")

    def __init__(self, data=None, *, value: IndicatorValue) -> None:
        start = {name: getattr(value, name) for name in self.columns} | {"seen_version": value.pk}
        super().__init__(data, indicator=value.indicator, initial=start)
