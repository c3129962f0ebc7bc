"""Indicators in the office: list, one indicator, its settings and its values."""

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.decorators.vary import vary_on_headers

from spoiwo.access.audience import audience, may
from spoiwo.audit.models import Record
from spoiwo.doors.exports import TABLES
from spoiwo.doors.once import changes, once
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.strategy.errors import DefinitionNotLater, PeriodHasValue, WrongPeriod
from spoiwo.strategy.exports.indicators import INDICATORS, indicators_csv, indicators_xlsx
from spoiwo.strategy.forms.indicators import (
    ChangeForm,
    CorrectionForm,
    DefinitionForm,
    IndicatorFilter,
    IndicatorForm,
    TargetForm,
    ValueForm,
)
from spoiwo.strategy.models import Indicator
from spoiwo.strategy.services import current_region
from spoiwo.strategy.services.indicator_page import page_facts, value_row
from spoiwo.strategy.services.indicators import Judged, all_judged, as_row, in_order, judged, loaded, of_region
from spoiwo.strategy.services.measuring import (
    change_indicator,
    correct_value,
    create_indicator,
    enter_value,
    in_force,
    new_definition,
    set_target,
)
from spoiwo.ui.conflict import chosen, conflict_page
from spoiwo.ui.text import written_day

PAGE = 50
METHODS = ["GET", "HEAD", "POST"]
FORMATS = {"csv": indicators_csv, "xlsx": indicators_xlsx}


def _listed(request: HttpRequest) -> tuple[IndicatorFilter, list[Judged]]:
    """The indicators asked for, the worst first."""
    region = current_region()
    form = IndicatorFilter(request.GET or None, region=region)
    found = in_order(all_judged(form.narrow(of_region(region)), timezone.localdate()))
    return form, [one for one in found if form.state in ("", str(one.status.state))]


def _indicator(code: str) -> Indicator:
    return get_object_or_404(Indicator, region=current_region(), code=code)


@audience(may("strategy.view_office"))
@require_safe
@vary_on_headers("HX-Target")
def indicator_list(request: HttpRequest) -> HttpResponse:
    """All indicators of the region with their statuses, the worst first."""
    form, found = _listed(request)
    page = Paginator(found, PAGE).get_page(request.GET.get("strona"))
    context = {"form": form, "page": page, "indicators": [as_row(one) for one in page.object_list]}
    name = "_indicator_rows.html" if request.headers.get("HX-Target") == "wskazniki" else "indicator_list.html"
    return render(request, f"strategy/office/{name}", context)


@audience(may("strategy.view_office"))
@require_safe
def indicator_export(request: HttpRequest, format: str) -> HttpResponse:
    """The same list as a file."""
    if format not in FORMATS:
        raise Http404
    _form, found = _listed(request)
    content = FORMATS[format](found)
    return INDICATORS.response(name=f"wskazniki.{format}", content=content, media_type=TABLES[format])


