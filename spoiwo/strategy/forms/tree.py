"""What comes into the tree through the web, checked field by field."""

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spoiwo.access.models import User
from spoiwo.organisations.models import Organisation
from spoiwo.strategy.forms.fields import CodeField, YearField
from spoiwo.strategy.models import Goal, Programme, ProgrammeKind, Strategy, Task, TaskKind
from spoiwo.strategy.services.tree import GOAL_FIELDS, PROGRAMME_FIELDS, TASK_FIELDS
from spoiwo.ui.forms import DayField


def values_of(row, names: tuple[str, ...]) -> dict:
    """Columns of a row as the cleaned data of its form would hold them."""
    found = {name: getattr(row, name) for name in names}
    return {name: list(value.all()) if hasattr(value, "all") else value for name, value in found.items()}


class RowForm(forms.Form):
    """What the forms of goals, programmes and tasks share: the code of a new row, the version of a held one."""

    columns: tuple[str, ...] = ()
    reason = forms.CharField(label=_("Reason of the change"), max_length=500, required=False)
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, row=None, initial: dict | None = None) -> None:
        if row is not None:
            initial = values_of(row, self.columns) | {"seen_version": row.version}
        super().__init__(data, initial=initial)
        self.row = row
        for name in ("code",) if row is not None else ("reason", "seen_version"):
            del self.fields[name]
        if row is None:
            self.order_fields([name for name in self.fields if name != "code"])

    def values(self) -> dict:
        """The columns that the service takes."""
        return {name: self.cleaned_data[name] for name in self.columns}


class GoalForm(RowForm):
    """A goal of a strategy, or an operational goal below one."""

    columns = GOAL_FIELDS
    parent = forms.ModelChoiceField(
        label=_("Strategic goal"),
        queryset=Goal.objects.none(),
        required=False,
        empty_label=_("none: it is a strategic goal itself"),
    )
    number = forms.CharField(label=_("Number"), max_length=10, required=False)
    name = forms.CharField(
        label=_("Name"), max_length=400, error_messages={"required": _("Enter the name as the strategy gives it.")}
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea, max_length=4000)
    code = CodeField(max_length=40)

    def __init__(self, data=None, *, strategy: Strategy, row: Goal | None = None, initial: dict | None = None) -> None:
        super().__init__(data, row=row, initial=initial)
        goals = Goal.objects.filter(strategy=strategy, parent=None)
        self.fields["parent"].queryset = goals.exclude(pk=row.pk) if row else goals
        if row and row.operational.exists():  # two levels: what has goals below it stays at the top
            self.fields["parent"].queryset = goals.none()


class ProgrammeForm(RowForm):
    """A programme of a strategy: its act, its period, the goals it serves."""

    columns = PROGRAMME_FIELDS
    number = forms.CharField(label=_("Number"), max_length=10, required=False)
    name = forms.CharField(
        label=_("Full name"),
        max_length=400,
        error_messages={"required": _("Enter the name as the resolution gives it.")},
    )
    short_name = forms.CharField(
        label=_("Short name"),
        help_text=_("For tables and charts, for example: Family and foster care."),
        max_length=120,
        error_messages={"required": _("Enter a short name for tables.")},
    )
    kind = forms.ChoiceField(label=_("Kind"), choices=ProgrammeKind.choices, initial=ProgrammeKind.PROGRAMME)
    from_year = YearField(
        label=_("First year"), required=False, help_text=_("Leave both empty when it runs as long as the strategy.")
    )
    to_year = YearField(label=_("Last year"), required=False)
    adopting_body = forms.CharField(label=_("Adopted by"), max_length=200, required=False)
    adopted_on = DayField(label=_("Adopted on"), required=False)
    resolution = forms.CharField(label=_("Number of the resolution"), max_length=120, required=False)
    parent = forms.ModelChoiceField(
        label=_("Part of the programme"),
        queryset=Programme.objects.none(),
        required=False,
        empty_label=_("none: it stands by itself"),
    )
    goals = forms.ModelMultipleChoiceField(
        label=_("Goals it serves"),
        queryset=Goal.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    begins_line = forms.BooleanField(
        label=_("Nothing came before it"), required=False, help_text=_("Decided: no predecessor is sought.")
    )
    ends_line = forms.BooleanField(
        label=_("Nothing follows it"),
        required=False,
        help_text=_("Decided: no successor is sought after its last year."),
    )
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea, max_length=4000)
    code = CodeField(max_length=40)

    def __init__(
        self, data=None, *, strategy: Strategy, row: Programme | None = None, initial: dict | None = None
    ) -> None:
        super().__init__(data, row=row, initial=initial)
        self.strategy = strategy
        others = Programme.objects.filter(strategy=strategy, parent=None)
        self.fields["parent"].queryset = others.exclude(pk=row.pk) if row else others
        if row and row.nested.exists():  # two levels: what holds others is held by none
            self.fields["parent"].queryset = others.none()
        self.fields["goals"].queryset = Goal.objects.filter(strategy=strategy)

    def clean(self) -> dict:
        """The period does not end before it begins."""
        data = super().clean()
        first = data.get("from_year") or self.strategy.from_year
        last = data.get("to_year") or self.strategy.to_year
        if last < first:
            words = _("The last year (%(last)d) is before the first (%(first)d).") % {"last": last, "first": first}
            self.add_error("to_year" if data.get("to_year") else "from_year", words)
        return data


class ProgrammeChoice(forms.ModelChoiceField):
    """Programmes of all strategies, each with its years."""

    def label_from_instance(self, row: Programme) -> str:
        """ "2021–2030 · Pomoc społeczna"."""
        return f"{row.first_year}–{row.last_year} · {row.titled}"


