"""What was done for the house to go on standing: backups, drills, and the latest run of each chore."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import classified


@classified(internal="made_at name size sha256 head plain with_keys seconds")
class Backup(models.Model):
    """One backup that was written whole. `head`: the last deed it holds; `sha256`: of the archive as it lies."""

    made_at = models.DateTimeField(_("made"))
    name = models.CharField(_("name"), max_length=120)
    size = models.BigIntegerField(_("size in bytes"))
    sha256 = models.CharField(max_length=64)
    head = models.PositiveBigIntegerField(_("last deed"))
    plain = models.BooleanField(_("not encrypted"), default=False)
    with_keys = models.BooleanField(_("with a copy of the keys"), default=False)
    seconds = models.PositiveIntegerField(_("seconds"), default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.name


@classified(internal="made_at passed seconds findings")
class Drill(models.Model):
    """One rehearsal of restoring. `findings`: list of [what was checked, in words what was found, whether it holds]."""

    made_at = models.DateTimeField(_("made"))
    passed = models.BooleanField(_("passed"))
    seconds = models.PositiveIntegerField(_("seconds"), default=0)
    findings = models.JSONField(_("findings"), default=list)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d}"


@classified(internal="made_at release migrations seconds")
class Upgrade(models.Model):
    """One upgrade that held: to which release, and how many migrations it took."""

    made_at = models.DateTimeField(_("made"))
    release = models.CharField(_("release"), max_length=40)
    migrations = models.PositiveIntegerField(_("migrations"), default=0)
    seconds = models.PositiveIntegerField(_("seconds"), default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.release


@classified(internal="name began_at ended_at failed words")
class ChoreRun(models.Model):
    """The latest run of one chore; one row for each, written over at each run."""

    name = models.CharField(_("name"), max_length=60, unique=True)
    began_at = models.DateTimeField(_("began"))
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    failed = models.BooleanField(_("failed"), default=False)
    words = models.CharField(_("what it did"), max_length=300, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
