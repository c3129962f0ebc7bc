"""What comes into the ledger through the web, checked field by field."""

import datetime
import secrets

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.money import NotMoney, parse_zl
from spoiwo.ledger.models import Entry, EntryKind, EntryState, FiscalYear, Source, Tag
from spoiwo.places.models import Level, Place
from spoiwo.strategy.models import Programme, Task

OUTSIDE = "outside"
MINUSES = ("-", "\u2212")
LARGEST_UPLOAD = 50 * 1024 * 1024
PROBLEMS = {
    "empty": _("Enter the amount, for example 25 000,00."),
    "text": _("This is not an amount. Enter it in złote, for example 25 000,00."),
    "negative": _("An amount cannot be below zero. For money that came back choose the kind “refund”."),
    "three_decimals": _("The amount has three decimal places. Enter it to the grosz, for example 25 000,00."),
    "float_noise": _("The amount has too many decimal places. Enter it to the grosz, for example 25 000,00."),
    "ambiguous": _("It is not clear whether the dot divides thousands or grosze. Write 25 000,00."),
    "too_large": _("The amount is larger than any budget. Check the number of zeros."),
}


class AmountField(forms.CharField):
    """An amount in złote as people write it; cleaned to whole grosze."""

    def __init__(self, *, signed: bool = False, **kwargs) -> None:
        kwargs.setdefault("max_length", 30)
        kwargs.setdefault("error_messages", {"required": PROBLEMS["empty"]})
        super().__init__(**kwargs)
        self.signed = signed
        self.widget.attrs.update(inputmode="decimal", autocomplete="off")

    def clean(self, value: str) -> int | None:
        """Grosze, or a sentence that says what is wrong."""
        text = super().clean(value)
        if not text:
            return None
        minus = self.signed and text.lstrip()[:1] in MINUSES
        try:
            amount = parse_zl(text.lstrip()[1:] if minus else text)
        except NotMoney as problem:
            raise ValidationError(PROBLEMS.get(problem.problem, PROBLEMS["text"])) from problem
        return -amount if minus else amount


class DayField(forms.DateField):
    """A day written the Polish or the international way."""

    def __init__(self, **kwargs) -> None:
        kwargs.setdefault("input_formats", ["%d.%m.%Y", "%Y-%m-%d"])
        kwargs.setdefault("error_messages", {"invalid": _("Write the day as 17.05.2019.")})
        kwargs.setdefault("widget", forms.DateInput(format="%d.%m.%Y", attrs={"inputmode": "numeric"}))
        super().__init__(**kwargs)


def _programmes(year: FiscalYear):
    used = Programme.objects.filter(entries__year=year)
    return (Programme.objects.filter(strategy=year.strategy) | used).distinct()


class EntryFilter(forms.Form):
    """Narrowing a year's lines."""

    program = forms.ChoiceField(label=_("Programme"), required=False)
    zrodlo = forms.ChoiceField(label=_("Source"), required=False)
    stan = forms.ChoiceField(label=_("State"), required=False)
    q = forms.CharField(label=_("Description or document"), required=False, max_length=100)

    def __init__(self, data, *, year: FiscalYear) -> None:
        super().__init__(data)
        everything = [("", _("All"))]
        programmes = [(row.code, row.titled) for row in _programmes(year)]
        self.fields["program"].choices = [*everything, *programmes, (OUTSIDE, year.outside_label)]
        sources = Source.objects.filter(region=year.region)
        self.fields["zrodlo"].choices = everything + [(row.code, row.name) for row in sources]
        self.fields["stan"].choices = everything + EntryState.choices

    def narrow(self, rows):
        """Keep the lines asked for; a wrong choice keeps none."""
        if not self.is_valid():
            return rows if not self.is_bound else rows.none()
        wanted = self.cleaned_data
        if wanted["program"]:
            rows = (
                rows.filter(programme=None)
                if wanted["program"] == OUTSIDE
                else rows.filter(programme__code=wanted["program"])
            )
        if wanted["zrodlo"]:
            rows = rows.filter(source__code=wanted["zrodlo"])
        if wanted["stan"]:
            rows = rows.filter(state=wanted["stan"])
        return rows.matching(wanted["q"]) if wanted["q"] else rows


