"""Running what is due: one runner at a time, and a chore that fails does not stop the others."""

import logging
import os
import signal
import time
from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import InterfaceError, OperationalError, close_old_connections
from django.utils import timezone

from spoiwo.upkeep import gate
from spoiwo.upkeep.chores import CHORES, Chore
from spoiwo.upkeep.domain.due import is_due
from spoiwo.upkeep.errors import AlreadyRunning, InMaintenance
from spoiwo.upkeep.models import ChoreRun

log = logging.getLogger(__name__)
PAUSE_SECONDS = 20  # between two looks at what is due
LONGEST = ChoreRun._meta.get_field("words").max_length


def run_due(*, now: datetime, chores: Iterable[Chore] | None = None) -> list[ChoreRun]:
    """Do every chore that is due at `now`, in the order of the list; the runs, done and failed.

    Raises: AlreadyRunning while another runner is at it; InMaintenance.
    """
    with gate.alone("chores"):
        held = {run.name: run for run in ChoreRun.objects.all()}
        return [_run(chore, now) for chore in (CHORES if chores is None else chores) if _due(chore, held, now)]


def _due(chore: Chore, held: dict[str, ChoreRun], now: datetime) -> bool:
    run = held.get(chore.name)
    return is_due(every=chore.every, last=run.began_at if run else None, failed=bool(run and run.failed), now=now)


def _run(chore: Chore, now: datetime) -> ChoreRun:
    """One chore. Its beginning is written first, so that one that is killed is not begun again at once."""
    with gate.at_work():
        run = _keep(chore.name, began_at=now, ended_at=None)
        started = time.monotonic()
        try:
            words, failed = chore.do(now), False
        except Exception as problem:
            log.exception("a chore failed", extra={"chore": chore.name})
            words, failed = type(problem).__name__, True  # its message may hold personal data
        took = timedelta(seconds=time.monotonic() - started)
        return _keep(chore.name, began_at=run.began_at, ended_at=now + took, failed=failed, words=words[:LONGEST])


def _keep(name: str, **facts: object) -> ChoreRun:
    run, _new = ChoreRun.objects.update_or_create(name=name, defaults=facts)
    return run


def keep_running(*, parent: int | None) -> None:
    """Look every while at what is due, until told to stop or until the process that started this one is gone."""
    stopped: list[int] = []
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, lambda number, _frame: stopped.append(number))
    while not stopped and not _orphaned(parent):
        _look()
        for _second in range(PAUSE_SECONDS):
            if stopped or _orphaned(parent):
                return
            time.sleep(1)


def _orphaned(parent: int | None) -> bool:
    return parent is not None and os.getppid() != parent


def _look() -> None:
    """One look; a database that is away for a while, or maintenance, is waited out."""
    try:
        close_old_connections()
        run_due(now=timezone.now())
    except (AlreadyRunning, InMaintenance):
        pass
    except (OperationalError, InterfaceError):
        log.warning("the database does not answer; chores wait")
