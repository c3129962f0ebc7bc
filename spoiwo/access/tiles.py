"""Who changed what, on the morning page."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from spoiwo.audit.services import latest_deeds
from spoiwo.audit.services.reviews import overdue_weeks
from spoiwo.ui.tiles import HALF, register_tile

SHOWN, SHOWN_WEEKS = 10, 3


def recent(request: HttpRequest, today: date) -> dict | None:
    """The latest deeds, equal ones of one minute told once."""
    groups = latest_deeds(SHOWN)
    return {"groups": groups} if groups else None


def unsigned(request: HttpRequest, today: date) -> dict | None:
    """Weeks of readings that should have been looked through and signed by now."""
    weeks = overdue_weeks(today)
    return {"weeks": weeks[:SHOWN_WEEKS], "count": len(weeks)} if weeks else None


register_tile(
    "recent", _("Recent changes"), 90, "access/_tile_recent.html", recent, permission="audit.view_record", width=HALF
)
register_tile(
    "unsigned",
    _("Weekly reviews"),
    15,
    "access/_tile_unsigned.html",
    unsigned,
    permission="audit.view_review",
    width=HALF,
)
