"""The desk: what the office sees first in the morning."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from spoiwo.access.audience import audience, may
from spoiwo.kernel.money import percent
from spoiwo.ui.tiles import read_tiles


@audience(may("access.enter_office"))
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The tiles that rooms registered, as the day finds them."""
    today = timezone.localdate()
    context = {"today": today, "passed": passed_share(today), "tiles": read_tiles(request, today)}
    return render(request, "access/desk.html", context)


def passed_share(today: date) -> str:
    """What part of the year is over, today included: "90,7 %"."""
    days = (date(today.year + 1, 1, 1) - date(today.year, 1, 1)).days
    return percent(today.timetuple().tm_yday, days, places=1)
