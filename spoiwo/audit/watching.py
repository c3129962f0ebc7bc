"""What the weekly review watches beside readings: rooms above name deeds and pages, and add their own questions.

Registered in `AppConfig.ready()`; registering the same again changes nothing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.utils.functional import Promise

from spoiwo.audit.domain.reviews import Event, Kind

REFUSED = "audit.refused"


@dataclass(frozen=True)
class Signal:
    """A question of a room above: which of these events should a person look at.

    `find` gets the events of a week in the order of their numbers and returns numbers of some of them.
    """

    code: str
    label: str | Promise
    find: Callable[[list[Event]], Iterable[int]]


_kinds: dict[str, Kind] = {REFUSED: Kind.REFUSAL}
_protected: set[str] = {"audit:*"}
_signals: dict[str, Signal] = {}


def watch_deeds(kind: Kind, *deeds: str) -> None:
    """Say that these deeds are searches, readings of a mere list, or sensitive exports."""
    _kinds.update(dict.fromkeys(deeds, kind))


def watch_pages(*names: str) -> None:
    """Say whose refusals are counted: a view ("persons:person") or all of a room ("persons:*")."""
    _protected.update(names)


def register_signal(signal: Signal) -> None:
    """Add a question to the weekly review."""
    _signals[signal.code] = signal


def watched_deeds() -> dict[str, Kind]:
    """The deeds that the review looks at although nothing is read by them, each with its kind."""
    return dict(_kinds)


def is_protected(view_name: str) -> bool:
    """Whether refusals of this page are counted."""
    return view_name in _protected or f"{view_name.partition(':')[0]}:*" in _protected


def signals() -> list[Signal]:
    """The questions of the rooms above, by their codes."""
    return [_signals[code] for code in sorted(_signals)]
