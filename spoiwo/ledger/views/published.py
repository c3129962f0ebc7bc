"""Amounts published outside the yearly reports, for everybody."""

from itertools import groupby

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from spoiwo.access.audience import PUBLIC, audience
from spoiwo.doors.exports import CSV
from spoiwo.ledger.exports.published import AMOUNTS, published_csv
from spoiwo.ledger.services.published import published_wholes
from spoiwo.strategy.services import current_region


@audience(PUBLIC)
@require_safe
def published_list(request: HttpRequest) -> HttpResponse:
    """Every published amount by year, with its source; a whole stands beside the sum of its parts."""
    wholes = published_wholes(current_region())
    context = {
        "years": [(year, list(rows)) for year, rows in groupby(wholes, key=lambda whole: whole.figure.year)],
        "gaps": [whole for whole in wholes if whole.compared.gap_gr],
    }
    return render(request, "ledger/published_list.html", context)


@audience(PUBLIC)
@require_safe
def published_file(request: HttpRequest) -> HttpResponse:
    """The same amounts as CSV."""
    content = published_csv(published_wholes(current_region()))
    return AMOUNTS.response(name="kwoty-ogloszone.csv", content=content, media_type=CSV)
