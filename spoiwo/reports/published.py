"""A year with a final report is published: rooms below may show its money to everybody."""

from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.services.visible import register_published
from spoiwo.reports.models import Report


def with_a_final_report(years: list[FiscalYear]) -> set[int]:
    """Keys of those of these years that have a final report."""
    return set(Report.objects.filter(year__in=years).values_list("year_id", flat=True))


register_published("reports", with_a_final_report)
