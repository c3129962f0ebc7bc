"""A case as a row: what everybody who sees it may know, and a little more in one's own unit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from spoiwo.persons.domain.ages import Band
from spoiwo.persons.models import Caseworker, Person
from spoiwo.persons.services.readings import last_opened


@dataclass(frozen=True)
class CaseRow:
    """One case; caseworkers, the last opening and the shield are told in the person's own unit only."""

    person: Person
    band: Band | None
    own: bool
    caseworkers: list[str]
    opened_at: datetime | None

    @property
    def shielded(self) -> bool:
        """Whether to say that the address is hidden."""
        return self.own and self.person.shielded


def case_rows(persons: Iterable[Person], *, user, today: date) -> list[CaseRow]:
    """Rows for a list, with a fixed number of queries."""
    persons = list(persons)
    own = set(
        Person.objects.filter(pk__in=[row.pk for row in persons]).of_own_unit(user, today).values_list("pk", flat=True)
    )
    here = [row for row in persons if row.pk in own]
    opened = last_opened(here)
    running: dict[int, list[str]] = {}
    for caseworker in Caseworker.objects.held_on(today).filter(person__in=here).select_related("user"):
        running.setdefault(caseworker.person_id, []).append(caseworker.user.full_name)
    return [
        CaseRow(row, row.band_on(today), row.pk in own, running.get(row.pk, []), opened.get(row.pk)) for row in persons
    ]
