"""What continues what: following programmes back and forward, and what somebody has to decide.

A link says that one programme continues another, wholly or in part; one may be continued by many. Lineage is
what a person or a document said, never guessed from names.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

Link = tuple[str, str]  # (predecessor, successor)


@dataclass(frozen=True)
class Stage:
    """One programme of a lineage and how many steps away it is: below zero earlier, above zero later."""

    code: str
    distance: int


def lineage(code: str, links: Iterable[Link]) -> list[Stage]:
    """This programme, all that lead to it and all that come from it, the earliest first, each once.

    A programme stands by its shortest way. Who only shares an ancestor or an heir is left out: what went
    beside it is not its history.
    """
    links = list(links)
    back = _steps(code, _by_second(links))
    forward = _steps(code, _by_first(links))
    found = {other: -steps for other, steps in back.items()} | {
        other: steps for other, steps in forward.items() if other not in back
    }
    found[code] = 0
    return [Stage(other, found[other]) for other in sorted(found, key=lambda one: (found[one], one))]


def closes_a_circle(predecessor: str, successor: str, links: Iterable[Link]) -> bool:
    """Whether this link would make a programme its own ancestor."""
    return predecessor == successor or predecessor in _steps(successor, _by_first(links))


def _by_first(links: Iterable[Link]) -> dict[str, list[str]]:
    result: dict[str, list[str]] = defaultdict(list)
    for predecessor, successor in links:
        result[predecessor].append(successor)
    return result


def _by_second(links: Iterable[Link]) -> dict[str, list[str]]:
    return _by_first((successor, predecessor) for predecessor, successor in links)


def _steps(code: str, ways: dict[str, list[str]]) -> dict[str, int]:
    """How many steps lead to each programme that can be reached; the start itself is left out."""
    found: dict[str, int] = {}
    edge, distance = [code], 0
    while edge:
        distance += 1
        edge = [other for one in edge for other in ways.get(one, ()) if other not in found and other != code]
        found |= dict.fromkeys(edge, distance)
    return found


class Need(StrEnum):
    """What a programme lacks until somebody decides."""

    SUCCESSOR = "successor"
    PREDECESSOR = "predecessor"


@dataclass(frozen=True)
class Period:
    """When a programme runs and inside which strategy; `nested` is part of another programme.

    `begins_line`, `ends_line`: somebody decided that nothing came before it, or that nothing follows.
    """

    code: str
    strategy: str
    first_year: int
    last_year: int
    strategy_first: int
    strategy_last: int
    nested: bool = False
    begins_line: bool = False
    ends_line: bool = False


@dataclass(frozen=True)
class Decision:
    """A programme that waits for somebody, and the first year of the gap."""

    need: Need
    code: str
    since: int


def has_ended(last_year: int, year: int) -> bool:
    """Whether a programme with this last year is past its period: it takes no new task."""
    return last_year < year


def decisions(programmes: Iterable[Period], links: Iterable[Link], year: int) -> list[Decision]:
    """What needs a decision in a year: the ended without a successor first, then the new without a predecessor.

    Successor: the period is over while the strategy goes on, and nothing continues it. Predecessor: a
    programme under way in a running strategy continues nothing though others of the same strategy do.
    """
    programmes, links = list(programmes), list(links)
    continued = {predecessor for predecessor, _successor in links}
    continuing = {successor for _predecessor, successor in links}
    linked = {row.strategy for row in programmes if row.code in continuing}
    ended = [
        Decision(Need.SUCCESSOR, row.code, row.last_year + 1)
        for row in programmes
        if has_ended(row.last_year, year)
        and row.last_year < row.strategy_last
        and not (row.nested or row.ends_line or row.code in continued)
    ]
    new = [
        Decision(Need.PREDECESSOR, row.code, row.first_year)
        for row in programmes
        if row.strategy in linked
        and row.strategy_first <= year <= row.strategy_last
        and not has_ended(row.last_year, year)
        and not (row.nested or row.begins_line or row.code in continuing)
    ]
    return ended + new
