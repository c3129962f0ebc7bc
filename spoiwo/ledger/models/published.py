"""Amounts that were published outside the yearly reports: divisions of PFRON money, calls for NGOs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import classified
from spoiwo.strategy.models import PrecisionChoice


class PublishedKind(models.TextChoices):
    """What the amount is about."""

    PFRON = "pfron", _("division of PFRON money")
    NGO_CALL = "ngo_call", _("call for NGOs")
    SENIOR_CALL = "senior_call", _("call for seniors' initiatives")
    PROJECT = "project", _("EU project")
    OTHER = "other", _("other")


@classified(
    public="region code year kind parent title amount_gr precision parts_complete source_title source_address "
    "read_on note order",
)
class PublishedFigure(models.Model):
    """One published amount with its source; its parts hang below it and are compared with it, never added twice.

    `read_on`: the day the source was read; empty when nobody wrote it down.
    """

    region = models.CharField(_("region"), max_length=2)
    code = models.CharField(_("code"), max_length=60)
    year = models.PositiveSmallIntegerField(_("year"))
    kind = models.CharField(_("kind"), max_length=12, choices=PublishedKind.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="parts")
    title = models.CharField(_("title"), max_length=300)
    amount_gr = models.BigIntegerField(_("amount"))
    precision = models.CharField(
        _("precision"), max_length=8, choices=PrecisionChoice.choices, default=PrecisionChoice.EXACT
    )
    parts_complete = models.BooleanField(_("the parts should add up to it"), default=False)
    source_title = models.CharField(_("source"), max_length=300)
    source_address = models.CharField(_("address"), max_length=400, blank=True)
    read_on = models.DateField(_("read on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    class Meta:
        ordering = ["-year", "order", "code"]
        constraints = [models.UniqueConstraint(fields=["region", "code"], name="published_code_once")]

    def __str__(self) -> str:
        return f"{self.year} {self.title}"
