"""Subjects whose values are protected, the base of every row that carries such values, and what proves the rest."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import classified


@classified(internal="uid created_at erased_at erasure_began_at", personal="reason")
class Subject(models.Model):
    """One person with a key of their own. The key lies outside the database; here it is only known that it exists.

    `erasure_began_at` is set before the key is destroyed and `erased_at` after, so that it can be finished.
    """

    uid = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(_("created"))
    erasure_began_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(_("erased"), null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        ordering = ["created_at"]

    def __str__(self) -> str:
        return str(self.uid)


@classified(internal="uid subject")
class ProtectedModel(models.Model):
    """A row with sealed values. `uid` binds them to the row; `subject` names the key they are sealed under."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True


@classified(internal="sealed")
class KeyProof(models.Model):
    """The one row by which the database knows its keys: a constant, sealed under the root of the house."""

    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(_("keys of this house"))


@classified(internal="at by reached counts digest")
class RetentionRun(models.Model):
    """The proof that data went: by which rules and how many, with a digest of what they were called.

    `counts` holds the number of removed things by rule; `digest` is the SHA-256 over their identifiers, sorted.
    """

    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reached = models.DateField(_("as of"))
    counts = models.JSONField(_("removed"), default=dict)
    digest = models.CharField(_("fingerprint"), max_length=64)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(_("Removal of %(day)s") % {"day": self.reached.isoformat()})

    @property
    def total(self) -> int:
        """How many things went."""
        return sum(self.counts.values())


@classified(internal="at by found digest", personal="purpose sought")
class Disclosure(models.Model):
    """That a person was given what is held about them: when, by whom and why; never what it was.

    `sought` is a keyed fingerprint of the address or of the person of the register: it answers whether somebody's data
    were given out, and names nobody.
    """

    at = models.DateTimeField(_("time"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    purpose = models.TextField(_("purpose"))
    sought = models.CharField(max_length=64, editable=False)
    found = models.JSONField(_("found"), default=dict)
    digest = models.CharField(_("fingerprint"), max_length=64)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return str(_("Data of one person, no. %(number)d") % {"number": self.pk})
