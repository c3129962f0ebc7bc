"""A year of money and what its lines refer to: sources, documents, cross-cuts, files read in."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import classified
from spoiwo.ledger.querysets import FiscalYearQuerySet
from spoiwo.strategy.models import Strategy


@classified(
    public="region year title strategy outside_label invented notice document_code",
    internal="keeps_plan shown_before_final",
)
class FiscalYear(models.Model):
    """One calendar year of one region, under the strategy it reports on."""

    region = models.CharField(_("region"), max_length=2)
    year = models.PositiveSmallIntegerField(_("year"))
    title = models.CharField(_("title"), max_length=300)
    strategy = models.ForeignKey(Strategy, models.PROTECT, related_name="years")
    outside_label = models.CharField(_("money outside programmes"), max_length=120, default="Poza programami")
    invented = models.BooleanField(_("invented data"), default=False)
    notice = models.TextField(_("notice on every page"), blank=True)
    document_code = models.CharField(_("source document"), max_length=60, blank=True)
    keeps_plan = models.BooleanField(_("spending may not exceed the plan"), default=False)
    shown_before_final = models.BooleanField(_("shown to the public before it is final"), default=False)
    objects = FiscalYearQuerySet.as_manager()

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["region", "year"], name="year_once_in_region")]

    def __str__(self) -> str:
        return str(self.year)


class SourceClass(models.TextChoices):
    """The report's four classes of money (S-127); finer sources hang below a class."""

    OWN = "own", _("own funds")
    STATE = "state", _("state grant")
    PFRON = "pfron", _("PFRON")
    EU = "eu", _("EU funds")


@classified(public="region code name short_name source_class order")
class Source(models.Model):
    """Where money comes from."""

    region = models.CharField(_("region"), max_length=2)
    code = models.CharField(_("code"), max_length=20)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40)
    source_class = models.CharField(_("class"), max_length=8, choices=SourceClass.choices)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["order", "code"]
        constraints = [models.UniqueConstraint(fields=["region", "code"], name="source_code_once")]

    def __str__(self) -> str:
        return self.name


@classified(public="year code name kind date", internal="address note")
class Document(models.Model):
    """A paper that a figure comes from: note, decision, contract, statement."""

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="documents")
    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20)
    date = models.DateField(_("date"), null=True, blank=True)
    address = models.CharField(_("address"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["year", "code"], name="document_code_once")]

    def __str__(self) -> str:
        return self.name


@classified(public="region code name")
class Tag(models.Model):
    """A cross-cut through programmes, such as money for NGOs; never added to the total."""

    region = models.CharField(_("region"), max_length=2)
    code = models.CharField(_("code"), max_length=40)
    name = models.CharField(_("name"), max_length=120)

    class Meta:
        ordering = ["code"]
        constraints = [models.UniqueConstraint(fields=["region", "code"], name="tag_code_once")]

    def __str__(self) -> str:
        return self.name


class BatchKind(models.TextChoices):
    """What was read in: a year package, or lines of the accounting system."""

    PACKAGE = "package", _("year package")
    BOOKS = "books", _("accounting system")


@classified(internal="kind year name sha256 at by counts tasks")
class ImportBatch(models.Model):
    """One file that was read in: its name, its fingerprint, what it changed."""

    kind = models.CharField(_("kind"), max_length=8, choices=BatchKind.choices, default=BatchKind.PACKAGE)

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="batches")
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    counts = models.JSONField(default=dict)
    tasks = models.JSONField(default=list)  # codes of the tasks that the package names

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return self.name
