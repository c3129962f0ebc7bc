"""The legal year of a ROPS: what is due when, to whom, by which act."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import classified


@classified(
    public="code name recipient basis month day valid_from_year valid_to_year note",
    internal="check_name version",
)
class Duty(models.Model):
    """One yearly deadline. The house ships the list; an administrator may change it.

    `month`, `day`: the last day, in each year from `valid_from_year` to `valid_to_year`. `check`: the name under
    which a room registered how ready it is.
    """

    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=300)
    recipient = models.CharField(_("recipient"), max_length=200)
    basis = models.CharField(_("basis"), max_length=300)
    month = models.PositiveSmallIntegerField(_("month"))
    day = models.PositiveSmallIntegerField(_("day"))
    valid_from_year = models.PositiveSmallIntegerField(_("from year"), default=2024)
    valid_to_year = models.PositiveSmallIntegerField(_("to year"), null=True, blank=True)
    check_name = models.CharField(max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["month", "day", "code"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from_year"], name="duty_code_once"),
            models.CheckConstraint(
                condition=Q(month__gte=1, month__lte=12, day__gte=1, day__lte=31), name="duty_has_a_day"
            ),
        ]

    def __str__(self) -> str:
        return self.name


@classified(internal="duty year on note by at")
class DutyDone(models.Model):
    """A duty of one year that a person marked as done."""

    duty = models.ForeignKey(Duty, models.PROTECT, related_name="done")
    year = models.PositiveSmallIntegerField(_("year"))
    on = models.DateField(_("done on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["year", "on"]
        constraints = [models.UniqueConstraint(fields=["duty", "year"], name="duty_done_once_a_year")]

    def __str__(self) -> str:
        return f"{self.duty} {self.year}"
