"""Which backups stay: the newest, and the last of so many days, weeks and months that have one."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

LATEST, DAYS, WEEKS, MONTHS = 3, 14, 8, 12
NAME = re.compile(r"spoiwo-(?P<stamp>\d{8}T\d{6}Z)-(?P<head>\d{9,})\.tar\.gz(?P<age>\.age)?")
STAMP = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, order=True)
class Kept:
    """A backup as its name tells: the head of the record of deeds counts, for a clock can be set back."""

    head: int
    at: datetime
    name: str


def name_of(at: datetime, head: int, *, plain: bool) -> str:
    """The name of an archive: its moment in UTC and the last deed it holds."""
    return f"spoiwo-{at.astimezone(UTC).strftime(STAMP)}-{head:09d}.tar.gz{'' if plain else '.age'}"


def read_name(name: str) -> Kept | None:
    """What a name tells; None for a file that is not ours."""
    found = NAME.fullmatch(name)
    if not found:
        return None
    try:
        at = datetime.strptime(found["stamp"], STAMP).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Kept(int(found["head"]), at, name)


def newest(names: Iterable[str]) -> Kept | None:
    """The backup with the latest deed; of equal ones the latest by its clock."""
    return max(filter(None, map(read_name, names)), default=None)


def superfluous(names: Iterable[str]) -> list[str]:
    """Names that may go: not the newest three, nor the last of one of the latest 14 days, 8 weeks or 12 months."""
    held = sorted(filter(None, map(read_name, names)), reverse=True)
    stay = {row.name for row in held[:LATEST]}
    for period, many in ((_day, DAYS), (_week, WEEKS), (_month, MONTHS)):
        stay |= _last_of_each(held, period, many)
    return sorted(row.name for row in held if row.name not in stay)


def _last_of_each(held: list[Kept], period: Callable[[datetime], tuple], many: int) -> set[str]:
    """The latest backup of each of the latest periods; `held` comes latest first."""
    last: dict[tuple, str] = {}
    for row in held:
        last.setdefault(period(row.at), row.name)
    return {last[key] for key in sorted(last, reverse=True)[:many]}


def _day(at: datetime) -> tuple:
    return (at.year, at.month, at.day)


def _week(at: datetime) -> tuple:
    return tuple(at.isocalendar())[:2]


def _month(at: datetime) -> tuple:
    return (at.year, at.month)
