"""Indicators: what is measured, how its meaning changed, what was aimed at and what was found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import classified
from spoiwo.organisations.models import Organisation
from spoiwo.places.models import Place
from spoiwo.strategy.models.evidence import PrecisionChoice, Unit
from spoiwo.strategy.models.tree import Goal, Programme, Task


class IndicatorKind(models.TextChoices):
    """What was made, or what changed by it."""

    OUTPUT = "output", _("output indicator")
    RESULT = "result", _("result indicator")


class Direction(models.TextChoices):
    """Which way is better."""

    RISE = "rise", _("should rise")
    FALL = "fall", _("should fall")
    HOLD = "hold", _("should stay")


class Aggregation(models.TextChoices):
    """How values of parts make the value of the whole; forced, never chosen on a page."""

    SUM = "sum", _("parts are added")
    LAST = "last", _("the latest value counts")
    RATIO = "ratio", _("numerators and denominators are added, then divided")
    DISTINCT = "distinct", _("distinct persons: parts are not added")
    NONE = "none", _("not additive")


class Frequency(models.TextChoices):
    """How often a value is due."""

    YEARLY = "yearly", _("yearly")
    HALF_YEARLY = "half_yearly", _("every half year")
    QUARTERLY = "quarterly", _("quarterly")
    MONTHLY = "monthly", _("monthly")


@classified(
    public="region code goal programme task name kind unit direction aggregation frequency responsible source "
    "invented ended_on order",
    internal="version",
)
class Indicator(models.Model):
    """One measure of a goal, a programme or a task (exactly one of them)."""

    region = models.CharField(_("region"), max_length=2)
    code = models.CharField(_("code"), max_length=60)
    goal = models.ForeignKey(Goal, models.PROTECT, null=True, blank=True, related_name="indicators")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="indicators")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="indicators")
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=8, choices=IndicatorKind.choices)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="indicators", verbose_name=_("unit"))
    direction = models.CharField(_("direction"), max_length=6, choices=Direction.choices)
    aggregation = models.CharField(_("aggregation"), max_length=10, choices=Aggregation.choices)
    frequency = models.CharField(_("frequency"), max_length=12, choices=Frequency.choices)
    responsible = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="indicators", verbose_name=_("responsible")
    )
    source = models.CharField(_("source of data"), max_length=300)
    invented = models.BooleanField(_("invented data"), default=False)
    ended_on = models.DateField(_("ended on"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.UniqueConstraint(fields=["region", "code"], name="indicator_code_once"),
            models.CheckConstraint(
                condition=Q(goal__isnull=False, programme=None, task=None)
                | Q(goal=None, programme__isnull=False, task=None)
                | Q(goal=None, programme=None, task__isnull=False),
                name="indicator_measures_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return self.name


@classified(
    public="region indicator number valid_from text numerator denominator multiplier baseline baseline_year reason",
    internal="key",
)
class IndicatorDefinition(models.Model):
    """What an indicator means from a day on. A changed meaning is a new row: the series breaks there.

    `multiplier`: a ratio is numerator × multiplier ÷ denominator (100 for per cent, 10 000 for "per 10 thousand").
    """

    region = models.CharField(_("region"), max_length=2)
    key = models.CharField(_("key"), max_length=80)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="definitions")
    number = models.PositiveSmallIntegerField(_("number"), default=1)
    valid_from = models.DateField(_("valid from"))
    text = models.TextField(_("definition"))
    numerator = models.CharField(_("numerator"), max_length=300, blank=True)
    denominator = models.CharField(_("denominator"), max_length=300, blank=True)
    multiplier = models.PositiveIntegerField(_("multiplier"), default=1)
    baseline = models.DecimalField(_("baseline"), max_digits=18, decimal_places=4, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(_("year of the baseline"), null=True, blank=True)
    reason = models.TextField(_("reason of the change"), blank=True)

    class Meta:
        ordering = ["indicator", "number"]
        constraints = [
            models.UniqueConstraint(fields=["region", "key"], name="definition_key_once"),
            models.UniqueConstraint(fields=["indicator", "number"], name="definition_number_once"),
            models.CheckConstraint(
                condition=Q(baseline=None, baseline_year=None) | Q(baseline__isnull=False, baseline_year__isnull=False),
                name="baseline_has_its_year",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} ({self.number})"


@classified(public="region indicator year value", internal="key")
class Target(models.Model):
    """What an indicator should reach in a year."""

    region = models.CharField(_("region"), max_length=2)
    key = models.CharField(_("key"), max_length=80)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="targets")
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4)

    class Meta:
        ordering = ["indicator", "year"]
        constraints = [
            models.UniqueConstraint(fields=["region", "key"], name="target_key_once"),
            models.UniqueConstraint(fields=["indicator", "year"], name="target_of_a_year_once"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}: {self.value}"


@classified(
    public="region indicator definition year part place value numerator denominator precision evidence",
    internal="key note corrects reason superseded_at entered_by entered_at",
)
class IndicatorValue(models.Model):
    """What was found for a year, or a part of it, in the whole region or one place of it.

    `part`: 0 the whole year, else the number of the half, quarter or month. A ratio holds numerator and
    denominator and no value. A correction is a new row; the old one gets `superseded_at` and stays.
    """

    region = models.CharField(_("region"), max_length=2)
    key = models.CharField(_("key"), max_length=80)
    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="values")
    definition = models.ForeignKey(IndicatorDefinition, models.PROTECT, related_name="values")
    year = models.PositiveSmallIntegerField(_("year"))
    part = models.PositiveSmallIntegerField(_("part of the year"), default=0)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="indicator_values")
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=4, null=True, blank=True)
    numerator = models.DecimalField(_("numerator"), max_digits=18, decimal_places=4, null=True, blank=True)
    denominator = models.DecimalField(_("denominator"), max_digits=18, decimal_places=4, null=True, blank=True)
    precision = models.CharField(
        _("precision"), max_length=8, choices=PrecisionChoice.choices, default=PrecisionChoice.EXACT
    )
    evidence = models.CharField(_("evidence"), max_length=300)
    note = models.TextField(_("note"), blank=True)
    corrects = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="corrected_by")
    reason = models.TextField(_("reason of the correction"), blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(_("entered"), default=timezone.now)

    class Meta:
        ordering = ["indicator", "year", "part", "place"]
        indexes = [models.Index(fields=["indicator", "year", "part"], name="value_by_period")]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "key"], condition=Q(superseded_at=None), name="value_key_once"
            ),
            models.UniqueConstraint(
                fields=["indicator", "year", "part"],
                condition=Q(place=None, superseded_at=None),
                name="value_of_the_region_once",
            ),
            models.UniqueConstraint(
                fields=["indicator", "year", "part", "place"],
                condition=Q(place__isnull=False, superseded_at=None),
                name="value_of_a_place_once",
            ),
            models.CheckConstraint(
                condition=Q(value__isnull=False, numerator=None, denominator=None)
                | Q(value=None, numerator__isnull=False, denominator__isnull=False, denominator__gt=0),
                name="value_or_ratio",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.year}"
