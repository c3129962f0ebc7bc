"""The differences of 2019 and how tests answer them."""

from spoiwo.access.models import User
from spoiwo.ledger.models import DeclaredTotal, FiscalYear, Settlement
from spoiwo.ledger.services.entries import change_entry
from spoiwo.ledger.services.settlements import ExplainedBy, accept_difference, explain_difference
from spoiwo.ledger.services.years import reconcile_year

OWN, NGO = 83_194_60, 25_000_00
REASON = "Notatka nie przypisuje tej kwoty."


def declared(year: FiscalYear, key: str = "2019-own") -> DeclaredTotal:
    """A declared total of the year."""
    return year.declared.get(key=key)


def waiting(year: FiscalYear) -> list[str]:
    """Keys of the open differences."""
    return [row.declared.key for row in reconcile_year(year).open]


def accept(year: FiscalYear, key: str = "2019-own", reason: str = REASON, by: User | None = None) -> Settlement:
    """Accept a difference."""
    return accept_difference(declared=declared(year, key), reason=reason, by=by)


def explain(year: FiscalYear, *amounts_gr: int, reason: str = REASON, key: str = "2019-own") -> Settlement:
    """Explain a difference by lines of these amounts."""
    lines = [ExplainedBy(f"Część {gr}", gr, "Nota 1") for gr in amounts_gr]
    return explain_difference(declared=declared(year, key), reason=reason, lines=lines, by=None)


def move(year: FiscalYear, grosze: int, key: str = "2019-p4-own") -> None:
    """Change one line of own funds by some grosze."""
    entry = year.entries.get(key=key)
    facts = {
        name: getattr(entry, name) for name in ("programme", "task", "source", "kind", "date", "description", "place")
    }
    facts |= {"amount_gr": entry.amount_gr + grosze, "document": entry.document.name}
    change_entry(entry=entry, seen_version=entry.version, values=facts, tags=[], reason="próba", by=None)
