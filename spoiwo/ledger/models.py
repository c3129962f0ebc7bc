"""A year of money: its lines, the totals declared for it, and how their differences were settled."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spoiwo.ledger.querysets import EntryQuerySet, FiscalYearQuerySet
from spoiwo.organisations.models import Organisation
from spoiwo.places.models import Place
from spoiwo.strategy.models import PrecisionChoice, Programme, Strategy, Task


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


class ImportBatch(models.Model):
    """One package that was read in: the file, its fingerprint, what it changed."""

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


class EntryKind(models.TextChoices):
    """What a line does: a payment adds, a refund takes away."""

    PAYMENT = "payment", _("payment")
    REFUND = "refund", _("refund")


class EntryState(models.TextChoices):
    """How far a line is: entered, compared with its document, or to be split."""

    ENTERED = "entered", _("entered")
    CHECKED = "checked", _("checked")
    TO_SPLIT = "to_split", _("to be split")


class Entry(models.Model):
    """One line of money. `amount_gr` carries the sign: a refund is below zero."""

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="entries")
    key = models.CharField(_("key"), max_length=80)
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="entries")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="entries")
    source = models.ForeignKey(Source, models.PROTECT, related_name="entries")
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind.choices, default=EntryKind.PAYMENT)
    amount_gr = models.BigIntegerField(_("amount"))
    date = models.DateField(_("date of payment"), null=True, blank=True)
    description = models.CharField(_("description"), max_length=300)
    document = models.ForeignKey(Document, models.PROTECT, related_name="entries")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="entries")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="entries")
    tags = models.ManyToManyField(Tag, blank=True, related_name="entries")
    state = models.CharField(_("state"), max_length=10, choices=EntryState.choices, default=EntryState.ENTERED)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    entered_at = models.DateTimeField(_("entered"), default=timezone.now)
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, blank=True, related_name="entries")
    version = models.PositiveIntegerField(_("version"), default=1)
    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]
        indexes = [
            models.Index(fields=["year", "programme", "source", "amount_gr"], name="entry_matrix"),
            models.Index(fields=["year", "date"], name="entry_by_date"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "key"], name="entry_key_once"),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.PAYMENT, amount_gr__gte=0) | Q(kind=EntryKind.REFUND, amount_gr__lte=0),
                name="entry_sign_follows_kind",
            ),
        ]

    def __str__(self) -> str:
        return self.description


class Scope(models.TextChoices):
    """What a declared total speaks of."""

    GRAND = "grand", _("grand total")
    SOURCE = "source", _("source")
    PROGRAMME = "programme", _("programme")
    CELL = "cell", _("programme and source")
    TAG = "tag", _("cross-cutting")


class DeclaredTotal(models.Model):
    """A total printed in a document: a fact of that document, set beside the computed one."""

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="declared")
    key = models.CharField(_("key"), max_length=80)
    scope = models.CharField(_("of what"), max_length=10, choices=Scope.choices)
    source = models.ForeignKey(Source, models.PROTECT, null=True, blank=True, related_name="declared")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="declared")
    tag = models.ForeignKey(Tag, models.PROTECT, null=True, blank=True, related_name="declared")
    amount_gr = models.BigIntegerField(_("amount"))
    precision = models.CharField(_("precision"), max_length=8, choices=PrecisionChoice.choices)
    rounded_to_gr = models.BigIntegerField(_("rounded to"), null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, related_name="declared")
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "key"], name="declared_key_once"),
            models.UniqueConstraint(fields=["year"], condition=Q(scope=Scope.GRAND), name="declared_grand_once"),
            models.UniqueConstraint(
                fields=["year", "source"], condition=Q(scope=Scope.SOURCE), name="declared_source_once"
            ),
            models.UniqueConstraint(
                fields=["year", "programme"],
                condition=Q(scope=Scope.PROGRAMME),
                name="declared_programme_once",
            ),
            models.UniqueConstraint(
                fields=["year", "programme", "source"],
                condition=Q(scope=Scope.CELL),
                name="declared_cell_once",
            ),
            models.UniqueConstraint(fields=["year", "tag"], condition=Q(scope=Scope.TAG), name="declared_tag_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_scope_display()} {self.source or self.programme or self.tag or ''}".strip()


class SettlementKind(models.TextChoices):
    """How a difference was settled."""

    EXPLAINED = "explained", _("explained")
    ACCEPTED = "accepted", _("accepted")


class Settlement(models.Model):
    """The answer to one difference: explained by lines, or accepted with a written reason.

    It holds for exactly `difference_gr`; when the money changes, the difference is open again.
    """

    declared = models.ForeignKey(DeclaredTotal, models.PROTECT, related_name="settlements")
    difference_gr = models.BigIntegerField()
    kind = models.CharField(max_length=10, choices=SettlementKind.choices)
    reason = models.TextField(_("reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["declared"], condition=Q(withdrawn_at=None), name="one_settlement_in_force"
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="settlement_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.declared}: {self.get_kind_display()}"


class ExplanationLine(models.Model):
    """One part of an explained difference: what it was, how much, by which document."""

    settlement = models.ForeignKey(Settlement, models.CASCADE, related_name="lines")
    description = models.CharField(_("description"), max_length=300)
    amount_gr = models.BigIntegerField(_("amount"))
    document = models.CharField(_("document"), max_length=300)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.description
