"""Protected rows for tests of the vault: invented persons of the register, written past its services."""

import itertools
from datetime import UTC, date, datetime

from spoiwo.persons.models import Person
from spoiwo.vault.models import Subject
from spoiwo.vault.services import new_subject, seal_into
from tests.factories import OrganisationFactory

NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)
CANARY = "Kanarek-Żółw Zmyślony"
_numbers = itertools.count(1)


def sample(subject: Subject | None = None, **values: str) -> Person:
    """A saved row with sealed values, of a new person unless one is named."""
    row = Person(
        subject=subject or new_subject(now=NOW),
        unit=OrganisationFactory(),
        case_number=f"SPR/{next(_numbers)}",
        basis="other",
        since=date(2026, 1, 1),
        created_at=NOW,
        changed_at=NOW,
    )
    seal_into(row, **(values or {"last_name": CANARY, "notes": "uwaga"}))
    row.save()
    return row


def fresh(row: Person) -> Person:
    """The row as the database holds it."""
    return Person.objects.get(pk=row.pk)
