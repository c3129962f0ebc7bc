"""Who changed what, on the morning page."""

from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from spoiwo.audit.services import latest_deeds
from spoiwo.ui.tiles import HALF, register_tile

SHOWN = 10


def recent(request: HttpRequest, today: date) -> dict | None:
    """The latest deeds, equal ones of one minute told once."""
    groups = latest_deeds(SHOWN)
    return {"groups": groups} if groups else None


register_tile(
    "recent", _("Recent changes"), 90, "access/_tile_recent.html", recent, permission="audit.view_record", width=HALF
)
