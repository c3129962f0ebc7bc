"""Strategy, programmes, tasks and what came of them in a year."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spoiwo.kernel.polish import Noun
from spoiwo.organisations.models import Organisation
from spoiwo.places.models import Place
from spoiwo.strategy.querysets import ProgrammeQuerySet, StrategyQuerySet, TaskQuerySet


class PrecisionChoice(models.TextChoices):
    """How exact a published figure is (kernel.precision)."""

    EXACT = "exact", _("exact")
    ROUNDED = "rounded", _("rounded")
    ABOUT = "about", pgettext_lazy("how exact", "about")


class Strategy(models.Model):
    """The multi-year plan of a region. Social assistance act of 12 March 2004, art. 21 pt 1."""

    region = models.CharField(_("region"), max_length=2)
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=300)
    short_name = models.CharField(_("short name"), max_length=120)
    from_year = models.PositiveSmallIntegerField(_("from year"))
    to_year = models.PositiveSmallIntegerField(_("to year"))
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    adopting_body = models.CharField(_("adopted by"), max_length=200, blank=True)
    resolution = models.CharField(_("resolution"), max_length=120, blank=True)
    objects = StrategyQuerySet.as_manager()

    class Meta:
        ordering = ["-from_year"]
        constraints = [
            models.UniqueConstraint(fields=["region", "code"], name="strategy_code_once"),
            models.CheckConstraint(condition=Q(to_year__gte=F("from_year")), name="strategy_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return self.short_name


class ProgrammeKind(models.TextChoices):
    """A programme of its own, or directions (Kierunki) reported beside the programmes."""

    PROGRAMME = "programme", _("programme")
    DIRECTIONS = "directions", _("directions")


class Programme(models.Model):
    """A document for one field that carries out a strategy; its period and adopting body are its own."""

    region = models.CharField(_("region"), max_length=2)
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="programmes")
    code = models.CharField(_("code"), max_length=40)
    number = models.CharField(_("number"), max_length=10, blank=True)
    name = models.CharField(_("name"), max_length=400)
    short_name = models.CharField(_("short name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=ProgrammeKind.choices)
    from_year = models.PositiveSmallIntegerField(_("from year"), null=True, blank=True)
    to_year = models.PositiveSmallIntegerField(_("to year"), null=True, blank=True)
    adopting_body = models.CharField(_("adopted by"), max_length=200, blank=True)
    adopted_on = models.DateField(_("adopted on"), null=True, blank=True)
    resolution = models.CharField(_("resolution"), max_length=120, blank=True)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="nested")
    predecessors = models.ManyToManyField("self", symmetrical=False, related_name="successors", blank=True)
    note = models.TextField(_("note"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["strategy", "order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["region", "code"], name="programme_code_once"),
            models.CheckConstraint(
                condition=Q(from_year=None) | Q(to_year=None) | Q(to_year__gte=F("from_year")),
                name="programme_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.titled

    @property
    def titled(self) -> str:
        """Number and short name, as the report's tables write them."""
        return f"{self.number}. {self.short_name}" if self.number else self.short_name

    def in_force_in(self, year: int) -> bool:
        """Whether the programme's period covers a year; its own period first, else the strategy's."""
        first = self.from_year or self.strategy.from_year
        last = self.to_year or self.strategy.to_year
        return first <= year <= last


class TaskKind(models.TextChoices):
    """A task, an EU project, or a task commissioned by the government."""

    TASK = "task", _("task")
    PROJECT = "project", _("project")
    COMMISSIONED = "commissioned", _("commissioned task")


class Task(models.Model):
    """A unit of work of a programme, or outside programmes; a task ends and its history stays."""

    region = models.CharField(_("region"), max_length=2)
    code = models.CharField(_("code"), max_length=60)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="tasks")
    name = models.CharField(_("name"), max_length=400)
    kind = models.CharField(_("kind"), max_length=12, choices=TaskKind.choices)
    from_date = models.DateField(_("from"), null=True, blank=True)
    to_date = models.DateField(_("to"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    objects = TaskQuerySet.as_manager()

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["region", "code"], name="task_code_once"),
            models.CheckConstraint(
                condition=Q(from_date=None) | Q(to_date=None) | Q(to_date__gte=F("from_date")),
                name="task_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Unit(models.Model):
    """What is counted, with the Polish forms a sentence needs."""

    region = models.CharField(_("region"), max_length=2)
    code = models.CharField(_("code"), max_length=60)
    one = models.CharField(_("one"), max_length=120)
    few = models.CharField(_("few"), max_length=120)
    many = models.CharField(_("many"), max_length=120)
    one_acc = models.CharField(_("one, accusative"), max_length=120, blank=True)
    loc_one = models.CharField(_("one, locative"), max_length=120, blank=True)
    loc_many = models.CharField(_("many, locative"), max_length=120, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["region", "code"], name="unit_code_once")]

    def __str__(self) -> str:
        return self.many

    def noun(self) -> Noun:
        """The forms as the kernel needs them."""
        return Noun(self.one, self.few, self.many, self.one_acc or None, self.loc_one or None, self.loc_many or None)


class Measure(models.Model):
    """A count that is added up over results of one year, in one unit."""

    region = models.CharField(_("region"), max_length=2)
    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=200)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="measures")

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["region", "code"], name="measure_code_once")]

    def __str__(self) -> str:
        return self.name


class Evidence(models.Model):
    """What results and activities share: the year, the programme or task, and the document they come from."""

    region = models.CharField(_("region"), max_length=2)
    year = models.PositiveSmallIntegerField(_("year"))
    key = models.CharField(_("key"), max_length=80)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="%(class)ss")
    places = models.ManyToManyField(Place, blank=True, related_name="%(class)ss")
    people = models.PositiveIntegerField(_("people reached"), null=True, blank=True)
    precision = models.CharField(_("precision"), max_length=8, choices=PrecisionChoice.choices, blank=True)
    document_code = models.CharField(_("document"), max_length=60, blank=True)

    class Meta:
        abstract = True


class Result(Evidence):
    """One thing a programme brought about in a year, as a sentence with its count."""

    measure = models.ForeignKey(Measure, models.PROTECT, null=True, blank=True, related_name="results")
    statement = models.TextField(_("statement"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    unit = models.ForeignKey(Unit, models.PROTECT, null=True, blank=True, related_name="results")
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "key"]
        constraints = [models.UniqueConstraint(fields=["region", "year", "key"], name="result_key_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.key}"


class Activity(Evidence):
    """A concrete thing done (działanie): an event, a training, a publication."""

    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20)
    date_from = models.DateField(_("from"), null=True, blank=True)
    date_to = models.DateField(_("to"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["date_from", "key"]
        constraints = [models.UniqueConstraint(fields=["region", "year", "key"], name="activity_key_once")]

    def __str__(self) -> str:
        return self.name
