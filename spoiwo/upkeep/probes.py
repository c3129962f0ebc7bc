"""What the house asks itself about its backups before it says that it is ready."""

from datetime import datetime, timedelta

from django.conf import settings

from spoiwo.access.health import Finding, register_probe
from spoiwo.upkeep.models import Backup

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


register_probe("backup", backup_is_fresh)