@audience(may("strategy.view_office"))
@require_safe
def indicator_page(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: its status with the reason, the series, definitions, targets, values and corrections."""
    row = get_object_or_404(loaded(Indicator.objects.all()), region=current_region(), code=code)
    history = Record.objects.about(row).order_by("-sequence")
    context = page_facts(judged(row, timezone.localdate())) | {"history": history, "office": True}
    return render(request, "strategy/office/indicator_page.html", context)


@audience(may("strategy.change_indicator"))
@require_http_methods(METHODS)
@once
def indicator_new(request: HttpRequest) -> HttpResponse:
    """Put an indicator under a goal, a programme or a task."""
    form = IndicatorForm(
        request.POST or None, region=current_region(), today=timezone.localdate(), about=request.GET.get("dla", "")
    )
    if request.method == "POST" and form.is_valid():
        row = create_indicator(about=form.owner(), **form.values(), by=request.user)
        messages.success(request, _("The indicator is saved. Now set its targets."))
        return redirect("indicators:indicator", code=row.code)
    return _form_page(request, form, title=_("New indicator"), back=reverse("indicators:indicators"))


@audience(may("strategy.change_indicator"))
@require_http_methods(METHODS)
@changes
def indicator_change(request: HttpRequest, code: str) -> HttpResponse:
    """Change the name, the source and what else may change."""
    row = _indicator(code)
    form, title = ChangeForm(chosen(request), indicator=row), _("Change the indicator")
    if request.method == "POST" and form.is_valid():
        try:
            change_indicator(indicator=row, seen_version=_seen(form), values=form.values(), by=request.user)
        except ChangedMeanwhile as problem:
            return _conflict(request, form, ChangeForm(indicator=problem.current), problem.current)
        messages.success(request, _("The change is saved; the old values stay in the history."))
        return redirect("indicators:indicator", code=row.code)
    return _form_page(request, form, title=title, row=row)


@audience(may("strategy.change_indicator"))
@require_http_methods(METHODS)
@once
def definition_new(request: HttpRequest, code: str) -> HttpResponse:
    """Say that from a day on the indicator means something else."""
    row = _indicator(code)
    form, title = DefinitionForm(chosen(request), indicator=row), _("New definition")
    if request.method == "POST" and form.is_valid():
        try:
            new_definition(indicator=row, seen_version=_seen(form), values=form.values(), by=request.user)
        except ChangedMeanwhile as problem:
            return _conflict(request, form, DefinitionForm(indicator=problem.current), problem.current, once=True)
        except DefinitionNotLater as problem:
            words = _("The definition before it holds from %(day)s; choose a later day.")
            form.add_error("valid_from", words % {"day": written_day(problem.after)})
        else:
            messages.success(request, _("The new definition is saved; the series breaks at its first day."))
            return redirect("indicators:indicator", code=row.code)
    return _form_page(request, form, title=title, row=row)


@audience(may("strategy.change_indicator"))
@require_http_methods(METHODS)
@changes
def target_set(request: HttpRequest, code: str) -> HttpResponse:
    """Set, change or remove the target of a year."""
    row = _indicator(code)
    form, title = TargetForm(chosen(request), indicator=row), _("Set a target")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            set_target(indicator=row, seen_version=_seen(form), year=data["year"], value=data["value"], by=request.user)
        except ChangedMeanwhile as problem:
            now = TargetForm(indicator=problem.current, year=data["year"])
            return _conflict(request, form, now, problem.current)
        messages.success(request, _("The target is saved."))
        return redirect("indicators:indicator", code=row.code)
    return _form_page(request, form, title=title, row=row)


@audience(may("strategy.enter_value"))
@require_http_methods(METHODS)
@once
def value_enter(request: HttpRequest, code: str) -> HttpResponse:
    """Enter what was found for a period and a place."""
    row, today = _indicator(code), timezone.localdate()
    missing = judged(loaded(Indicator.objects.filter(pk=row.pk)).get(), today).status.period
    form = ValueForm(request.POST or None, indicator=row, today=today, period=missing)
    context = {"title": _("Enter a value"), "row": row}
    if request.method == "POST" and form.is_valid():
        try:
            enter_value(indicator=row, **form.values(), today=today, now=timezone.now(), by=request.user)
        except PeriodHasValue as problem:
            form.add_error("year", _("This period and place have a value already. Correct it, or choose another."))
            context["held"] = value_row(problem.current, row)
        except WrongPeriod:
            words = _("This period has not begun yet: today is %(day)s.") % {"day": written_day(today)}
            form.add_error("part" if form.cleaned_data["part"] else "year", words)
        else:
            messages.success(request, _("The value is saved."))
            return redirect("indicators:indicator", code=row.code)
    return _form_page(request, form, **context)


@audience(may("strategy.enter_value"))
@require_http_methods(METHODS)
@once
def value_correct(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put a right value beside a wrong one; a correction made by somebody else meanwhile is shown."""
    row = _indicator(code)
    value = get_object_or_404(row.values.select_related("indicator", "definition", "place"), pk=pk)
    if request.method != "POST" and value.superseded_at:
        return redirect("indicators:correct", code=row.code, pk=in_force(value).pk)
    form = CorrectionForm(chosen(request), value=value)
    if request.method == "POST" and form.is_valid():
        reason, seen = form.cleaned_data["reason"], form.cleaned_data["seen_version"]
        value = row.values.filter(pk=seen).first() or value  # the one that stood on the page with both values
        try:
            correct_value(value=value, figures=form.figures(), reason=reason, now=timezone.now(), by=request.user)
        except ChangedMeanwhile as problem:
            current = problem.current
            now = CorrectionForm(value=current)
            return _conflict(request, form, now, current, version=current.pk, about=row, title=row.name, once=True)
        messages.success(request, _("The correction is saved; the old value stays in the history."))
        return redirect("indicators:indicator", code=row.code)
    return _form_page(request, form, corrected=value_row(value, row), title=_("Correct the value"), row=row)


def _seen(form: forms.Form) -> int:
    return form.cleaned_data["seen_version"] or 0


def _conflict(request: HttpRequest, form: forms.Form, now: forms.Form, current, **more) -> HttpResponse:
    """What stands now beside what was typed, and the choice."""
    back = reverse("indicators:indicator", args=[getattr(current, "indicator", current).code])
    return conflict_page(request, form, now, current=current, back=back, **more)


def _form_page(request: HttpRequest, form: forms.Form, *, title: str, row=None, **more):
    back = more.pop("back", None) or reverse("indicators:indicator", args=[row.code])
    context = {"form": form, "title": title, "indicator": row, "back": back, **more}
    return render(request, "strategy/office/indicator_form.html", context, status=422 if form.errors else 200)
