"""What waits for somebody in the money of all years: open differences, questions to the accountant."""

from dataclasses import dataclass

from django.db.models import Count

from spoiwo.ledger.domain.reconcile import Comparison
from spoiwo.ledger.models import FiscalYear, LineQuestion
from spoiwo.ledger.services.years import reconcile_years


@dataclass(frozen=True)
class OpenYear:
    """A year with the differences in it that nobody explained or accepted."""

    year: FiscalYear
    open: list[Comparison]

    @property
    def largest_gr(self) -> int | None:
        """The largest of them by its size, with its sign."""
        return max((row.difference_gr or 0 for row in self.open), key=abs, default=None)


def open_differences(region: str) -> list[OpenYear]:
    """Years with open differences, the latest first; as many queries for ten years as for one."""
    years = list(FiscalYear.objects.of_region(region).order_by("-year"))
    found = reconcile_years(years)
    return [OpenYear(year, found[year.pk].open) for year in years if found[year.pk].open]


def open_questions(region: str) -> dict[int, int]:
    """Year → how many questions about its lines have no answer, the latest first. Two queries."""
    counts: dict[int, int] = {}
    for name in ("entry", "plan_entry"):
        rows = LineQuestion.objects.filter(answered_at=None).filter(**{f"{name}__year__region": region})
        for year, count in rows.order_by().values_list(f"{name}__year__year").annotate(count=Count("pk")):
            counts[year] = counts.get(year, 0) + count
    return dict(sorted(counts.items(), reverse=True))


def year_at_work(region: str, year: int) -> FiscalYear | None:
    """The year that the office works on: the one of the calendar, else the latest before it, else the first after."""
    rows = FiscalYear.objects.of_region(region).select_related("strategy")
    past = rows.filter(year__lte=year).order_by("-year").first()
    return past or rows.filter(year__gt=year).order_by("year").first()
