"""In what circumstances a person acts: which request, from which address, in which roles.

The room above that knows requests and roles says so here; services write it down and never see a request.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Circumstances:
    """One request. The address lives only as long as the request; what is kept is its keyed fingerprint."""

    request_id: str = ""
    address: str = field(default="", repr=False)


NONE = Circumstances()  # the command line, a chore
_now: ContextVar[Circumstances] = ContextVar("circumstances", default=NONE)
_roles_of: list[Callable[[object], Iterable[str]]] = []


@contextmanager
def acting_in(circumstances: Circumstances) -> Iterator[None]:
    """What is recorded inside happened in these circumstances."""
    token = _now.set(circumstances)
    try:
        yield
    finally:
        _now.reset(token)


def circumstances() -> Circumstances:
    """The circumstances of this moment."""
    return _now.get()


def register_roles(roles_of: Callable[[object], Iterable[str]]) -> None:
    """Say how the roles of a person are found; the last one registered answers."""
    _roles_of[:] = [roles_of]


def roles_of(by) -> str:
    """The roles a person holds at this moment, by their codes; nothing for the command line and outsiders."""
    return " ".join(sorted(_roles_of[0](by))) if by is not None and _roles_of else ""
