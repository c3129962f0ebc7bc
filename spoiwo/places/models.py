"""Units of Poland's territorial division, with the days they were valid."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from spoiwo.kernel.privacy import classified
from spoiwo.places.querysets import PlaceQuerySet


class Level(models.TextChoices):
    """The three levels of the territorial division."""

    VOIVODESHIP = "voivodeship", _("voivodeship")
    POWIAT = "powiat", _("powiat")
    GMINA = "gmina", _("gmina")


@classified(public="code identity level kind name parent seat lat lon valid_from valid_to")
class Place(models.Model):
    """One unit under one code, from a day to a day.

    A gmina's identity is its first six digits: the seventh is its kind and may change
    (Brody was 0811032, is 0811033). `valid_from` empty: since before the first register read.
    """

    code = models.CharField(_("TERYT code"), max_length=7)
    identity = models.CharField(max_length=6, db_index=True)
    level = models.CharField(max_length=12, choices=Level.choices)
    kind = models.CharField(_("kind"), max_length=60)
    name = models.CharField(_("name"), max_length=80)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    seat = models.CharField(_("seat"), max_length=80, blank=True)
    lat = models.CharField(max_length=12, blank=True)
    lon = models.CharField(max_length=12, blank=True)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    objects = PlaceQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["code"], condition=Q(valid_to=None), name="one_valid_place_per_code"),
            models.CheckConstraint(
                condition=Q(valid_from=None) | Q(valid_to=None) | Q(valid_to__gte=F("valid_from")),
                name="place_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return self.name
