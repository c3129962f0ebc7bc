"""Questions about strategies, programmes and tasks."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce


class StrategyQuerySet(models.QuerySet):
    """Strategies of a region."""

    def of_region(self, region: str) -> Self:
        """Those of one voivodeship."""
        return self.filter(region=region)


class ProgrammeQuerySet(models.QuerySet):
    """Programmes through time."""

    def in_force_in(self, year: int) -> Self:
        """Programmes whose own period, else their strategy's, covers a year."""
        return self.annotate(
            first=Coalesce(F("from_year"), F("strategy__from_year")),
            last=Coalesce(F("to_year"), F("strategy__to_year")),
        ).filter(first__lte=year, last__gte=year)


class TaskQuerySet(models.QuerySet):
    """Tasks through time."""

    def active_in(self, year: int) -> Self:
        """Tasks under way on any day of a year; an ended task stays in the years before."""
        start, end = date(year, 1, 1), date(year, 12, 31)
        return self.filter(Q(from_date=None) | Q(from_date__lte=end), Q(to_date=None) | Q(to_date__gte=start))
