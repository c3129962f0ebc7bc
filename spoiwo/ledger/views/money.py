"""The lines behind an amount of a task or a programme in one year, for everybody and for the office."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from spoiwo.access.audience import PUBLIC, audience, may
from spoiwo.ledger.models import FiscalYear, Source
from spoiwo.ledger.services.visible import public_years
from spoiwo.ledger.views.entries import PAGE, year_facts, year_or_404
from spoiwo.strategy.models import Programme, Task
from spoiwo.strategy.services import current_region


@audience(PUBLIC)
@require_safe
def lines(request: HttpRequest, year: int) -> HttpResponse:
    """Lines of a year that everybody may see."""
    seen = next((seen for seen in public_years(current_region()) if seen.year.year == year), None)
    if seen is None:
        raise Http404
    return _lines(request, seen.year, "ui/public.html")


@audience(may("ledger.view_year"))
@require_safe
def office_lines(request: HttpRequest, year: int) -> HttpResponse:
    """The same of any year."""
    return _lines(request, year_or_404(year), "ui/staff.html")


def _lines(request: HttpRequest, year: FiscalYear, base: str) -> HttpResponse:
    task = _asked(request, "zadanie", Task, year.region)
    programme = _asked(request, "program", Programme, year.region)
    source = _asked(request, "zrodlo", Source, year.region)
    asked = {"task": task, "programme": programme, "source": source}
    chosen = {name: value for name, value in asked.items() if value}
    rows = year.entries.filter(**chosen)
    plan = year.plan_entries.filter(**chosen).planned()
    related = rows.select_related("programme__strategy", "task", "source", "document").order_by("date", "pk")
    page = Paginator(related, PAGE).get_page(request.GET.get("strona"))
    context = year_facts(year) | {
        "base": base,
        "office": base == "ui/staff.html",
        "page": page,
        "sum_gr": rows.total_gr(),
        "plan": plan.select_related("programme__strategy", "task", "source", "document").order_by("date", "pk"),
        "plan_gr": plan.planned_gr(),
        **asked,
    }
    return render(request, "ledger/money_lines.html", context)


def _asked(request: HttpRequest, name: str, model, region: str):
    """What the address narrows to; a code that is not there is not found."""
    code = request.GET.get(name, "")
    if not code:
        return None
    row = model.objects.filter(region=region, code=code).first()
    if row is None:
        raise Http404
    return row
