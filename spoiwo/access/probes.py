"""What the house looks at in itself before it says that it is ready: database, disk, clock, letters, the record."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import OperationalError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.models import Count, Min
from django.utils import timezone

from spoiwo.access.health import Finding, register_probe
from spoiwo.audit.errors import HousekeyBroken
from spoiwo.audit.models import Record
from spoiwo.audit.services.heads import latest_head
from spoiwo.audit.services.key import check_key
from spoiwo.audit.services.reviews import overdue_weeks
from spoiwo.doors.domain.letters import LetterState
from spoiwo.doors.models import Letter
from spoiwo.vault.errors import VaultClosed
from spoiwo.vault.services import check_keys

DISK_FREE_PCT = 15
LETTER_WAITS, HEAD_LASTS = timedelta(hours=1), timedelta(hours=3)
CLOCK_BACK_SECONDS = 60  # the clock may not stand before the last deed by more
PROBE_KEY = "readiness-probe-never-kept"
PATIENCE = {
    "sqlite": ("PRAGMA busy_timeout = 500", "PRAGMA busy_timeout = 10000"),
    "postgresql": ("SET statement_timeout = 2000", "RESET statement_timeout"),
}
_migrated: set[str] = set()


def database_writes(now: datetime) -> Finding:
    """Write a row and take it back. A database that others are writing to is busy, and well."""
    try:
        with _short_patience(), transaction.atomic():
            Session.objects.create(session_key=PROBE_KEY, session_data="", expire_date=now)
            transaction.set_rollback(True)
    except OperationalError as problem:
        if connection.vendor == "sqlite" and "locked" in str(problem):
            return Finding(well=True, word="busy")
        raise
    return Finding(well=True, word="writes")


@contextmanager
def _short_patience() -> Iterator[None]:
    """The probe does not wait as long for other writers as work does."""
    before, after = PATIENCE[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(before)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(after)


def migrations_applied(now: datetime) -> Finding:
    """How many migrations wait; once none does, none will until the program is changed."""
    if connection.alias in _migrated:
        return Finding(well=True, word="applied", number=0, unit="migrations")
    executor = MigrationExecutor(connection)
    waiting = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if not waiting:
        _migrated.add(connection.alias)
    return Finding(well=not waiting, word="waiting" if waiting else "applied", number=waiting, unit="migrations")


def disk_free(now: datetime) -> Finding:
    """How much room is left where the data lie."""
    usage = shutil.disk_usage(settings.DATA_DIR)
    free = usage.free * 100 // usage.total
    return Finding(well=free > DISK_FREE_PCT, word="free" if free > DISK_FREE_PCT else "full", number=free, unit="pct")


def clock_goes_forward(now: datetime) -> Finding:
    """Whether the clock stands after the last deed; by how many seconds."""
    last = Record.objects.order_by("-sequence").values_list("at", flat=True).first()
    if last is None:
        return Finding(well=True, word="no_deeds")
    ahead = int((now - last).total_seconds())
    well = ahead >= -CLOCK_BACK_SECONDS
    return Finding(well=well, word="forward" if well else "back", number=ahead, unit="seconds")


def keys_open(now: datetime) -> Finding:
    """Whether the keys of protected values are there and are those of this database, and the key of its record too."""
    try:
        check_keys()
        check_key()
    except (VaultClosed, HousekeyBroken):
        return Finding(well=False, word="closed")
    return Finding(well=True, word="open")


def letters_leave(now: datetime) -> Finding:
    """How many letters wait, and whether one of them has waited for more than an hour."""
    waiting = Letter.objects.filter(state=LetterState.WAITING).exclude(expires_at__lte=now)
    held = waiting.aggregate(many=Count("pk"), oldest=Min("queued_at"))
    stuck = held["oldest"] is not None and now - held["oldest"] > LETTER_WAITS
    return Finding(well=not stuck, word="stuck" if stuck else "leave", number=held["many"], unit="letters")


def head_is_out(now: datetime) -> Finding:
    """The age of the last head of the record outside the database; a trial on one's own computer needs none."""
    head = latest_head()
    if head is None:
        return Finding(well=settings.TRIAL, word="none")
    age = now - head.moment
    word = "fresh" if age < HEAD_LASTS else "old"
    return Finding(well=age < HEAD_LASTS, word=word, number=int(age.total_seconds()), unit="seconds")


def reviews_signed(now: datetime) -> Finding:
    """How many weekly reviews should have been signed by now."""
    overdue = len(overdue_weeks(timezone.localtime(now).date()))
    return Finding(well=not overdue, word="overdue" if overdue else "signed", number=overdue, unit="weeks")


def readings_counted(now: datetime) -> Finding:
    """How often personal data were read in the last day: a figure to look at, nothing to be unwell about."""
    many = Record.objects.readings().filter(at__gt=now - timedelta(days=1)).count()
    return Finding(well=True, word="counted", number=many, unit="readings_a_day")


register_probe("database", database_writes)
register_probe("migrations", migrations_applied)
register_probe("disk", disk_free)
register_probe("clock", clock_goes_forward)
register_probe("keys", keys_open)
register_probe("letters", letters_leave)
register_probe("audit_head", head_is_out)
register_probe("reviews", reviews_signed)
register_probe("readings", readings_counted)
