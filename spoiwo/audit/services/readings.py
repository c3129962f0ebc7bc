"""What was read: recorded before anybody sees it, and told to who asks who looked."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import models, transaction

from spoiwo.audit.errors import PurposeMissing
from spoiwo.audit.models import Record
from spoiwo.audit.services.recording import Deed, record_all

OPENED = "audit.opened"
SHOWN = 50


@transaction.atomic
def record_reading(
    *, by, about: models.Model, purpose: str, fields: Iterable[str], deed: str = OPENED, **facts
) -> Record:
    """Write down that one row was read, before its values are shown: no record, no page.

    `fields` are the names of what is read, never the values; `facts` are names and numbers like them.
    Raises: PurposeMissing.
    """
    return record_readings(by=by, about=[about], purpose=purpose, fields=fields, deed=deed, **facts)[0]


@transaction.atomic
def record_readings(
    *, by, about: Iterable[models.Model], purpose: str, fields: Iterable[str], deed: str = OPENED, **facts
) -> list[Record]:
    """The same of many rows, as a list shows them: an entry for each, so that each can tell who looked at it.

    Raises: PurposeMissing.
    """
    if not purpose.strip():
        raise PurposeMissing(deed)
    told = facts | {"fields": sorted(fields)}
    return record_all(by=by, deeds=[Deed(deed, row, told, purpose.strip(), reading=True) for row in about])


@dataclass(frozen=True)
class Looked:
    """Who looked at one row: the latest readings, how many there are, by how many people, where to read on."""

    rows: list[Record]
    count: int
    people: int
    more_before: int | None


def who_looked(about: models.Model, *, before: int | None = None, many: int = SHOWN) -> Looked:
    """Who read a row, the latest first; `before` a number of an entry gives the next older ones."""
    readings = Record.objects.about(about).readings()
    told = readings.aggregate(count=models.Count("pk"), people=models.Count("by", distinct=True))
    older = readings if before is None else readings.filter(sequence__lt=before)
    rows = list(older.order_by("-sequence")[: many + 1])
    more = rows[many - 1].sequence if len(rows) > many else None
    return Looked(rows[:many], told["count"], told["people"], more)
