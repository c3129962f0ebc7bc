"""Questions to the record of deeds."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self

from django.db import models
from django.utils import timezone


def start_of(day: date) -> datetime:
    """The first moment of a day in the office's zone."""
    return timezone.make_aware(datetime.combine(day, time()))


@dataclass(frozen=True)
class Slice:
    """A page of a long list: its rows, the latest first, and the numbers from which newer and older ones go on."""

    object_list: list
    newer: int | None
    older: int | None


class RecordQuerySet(models.QuerySet):
    """The record of deeds, read in the words of an auditor."""

    def made_with_key(self) -> Self:
        """Entries that hold something made with the key of the record: the fingerprint of an address."""
        return self.exclude(address_hash="").order_by()

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

    def readings(self) -> Self:
        """Only what was read."""
        return self.filter(reading=True)

    def changes(self) -> Self:
        """Only what was done, without what was read."""
        return self.filter(reading=False)

    def since(self, day: date) -> Self:
        """Deeds of this day and later, by the clock of the office."""
        return self.filter(at__gte=start_of(day))

    def until(self, day: date) -> Self:
        """Deeds of this day and earlier, by the clock of the office."""
        return self.filter(at__lt=start_of(day + timedelta(days=1)))

    def between(self, first: date, last: date) -> Self:
        """Deeds of these days, both included."""
        return self.since(first).until(last)

    def watched(self, deeds: Iterable[str]) -> Self:
        """Readings, and these deeds."""
        return self.filter(models.Q(reading=True) | models.Q(deed__in=list(deeds)))

    def slice(self, many: int, *, before: int | None = None, after: int | None = None) -> Slice:
        """The latest rows, or those just before or after a number; never counted, so a million costs no more."""
        if after is not None:
            rows = list(self.filter(sequence__gt=after).order_by("sequence")[: many + 1])
            if len(rows) > many:
                rows = rows[many - 1 :: -1]
                return Slice(rows, rows[0].sequence, rows[-1].sequence)
            before = None  # the beginning is near: the first page, whole
        older = self if before is None else self.filter(sequence__lt=before)
        rows = list(older.order_by("-sequence")[: many + 1])
        last = rows[many - 1].sequence if len(rows) > many else None
        first = rows[0].sequence if rows and before is not None else None
        return Slice(rows[:many], first, last)
