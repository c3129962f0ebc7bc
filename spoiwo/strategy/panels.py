"""Places on the pages of a programme, of its lineage and of a task which rooms above fill: money, later grants.

A room registers in its `AppConfig.ready()`. The function gets the row and the day and gives a template with its
facts, which the template finds as `panel`, or None when it has nothing to say. Public pages and pages of the office are
kinds of their own: what the public may not see yet is shown only in the office.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

PROGRAMME, TASK, LINEAGE = "programme", "task", "lineage"
OFFICE_PROGRAMME, OFFICE_TASK = "office-programme", "office-task"
KINDS = (PROGRAMME, TASK, LINEAGE, OFFICE_PROGRAMME, OFFICE_TASK)
Filler = Callable[[object, date], tuple[str, dict] | None]


@dataclass(frozen=True)
class Panel:
    """A part of a page made by a room above."""

    template: str
    facts: dict


_fillers: dict[tuple[str, int], Filler] = {}


def register_panel(kind: str, order: int, func: Filler) -> None:
    """Fill a place; the same kind and order again replaces what was there, so `ready()` may run twice.

    Raises: ValueError for a kind of page that there is not.
    """
    if kind not in KINDS:
        raise ValueError(f"no page {kind!r}; there are {', '.join(KINDS)}")
    _fillers[kind, order] = func


def panels_of(kind: str, row: object, today: date) -> list[Panel]:
    """What the rooms above say about a row, in their order."""
    made = [func(row, today) for (where, _order), func in sorted(_fillers.items(), key=_place) if where == kind]
    return [Panel(*panel) for panel in made if panel]


def _place(item: tuple[tuple[str, int], Filler]) -> tuple[str, int]:
    return item[0]
