"""Questions to the record of deeds."""

from typing import Self

from django.db import models


class RecordQuerySet(models.QuerySet):
    """The record of deeds, read in the words of an auditor."""

    def about(self, row: models.Model) -> Self:
        """Every deed about one row, oldest first."""
        return self.filter(about_type=row._meta.label_lower, about_id=str(row.pk)).order_by("sequence")

    def about_any(self, rows: models.QuerySet | list) -> Self:
        """Every deed about rows of one kind, oldest first."""
        rows = list(rows)
        if not rows:
            return self.none()
        ids = [str(row.pk) for row in rows]
        return self.filter(about_type=rows[0]._meta.label_lower, about_id__in=ids).order_by("sequence")
