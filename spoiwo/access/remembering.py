"""Facts that are the same until the next deed: the region, the names of its office, sums of a draft, indicators judged.

Every change records a deed, so what was worked out after the head of the chain was asked is good while the head and the
day are the same. The head is asked at most once a second, so a fact is at most a second late; for pages that everybody
reads this is enough, for work at a desk it is not. The public cache dates its pages by the same mark (decision 0023).
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from threading import Lock

from django.conf import settings
from django.utils import timezone

from spoiwo.audit.services import chain_head

ASKED_EVERY = 1.0  # seconds between two questions about the head
LONGEST_LIFE = 300.0  # seconds, should something have changed without a deed
MOST = 64  # facts

Mark = tuple[int, str, date]


class RecentHead:
    """The head of the chain and the day, asked at most once a second."""

    def __init__(self, today: Callable[[], date], clock=time.monotonic, head=chain_head) -> None:
        self.today, self.clock, self.head = today, clock, head
        self.asked: tuple[float, Mark] | None = None

    def mark(self) -> Mark:
        """What is worked out from now on may be dated by. Raises: DatabaseError when the head cannot be asked."""
        now, asked = self.clock(), self.asked
        if asked and now - asked[0] < ASKED_EVERY and asked[1][-1] == self.today():
            return asked[1]
        mark = (*self.head(), self.today())
        self.asked = (now, mark)
        return mark


class Facts:
    """Texts by name, each dated; the one not asked for longest leaves first."""

    def __init__(self, recent: RecentHead) -> None:
        self.recent, self.lock = recent, Lock()
        self.held: OrderedDict[tuple, tuple[Mark, float, str]] = OrderedDict()

    def remembered(self, name: tuple, make: Callable[[], str]) -> str:
        """The text that is held and still good, else made anew."""
        mark, now = self.recent.mark(), self.recent.clock()
        with self.lock:
            held = self.held.get(name)
            if held and held[0] == mark and now - held[1] <= LONGEST_LIFE:
                self.held.move_to_end(name)
                return held[2]
        made = make()
        with self.lock:
            self.held[name] = (mark, now, made)
            self.held.move_to_end(name)
            while len(self.held) > MOST:
                self.held.popitem(last=False)
        return made


_facts = Facts(RecentHead(timezone.localdate))


def remembered(name: tuple, make: Callable[[], str]) -> str:
    """A text (JSON, as a rule) that is the same until the next deed; where the cache is off, made each time."""
    return _facts.remembered(name, make) if settings.PUBLIC_CACHE_BYTES else make()
