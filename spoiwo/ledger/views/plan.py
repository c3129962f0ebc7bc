"""Plan and execution of a year: how money stands, and the lines it is made of."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from spoiwo.access.audience import audience, may
from spoiwo.audit.models import Record
from spoiwo.doors.exports import TABLES
from spoiwo.ledger.domain.periods import month_of
from spoiwo.ledger.exports.plan import PLAN, plan_csv, plan_xlsx
from spoiwo.ledger.forms import PlanFilter
from spoiwo.ledger.services.closing import closed_months
from spoiwo.ledger.services.plan import commitment_rows, late_rows, plan_summary, tasks_behind
from spoiwo.ledger.tables import standing_table
from spoiwo.ledger.views.entries import PAGE, year_facts, year_or_404


@audience(may("ledger.view_year"))
@require_safe
def plan_page(request: HttpRequest, year: int) -> HttpResponse:
    """Plan, changes, commitments, spending, what is left and the forecast, by programme and task; what is late."""
    row, today = year_or_404(year), localdate()
    summary = plan_summary(row, today)
    context = year_facts(row) | {
        "table": standing_table(summary),
        "late": late_rows(commitment_rows(row), today),
        "behind": tasks_behind(summary),
        "today": today,
    }
    return render(request, "ledger/plan_page.html", context)


@audience(may("ledger.view_year"))
@require_safe
def plan_export(request: HttpRequest, year: int, format: str) -> HttpResponse:
    """The same by pocket, as CSV or XLSX."""
    row = year_or_404(year)
    content = {"csv": plan_csv, "xlsx": plan_xlsx}[format](plan_summary(row, localdate()))
    return PLAN.response(name=f"plan-i-wykonanie-{row.year}.{format}", content=content, media_type=TABLES[format])


@audience(may("ledger.view_year"))
@require_safe
def plan_lines(request: HttpRequest, year: int) -> HttpResponse:
    """The lines of the plan and of commitments, filtered, with their sum."""
    row = year_or_404(year)
    form = PlanFilter(request.GET or None, year=row)
    rows = form.narrow(row.plan_entries.all())
    related = rows.select_related("programme__strategy", "task", "source", "document").order_by("-date", "-pk")
    page = Paginator(related, PAGE).get_page(request.GET.get("strona"))
    context = year_facts(row) | {
        "form": form,
        "page": page,
        "lines": page.paginator.count,
        "planned_gr": rows.planned_gr(),
        "committed_gr": rows.committed_gr(),
    }
    return render(request, "ledger/plan_lines.html", context)


@audience(may("ledger.view_year"))
@require_safe
def plan_line(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """One line of the plan or of commitments, with what settles it and its history."""
    row = year_or_404(year)
    related = row.plan_entries.select_related(
        *("programme__strategy", "task", "source", "document", "organisation", "place", "entered_by"),
        *("commitment", "reverses", "reversed_by", "corrects"),
    )
    line = get_object_or_404(related, pk=pk)
    context = year_facts(row) | {
        "line": line,
        "standing": next((found for found in commitment_rows(row) if found.commitment.pk == pk), None),
        "payments": line.payments.select_related("document").order_by("date", "pk") if line.is_first_commitment else [],
        "releases": line.releases.select_related("document").order_by("date", "pk") if line.is_first_commitment else [],
        "corrections": line.corrections.all(),
        "closed": month_of(line.date) in closed_months(row),
        "history": Record.objects.about(line).order_by("-sequence"),
    }
    return render(request, "ledger/plan_line.html", context)
