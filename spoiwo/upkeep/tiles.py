"""How the house stands, on the morning page of who answers for it."""

from datetime import date, datetime, time

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from spoiwo.ui.tiles import HALF, register_tile
from spoiwo.upkeep.models import Backup, ChoreRun
from spoiwo.upkeep.services.drills import OVERDUE_DAYS, is_overdue, last_drill


def safety(request: HttpRequest, today: date) -> dict | None:
    """The latest backup, the latest rehearsal of restoring, and chores that failed; nothing on a trial without any."""
    backup, drill = Backup.objects.first(), last_drill()
    failed = list(ChoreRun.objects.filter(failed=True))
    if settings.TRIAL and not (backup or drill or failed):
        return None
    now = timezone.make_aware(datetime.combine(today, time.max))
    return {
        "backup": backup,
        "backup_late": backup is None or (now - backup.made_at).days >= 2,
        "drill": drill,
        "drill_late": is_overdue(drill, now),
        "limit_days": OVERDUE_DAYS,
        "failed": failed,
    }


register_tile(
    "safety",
    _("Safety of the data"),
    95,
    "upkeep/_tile_safety.html",
    safety,
    permission="upkeep.view_state",
    width=HALF,
)
