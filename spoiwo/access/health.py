"""Whether the house is ready: probes that rooms register, and their findings.

The list is kept low, so that every room above may add to it in its `AppConfig.ready()`:

    register_probe("backup", lambda now: Finding(age < limit, "fresh" if age < limit else "old", age, "seconds"))
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Finding:
    """What one probe found: is it well, one English word, and at most one number. Never a name, a path or a message."""

    well: bool
    word: str
    number: float | None = None
    unit: str = ""

    def as_facts(self) -> dict[str, object]:
        """The finding as JSON values."""
        return {"well": self.well, "word": self.word, "number": self.number, "unit": self.unit}


Probe = Callable[[datetime], Finding]
_probes: dict[str, Probe] = {}


def register_probe(name: str, probe: Probe) -> None:
    """Add a probe under a name in snake_case; `probe(now)` gives a Finding. The same name again replaces it."""
    _probes[name] = probe


def findings(now: datetime) -> dict[str, Finding]:
    """Ask every probe; one that fails has found that something is wrong."""
    return {name: _ask(name, probe, now) for name, probe in _probes.items()}


def _ask(name: str, probe: Probe, now: datetime) -> Finding:
    try:
        return probe(now)
    except Exception:  # whatever it is, the others are still asked and the house is not ready
        logger.exception("a probe failed", extra={"probe": name})
        return Finding(well=False, word="failed")
