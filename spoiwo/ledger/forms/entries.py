"""Lines of what was paid: the filter of their list, and one line."""

from django import forms
from django.db.models import QuerySet
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from spoiwo.ledger.domain.reconcile import OUTSIDE
from spoiwo.ledger.forms.fields import written_zl
from spoiwo.ledger.forms.lines import LineForm, programmes_of
from spoiwo.ledger.models import Entry, EntryKind, EntryState, FiscalYear, PlanEntry, Source, Tag
from spoiwo.organisations.models import Organisation
from spoiwo.places.models import Level, Place
from spoiwo.strategy.models import Task

ONE_BY_ONE = {"zrodlo": "source__code", "rozdzial": "chapter", "paragraf": "paragraph"}


class PocketFilter(forms.Form):
    """Narrowing lines of a year to a programme, task, source and classification."""

    program = forms.ChoiceField(label=_("Programme"), required=False)
    zadanie = forms.ChoiceField(label=_("Task"), required=False)
    zrodlo = forms.ChoiceField(label=_("Source"), required=False)
    rozdzial = forms.ChoiceField(label=_("Chapter"), required=False)
    paragraf = forms.ChoiceField(label=_("Paragraph"), required=False)
    miesiac = forms.TypedChoiceField(label=_("Month"), required=False, coerce=int, empty_value=None)

    def __init__(self, data, *, year: FiscalYear, rows: QuerySet) -> None:
        super().__init__(data)
        self.fields["miesiac"].choices = [("", _("All")), *MONTHS.items()]
        if not self.data.get("miesiac"):
            del self.fields["miesiac"]  # asked for only by who comes from the closing of months
        everything = [("", _("All"))]
        programmes = [(row.code, row.titled) for row in programmes_of(year)]
        self.fields["program"].choices = [*everything, *programmes, (OUTSIDE, year.outside_label)]
        tasks = Task.objects.filter(pk__in=rows.order_by().values("task"))
        without = (OUTSIDE, _("without a task"))
        self.fields["zadanie"].choices = [*everything, *((row.code, str(row)) for row in tasks), without]
        sources = Source.objects.filter(region=year.region)
        self.fields["zrodlo"].choices = everything + [(row.code, row.name) for row in sources]
        for name, column in (("rozdzial", "chapter"), ("paragraf", "paragraph")):
            codes = rows.order_by(column).values_list(column, flat=True).distinct()
            self.fields[name].choices = everything + [(code, code) for code in codes if code]

    def narrow(self, rows):
        """Keep the lines asked for; a wrong choice keeps none."""
        if not self.is_valid():
            return rows if not self.is_bound else rows.none()
        wanted = self.cleaned_data
        for name, relation in (("program", "programme"), ("zadanie", "task")):
            if wanted.get(name) == OUTSIDE:
                rows = rows.filter(**{relation: None})
            elif wanted.get(name):
                rows = rows.filter(**{f"{relation}__code": wanted[name]})
        if wanted.get("miesiac"):
            rows = rows.in_month(wanted["miesiac"])
        for name, column in ONE_BY_ONE.items():
            rows = rows.filter(**{column: wanted[name]}) if wanted.get(name) else rows
        return rows


class EntryFilter(PocketFilter):
    """Narrowing a year's lines."""

    organizacja = forms.ChoiceField(label=_("Organisation"), required=False)
    stan = forms.ChoiceField(label=_("State"), required=False)
    q = forms.CharField(label=_("Description or document"), required=False, max_length=100)

    def __init__(self, data, *, year: FiscalYear) -> None:
        super().__init__(data, year=year, rows=year.entries.all())
        organisations = Organisation.objects.filter(pk__in=year.entries.order_by().values("organisation"))
        self.fields["organizacja"].choices = [("", _("All")), *((row.code, row.name) for row in organisations)]
        self.fields["stan"].choices = [("", _("All")), *EntryState.choices]
        for name in ("zadanie", "rozdzial", "paragraf", "organizacja"):
            if len(self.fields[name].choices) < 2 + (name == "zadanie") and not self.data.get(name):
                del self.fields[name]  # nothing to choose from

    def narrow(self, rows):
        """Keep the lines asked for; a wrong choice keeps none."""
        rows = super().narrow(rows)
        wanted = self.cleaned_data if self.is_bound and self.is_valid() else {}
        if wanted.get("organizacja"):
            rows = rows.filter(organisation__code=wanted["organizacja"])
        if wanted.get("stan"):
            rows = rows.filter(state=wanted["stan"])
        return rows.matching(wanted["q"]) if wanted.get("q") else rows


class EntryForm(LineForm):
    """One line of money."""

    kind = forms.ChoiceField(label=_("Kind"), choices=EntryKind.choices, initial=EntryKind.PAYMENT)
    commitment = forms.ModelChoiceField(
        label=_("Commitment that it settles"), queryset=PlanEntry.objects.none(), required=False
    )
    place = forms.ModelChoiceField(label=_("Place"), queryset=Place.objects.none(), required=False)
    tags = forms.ModelMultipleChoiceField(
        label=_("Cross-cuts"),
        queryset=Tag.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    reason = forms.CharField(label=_("Reason of the change"), max_length=500, required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    columns = (
        *("programme", "task", "source", "kind", "amount_gr", "date", "description", "document", "place"),
        *("chapter", "paragraph", "organisation", "case_sign", "commitment", "tags"),
    )
    rare = ("chapter", "paragraph", "organisation", "case_sign", "commitment")

    def __init__(self, data=None, *, year: FiscalYear, entry: Entry | None = None) -> None:
        super().__init__(data, year=year, initial=_initial(entry))
        self.entry = entry
        self.fields["description"].error_messages["required"] = _("Say what was paid for.")
        self.fields["date"].label = _("Date of payment")
        gminas = Place.objects.of_region(year.region).filter(level=Level.GMINA).valid_in(year.year)
        if entry and entry.place_id:  # a package may name a powiat, or a gmina under another year's code
            gminas = gminas | Place.objects.filter(pk=entry.place_id)
        self.fields["place"].queryset = gminas.order_by("name", "kind")
        self.fields["place"].empty_label = "–"
        self.fields["tags"].queryset = Tag.objects.filter(region=year.region)
        self.fields["commitment"].queryset = year.plan_entries.commitments()
        self.fields["commitment"].empty_label = "–"
        if entry is None:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = _("Say why the line changes.")

    @property
    def opened(self) -> bool:
        """Whether the less used fields hold something to see."""
        return any(self[name].value() or self[name].errors for name in self.rare)

    def values(self) -> dict:
        """The columns that the service takes; cross-cuts are given beside them."""
        return {name: value for name, value in super().values().items() if name != "tags"}


def _initial(entry: Entry | None) -> dict:
    if entry is None:
        return {"kind": EntryKind.PAYMENT}
    names = ("description", "kind", "date", "chapter", "paragraph", "case_sign")
    relations = ("programme", "task", "source", "place", "organisation", "commitment")
    return {name: getattr(entry, name) for name in names} | {
        **{name: getattr(entry, f"{name}_id") for name in relations},
        "amount_gr": written_zl(abs(entry.amount_gr)),
        "document": entry.document.name,
        "tags": [tag.pk for tag in entry.tags.all()],
        "seen_version": entry.version,
    }
