"""Letters that wait or were sent, forms that were sent, files that were taken in."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spoiwo.doors.domain.files import NOTES
from spoiwo.doors.domain.letters import LetterState, Problem
from spoiwo.kernel.privacy import classified
from spoiwo.vault.fields import IndexField, SealedField

STATES = {
    LetterState.WAITING: pgettext_lazy("letter", "waiting"),
    LetterState.SENDING: pgettext_lazy("letter", "in hand"),
    LetterState.SENT: pgettext_lazy("letter", "sent"),
    LetterState.FAILED: pgettext_lazy("letter", "not sent"),
    LetterState.EXPIRED: pgettext_lazy("letter", "out of date"),
}
TONES = {
    LetterState.WAITING: "info",
    LetterState.SENDING: "info",
    LetterState.SENT: "good",
    LetterState.FAILED: "bad",
    LetterState.EXPIRED: "calm",
}
PROBLEMS = {
    Problem.NONE: "",
    Problem.NO_SERVER: _("the mail server does not answer"),
    Problem.BROKEN_OFF: _("the connection broke off"),
    Problem.LATER: _("the mail server asked to try later"),
    Problem.SENDER: _("the mail server does not accept our address"),
    Problem.RECIPIENT: _("the mail server does not know the recipient"),
    Problem.CONTENT: _("the mail server did not accept the content"),
    Problem.ABANDONED: _("sending was interrupted"),
    Problem.UNEXPECTED: _("unexpected fault"),
}


@classified(
    internal="uid about_type about_id by state problem attempts perhaps_twice "
    "queued_at next_try_at claimed_at ended_at expires_at",
    personal="recipient recipient_index",
    special="content",
)
class Letter(models.Model):
    """One letter to one recipient. `content` holds address, subject and texts, sealed; it goes once the letter is sent.

    What stays is the log of sending: a masked address, its keyed fingerprint, times and the result.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    content = SealedField()
    recipient = models.CharField(_("recipient"), max_length=120)
    recipient_index = IndexField()
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=60, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    state = models.CharField(_("state"), max_length=10, choices=STATES.items(), default=LetterState.WAITING)
    problem = models.CharField(_("problem"), max_length=12, choices=PROBLEMS.items(), blank=True)
    attempts = models.PositiveSmallIntegerField(_("tries"), default=0)
    perhaps_twice = models.BooleanField(_("perhaps sent twice"), default=False)
    queued_at = models.DateTimeField(_("written"))
    next_try_at = models.DateTimeField(_("next try"))
    claimed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    expires_at = models.DateTimeField(_("in date until"), null=True, blank=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [models.Index(fields=["state", "next_try_at"], name="doors_letter_due")]

    def __str__(self) -> str:
        return str(_("Letter %(number)s") % {"number": str(self.uid)[:8]})

    @property
    def tone(self) -> str:
        """The tone of its state on the screen."""
        return TONES[LetterState(self.state)]

    @property
    def can_be_tried(self) -> bool:
        """Whether a person may put it back for sending."""
        return self.state == LetterState.FAILED and bool(self.content)


@classified(internal="key by address result at")
class Submission(models.Model):
    """A form that was sent: the key of its page and where it led, so that the same form sent again leads there too."""

    key = models.CharField(max_length=40, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="+")
    address = models.CharField(max_length=500)
    result = models.CharField(max_length=2000, blank=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.address


@classified(
    internal="uid media_type size received_sha256 kept_sha256 signed notes kept_at kept_by sealed_under",
    personal="name",
)
class KeptFile(models.Model):
    """A file that was taken in: looked through, cleaned, and kept outside the web root under a random name.

    `received_sha256` is of what came, `kept_sha256` of what lies on the disk. Of a file sealed under the key of a
    person both its name and the fingerprint of what came lie inside the seal, and here they are empty.
    """

    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("file"), max_length=200, blank=True)
    media_type = models.CharField(_("type"), max_length=100)
    size = models.PositiveBigIntegerField(_("bytes"))
    received_sha256 = models.CharField(max_length=64, blank=True)
    kept_sha256 = models.CharField(max_length=64)
    signed = models.BooleanField(_("signed"), default=False)
    notes = models.JSONField(default=list)
    kept_at = models.DateTimeField(_("kept"))
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    sealed_under = models.ForeignKey("vault.Subject", models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name or str(_("sealed file %(number)s") % {"number": str(self.uid)[:8]})

    @property
    def said(self) -> list[str]:
        """What was taken out and what stays, in words."""
        return [NOTES[note] for note in self.notes if note in NOTES]
