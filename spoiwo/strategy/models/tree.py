"""Strategy, goals, programmes with their succession, and tasks."""

import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import classified
from spoiwo.organisations.models import Organisation
from spoiwo.strategy.querysets import ProgrammeQuerySet, StrategyQuerySet, TaskQuerySet


@classified(public="region code name short_name from_year to_year adopted_on adopting_body resolution", internal="note")
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
    note = models.TextField(_("note"), blank=True)
    objects = StrategyQuerySet.as_manager()

    class Meta:
        ordering = ["-from_year"]
        constraints = [
            models.UniqueConstraint(fields=["region", "code"], name="strategy_code_once"),
            models.CheckConstraint(condition=Q(to_year__gte=F("from_year")), name="strategy_ends_after_it_began"),
        ]

    def __str__(self) -> str:
        return self.short_name


@classified(public="region code strategy parent number name ended_on order", internal="note version")
class Goal(models.Model):
    """A strategic goal of a strategy, or an operational goal below one."""

    region = models.CharField(_("region"), max_length=2)
    code = models.CharField(_("code"), max_length=40)
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="goals", verbose_name=_("strategy"))
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="operational", verbose_name=_("strategic goal")
    )
    number = models.CharField(_("number"), max_length=10, blank=True)
    name = models.CharField(_("name"), max_length=400)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        ordering = ["strategy", "order", "code"]
        constraints = [models.UniqueConstraint(fields=["region", "code"], name="goal_code_once")]

    def __str__(self) -> str:
        return self.titled

    @property
    def titled(self) -> str:
        """Number and name."""
        return f"{self.number}. {self.name}" if self.number else self.name


class ProgrammeKind(models.TextChoices):
    """A programme of its own, or directions (Kierunki) reported beside the programmes."""

    PROGRAMME = "programme", _("programme")
    DIRECTIONS = "directions", _("directions")


@classified(
    public="region strategy code number name short_name kind from_year to_year adopting_body adopted_on "
    "resolution parent begins_line ends_line order",
    internal="note version",
)
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
    predecessors = models.ManyToManyField(
        "self",
        symmetrical=False,
        through="Succession",
        through_fields=("successor", "predecessor"),
        related_name="successors",
        blank=True,
    )
    goals = models.ManyToManyField(Goal, related_name="programmes", blank=True, verbose_name=_("goals"))
    begins_line = models.BooleanField(_("nothing came before it"), default=False)  # decided: no predecessor is sought
    ends_line = models.BooleanField(_("nothing follows it"), default=False)  # decided: no successor is sought
    note = models.TextField(_("note"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    version = models.PositiveIntegerField(_("version"), default=1)
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

    @property
    def first_year(self) -> int:
        """The first year of its own period, else of the strategy's."""
        return self.from_year or self.strategy.from_year

    @property
    def last_year(self) -> int:
        """The last year of its own period, else of the strategy's."""
        return self.to_year or self.strategy.to_year

    def in_force_in(self, year: int) -> bool:
        """Whether the programme's period covers a year; its own period first, else the strategy's."""
        return self.first_year <= year <= self.last_year


@classified(public="predecessor successor note")
class Succession(models.Model):
    """One programme continues another, wholly or in part; the note says how."""

    predecessor = models.ForeignKey(Programme, models.CASCADE, related_name="continued_by")
    successor = models.ForeignKey(Programme, models.CASCADE, related_name="continues")
    note = models.CharField(_("note"), max_length=400, blank=True)

    class Meta:
        ordering = ["successor__order", "predecessor__order"]
        constraints = [
            models.UniqueConstraint(fields=["predecessor", "successor"], name="succession_once"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="programme_does_not_continue_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor.short_name} → {self.successor.short_name}"


class TaskKind(models.TextChoices):
    """A task, an EU project, or a task commissioned by the government."""

    TASK = "task", _("task")
    PROJECT = "project", _("project")
    COMMISSIONED = "commissioned", _("commissioned task")


@classified(
    public="region code number programme goal organisation lead name kind from_date to_date order",
    internal="note version",
)
class Task(models.Model):
    """A unit of work of a programme, or outside programmes; a task ends and its history stays."""

    region = models.CharField(_("region"), max_length=2)
    code = models.CharField(_("code"), max_length=60)
    number = models.CharField(_("number"), max_length=12, blank=True)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="tasks")
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("goal"))
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("implementer")
    )
    lead = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_tasks",
        verbose_name=_("led by"),
    )
    name = models.CharField(_("name"), max_length=400)
    kind = models.CharField(_("kind"), max_length=12, choices=TaskKind.choices)
    from_date = models.DateField(_("from"), null=True, blank=True)
    to_date = models.DateField(_("to"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    version = models.PositiveIntegerField(_("version"), default=1)
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

    def has_ended_on(self, day: datetime.date) -> bool:
        """Whether the task's own last day is over; its history stays."""
        return self.to_date is not None and self.to_date < day

    def active_in(self, year: int) -> bool:
        """Whether the task is under way on any day of a year."""
        begun = self.from_date is None or self.from_date.year <= year
        return begun and (self.to_date is None or self.to_date.year >= year)
