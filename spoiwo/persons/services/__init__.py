"""What other rooms may ask of the register: whether there is a case, and nothing of whose it is."""

from dataclasses import dataclass
from datetime import date

from spoiwo.persons.domain.ages import Band
from spoiwo.persons.domain.numbers import as_stored
from spoiwo.persons.models import Person


@dataclass(frozen=True)
class Case:
    """A case as other rooms know it."""

    case_number: str
    unit_id: int
    since: date
    closed_on: date | None
    erased: bool
    birth_year: int | None
    birth_month: int | None
    band: Band | None


def find_case(case_number: str, *, on: date) -> Case | None:
    """The case of this number, as typed by a person; None when there is none. Tells nothing of who it is."""
    row = Person.objects.filter(case_number=as_stored(case_number)).first()
    if row is None:
        return None
    facts = (row.case_number, row.unit_id, row.since, row.closed_on, row.erased_on is not None)
    return Case(*facts, row.birth_year, row.birth_month, row.band_on(on))


def exists(case_number: str) -> bool:
    """Whether there is a case of this number."""
    return Person.objects.filter(case_number=as_stored(case_number)).exists()
