"""What the house asks itself about its backups and chores before it says that it is ready."""

from datetime import datetime, timedelta

from django.conf import settings

from spoiwo.access.health import Finding, register_probe
from spoiwo.upkeep.models import Backup, ChoreRun

OLDEST = timedelta(hours=26)  # a day, and time for a large one


def backup_is_fresh(now: datetime) -> Finding:
    """The age of the latest backup; a trial on one's own computer needs none."""
    held = Backup.objects.values_list("made_at", flat=True).first()
    if held is None:
        return Finding(well=settings.TRIAL, word="none")
    age = now - held
    return Finding(
        well=age < OLDEST, word="fresh" if age < OLDEST else "old", number=age.total_seconds(), unit="seconds"
    )


def chores_done(now: datetime) -> Finding:
    """How many chores failed at their last run: a figure to look at; what they are for has probes of its own."""
    failed = ChoreRun.objects.filter(failed=True).count()
    return Finding(well=True, word="failed" if failed else "done", number=failed, unit="chores")


register_probe("backup", backup_is_fresh)
register_probe("chores", chores_done)
