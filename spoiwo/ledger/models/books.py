"""What comes from the accounting system: column mappings and statements by classification; stored papers."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import classified
from spoiwo.ledger.models.years import Document, FiscalYear


@classified(internal="region name headings columns constants used_at by version")
class ColumnMapping(models.Model):
    """Which column of the accounting system's file means what; recognised again by its headings.

    `columns`: our name → their heading; `constants`: what is the same for every row (a source, a programme).
    """

    region = models.CharField(_("region"), max_length=2)
    name = models.CharField(_("name"), max_length=120)
    headings = models.CharField(max_length=64)  # SHA-256 of the folded headings in order
    columns = models.JSONField(default=dict)
    constants = models.JSONField(default=dict)
    used_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-used_at"]
        constraints = [
            models.UniqueConstraint(fields=["region", "name"], name="mapping_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


@classified(internal="year month name sha256 rows taken_at by")
class BookStatement(models.Model):
    """A statement of the accounting books by classification, shaped like Rb-28S, as of the end of a month.

    `rows`: [{"division", "chapter", "paragraph", "plan_gr", "committed_gr", "spent_gr"}], a missing amount is None.
    """

    year = models.ForeignKey(FiscalYear, models.PROTECT, related_name="statements")
    month = models.PositiveSmallIntegerField(_("as of the end of month"))
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    rows = models.JSONField(default=list)
    taken_at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["year", "-month", "-taken_at"]
        constraints = [
            models.UniqueConstraint(fields=["year", "month", "sha256"], name="statement_once"),
            models.CheckConstraint(condition=Q(month__gte=1, month__lte=12), name="statement_is_of_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.year}-{self.month:02d}"


@classified(internal="document sha256 size media_type stored_at stored_by kept", personal="name")
class StoredFile(models.Model):
    """The paper of a document, kept behind the door for files (`kept`); served only to those who may.

    Papers stored before that door was there have no `kept`: they lie under their own fingerprint.
    """

    document = models.ForeignKey(Document, models.PROTECT, related_name="files")
    name = models.CharField(_("file"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField(_("bytes"))
    media_type = models.CharField(_("type"), max_length=100)
    stored_at = models.DateTimeField(default=timezone.now)
    stored_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    kept = models.OneToOneField("doors.KeptFile", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["stored_at"]
        constraints = [models.UniqueConstraint(fields=["document", "sha256"], name="file_of_a_document_once")]

    def __str__(self) -> str:
        return self.name
