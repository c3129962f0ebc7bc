"""What is held about one person: each room registers how to find it, in its `AppConfig.ready()`.

register_holding(Holding("account", _("Account"), account_of))
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.functional import Promise


@dataclass(frozen=True)
class Asked:
    """Whose data are asked for, by whom and why: by an e-mail address, by a person of the register, or by both.

    A room that opens sealed values opens them with `vault.services.open_values(by=asked.by, purpose=asked.purpose)`.
    """

    by: object
    purpose: str
    now: datetime
    email: str = ""
    subject: UUID | None = None


@dataclass(frozen=True)
class Holding:
    """One kind of data about a person. `found(asked)` gives rows of plain values by the words of the screen."""

    code: str
    title: str | Promise
    found: Callable[[Asked], list[dict[str, object]]]


_holdings: dict[str, Holding] = {}


def register_holding(holding: Holding) -> None:
    """Add a kind of data; the same code again replaces it."""
    _holdings[holding.code] = holding


def holdings() -> list[Holding]:
    """Every kind, in the order of their codes."""
    return [_holdings[code] for code in sorted(_holdings)]
