"""Strategies, programmes, tasks and lineages as everybody may read them."""

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from spoiwo.access.audience import PUBLIC, audience
from spoiwo.strategy.domain.succession import has_ended
from spoiwo.strategy.forms.tree import YearChoice
from spoiwo.strategy.models import Indicator, Programme, Strategy, Task, VersionState
from spoiwo.strategy.panels import LINEAGE, PROGRAMME, TASK, panels_of
from spoiwo.strategy.services import current_region
from spoiwo.strategy.services.consultations import shown_to_the_public
from spoiwo.strategy.services.indicators import indicator_rows, told_rows
from spoiwo.strategy.services.reading import lineage_of, neighbours, tree_of


@audience(PUBLIC)
@require_safe
def strategy_list(request: HttpRequest) -> HttpResponse:
    """All strategies of the region with their programmes, the latest first."""
    rows = Strategy.objects.of_region(current_region()).prefetch_related("programmes")
    rows = rows.annotate(goal_count=Count("goals", filter=Q(goals__parent=None), distinct=True))
    rows = rows.order_by("-from_year")
    return render(request, "strategy/strategy_list.html", {"rows": rows})


@audience(PUBLIC)
@require_safe
def strategy_page(request: HttpRequest, code: str) -> HttpResponse:
    """One strategy as a tree: goals, programmes, tasks; all of it, or what was in force in a year."""
    row = get_object_or_404(Strategy, region=current_region(), code=code)
    form = YearChoice(request.GET or None, strategy=row)
    today = timezone.localdate()
    tree = tree_of(row, today=today, year=form.year, public=True)
    context = {"strategy": row, "tree": tree, "form": form} | changes_of(row, today)
    return render(request, "strategy/strategy_page.html", context)


def changes_of(strategy: Strategy, today) -> dict:
    """The resolutions that changed a strategy, and the change that is being consulted today."""
    amendments = strategy.versions.filter(state=VersionState.ADOPTED, based_on__isnull=False)
    open_now = shown_to_the_public(strategy.region, today).filter(
        strategy_version__strategy=strategy, strategy_version__state=VersionState.CONSULTED, closes_on__gte=today
    )
    return {"amendments": amendments.select_related("consultation"), "consultations": open_now}


@audience(PUBLIC)
@require_safe
def programme_page(request: HttpRequest, code: str) -> HttpResponse:
    """One programme: its act, period, goals, tasks, money, what came before and after it."""
    today = timezone.localdate()
    rows = Programme.objects.select_related("strategy", "parent").prefetch_related("goals", "nested", *neighbours())
    row = get_object_or_404(rows, region=current_region(), code=code)
    context = {
        "programme": row,
        "strategy": row.strategy,
        "past": has_ended(row.last_year, today.year),
        "panels": panels_of(PROGRAMME, row, today),
        "indicators": told_rows(("programme", row.pk), Indicator.objects.filter(programme=row), today),
        **tasks_by_state(row, today),
    }
    return render(request, "strategy/programme_page.html", context)


def tasks_by_state(programme: Programme, today) -> dict:
    """The tasks of a programme: those under way or to come, and those that ended."""
    rows = list(programme.tasks.all())
    ended = [task for task in rows if task.has_ended_on(today)]
    return {"tasks": [task for task in rows if task not in ended], "ended_tasks": ended}


@audience(PUBLIC)
@require_safe
def lineage_page(request: HttpRequest, code: str) -> HttpResponse:
    """A programme through the strategies: what led to it, what came of it, with the money of all of them."""
    rows = Programme.objects.select_related("strategy")
    row = get_object_or_404(rows, region=current_region(), code=code)
    panels = panels_of(LINEAGE, row, timezone.localdate())
    context = {"programme": row, "generations": lineage_of(row), "panels": panels}
    return render(request, "strategy/lineage_page.html", context)


@audience(PUBLIC)
@require_safe
def task_page(request: HttpRequest, code: str) -> HttpResponse:
    """One task: where it belongs, when it runs, who carries it out, its money."""
    rows = Task.objects.select_related("programme__strategy", "goal__strategy", "organisation")
    row = get_object_or_404(rows, region=current_region(), code=code)
    today = timezone.localdate()
    context = {
        "task": row,
        "strategy": strategy_of(row),
        "ended": row.has_ended_on(today),
        "panels": panels_of(TASK, row, today),
        "indicators": indicator_rows(task=row, today=today),
    }
    return render(request, "strategy/task_page.html", context)


def strategy_of(task: Task) -> Strategy | None:
    """The strategy of a task, by its programme or its goal."""
    return (task.programme or task.goal).strategy if task.programme or task.goal else None
