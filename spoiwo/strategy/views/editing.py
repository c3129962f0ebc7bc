"""Forms of the tree: adding, changing and ending goals, programmes and tasks, and saying what continues what."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from spoiwo.access.audience import audience, may
from spoiwo.doors.once import changes, given_back, once
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.strategy.errors import CodeTaken, EndReasonMissing, EndsBeforeItBegan, ProgrammeEnded, SuccessionCircle
from spoiwo.strategy.forms.tree import (
    EndForm,
    GoalForm,
    ProgrammeEndForm,
    ProgrammeForm,
    SuccessionForm,
    TakeBackForm,
    TaskForm,
)
from spoiwo.strategy.models import Goal, Programme, Strategy, Succession, Task
from spoiwo.strategy.services import current_region
from spoiwo.strategy.services import tree as services
from spoiwo.ui.conflict import chosen, conflict_page

FORM_METHODS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True)
class Kind:
    """One kind of row: where its page is, the words of its forms, and how they are laid out."""

    page: str
    new: str | Promise
    change: str | Promise
    end: str | Promise
    template: str


GOAL = Kind(
    "strategy_office:goal",
    gettext_lazy("New goal"),
    gettext_lazy("Change the goal"),
    gettext_lazy("End the goal"),
    "strategy/office/goal_form.html",
)
PROGRAMME = Kind(
    "strategy_office:programme",
    gettext_lazy("New programme"),
    gettext_lazy("Change the programme"),
    gettext_lazy("End the programme"),
    "strategy/office/programme_form.html",
)
TASK = Kind(
    "strategy_office:task",
    gettext_lazy("New task"),
    gettext_lazy("Change the task"),
    gettext_lazy("End the task"),
    "strategy/office/task_form.html",
)


def _of_region(model: type[models.Model], code: str, *related: str):
    return get_object_or_404(model.objects.select_related(*related), region=current_region(), code=code)


def _create(request: HttpRequest, kind: Kind, form, create: Callable, context: dict) -> HttpResponse:
    """The page of a new row: sent twice it makes one; a taken code or an ended programme is said by the field."""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            row = create(code=data["code"], values=form.values(), by=request.user)
        except CodeTaken as problem:
            form.add_error("code", _("This code already belongs to: %(name)s.") % {"name": problem.holder})
        except ProgrammeEnded as problem:
            form.add_error("programme", _ended_words(problem))
        else:
            messages.success(request, _("Added: %(name)s.") % {"name": row})
            return redirect(kind.page, row.code)
    context |= {"form": form, "title": kind.new, "row": None}
    return render(request, kind.template, context, status=422 if form.errors else 200)


def _ended_words(problem: ProgrammeEnded) -> str:
    """Why there is no new task, and where it may go instead."""
    facts = {"name": problem.programme, "year": problem.last_year}
    words = _("%(name)s ended in %(year)d and takes no new task.") % facts
    heirs = [str(row) for row in problem.programme.successors.all()]
    if heirs:
        return f"{words} " + _("It is continued by: %(names)s.") % {"names": ", ".join(heirs)}
    return f"{words} " + _("Nothing continues it yet: name its successor first.")


def _change(request: HttpRequest, kind: Kind, row, make: Callable, change: Callable, context: dict) -> HttpResponse:
    """The page of a change; what somebody else saved meanwhile is shown beside what was typed."""
    form = make(chosen(request), row=row)
    context |= {"form": form, "title": kind.change, "row": row, "back": kind.page}
    if request.method == "POST" and form.is_valid():
        facts = {"seen_version": form.cleaned_data["seen_version"] or 0, "reason": form.cleaned_data["reason"]}
        try:
            change(values=form.values(), by=request.user, **facts)
        except ChangedMeanwhile as problem:
            now, back = make(None, row=problem.current), reverse(kind.page, args=[row.code])
            return conflict_page(request, form, now, current=problem.current, back=back)
        except ProgrammeEnded as problem:
            form.add_error("programme", _ended_words(problem))
        else:
            messages.success(request, _("The change is saved; the old values stay in the history."))
            return redirect(kind.page, row.code)
    return render(request, kind.template, context, status=422 if form.errors else 200)


def _end(request: HttpRequest, kind: Kind, row, make: type[EndForm], end: Callable, context: dict) -> HttpResponse:
    """The page that ends a row: the last day and why."""
    form = make(chosen(request), row=row)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            end(data["on"], seen_version=data["seen_version"] or 0, reason=data["reason"], by=request.user)
        except ChangedMeanwhile as problem:
            now, back = make(None, row=problem.current), reverse(kind.page, args=[row.code])
            return conflict_page(request, form, now, current=problem.current, back=back)
        except EndsBeforeItBegan as problem:
            form.add_error("on", _("It began later: %(began)s.") % {"began": _began(problem.began)})
        except EndReasonMissing:
            form.add_error("reason", _("Write why it ends, for example the number of the resolution."))
        else:
            messages.success(request, _("The end is saved. The history stays."))
            return redirect(kind.page, row.code)
    context |= {"form": form, "title": kind.end, "row": row, "back": kind.page}
    return render(request, "strategy/office/end_form.html", context, status=422 if form.errors else 200)


def _began(began) -> str:
    return str(began) if isinstance(began, int) else began.strftime("%d.%m.%Y")


@audience(may("strategy.change_tree"))
@require_http_methods(FORM_METHODS)
@once
def goal_new(request: HttpRequest, code: str) -> HttpResponse:
    """Add a goal to a strategy."""
    strategy = _of_region(Strategy, code)
    initial = {"parent": strategy.goals.filter(code=request.GET.get("cel", "")).first()}
    form = GoalForm(request.POST or None, strategy=strategy, initial=initial)

    def create(**facts):
        return services.create_goal(strategy=strategy, **facts)

    return _create(request, GOAL, form, create, {"strategy": strategy})


@audience(may("strategy.change_tree"))
@require_http_methods(FORM_METHODS)
@changes
def goal_change(request: HttpRequest, code: str) -> HttpResponse:
    """Change a goal."""
    row = _of_region(Goal, code, "strategy")
    make = partial(GoalForm, strategy=row.strategy)

    def change(**facts):
        return services.change_goal(goal=row, **facts)

    return _change(request, GOAL, row, make, change, {"strategy": row.strategy})


@audience(may("strategy.change_tree"))
@require_http_methods(FORM_METHODS)
@changes
def goal_end(request: HttpRequest, code: str) -> HttpResponse:
    """End a goal."""
    row = _of_region(Goal, code, "strategy")

    def end(on, **facts):
        return services.end_goal(goal=row, on=on, **facts)

    return _end(request, GOAL, row, EndForm, end, {"strategy": row.strategy})


@audience(may("strategy.change_tree"))
@require_http_methods(FORM_METHODS)
@once
def programme_new(request: HttpRequest, code: str) -> HttpResponse:
    """Add a programme to a strategy."""
    strategy = _of_region(Strategy, code)
    form = ProgrammeForm(request.POST or None, strategy=strategy)

    def create(**facts):
        return services.create_programme(strategy=strategy, **facts)

    return _create(request, PROGRAMME, form, create, {"strategy": strategy})


@audience(may("strategy.change_tree"))
@require_http_methods(FORM_METHODS)
@changes
def programme_change(request: HttpRequest, code: str) -> HttpResponse:
    """Change a programme."""
    row = _of_region(Programme, code, "strategy")
    make = partial(ProgrammeForm, strategy=row.strategy)

    def change(**facts):
        return services.change_programme(programme=row, **facts)

    return _change(request, PROGRAMME, row, make, change, {"strategy": row.strategy})


@audience(may("strategy.change_tree"))
@require_http_methods(FORM_METHODS)
@changes
def programme_end(request: HttpRequest, code: str) -> HttpResponse:
    """Say which year was a programme's last."""
    row = _of_region(Programme, code, "strategy")

    def end(on, **facts):
        return services.end_programme(programme=row, last_year=on, **facts)

    return _end(request, PROGRAMME, row, ProgrammeEndForm, end, {"strategy": row.strategy})


