"""Heads of the chain that were taken out of the house, and what they say about a record that was cut or replaced."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime

from spoiwo.audit.domain.links import GENESIS
from spoiwo.audit.errors import HeadUnreadable
from spoiwo.kernel.canonical import canonical_text


@dataclass(frozen=True)
class Head:
    """The last link at one moment: its number and hash, how many entries there were, whose it is, and the signature."""

    sequence: int
    hash: str
    at: str  # ISO 8601 with the offset
    count: int
    installation: str
    signature: str = ""

    def signed_text(self) -> str:
        """What the signature covers: everything but itself."""
        return canonical_text(asdict(replace(self, signature="")))

    def line(self) -> str:
        """One line of a file of heads."""
        return canonical_text(asdict(self))

    @property
    def moment(self) -> datetime:
        """When it was taken."""
        return datetime.fromisoformat(self.at)


_KINDS = {"sequence": int, "hash": str, "at": str, "count": int, "installation": str, "signature": str}


def read_head(line: str) -> Head:
    """One line of a file of heads. Raises: HeadUnreadable."""
    try:
        held = json.loads(line)
        if held.keys() != _KINDS.keys() or any(type(held[name]) is not kind for name, kind in _KINDS.items()):
            raise HeadUnreadable(line)
        head = Head(**held)
        if head.moment.tzinfo is None:
            raise HeadUnreadable(line)
    except (ValueError, AttributeError):
        raise HeadUnreadable(line) from None
    return head


@dataclass(frozen=True)
class Gap:
    """Entries that heads kept elsewhere vouch for and that the record does not hold, or holds others in their place.

    `after` is the last head before it that agrees (None: none does), `until` the last one that does not.
    """

    first: int
    last: int
    after: Head | None
    until: Head
    cut: bool  # the record ends before; otherwise others stand there


def gaps_of(heads: Iterable[Head], hashes: Mapping[int, str], last: int) -> list[Gap]:
    """What is missing from a record that ends at `last`, in the order of time.

    `hashes` are the hashes of the entries whose numbers the heads name. A restored older copy that was written to again
    agrees with its first heads, differs from the later ones, and agrees with those taken since.
    """
    gaps: list[Gap] = []
    agreeing: Head | None = None
    open_gap: list[Head] = []
    for head in sorted(heads, key=lambda head: head.moment):
        if (hashes.get(head.sequence) if head.sequence else GENESIS) != head.hash:
            open_gap.append(head)
            continue
        if open_gap:
            gaps.append(_gap(agreeing, open_gap, last))
            open_gap = []
        agreeing = head
    return [*gaps, _gap(agreeing, open_gap, last)] if open_gap else gaps


def _gap(agreeing: Head | None, differing: list[Head], last: int) -> Gap:
    until = max(differing, key=lambda head: (head.sequence, head.at))
    first = agreeing.sequence + 1 if agreeing else 1
    cut = all(head.sequence > last for head in differing)
    return Gap(last + 1 if cut else min(first, until.sequence), until.sequence, agreeing, until, cut)
