"""What the office does to a year in tests: answers a difference, changes a line."""

from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.services.entries import change_entry
from spoiwo.ledger.services.settlements import accept_difference
from tests.factories import UserFactory

FIELDS = ("programme", "task", "source", "kind", "date", "description", "place")


def settle(year: FiscalYear, key: str) -> None:
    """Accept a difference."""
    reason = "Przyjęte z powodem."
    accept_difference(declared=year.declared.get(key=key), reason=reason, by=UserFactory())


def move(year: FiscalYear, key: str, grosze: int) -> None:
    """Change a line by some grosze."""
    entry = year.entries.get(key=key)
    values = {name: getattr(entry, name) for name in FIELDS}
    values |= {"amount_gr": entry.amount_gr + grosze, "document": entry.document.name}
    change_entry(entry=entry, seen_version=entry.version, values=values, tags=[], reason="próba", by=None)
