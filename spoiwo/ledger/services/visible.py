"""Which years' money everybody may see: those whose draft is shown, and those that a room above has made final."""

from collections.abc import Callable
from dataclasses import dataclass

from spoiwo.ledger.models import FiscalYear

Rule = Callable[[list[FiscalYear]], set[int]]  # of these years, the keys of those that are published
_rules: dict[str, Rule] = {}


def register_published(name: str, rule: Rule) -> None:
    """Let a room above say which years it has published; the same name again replaces its rule."""
    _rules[name] = rule


@dataclass(frozen=True)
class SeenYear:
    """A year, and whether it is published; what is not yet may still change."""

    year: FiscalYear
    published: bool


def all_years(region: str) -> list[SeenYear]:
    """Every year of a region, the latest first: what the office sees."""
    rows = list(FiscalYear.objects.of_region(region))
    published = {pk for rule in _rules.values() for pk in rule(rows)}
    return [SeenYear(row, row.pk in published) for row in rows]


def public_years(region: str) -> list[SeenYear]:
    """Years of a region that everybody may see, the latest first."""
    return [seen for seen in all_years(region) if seen.published or seen.year.shown_before_final]
