"""How long a record is kept after it was closed."""

from datetime import date

from spoiwo.persons.domain.grounds import Basis

# Proposals of the house, to be confirmed for each unit by its file plan (JRWA) and its data-protection officer.
PROPOSED_YEARS = {Basis.FOSTER_CARE: 25, Basis.LEAVING_CARE: 10, Basis.VIOLENCE: 10, Basis.SUPPORT: 10, Basis.OTHER: 5}


def proposed_end(closed_on: date, basis: str) -> date:
    """The last day on which the record is kept: so many whole years after the year in which it was closed."""
    return date(closed_on.year + PROPOSED_YEARS[Basis(basis)], 12, 31)


def is_over(keep_until: date | None, today: date) -> bool:
    """Whether the time is over: from the day after the last one; never for a record that is open."""
    return keep_until is not None and today > keep_until
