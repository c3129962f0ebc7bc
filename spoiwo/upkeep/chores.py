"""What has to be done again and again: letters, heads of the record, backups, retention.

A chore is a function of the time; `spoiwo chores` runs those that are due. Rooms below do not know this list: the roof does.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Chore:
    """One thing to be done every so often; `do(now)` says in one Polish sentence what it did."""

    name: str
    every: timedelta
    do: Callable[[datetime], str]


CHORES: list[Chore] = []
