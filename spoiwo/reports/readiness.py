"""How ready the yearly report is, for the legal year."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spoiwo.ledger.errors import YearNotFound
from spoiwo.ledger.services.years import find_year, reconcile_year
from spoiwo.strategy.readiness import register_readiness
from spoiwo.strategy.services import current_region


def yearly_report(year: int) -> str:
    """The report told in `year` is that of the year before: final, or what keeps it from being final."""
    told = year - 1
    try:
        row = find_year(told, current_region())
    except YearNotFound:
        return _("the year %(year)d is not in the ledger") % {"year": told}
    if last := row.reports.defer("content", "records", "lines").first():
        return _("report of %(year)d: version %(n)d is final") % {"year": told, "n": last.version}
    waiting = len(reconcile_year(row).open)
    if not waiting:
        return _("report of %(year)d: a draft without an open difference") % {"year": told}
    words = ngettext(
        "report of %(year)d: a draft, %(n)d open difference",
        "report of %(year)d: a draft, %(n)d open differences",
        waiting,
    )
    return words % {"year": told, "n": waiting}


register_readiness("sejmik-report", yearly_report)
