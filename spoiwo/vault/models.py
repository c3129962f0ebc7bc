"""Subjects whose values are protected, and the base of every row that carries such values."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import classified


@classified(internal="uid created_at erased_at erasure_began_at reason")
class Subject(models.Model):
    """One person with a key of their own. The key lies outside the database; here it is only known that it exists.

    `erasure_began_at` is set before the key is destroyed and `erased_at` after, so that an interrupted erasure is finished.
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


class ProtectedModel(models.Model):
    """A row with sealed values. `uid` binds them to the row; `subject` names the key they are sealed under."""

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="+", editable=False)

    class Meta:
        abstract = True
