"""The years of the ledger."""

from django.db.models import Count, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from spoiwo.access.audience import audience, may
from spoiwo.ledger.models import FiscalYear
from spoiwo.strategy.services import current_region


@audience(may("ledger.view_year"))
@require_safe
def year_list(request: HttpRequest) -> HttpResponse:
    """All years of the region with their lines and sums."""
    rows = FiscalYear.objects.of_region(current_region()).select_related("strategy")
    rows = rows.annotate(lines=Count("entries"), sum_gr=Sum("entries__amount_gr")).order_by("-year")
    return render(request, "ledger/year_list.html", {"rows": rows})
