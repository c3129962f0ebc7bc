"""The legal year: what is due, marking it as done, one duty with its history, changing it."""

from datetime import date

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spoiwo.access.audience import audience, may
from spoiwo.audit.models import Record
from spoiwo.doors.once import changes, repeatable
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.strategy.domain.duties import term
from spoiwo.strategy.errors import DutyFrozen
from spoiwo.strategy.forms.duties import DoneForm, DutyForm
from spoiwo.strategy.models import Duty
from spoiwo.strategy.services.duties import (
    change_duty,
    due_in,
    find_duty,
    late,
    mark_done,
    take_back,
)
from spoiwo.ui.conflict import chosen, conflict_page

YEARS_AROUND = 1


@audience(may("strategy.view_office"))
@require_safe
def duty_list(request: HttpRequest) -> HttpResponse:
    """The duties of a year by their days; this year unless another is asked for."""
    today = timezone.localdate()
    year = _year_asked(request, today)
    context = {
        "year": year,
        "years": range(today.year - YEARS_AROUND, today.year + YEARS_AROUND + 1),
        "today": today,
        "rows": due_in(year, today),
        "late": len(late(today)),
    }
    return render(request, "strategy/duties/duty_list.html", context)


def _year_asked(request: HttpRequest, today: date) -> int:
    asked = request.GET.get("rok", "")
    wanted = int(asked) if asked.isascii() and asked.isdigit() and len(asked) == 4 else today.year
    return wanted if abs(wanted - today.year) <= YEARS_AROUND else today.year


def _duty_or_404(code: str, year: int) -> Duty:
    duty = find_duty(code, year) if 1990 <= year <= 2100 else None
    if duty is None:
        raise Http404
    return duty


def _back(year: int) -> HttpResponse:
    response = redirect("duties:list")
    response["Location"] += f"?rok={year}"
    return response


@audience(may("strategy.view_office"))
@require_safe
def duty_page(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """One duty: its basis and term, the years in which it was done, what was changed."""
    duty, today = _duty_or_404(code, year), timezone.localdate()
    context = {
        "duty": duty,
        "year": year,
        "term": term(year=year, month=duty.month, day=duty.day, today=today),
        "done": duty.done.filter(year=year).select_related("by").first(),
        "all_done": duty.done.select_related("by").order_by("-year"),
        "history": Record.objects.about(duty).order_by("-sequence")[:50],
    }
    return render(request, "strategy/duties/duty_page.html", context)


@audience(may("strategy.mark_duty"))
@require_http_methods(["GET", "HEAD", "POST"])
@repeatable("a duty is marked once; a second mark gives the first")
def duty_done(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Mark the duty of a year as done."""
    duty, today = _duty_or_404(code, year), timezone.localdate()
    form = DoneForm(request.POST if request.method == "POST" else None, today=today)
    if form.is_valid():
        done = mark_done(duty=duty, year=year, **form.cleaned_data, by=request.user)
        if done.by == request.user and done.on == form.cleaned_data["on"]:
            messages.success(request, _("Marked as done: %(name)s.") % {"name": duty.name})
        else:
            messages.info(request, _("It was marked as done before, by %(who)s.") % {"who": done.by})
        return _back(year)
    context = {"duty": duty, "year": year, "form": form}
    return render(request, "strategy/duties/duty_done.html", context, status=422 if form.errors else 200)


@audience(may("strategy.mark_duty"))
@require_POST
@repeatable("a mark that is gone stays gone")
def duty_undone(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Take the mark back."""
    duty = _duty_or_404(code, year)
    take_back(duty=duty, year=year, by=request.user)
    messages.success(request, _("The mark is taken back: %(name)s.") % {"name": duty.name})
    return _back(year)


@audience(may("strategy.change_duty"))
@require_http_methods(["GET", "HEAD", "POST"])
@changes
def duty_change(request: HttpRequest, year: int, code: str) -> HttpResponse:
    """Change a duty; what somebody else changed meanwhile is shown beside what was typed."""
    duty = _duty_or_404(code, year)
    form = DutyForm(chosen(request), duty=duty)
    if form.is_valid():
        facts = {name: form.cleaned_data[name] for name in ("seen_version", "reason")}
        try:
            change_duty(duty=duty, values=form.values(), **facts, by=request.user)
        except ChangedMeanwhile as problem:
            now, back = DutyForm(duty=problem.current), reverse("duties:duty", args=[year, code])
            return conflict_page(request, form, now, current=problem.current, back=back)
        except DutyFrozen as problem:
            words = _("It is marked as done in %(year)d. Take that mark back first or write a later year.")
            form.add_error("valid_to_year", words % {"year": problem.year})
        else:
            messages.success(request, _("The change is saved; the old values stay in the history."))
            return redirect("duties:duty", year=year, code=code)
    context = {"duty": duty, "year": year, "form": form}
    return render(request, "strategy/duties/duty_form.html", context, status=422 if form.errors else 200)
