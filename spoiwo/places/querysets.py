"""Questions about places."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q


class PlaceQuerySet(models.QuerySet):
    """Places through time."""

    def valid_on(self, day: date) -> Self:
        """Units that existed on a day, as far as the registers read tell."""
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=day), Q(valid_to=None) | Q(valid_to__gte=day))

    def valid_in(self, year: int) -> Self:
        """Units that existed on any day of a year."""
        start, end = date(year, 1, 1), date(year, 12, 31)
        return self.filter(Q(valid_from=None) | Q(valid_from__lte=end), Q(valid_to=None) | Q(valid_to__gte=start))

    def of_region(self, voivodeship: str) -> Self:
        """All units inside one voivodeship (two digits)."""
        return self.filter(code__startswith=voivodeship)

    def level(self, level: str) -> Self:
        """Units of one level."""
        return self.filter(level=level)
