"""The tree as the office works with it: reading, with what needs a decision."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from spoiwo.access.audience import audience, may
from spoiwo.audit.models import Record
from spoiwo.strategy.domain.succession import has_ended
from spoiwo.strategy.forms.tree import SuccessionForm, YearChoice
from spoiwo.strategy.models import Goal, Programme, Strategy, Task
from spoiwo.strategy.panels import OFFICE_PROGRAMME, OFFICE_TASK, panels_of
from spoiwo.strategy.services import current_region
from spoiwo.strategy.services.indicators import indicator_rows
from spoiwo.strategy.services.reading import decisions_of, neighbours, strategy_on, tree_of
from spoiwo.strategy.views.public import strategy_of, tasks_by_state


def history_of(row):
    """The deeds about a row, the latest first."""
    return Record.objects.about(row).order_by("-sequence")[:30]


@audience(may("strategy.view_office"))
@require_safe
def tree(request: HttpRequest, code: str = "") -> HttpResponse:
    """The tree of one strategy, by default that in force today; what needs a decision beside it."""
    region, today = current_region(), timezone.localdate()
    strategies = list(Strategy.objects.of_region(region))
    row = next((row for row in strategies if row.code == code), None) if code else strategy_on(strategies, today)
    if code and row is None:
        raise Http404
    context = {"strategies": strategies, "strategy": row}
    if row:
        form = YearChoice(request.GET or None, strategy=row)
        waiting = decisions_of(region, today=today, strategy=row)
        context |= {
            "form": form,
            "tree": tree_of(row, today=today, year=form.year),
            "waiting": waiting,
            "waiting_codes": {item.programme.code for item in waiting if item.need == "successor"},
        }
    return render(request, "strategy/office/tree.html", context)


@audience(may("strategy.view_office"))
@require_safe
def goal_page(request: HttpRequest, code: str) -> HttpResponse:
    """One goal: goals below it, programmes that serve it, tasks that carry it out, its history."""
    rows = Goal.objects.select_related("strategy", "parent").prefetch_related(
        "operational", "programmes__strategy", "tasks__programme"
    )
    row = get_object_or_404(rows, region=current_region(), code=code)
    context = {
        "goal": row,
        "strategy": row.strategy,
        "indicators": indicator_rows(goal=row, today=timezone.localdate()),
        "history": history_of(row),
    }
    return render(request, "strategy/office/goal_page.html", context)


@audience(may("strategy.view_office"))
@require_safe
def programme_page(request: HttpRequest, code: str) -> HttpResponse:
    """One programme: facts, tasks, money, succession with its note, history."""
    region, today = current_region(), timezone.localdate()
    rows = Programme.objects.select_related("strategy", "parent").prefetch_related("goals", "nested", *neighbours())
    row = get_object_or_404(rows, region=region, code=code)
    waiting = decisions_of(region, today=today, strategy=row.strategy)
    context = {
        "programme": row,
        "strategy": row.strategy,
        "waiting": [item for item in waiting if item.programme.pk == row.pk],
        "past": has_ended(row.last_year, today.year),
        "successor_way": SuccessionForm.CONTINUED,
        "predecessor_way": SuccessionForm.CONTINUES,
        "panels": panels_of(OFFICE_PROGRAMME, row, today),
        "indicators": indicator_rows(programme=row, today=today),
        "history": history_of(row),
        **tasks_by_state(row, today),
    }
    return render(request, "strategy/office/programme_page.html", context)


@audience(may("strategy.view_office"))
@require_safe
def task_page(request: HttpRequest, code: str) -> HttpResponse:
    """One task: facts, who leads it, money, history."""
    rows = Task.objects.select_related("programme__strategy", "goal__strategy", "organisation", "lead")
    row = get_object_or_404(rows, region=current_region(), code=code)
    today = timezone.localdate()
    context = {
        "task": row,
        "strategy": strategy_of(row),
        "ended": row.has_ended_on(today),
        "panels": panels_of(OFFICE_TASK, row, today),
        "indicators": indicator_rows(task=row, today=today),
        "history": history_of(row),
    }
    return render(request, "strategy/office/task_page.html", context)
