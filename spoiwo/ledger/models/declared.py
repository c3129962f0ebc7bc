"""Totals that documents declare, and how their differences were settled."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import classified
from spoiwo.ledger.models.years import Document, FiscalYear, Source, Tag
from spoiwo.strategy.models import PrecisionChoice, Programme


class Scope(models.TextChoices):
    """What a declared total speaks of."""

    GRAND = "grand", _("grand total")
    SOURCE = "source", _("source")
    PROGRAMME = "programme", _("programme")
    CELL = "cell", _("programme and source")
    TAG = "tag", _("cross-cutting")


@classified(public="year key scope source programme tag amount_gr precision rounded_to_gr document note")
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


@classified(public="declared difference_gr kind reason", internal="by at withdrawn_at", personal="by_name")
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


@classified(public="settlement description amount_gr document")
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
