"""Questions about organisations."""

from typing import Self

from django.db import models


class OrganisationQuerySet(models.QuerySet):
    """Organisations of a region."""

    def of_region(self, region: str) -> Self:
        """Those of one voivodeship (two digits)."""
        return self.filter(region=region)

    def of_kind(self, kind: str) -> Self:
        """Those of one kind."""
        return self.filter(kind=kind)
