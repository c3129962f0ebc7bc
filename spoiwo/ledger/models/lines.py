"""Lines of money: plan and commitments, payments and returns, and the months that were closed."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import classified
from spoiwo.ledger.models.years import Document, FiscalYear, ImportBatch, Source, Tag
from spoiwo.ledger.querysets import EntryQuerySet, PlanEntryQuerySet
from spoiwo.organisations.models import Organisation
from spoiwo.places.models import Place
from spoiwo.strategy.models import Programme, Task


class EntryKind(models.TextChoices):
    """What a line does: a payment adds, a refund takes away."""

    PAYMENT = "payment", _("payment")
    REFUND = "refund", _("refund")


class EntryState(models.TextChoices):
    """How far a line is: entered, compared with its document, or to be split."""

    ENTERED = "entered", _("entered")
    CHECKED = "checked", _("checked")
    TO_SPLIT = "to_split", _("to be split")


@classified(public="amount_gr date description chapter paragraph", internal="key case_sign reason entered_at version")
class Posting(models.Model):
    """What every line of money has. `amount_gr` carries the sign; a reversing line has the opposite one."""

    key = models.CharField(_("key"), max_length=80)
    amount_gr = models.BigIntegerField(_("amount"))
    date = models.DateField(_("date"), null=True, blank=True)
    description = models.CharField(_("description"), max_length=300)
    chapter = models.CharField(_("chapter"), max_length=5, blank=True)  # rozdział; its first three digits: dział
    paragraph = models.CharField(_("paragraph"), max_length=4, blank=True)  # paragraf with the fourth digit
    case_sign = models.CharField(_("case sign"), max_length=60, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    entered_at = models.DateTimeField(_("entered"), default=timezone.now)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.description

    @property
    def division(self) -> str:
        """Dział: the first three digits of the chapter."""
        return self.chapter[:3]


@classified(
    public="year programme task source kind document organisation place",
    internal="state entered_by changed_by checked_by batch commitment returns reverses corrects",
)
class Entry(Posting):
    """One line of what was paid or came back: a refund is below zero. Its date is the day of payment."""

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="entries")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="entries")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="entries")
    source = models.ForeignKey(Source, models.PROTECT, related_name="entries")
    kind = models.CharField(_("kind"), max_length=10, choices=EntryKind.choices, default=EntryKind.PAYMENT)
    document = models.ForeignKey(Document, models.PROTECT, related_name="entries")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="entries")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="entries")
    tags = models.ManyToManyField(Tag, blank=True, related_name="entries")
    state = models.CharField(_("state"), max_length=10, choices=EntryState.choices, default=EntryState.ENTERED)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, blank=True, related_name="entries")
    commitment = models.ForeignKey(
        "PlanEntry", models.PROTECT, null=True, blank=True, related_name="payments", verbose_name=_("commitment")
    )
    returns = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="refunds", verbose_name=_("payment that came back")
    )
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    objects = EntryQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]
        indexes = [
            models.Index(fields=["year", "programme", "source", "amount_gr"], name="entry_matrix"),
            models.Index(fields=["year", "date"], name="entry_by_date"),
            models.Index(fields=["task", "year", "source", "amount_gr"], name="entry_of_task"),
            models.Index(fields=["programme", "year", "source", "amount_gr"], name="entry_of_programme"),
            models.Index(fields=["year", "chapter", "paragraph", "amount_gr"], name="entry_by_classification"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "key"], name="entry_key_once"),
            models.CheckConstraint(
                condition=Q(kind=EntryKind.PAYMENT, amount_gr__gte=0, reverses=None)
                | Q(kind=EntryKind.REFUND, amount_gr__lte=0, reverses=None)
                | Q(kind=EntryKind.PAYMENT, amount_gr__lte=0, reverses__isnull=False)
                | Q(kind=EntryKind.REFUND, amount_gr__gte=0, reverses__isnull=False),
                name="entry_sign_follows_kind",
            ),
        ]


class PlanKind(models.TextChoices):
    """What comes before a payment: the plan and its changes, a commitment and what is released of it."""

    PLAN = "plan", _("plan")
    CHANGE = "change", _("change of plan")
    COMMITMENT = "commitment", _("commitment")
    RELEASE = "release", _("release of a commitment")


@classified(
    public="year programme task source kind document organisation place",
    internal="due_on commitment reverses corrects entered_by batch",
)
class PlanEntry(Posting):
    """One line of the plan or of commitments (zaangażowanie). A release is below zero, a change of either sign.

    `due_on`: the day until which a commitment should be paid.
    Source: Public Finance Act of 27 August 2009, art. 44(1), 52, 261: spend and commit within the plan.
    """

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="plan_entries")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="plan_entries")
    task = models.ForeignKey(Task, models.PROTECT, null=True, blank=True, related_name="plan_entries")
    source = models.ForeignKey(Source, models.PROTECT, related_name="plan_entries")
    kind = models.CharField(_("kind"), max_length=10, choices=PlanKind.choices)
    document = models.ForeignKey(Document, models.PROTECT, related_name="plan_entries")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="plan_entries")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="plan_entries")
    due_on = models.DateField(_("to be paid by"), null=True, blank=True)
    commitment = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="releases", verbose_name=_("commitment")
    )
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    batch = models.ForeignKey(ImportBatch, models.PROTECT, null=True, blank=True, related_name="plan_entries")
    objects = PlanEntryQuerySet.as_manager()

    class Meta:
        ordering = ["date", "pk"]
        indexes = [
            models.Index(fields=["year", "programme", "source", "kind", "amount_gr"], name="plan_matrix"),
            models.Index(fields=["task", "year", "source", "kind", "amount_gr"], name="plan_of_task"),
            models.Index(fields=["year", "chapter", "paragraph", "kind", "amount_gr"], name="plan_by_classification"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["year", "key"], name="plan_entry_key_once"),
            models.CheckConstraint(
                condition=Q(kind=PlanKind.CHANGE)
                | Q(kind__in=[PlanKind.PLAN, PlanKind.COMMITMENT], amount_gr__gte=0, reverses=None)
                | Q(kind=PlanKind.RELEASE, amount_gr__lte=0, reverses=None)
                | Q(kind__in=[PlanKind.PLAN, PlanKind.COMMITMENT], amount_gr__lte=0, reverses__isnull=False)
                | Q(kind=PlanKind.RELEASE, amount_gr__gte=0, reverses__isnull=False),
                name="plan_entry_sign_follows_kind",
            ),
            models.CheckConstraint(
                condition=~Q(kind=PlanKind.RELEASE) | Q(commitment__isnull=False), name="a_release_names_its_commitment"
            ),
        ]

    @property
    def is_first_commitment(self) -> bool:
        """A commitment as it was entered: neither what reverses nor what corrects one. Payments settle it."""
        return self.kind == PlanKind.COMMITMENT and self.commitment_id is None and self.reverses_id is None


@classified(internal="year month sums fingerprint closed_at closed_by")
class PeriodClosing(models.Model):
    """One month of a year that was closed: its sums of that day, with their fingerprint.

    `sums`: canonical list of [table, kind, programme, task, source, chapter, paragraph, amount_gr]. A line
    without a day belongs to December.
    """

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="closings")
    month = models.PositiveSmallIntegerField(_("month"))
    sums = models.JSONField(default=list)
    fingerprint = models.CharField(max_length=64)
    closed_at = models.DateTimeField(_("closed"), default=timezone.now)
    closed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["year", "month"]
        constraints = [
            models.UniqueConstraint(fields=["year", "month"], name="month_closed_once"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="closing_is_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.year}-{self.month:02d}"
