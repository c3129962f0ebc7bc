"""The record of deeds, the head of their chain, refused openings, and the weekly review of what was read."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from spoiwo.audit.domain import FIRST
from spoiwo.audit.querysets import RecordQuerySet
from spoiwo.kernel.privacy import classified


@classified(
    internal="sequence at deed about_type about_id about_label facts reason previous_hash hash form reading request_id",
    personal="by by_name roles address_hash",
)
class Record(models.Model):
    """One deed or one reading: who did what, about what, when, why and in what circumstances.

    A row is never changed or deleted; `hash` covers all its fields and the hash of the row before,
    so that an edited, removed or moved row is found by `spoiwo audit verify`. `form` says which fields those are:
    rows of the first form have no roles, no request and no address. Of a reading `reason` is the purpose.
    """

    sequence = models.PositiveBigIntegerField(_("number"), primary_key=True)
    at = models.DateTimeField(_("time"), db_index=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False)
    by_name = models.CharField(_("person"), max_length=200)
    deed = models.CharField(_("deed"), max_length=80)
    about_type = models.CharField(max_length=60)
    about_id = models.CharField(max_length=60)
    about_label = models.CharField(_("about"), max_length=300)
    facts = models.JSONField(_("facts"), default=dict)
    reason = models.TextField(_("reason"), blank=True)
    form = models.PositiveSmallIntegerField(default=FIRST, editable=False)
    reading = models.BooleanField(_("a reading"), default=False)
    request_id = models.CharField(max_length=32, blank=True, default="")
    roles = models.CharField(_("roles"), max_length=400, blank=True, default="")
    address_hash = models.CharField(max_length=32, blank=True, default="")
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)
    objects = RecordQuerySet.as_manager()

    class Meta:
        ordering = ["sequence"]
        indexes = [
            models.Index(fields=["about_type", "about_id", "sequence"], name="audit_record_about_in_order"),
            models.Index(fields=["by", "sequence"], name="audit_record_by_person"),
            models.Index(fields=["deed", "sequence"], name="audit_record_by_deed"),
            models.Index(fields=["at"], condition=Q(reading=True), name="audit_record_readings"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.deed} {self.about_label}"


@classified(internal="sequence hash")
class ChainHead(models.Model):
    """The last link of the chain: one row, locked while a deed is recorded."""

    sequence = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash[:12]}"


@classified(internal="day view status count first_at last_at", personal="by")
class Refusal(models.Model):
    """How often one person was refused one protected page on one day.

    Only a counter, so that thousands of attempts cost a row; the attempts 1, 2, 4, 8 … stand in the record.
    """

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    day = models.DateField(_("day"))
    view = models.CharField(max_length=120)
    status = models.PositiveSmallIntegerField()
    count = models.PositiveIntegerField(default=0)
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["by", "day", "view", "status"], name="refusals_counted_once_a_day")
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.view} {self.count}"


@classified(internal="week digest remarks signed_at", personal="hits signed_by signed_by_name")
class Review(models.Model):
    """One week of readings looked through and signed by a person. A row is never changed.

    `hits` is what the rules found that week, as it was signed; `digest` is the fingerprint of it, also in the record.
    """

    week = models.CharField(_("week"), max_length=8, unique=True)
    hits = models.JSONField(default=list)
    digest = models.CharField(max_length=64)
    remarks = models.TextField(_("remarks"))
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    signed_by_name = models.CharField(max_length=200)
    signed_at = models.DateTimeField(_("signed"))

    class Meta:
        ordering = ["-week"]

    def __str__(self) -> str:
        return self.week
