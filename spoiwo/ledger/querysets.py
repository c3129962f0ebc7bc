"""Questions about money, answered by the database and never from a stored total."""

import re
from datetime import date
from typing import Self

from django.db import models
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import Coalesce

from spoiwo.ledger.domain.pockets import COMMITTED, PLANNED

POCKET = ("programme_id", "task_id", "source_id", "chapter", "paragraph")


class FiscalYearQuerySet(models.QuerySet):
    """Years of a region."""

    def of_region(self, region: str) -> Self:
        """Those of one voivodeship."""
        return self.filter(region=region)


class PostingQuerySet(models.QuerySet):
    """Lines of either table."""

    def in_months_to(self, month: int) -> Self:
        """Lines of January to a month; a line without a day belongs to December."""
        return self if month >= 12 else self.filter(date__month__lte=month)

    def in_month(self, month: int) -> Self:
        """Lines of one month; a line without a day belongs to December."""
        return self.filter(Q(date__month=month) | Q(date=None) if month == 12 else Q(date__month=month))

    def in_pocket(self, pocket: tuple) -> Self:
        """Lines of one programme, task, source, chapter and paragraph, given as they stand in POCKET."""
        return self.filter(**dict(zip(POCKET, pocket, strict=True)))

    def sums(self, *columns: str) -> models.QuerySet:
        """Rows of the columns and the sum in grosze, only where there are lines."""
        return self.order_by().values_list(*columns).annotate(total=Sum("amount_gr"))

    def counted_sums(self, *columns: str) -> models.QuerySet:
        """Rows of the columns, the sum in grosze and the number of lines, only where there are lines."""
        return self.sums(*columns).annotate(lines=Count("*"))


class EntryQuerySet(PostingQuerySet):
    """Lines of money."""

    def by_pocket(self, today: date) -> models.QuerySet:
        """Rows of a pocket with its sums in grosze: all, until today, without a commitment (None: no such line)."""
        rows = self.order_by().values_list(*POCKET)
        return rows.annotate(
            total=Sum("amount_gr"),
            until_today=Sum("amount_gr", filter=Q(date__lte=today)),
            direct=Sum("amount_gr", filter=Q(commitment=None)),
        )

    def by_classification(self) -> models.QuerySet:
        """Rows of chapter, paragraph and their sums in grosze: all, and without a commitment (None: no such line)."""
        rows = self.order_by().values_list("chapter", "paragraph")
        return rows.annotate(total=Sum("amount_gr"), direct=Sum("amount_gr", filter=Q(commitment=None)))

    def by_commitment(self) -> dict[int, int]:
        """Commitment pk → what was paid of it in grosze, less refunds."""
        return dict(self.filter(commitment__isnull=False).sums("commitment_id"))

    def by_cell(self) -> dict[tuple[int, int | None, int], tuple[int, int]]:
        """(year pk, programme pk or None, source pk) → (sum in grosze, number of lines); only cells with lines."""
        rows = self.order_by().values_list("year_id", "programme_id", "source_id")
        return {tuple(row[:3]): row[3:] for row in rows.annotate(total=Sum("amount_gr"), lines=Count("*"))}

    def by_tag(self) -> dict[tuple[int, int], tuple[int, int]]:
        """(year pk, tag pk) → (sum in grosze, number of lines)."""
        rows = self.filter(tags__isnull=False).order_by().values_list("year_id", "tags")
        return {tuple(row[:2]): row[2:] for row in rows.annotate(sum=Sum("amount_gr"), lines=Count("pk"))}

    def years_of_tasks(self) -> Self:
        """(task pk, year number), each pair once however many lines there are."""
        return self.filter(task__isnull=False).order_by().values_list("task", "year__year").distinct()

    def total_gr(self) -> int | None:
        """The sum, or None when there is no line: no amount is not zero."""
        return self.aggregate(total=Sum("amount_gr"))["total"]

    def matching(self, words: str) -> Self:
        """Lines whose description, document or key contains the words."""
        pattern = re.escape(words)  # a regular expression, since SQLite's LIKE knows no case of Polish letters
        return self.filter(Q(description__iregex=pattern) | Q(document__name__iregex=pattern) | Q(key__iregex=pattern))


class PlanEntryQuerySet(PostingQuerySet):
    """Lines of the plan and of commitments."""

    def planned(self) -> Self:
        """The plan and its changes."""
        return self.filter(kind__in=PLANNED)

    def committed(self) -> Self:
        """Commitments and what was released of them."""
        return self.filter(kind__in=COMMITTED)

    def commitments(self) -> Self:
        """Commitments as they were first entered: neither what reverses nor what corrects one."""
        return self.filter(kind="commitment", commitment=None, reverses=None)

    def right_commitments(self) -> Self:
        """What a commitment was corrected to and still is."""
        return self.filter(kind="commitment", commitment__isnull=False, reverses=None, reversed_by=None)

    def by_commitment(self) -> dict[int, int]:
        """Commitment pk → what of it stands in grosze, less releases and corrections."""
        rows = self.committed().annotate(account=Coalesce(F("commitment_id"), F("pk")))
        return dict(rows.sums("account"))

    def planned_gr(self) -> int | None:
        """Plan and its changes, or None when there is no line."""
        return self.planned().aggregate(total=Sum("amount_gr"))["total"]

    def committed_gr(self) -> int | None:
        """Commitments less what was released, or None when there is no line."""
        return self.committed().aggregate(total=Sum("amount_gr"))["total"]