@audience(may("strategy.change_tree"))
@require_http_methods(FORM_METHODS)
@once
def task_new(request: HttpRequest) -> HttpResponse:
    """Add a task; the programme or goal may come with the address."""
    region = current_region()
    programme = Programme.objects.filter(region=region, code=request.GET.get("program", "")).first()
    goal = Goal.objects.filter(region=region, code=request.GET.get("cel", "")).first()
    initial = {"programme": programme, "goal": goal, "code": _next_code(programme) if programme else ""}
    form = TaskForm(request.POST or None, region=region, initial=initial)

    def create(**facts):
        return services.create_task(region=region, today=timezone.localdate(), **facts)

    return _create(request, TASK, form, create, {"programme": programme})


def _next_code(programme: Programme) -> str:
    """A code to begin with: that of the programme and the next number."""
    taken = set(Task.objects.filter(region=programme.region).values_list("code", flat=True))
    number = programme.tasks.count() + 1
    while (code := f"{programme.code.lower()}-{number}") in taken:
        number += 1
    return code


@audience(may("strategy.change_tree"))
@require_http_methods(FORM_METHODS)
@changes
def task_change(request: HttpRequest, code: str) -> HttpResponse:
    """Change a task."""
    row = _of_region(Task, code, "programme__strategy", "goal__strategy")
    make = partial(TaskForm, region=row.region)

    def change(**facts):
        return services.change_task(task=row, today=timezone.localdate(), **facts)

    return _change(request, TASK, row, make, change, {"programme": row.programme})


