"""What has to be done again and again: letters, heads of the record, backups, retention.

A chore is a function of the time; `spoiwo chores` runs those that are due. Rooms below do not know this list.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from spoiwo.access.tasks import forget_ended_visits
from spoiwo.audit.tasks import take_head_out
from spoiwo.doors.posting import send_waiting_letters
from spoiwo.doors.uploads import sweep_files
from spoiwo.persons.services.erasure import finish_erasures
from spoiwo.upkeep.services.snapshot import renew_snapshot
from spoiwo.vault.tasks import finish_interrupted, remove_daily


@dataclass(frozen=True)
class Chore:
    """One thing to be done every so often; `do(now)` says in one Polish sentence what it did."""

    name: str
    every: timedelta
    do: Callable[[datetime], str]


CHORES: list[Chore] = [
    Chore("audit head", timedelta(hours=1), take_head_out),
    Chore("letters", timedelta(minutes=1), send_waiting_letters),
    Chore("kept files", timedelta(days=1), sweep_files),
    Chore("retention", timedelta(days=1), remove_daily),
    Chore("keys", timedelta(minutes=15), finish_interrupted),
    Chore("persons", timedelta(minutes=15), finish_erasures),
    Chore("sessions", timedelta(hours=1), forget_ended_visits),
    Chore("snapshot", timedelta(minutes=15), renew_snapshot),
]
