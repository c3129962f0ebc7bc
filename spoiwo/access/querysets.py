"""Questions about who holds which role."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q


class RoleAssignmentQuerySet(models.QuerySet):
    """Roles through time."""

    def held_on(self, day: date) -> Self:
        """Roles in force on a day."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))
