"""Killing a piece of work at a random moment: a child of this process does it and tells what was acknowledged.

The child is forked, so it begins at once and dies as a process of the server would: without a word. What it has told
before it died is what a person would have seen on the screen.
"""

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import psycopg
from django.db import connections

Tell = Callable[[str], None]


@dataclass
class Tally:
    """What came of many kills."""

    kills: int = 0
    too_late: int = 0  # the work had ended before
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)
    half: list[str] = field(default_factory=list)

    def words(self) -> str:
        """One line of figures."""
        return (
            f"zabito {self.kills}, skończone wcześniej {self.too_late}, potwierdzone zapisy {self.acknowledged}, "
            f"zgubione {len(self.lost)}, stany połowiczne {len(self.half)}"
        )

    @property
    def holds(self) -> bool:
        """Nothing was lost and nothing is half done."""
        return not self.lost and not self.half


def measured(work: Callable[[Tell], None]) -> tuple[list[str], float]:
    """Do work in a child to its end; what it told, and the seconds it took."""
    began = time.monotonic()
    told, alive = killed(work, None)
    return told, time.monotonic() - began if not alive else 0.0


def killed(work: Callable[[Tell], None], after: float | None, *, backend: bool = False) -> tuple[list[str], bool]:
    """Do work in a child and kill it after so many seconds; what it told, and whether it was still at it.

    `after`: None lets it end. `backend`: the process of PostgreSQL that serves the child is killed instead.
    """
    connections.close_all()
    end, start = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(end)
        _work_and_leave(work, start)
    os.close(start)
    if after is None:
        os.waitpid(child, 0)
        alive = False
    else:
        time.sleep(after)
        alive = os.waitpid(child, os.WNOHANG) == (0, 0)
    if alive and backend:
        alive = _kill_backend()
        _wait(child)
    elif alive:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    with os.fdopen(end, encoding="utf-8") as told:
        return told.read().splitlines(), alive


def _work_and_leave(work: Callable[[Tell], None], start: int) -> None:
    """The child: it never comes back to the caller's code."""
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # a lost connection is expected
        work(lambda line: os.write(start, f"{line}\n".encode()))
        code = 0
    finally:
        os._exit(code)


def _wait(child: int, patience: float = 60) -> None:
    deadline = time.monotonic() + patience
    while os.waitpid(child, os.WNOHANG) == (0, 0):
        if time.monotonic() > deadline:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            return
        time.sleep(0.01)


def _kill_backend() -> bool:
    """Kill the process of PostgreSQL that serves the house; the server then ends all others and recovers."""
    config = connections["default"].settings_dict
    facts = {"host": config["HOST"], "port": config["PORT"], "user": config["USER"], "password": config["PASSWORD"]}
    with psycopg.connect(**facts, dbname="postgres") as watcher:
        question = "SELECT pid FROM pg_stat_activity WHERE datname = %s"
        pids = [pid for (pid,) in watcher.execute(question, [config["NAME"]])]
    for pid in pids[:1]:
        os.kill(pid, signal.SIGKILL)
    return bool(pids)


def recovered(patience: float = 60) -> float:
    """Wait until the database answers again; the seconds it took."""
    began = time.monotonic()
    while True:
        try:
            connections["default"].close()
            with connections["default"].cursor() as cursor:
                cursor.execute("SELECT 1")
            return time.monotonic() - began
        except Exception:
            if time.monotonic() - began > patience:
                raise
            time.sleep(0.05)


def moment_within(seconds: float, chance: random.Random) -> float:
    """A random moment of a work that takes so long, and a little after."""
    return chance.uniform(0.0, seconds * 1.1)
