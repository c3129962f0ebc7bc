"""How long a session lives: a limit without work, a limit altogether, and a warning before the end.

Source: ASVS 5.0, 7.3.1 and 7.3.2; WCAG 2.2.1 (the person is told in time and can go on with one action).
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

WARNED_BEFORE = timedelta(minutes=3)
NOTED_EVERY = timedelta(minutes=1)  # how exactly the last use is kept


@dataclass(frozen=True)
class Limits:
    """How long a session may rest, and how long it may last."""

    idle: timedelta
    absolute: timedelta

    def rests_until(self, seen_at: datetime) -> datetime:
        """When a session that is not used ends."""
        return seen_at + self.idle

    def ends_at(self, began_at: datetime, seen_at: datetime) -> datetime:
        """When the session ends unless it is used."""
        return min(self.rests_until(seen_at), began_at + self.absolute)

    def over(self, began_at: datetime, seen_at: datetime, now: datetime) -> bool:
        """Whether the session has ended. A clock that went back ends it too."""
        return now >= self.ends_at(began_at, seen_at) or now < began_at - NOTED_EVERY


BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("Firefox", "Firefox"),
    ("Chromium", "Chromium"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_label(user_agent: str) -> str:
    """A browser as its owner would call it: "Firefox, Windows"; "?" when it does not say."""
    named = [next((name for sign, name in table if sign in user_agent), "") for table in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, named)) or "?"
