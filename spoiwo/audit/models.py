"""The record of every deed and the head of their chain."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from spoiwo.audit.querysets import RecordQuerySet


class Record(models.Model):
    """One deed: who did what, about what, when and why.

    A row is never changed or deleted; `hash` covers all its fields and the hash of the row before,
    so that an edited, removed or moved row is found by `spoiwo audit verify`.
    """

    sequence = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(_("person"), max_length=200)
    deed = models.CharField(_("deed"), max_length=80)
    about_type = models.CharField(max_length=60)
    about_id = models.CharField(max_length=60)
    about_label = models.CharField(_("about"), max_length=300)
    facts = models.JSONField(_("facts"), default=dict)
    reason = models.TextField(_("reason"), blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64, unique=True)
    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        indexes = [models.Index(fields=["about_type", "about_id"], name="audit_record_about")]

    def __str__(self) -> str:
        return f"{self.sequence} {self.deed} {self.about_label}"


class ChainHead(models.Model):
    """The last link of the chain: one row, locked while a deed is recorded."""

    sequence = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:12]}"
