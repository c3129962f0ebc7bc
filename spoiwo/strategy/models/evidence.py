"""What came of the programmes in a year: results and activities, with the units they are counted in."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spoiwo.kernel.polish import Noun
from spoiwo.kernel.privacy import classified
from spoiwo.organisations.models import Organisation
from spoiwo.places.models import Place
from spoiwo.strategy.models.tree import Programme, Task


class PrecisionChoice(models.TextChoices):
    """How exact a published figure is (kernel.precision)."""

    EXACT = "exact", _("exact")
    ROUNDED = "rounded", _("rounded")
    ABOUT = "about", pgettext_lazy("how exact", "about")


@classified(public="region code one few many one_acc loc_one loc_many gen_one")
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
    gen_one = models.CharField(_("one, genitive"), max_length=120, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["region", "code"], name="unit_code_once")]

    def __str__(self) -> str:
        return self.many

    def noun(self) -> Noun:
        """The forms as the kernel needs them."""
        further = (self.one_acc, self.loc_one, self.loc_many, self.gen_one)
        return Noun(self.one, self.few, self.many, *(form or None for form in further))


@classified(public="region code name unit")
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


@classified(public="region year programme task organisation people precision", internal="key document_code")
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


@classified(public="measure statement value unit order")
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


@classified(public="name kind date_from date_to", internal="note")
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
