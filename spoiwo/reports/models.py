"""Final reports: frozen, numbered, fingerprinted."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import classified
from spoiwo.ledger.models import FiscalYear
from spoiwo.strategy.models import Programme


@classified(
    public="year version content fingerprint reason finalised_at",
    internal="records lines finalised_by",
    personal="by_name",
)
class Report(models.Model):
    """One final version of a year's report. A row is never changed; a correction is the next version.

    The document lies in three JSON texts: `content` without records, `lines` with the money of this and
    earlier years, `records` with the rest, so that a page of a large year does not read twenty thousand
    lines; the fingerprint covers all three together.
    """

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="reports")
    version = models.PositiveSmallIntegerField(_("version"))
    content = models.TextField()
    records = models.TextField()
    lines = models.TextField()
    fingerprint = models.CharField(_("fingerprint"), max_length=64)
    reason = models.TextField(_("what changed and why"), blank=True)
    finalised_at = models.DateTimeField(_("final since"))
    finalised_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["-version"]
        constraints = [models.UniqueConstraint(fields=["year", "version"], name="report_version_once")]

    def __str__(self) -> str:
        return f"{self.year} · {self.version}"


@classified(public="year programme text", internal="changed_by changed_at version")
class Narrative(models.Model):
    """What an official writes in words in the report of a year: about one programme, or about the whole year.

    Numbers in it are compared with the figures of the report (`domain/prose.py`); it is part of the content.
    """

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="narratives")
    programme = models.ForeignKey(Programme, models.PROTECT, null=True, blank=True, related_name="narratives")
    text = models.TextField(_("text"))
    changed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(_("changed"), default=timezone.now)
    version = models.PositiveIntegerField(_("version"), default=1)

    class Meta:
        ordering = ["programme__order", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year"], condition=Q(programme=None), name="narrative_of_the_year_once"),
            models.UniqueConstraint(
                fields=["year", "programme"], condition=Q(programme__isnull=False), name="narrative_of_a_programme_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.year} · {self.programme}" if self.programme else str(self.year)
