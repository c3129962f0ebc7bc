"""How ready a yearly duty is: rooms above register what they know under the name that the duty carries."""

from collections.abc import Callable

Readiness = Callable[[int], str]

_checks: dict[str, Readiness] = {}


def register_readiness(name: str, tell: Readiness) -> None:
    """Say how ready the duties with this `check_name` are; `tell` takes the year of the duty and gives words."""
    _checks[name] = tell


def readiness_of(name: str, year: int) -> str:
    """What is known about a duty of a year; nothing when nobody registered."""
    return _checks[name](year) if name in _checks else ""
