"""Questions about money, answered by the database and never from a stored total."""

import re
from typing import Self

from django.db import models
from django.db.models import Count, Q, Sum


class FiscalYearQuerySet(models.QuerySet):
    """Years of a region."""

    def of_region(self, region: str) -> Self:
        """Those of one voivodeship."""
        return self.filter(region=region)


class EntryQuerySet(models.QuerySet):
    """Lines of money."""

    def by_cell(self) -> dict[tuple[int | None, int], tuple[int, int]]:
        """(programme pk or None, source pk) → (sum in grosze, number of lines); only cells with lines."""
        rows = self.order_by().values_list("programme_id", "source_id")
        rows = rows.annotate(total=Sum("amount_gr"), lines=Count("*"))
        return {(programme, source): (total, count) for programme, source, total, count in rows}

    def by_tag(self) -> dict[int, tuple[int, int]]:
        """Tag pk → (sum in grosze, number of lines)."""
        rows = self.filter(tags__isnull=False).order_by().values_list("tags")
        return {tag: (total, count) for tag, total, count in rows.annotate(sum=Sum("amount_gr"), lines=Count("pk"))}

    def total_gr(self) -> int | None:
        """The sum, or None when there is no line: no amount is not zero."""
        return self.aggregate(total=Sum("amount_gr"))["total"]

    def matching(self, words: str) -> Self:
        """Lines whose description, document or key contains the words."""
        pattern = re.escape(words)  # a regular expression, since SQLite's LIKE knows no case of Polish letters
        return self.filter(Q(description__iregex=pattern) | Q(document__name__iregex=pattern) | Q(key__iregex=pattern))
