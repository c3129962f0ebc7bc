"""Strategies and programmes as everybody may read them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from spoiwo.access.audience import PUBLIC, audience
from spoiwo.strategy.models import Programme, Strategy, Task
from spoiwo.strategy.services import current_region


@audience(PUBLIC)
@require_safe
def strategy_list(request: HttpRequest) -> HttpResponse:
    """All strategies of the region with their programmes, the latest first."""
    rows = Strategy.objects.of_region(current_region()).prefetch_related("programmes")
    return render(request, "strategy/strategy_list.html", {"rows": rows})


@audience(PUBLIC)
@require_safe
def strategy_page(request: HttpRequest, code: str) -> HttpResponse:
    """One strategy: its programmes with what they continue, and their tasks."""
    row = get_object_or_404(Strategy, region=current_region(), code=code)
    programmes = row.programmes.filter(parent=None).prefetch_related(
        "predecessors__strategy", "successors__strategy", "tasks", "nested"
    )
    outside = Task.objects.filter(region=row.region, programme=None, results__year__range=(row.from_year, row.to_year))
    context = {"strategy": row, "programmes": programmes, "outside": outside.distinct()}
    return render(request, "strategy/strategy_page.html", context)


@audience(PUBLIC)
@require_safe
def programme_page(request: HttpRequest, code: str) -> HttpResponse:
    """One programme: its act, period, tasks, what came before and after it."""
    rows = Programme.objects.select_related("strategy", "parent").prefetch_related(
        "predecessors__strategy", "successors__strategy", "tasks", "nested"
    )
    row = get_object_or_404(rows, region=current_region(), code=code)
    return render(request, "strategy/programme_page.html", {"programme": row, "strategy": row.strategy})
