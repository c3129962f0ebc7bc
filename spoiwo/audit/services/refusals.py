"""Counting refused openings of protected pages."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from spoiwo.audit.models import Refusal
from spoiwo.audit.services.recording import locked_head, record
from spoiwo.audit.watching import REFUSED


@transaction.atomic
def count_refusal(*, by, view: str, status: int, now: datetime) -> Refusal:
    """Count one refused opening; the 1st, 2nd, 4th, 8th … of a page and a day are written into the record.

    Somebody who tries a thousand times makes ten entries, and the record still tells how often at least.
    """
    locked_head()  # two refusals at once are counted one after the other
    facts = {"by": by, "day": timezone.localtime(now).date(), "view": view, "status": status}
    found, _new = Refusal.objects.get_or_create(**facts, defaults={"first_at": now, "last_at": now})
    found.count, found.last_at = found.count + 1, now
    found.save(update_fields=["count", "last_at"])
    if found.count & (found.count - 1) == 0:
        record(by=by, deed=REFUSED, about=by, page=view, status=status, count=found.count)
    return found
