"""The strategy's tiles on the morning page: legal dates, programmes that need a decision, unanswered remarks."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from spoiwo.strategy.models import Consultation
from spoiwo.strategy.services import current_region
from spoiwo.strategy.services.consultations import counted
from spoiwo.strategy.services.duties import coming, late
from spoiwo.strategy.services.reading import decisions_of
from spoiwo.ui.tiles import HALF, NARROW, register_tile

SHOWN = 5
DATES = 4


def legal_dates(request: HttpRequest, today: date) -> dict | None:
    """The next duties by law, and how many days passed without a mark."""
    rows, passed = coming(today, many=DATES), late(today)
    return {"rows": rows, "late": len(passed)} if rows or passed else None


def waiting_programmes(request: HttpRequest, today: date) -> dict | None:
    """Programmes that ended without a successor, or began without a predecessor."""
    rows = decisions_of(current_region(), today=today)
    return {"rows": rows[:SHOWN], "count": len(rows)} if rows else None


def unanswered_remarks(request: HttpRequest, today: date) -> dict | None:
    """Consultations with remarks that have no answer."""
    rows = counted(Consultation.objects.filter(strategy_version__strategy__region=current_region()))
    rows = list(rows.filter(unanswered__gt=0).order_by("closes_on", "pk"))
    return {"rows": rows, "count": sum(row.unanswered for row in rows)} if rows else None


register_tile(
    "dates",
    _("Legal dates"),
    20,
    "strategy/_tile_dates.html",
    legal_dates,
    permission="strategy.view_office",
    width=NARROW,
)
register_tile(
    "remarks",
    _("Unanswered remarks"),
    60,
    "strategy/_tile_remarks.html",
    unanswered_remarks,
    permission="strategy.view_office",
    width=HALF,
)
register_tile(
    "decisions",
    _("Programmes that need a decision"),
    70,
    "strategy/_tile_decisions.html",
    waiting_programmes,
    permission="strategy.view_office",
    width=HALF,
)