class EntryForm(forms.Form):
    """One line of money."""

    description = forms.CharField(
        label=_("Description"), max_length=300, error_messages={"required": _("Say what was paid for.")}
    )
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none(), required=False)
    task = forms.ModelChoiceField(label=_("Task"), queryset=Task.objects.none(), required=False)
    source = forms.ModelChoiceField(
        label=_("Source"),
        queryset=Source.objects.none(),
        error_messages={"required": _("Choose the source of money.")},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=EntryKind.choices, initial=EntryKind.PAYMENT)
    amount_gr = AmountField(label=_("Amount"))
    date = DayField(label=_("Date of payment"), required=False)
    document = forms.CharField(
        label=_("Document"),
        help_text=_("Contract, decision or statement"),
        max_length=300,
        widget=forms.TextInput(attrs={"list": "documents", "autocomplete": "off"}),
        error_messages={
            "required": _("Enter the number of the document. A line without one does not enter the report.")
        },
    )
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.none(), required=False)
    tags = forms.ModelMultipleChoiceField(
        label=_("Cross-cuts"),
        queryset=Tag.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(label=_("Reason of the change"), max_length=500, required=False)
    key = forms.CharField(widget=forms.HiddenInput, max_length=80, required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, year: FiscalYear, entry: Entry | None = None) -> None:
        super().__init__(data, initial=_initial(entry))
        self.year, self.entry = year, entry
        self.fields["programme"].queryset = _programmes(year)
        self.fields["programme"].empty_label = year.outside_label
        self.fields["task"].queryset = Task.objects.filter(region=year.region).active_in(year.year)
        self.fields["source"].queryset = Source.objects.filter(region=year.region)
        gminas = Place.objects.of_region(year.region).filter(level=Level.GMINA).valid_in(year.year)
        if entry and entry.place_id:  # a package may name a powiat, or a gmina under another year's code
            gminas = gminas | Place.objects.filter(pk=entry.place_id)
        self.fields["place"].queryset = gminas.order_by("name", "kind")
        self.fields["tags"].queryset = Tag.objects.filter(region=year.region)
        if entry is None:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = _("Say why the line changes.")
        for name in ("task", "place", "source"):
            self.fields[name].empty_label = "–"

    def clean_date(self) -> datetime.date | None:
        """The day lies in the year of the ledger."""
        day = self.cleaned_data["date"]
        if day and day.year != self.year.year:
            raise ValidationError(_("The day is not in %(year)d."), params={"year": self.year.year})
        return day

    def clean(self) -> dict:
        """A task belongs to its programme."""
        data = super().clean()
        task, programme = data.get("task"), data.get("programme")
        if task and task.programme_id and task.programme_id != (programme.pk if programme else None):
            self.add_error("task", _("This task belongs to another programme: %(name)s.") % {"name": task.programme})
        return data

    def values(self) -> dict:
        """The columns that the service takes."""
        names = (
            "programme",
            "task",
            "source",
            "kind",
            "amount_gr",
            "date",
            "description",
            "document",
            "place",
        )
        return {name: self.cleaned_data[name] for name in names}


def _initial(entry: Entry | None) -> dict:
    if entry is None:
        return {"key": f"wpis-{secrets.token_hex(6)}", "kind": EntryKind.PAYMENT}
    amount = abs(entry.amount_gr)
    return {
        "description": entry.description,
        "programme": entry.programme_id,
        "task": entry.task_id,
        "source": entry.source_id,
        "kind": entry.kind,
        "amount_gr": f"{amount // 100},{amount % 100:02d}",
        "date": entry.date,
        "document": entry.document.name,
        "place": entry.place_id,
        "tags": [tag.pk for tag in entry.tags.all()],
        "seen_version": entry.version,
    }


class PackageForm(forms.Form):
    """The file of a year package."""

    package = forms.FileField(
        label=_("Year package"),
        help_text=_(
            "An XLSX workbook made from the template, or a ZIP with datapackage.json and CSV files; at most 50 MB."
        ),
        error_messages={"required": _("Choose the file."), "empty": _("The file is empty.")},
    )

    def clean_package(self):
        """Not larger than the door."""
        upload = self.cleaned_data["package"]
        if upload.size > LARGEST_UPLOAD:
            raise ValidationError(_("The file is larger than 50 MB."))
        return upload


class ReasonForm(forms.Form):
    """A written reason."""

    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 4}),
        min_length=10,
        max_length=2000,
        error_messages={
            "required": _("Write the reason; it is printed in the report."),
            "min_length": _("Write the reason in at least ten characters; it is printed in the report."),
        },
    )


class ExplanationLineForm(forms.Form):
    """One part of an explanation."""

    description = forms.CharField(label=_("What it was"), max_length=300, required=False)
    amount_gr = AmountField(label=_("Amount"), signed=True, required=False)
    document = forms.CharField(label=_("Document"), max_length=300, required=False)

    def clean(self) -> dict:
        """All three or none."""
        data = super().clean()
        names = ("description", "amount_gr", "document")
        given = [name for name in names if data.get(name) not in (None, "")]
        for name in names if given else ():
            if name not in given and name not in self.errors:
                self.add_error(name, _("Fill in all three fields of the line, or none."))
        return data

    @property
    def filled(self) -> bool:
        """Whether the line says something."""
        return bool(self.cleaned_data.get("description"))


ExplanationLines = forms.formset_factory(ExplanationLineForm, extra=3, max_num=12, absolute_max=12)