@audience(may("strategy.change_tree"))
@require_http_methods(FORM_METHODS)
@changes
def task_end(request: HttpRequest, code: str) -> HttpResponse:
    """End a task: it stays in its years."""
    row = _of_region(Task, code, "programme__strategy")

    def end(on, **facts):
        return services.end_task(task=row, on=on, **facts)

    return _end(request, TASK, row, EndForm, end, {"programme": row.programme})


@audience(may("strategy.change_tree"))
@require_http_methods(FORM_METHODS)
@once
def succession_new(request: HttpRequest, code: str) -> HttpResponse:
    """Say which programme this one continues, or which continues it."""
    row = _of_region(Programme, code, "strategy")
    initial = {"direction": request.GET.get("kierunek", SuccessionForm.CONTINUES)}
    form = SuccessionForm(request.POST or None, programme=row, initial=initial)
    if request.method == "POST" and form.is_valid():
        other, note = form.cleaned_data["other"], form.cleaned_data["note"]
        continues = form.cleaned_data["direction"] == SuccessionForm.CONTINUES
        earlier, later = (other, row) if continues else (row, other)
        try:
            services.add_succession(predecessor=earlier, successor=later, note=note, by=request.user)
        except SuccessionCircle:
            form.add_error("other", _("This programme already leads to the other one; it cannot also come from it."))
        else:
            messages.success(
                request, _("Saved: %(later)s continues %(earlier)s.") % {"later": later, "earlier": earlier}
            )
            return redirect("strategy_office:programme", row.code)
    context = {"programme": row, "strategy": row.strategy, "form": form}
    return render(request, "strategy/office/succession_form.html", context, status=422 if form.errors else 200)


@audience(may("strategy.change_tree"))
@require_POST
@once
def succession_remove(request: HttpRequest, code: str, other: str) -> HttpResponse:
    """Take back the link between a programme and the one it continues."""
    rows = Succession.objects.select_related("predecessor", "successor")
    row = get_object_or_404(rows, successor__region=current_region(), successor__code=code, predecessor__code=other)
    form = TakeBackForm(request.POST)
    if form.is_valid():
        services.remove_succession(succession=row, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("The link is taken back; the history keeps it."))
    else:
        messages.error(request, _("Write the reason: nothing was taken back."))
        return given_back(redirect("strategy_office:programme", code))
    return redirect("strategy_office:programme", code)
