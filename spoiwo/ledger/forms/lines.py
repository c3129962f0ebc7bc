"""What the form of every line of money asks, whatever the line does."""

import datetime
from itertools import groupby

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Q
from django.forms.models import ModelChoiceIterator
from django.utils.translation import gettext_lazy as _

from spoiwo.ledger.forms.fields import AmountField, chapter_field, paragraph_field
from spoiwo.ledger.models import FiscalYear, Source
from spoiwo.organisations.models import Organisation
from spoiwo.strategy.models import Programme, Task
from spoiwo.ui.forms import DayField


def programmes_of(year: FiscalYear):
    """Programmes of the year's strategy, and others that its lines name."""
    used = Programme.objects.filter(entries__year=year)
    return (Programme.objects.filter(strategy=year.strategy) | used).distinct()


def tasks_of(year: FiscalYear, kept: int | None = None):
    """Tasks under way in the year, of its programmes or of none; and the one that a line already names."""
    active = Task.objects.filter(region=year.region).active_in(year.year)
    active = active.filter(Q(programme=None) | Q(programme__in=programmes_of(year)))
    rows = Task.objects.filter(Q(pk__in=active.order_by().values("pk")) | Q(pk=kept))
    by_programme = F("programme__order").asc(nulls_last=True)
    return rows.select_related("programme").order_by(by_programme, "programme__code", "order", "code")


class TasksByProgramme(ModelChoiceIterator):
    """Tasks under the name of their programme: two programmes may have a task of one name."""

    def __iter__(self):
        """The empty choice, then a group for each programme."""
        yield "", self.field.empty_label
        for programme, tasks in groupby(self.queryset, key=lambda task: task.programme):
            yield programme.titled if programme else self.field.outside_label, [self.choice(task) for task in tasks]


class TaskChoiceField(forms.ModelChoiceField):
    """The choice of a task."""

    iterator = TasksByProgramme
    outside_label = ""


class LineForm(forms.Form):
    """One line of money of a year."""

    description = forms.CharField(
        label=_("Description"), max_length=300, error_messages={"required": _("Say what the money is for.")}
    )
    programme = forms.ModelChoiceField(label=_("Programme"), queryset=Programme.objects.none(), required=False)
    task = TaskChoiceField(label=_("Task"), queryset=Task.objects.none(), required=False)
    source = forms.ModelChoiceField(
        label=_("Source"),
        queryset=Source.objects.none(),
        error_messages={"required": _("Choose the source of money.")},
    )
    amount_gr = AmountField(label=_("Amount"))
    date = DayField(label=_("Date"), required=False)
    document = forms.CharField(
        label=_("Document"),
        help_text=_("Contract, decision or statement"),
        max_length=300,
        widget=forms.TextInput(attrs={"list": "documents", "autocomplete": "off"}),
        error_messages={
            "required": _("Enter the number of the document. A line without one does not enter the report.")
        },
    )
    chapter = chapter_field()
    paragraph = paragraph_field()
    organisation = forms.ModelChoiceField(label=_("Organisation"), queryset=Organisation.objects.none(), required=False)
    case_sign = forms.CharField(label=_("Case sign"), max_length=60, required=False)
    columns: tuple[str, ...] = ()

    def __init__(self, data=None, *, year: FiscalYear, initial: dict) -> None:
        super().__init__(data, initial=initial)
        self.year = year
        self.fields["programme"].queryset = programmes_of(year)
        self.fields["programme"].empty_label = year.outside_label
        self.fields["task"].outside_label = year.outside_label
        self.fields["task"].queryset = tasks_of(year, initial.get("task"))
        self.fields["source"].queryset = Source.objects.filter(region=year.region)
        self.fields["organisation"].queryset = Organisation.objects.filter(region=year.region)
        for name in ("task", "source", "organisation"):
            self.fields[name].empty_label = "–"

    def clean_date(self) -> datetime.date | None:
        """The day lies in the year of the ledger."""
        day = self.cleaned_data["date"]
        if day and day.year != self.year.year:
            raise ValidationError(_("The day is not in %(year)d."), params={"year": self.year.year})
        return day

    def clean(self) -> dict:
        """A task belongs to its programme; a task chosen alone brings its programme along."""
        data = super().clean()
        task = data.get("task")
        if task and task.programme_id and not data.get("programme") and "programme" not in self.errors:
            data["programme"] = task.programme
        programme = data.get("programme")
        if task and task.programme_id and task.programme_id != (programme.pk if programme else None):
            self.add_error("task", _("This task belongs to another programme: %(name)s.") % {"name": task.programme})
        return data

    def values(self) -> dict:
        """The columns that the service takes."""
        return {name: self.cleaned_data[name] for name in self.columns if name in self.cleaned_data}
