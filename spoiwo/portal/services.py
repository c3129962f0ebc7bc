"""The accessibility declaration, put together from the results of the tests and from what the office said."""

import json
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.conf import settings

from spoiwo.organisations.services import region_profile
from spoiwo.portal import domain
from spoiwo.strategy.services import current_region

RESULTS = Path(__file__).parent / "data" / "accessibility.json"


@dataclass(frozen=True)
class Declaration:
    """All that the page of the declaration says."""

    results: domain.Results | None
    failures: tuple[domain.Failure, ...]
    standing: domain.Standing
    office: domain.Office
    missing: list[str]
    unusable: list[str]  # what the office wrote in a way that cannot be used
    overdue_since: date | None

    @property
    def complete(self) -> bool:
        """Whether it may be shown to the public as it stands."""
        return bool(self.results) and not self.missing and not self.unusable and not self.overdue_since


def declaration(*, today: date) -> Declaration:
    """Put the declaration together; changes nothing."""
    found = json.loads(RESULTS.read_text(encoding="utf-8"))
    results, failures = domain.read_results(found["results"]), domain.read_failures(found["failures"])
    office, unusable = domain.read_office(_said_by_the_office())
    if office.entity is None:
        office = replace(office, entity=region_profile(current_region()).office)
    last = office.reviewed_on or office.prepared_on
    due = domain.review_due(last) if last else None
    return Declaration(
        results=results,
        failures=failures,
        standing=domain.standing(results, failures),
        office=office,
        missing=domain.missing(office),
        unusable=unusable,
        overdue_since=due if due and today > due else None,
    )


def _said_by_the_office() -> object:
    """The file of the office; an empty one when there is none, None when it cannot be read."""
    try:
        return json.loads(settings.DECLARATION_FILE.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError):
        return None