class TaskForm(RowForm):
    """A task of a programme, or outside programmes."""

    columns = TASK_FIELDS
    name = forms.CharField(
        label=_("Name"), max_length=400, error_messages={"required": _("Enter the name of the task.")}
    )
    number = forms.CharField(label=_("Number"), max_length=12, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=TaskKind.choices, initial=TaskKind.TASK)
    programme = ProgrammeChoice(
        label=_("Programme"),
        queryset=Programme.objects.none(),
        required=False,
        empty_label=_("none: a task outside programmes"),
    )
    goal = forms.ModelChoiceField(
        label=_("Goal it carries out"),
        queryset=Goal.objects.none(),
        required=False,
        empty_label=_("the goals of its programme"),
    )
    organisation = forms.ModelChoiceField(
        label=_("Implementer"), queryset=Organisation.objects.none(), required=False, empty_label=_("not named")
    )
    lead = forms.ModelChoiceField(
        label=_("Led by"),
        help_text=_("A person of the office; shown only in the office."),
        queryset=User.objects.none(),
        required=False,
        empty_label=_("nobody yet"),
    )
    from_date = DayField(label=_("First day"), required=False)
    to_date = DayField(label=_("Last day"), required=False)
    note = forms.CharField(label=_("Note"), required=False, widget=forms.Textarea, max_length=4000)
    code = CodeField(max_length=60)

    def __init__(self, data=None, *, region: str, row: Task | None = None, initial: dict | None = None) -> None:
        super().__init__(data, row=row, initial=initial)
        programmes = Programme.objects.filter(region=region).select_related("strategy")
        self.fields["programme"].queryset = programmes.order_by("-strategy__from_year", "order", "code")
        goals = Goal.objects.filter(region=region).select_related("strategy")
        self.fields["goal"].queryset = goals.order_by("-strategy__from_year", "order", "code")
        self.fields["organisation"].queryset = Organisation.objects.of_region(region).order_by("name")
        held = Q(pk=row.lead_id) if row else Q(pk=None)
        self.fields["lead"].queryset = User.objects.filter(Q(is_active=True) | held).order_by("full_name")

    def clean(self) -> dict:
        """The days are in order and inside the programme; the goal is of the programme's strategy."""
        data = super().clean()
        first, last, programme, goal = (data.get(name) for name in ("from_date", "to_date", "programme", "goal"))
        if first and last and last < first:
            self.add_error("to_date", _("The last day is before the first."))
        if programme and goal and goal.strategy_id != programme.strategy_id:
            words = _("This goal is of another strategy: %(name)s.") % {"name": goal.strategy}
            self.add_error("goal", words)
        if programme and first and not programme.in_force_in(first.year):
            self.add_error("from_date", self._outside(programme))
        return data

    def _outside(self, programme: Programme) -> str:
        years = {"first": programme.first_year, "last": programme.last_year}
        return _("The programme runs %(first)d–%(last)d; the task begins in another year.") % years


class TakeBackForm(forms.Form):
    """Why a link between programmes is taken back."""

    reason = forms.CharField(max_length=500)


class EndForm(forms.Form):
    """The end of a goal or a task: the last day and why."""

    columns = ("on",)
    ends = ("ended_on", "to_date")  # where a goal and a task keep their last day
    on = DayField(label=_("Last day"), error_messages={
        "required": _("Enter the last day, for example 31.12.2026."),
        "invalid": _("Write the day as 17.05.2019."),
    })  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=500,
        error_messages={"required": _("Write why it ends, for example the number of the resolution.")},
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, data=None, *, row) -> None:
        held = next(getattr(row, name) for name in self.ends if hasattr(row, name))
        super().__init__(data, initial={"on": held, "seen_version": row.version})


class ProgrammeEndForm(EndForm):
    """The end of a programme: its last year and why."""

    ends = ("to_year",)
    on = YearField(label=_("Last year"), error_messages={
        "required": _("Enter the last year."),
        **dict.fromkeys(("invalid", "min_value", "max_value"), _("Write the year in four digits, for example 2024.")),
    })  # fmt: skip


class SuccessionForm(forms.Form):
    """Which programme this one continues, or which continues it."""

    CONTINUES, CONTINUED = "poprzednik", "nastepca"
    direction = forms.ChoiceField(
        label=_("Which way"),
        choices=[(CONTINUES, _("this programme continues the other")), (CONTINUED, _("the other continues this one"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose which of the two is the earlier one.")},
    )
    other = ProgrammeChoice(
        label=_("The other programme"),
        queryset=Programme.objects.none(),
        empty_label=_("choose"),
        error_messages={"required": _("Choose the programme.")},
    )
    note = forms.CharField(
        label=_("Note"),
        help_text=_("For example: in part, only tasks of the family card; another name."),
        max_length=400,
        required=False,
    )

    def __init__(self, data=None, *, programme: Programme, initial: dict | None = None) -> None:
        super().__init__(data, initial=initial)
        others = Programme.objects.filter(region=programme.region).exclude(pk=programme.pk).select_related("strategy")
        self.fields["other"].queryset = others.order_by("-strategy__from_year", "order", "code")


class YearChoice(forms.Form):
    """The year of which the tree is shown; none: the whole period."""

    rok = forms.TypedChoiceField(label=_("Year"), required=False, coerce=int, empty_value=None)

    def __init__(self, data=None, *, strategy: Strategy) -> None:
        super().__init__(data)
        years = [(str(year), str(year)) for year in range(strategy.from_year, strategy.to_year + 1)]
        self.fields["rok"].choices = [("", _("the whole period")), *years]

    @property
    def year(self) -> int | None:
        """The year asked for; anything else asks for the whole period."""
        return self.cleaned_data["rok"] if self.is_valid() else None
