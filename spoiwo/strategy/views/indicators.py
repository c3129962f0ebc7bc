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
from spoiwo.strategy.errors import ChangedMeanwhile, DefinitionNotLater, PeriodHasValue, WrongPeriod
from spoiwo.strategy.exports.indicators import indicators_csv, indicators_xlsx
from spoiwo.strategy.forms.conflict import differences
from spoiwo.strategy.forms.indicators import (
    ChangeForm,
    CorrectionForm,
    DefinitionForm,
    IndicatorFilter,
    IndicatorForm,
    TargetForm,
    ValueForm,
)
from spoiwo.strategy.models import Indicator, IndicatorValue
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
from spoiwo.ui.text import written_day

PAGE = 50
METHODS = ["GET", "HEAD", "POST"]
FORMATS = {
    "csv": (indicators_csv, "text/csv; charset=utf-8"),
    "xlsx": (indicators_xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


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
    write, mime = FORMATS[format]
    response = HttpResponse(write(found), content_type=mime)
    response.headers["Content-Disposition"] = f'attachment; filename="wskazniki.{format}"'
    return response


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
def indicator_change(request: HttpRequest, code: str) -> HttpResponse:
    """Change the name, the source and what else may change."""
    row = _indicator(code)
    form, title = ChangeForm(request.POST or None, indicator=row), _("Change the indicator")
    if request.method == "POST" and form.is_valid():
        try:
            change_indicator(indicator=row, seen_version=_seen(form), values=form.values(), by=request.user)
        except ChangedMeanwhile as problem:
            now = {name: getattr(problem.current, name) for name in form.columns}
            return _conflict(request, form, row=problem.current, title=title, now=now, mine=form.values())
        messages.success(request, _("The change is saved; the old values stay in the history."))
        return redirect("indicators:indicator", code=row.code)
    return _form_page(request, form, title=title, row=row)


@audience(may("strategy.change_indicator"))
@require_http_methods(METHODS)
def definition_new(request: HttpRequest, code: str) -> HttpResponse:
    """Say that from a day on the indicator means something else."""
    row = _indicator(code)
    form, title = DefinitionForm(request.POST or None, indicator=row), _("New definition")
    if request.method == "POST" and form.is_valid():
        try:
            new_definition(indicator=row, seen_version=_seen(form), values=form.values(), by=request.user)
        except ChangedMeanwhile as problem:
            last = problem.current.definitions.last()
            names = ("text", "numerator", "denominator", "multiplier", "baseline", "baseline_year", "valid_from")
            now = {name: getattr(last, name) for name in names}
            return _conflict(request, form, row=problem.current, title=title, now=now, mine=form.definition())
        except DefinitionNotLater as problem:
            words = _("The definition before it holds from %(day)s; choose a later day.")
            form.add_error("valid_from", words % {"day": written_day(problem.after)})
        else:
            messages.success(request, _("The new definition is saved; the series breaks at its first day."))
            return redirect("indicators:indicator", code=row.code)
    return _form_page(request, form, title=title, row=row)


@audience(may("strategy.change_indicator"))
@require_http_methods(METHODS)
def target_set(request: HttpRequest, code: str) -> HttpResponse:
    """Set, change or remove the target of a year."""
    row = _indicator(code)
    form, title = TargetForm(request.POST or None, indicator=row), _("Set a target")
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            set_target(indicator=row, seen_version=_seen(form), year=data["year"], value=data["value"], by=request.user)
        except ChangedMeanwhile as problem:
            held = problem.current.targets.filter(year=data["year"]).first()
            now = {"value": held.value if held else None}
            return _conflict(request, form, row=problem.current, title=title, now=now, mine={"value": data["value"]})
        messages.success(request, _("The target is saved."))
        return redirect("indicators:indicator", code=row.code)
    return _form_page(request, form, title=title, row=row)


@audience(may("strategy.enter_value"))
@require_http_methods(METHODS)
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
def value_correct(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Put a right value beside a wrong one; a correction made by somebody else meanwhile is shown."""
    row = _indicator(code)
    value = get_object_or_404(row.values.select_related("indicator", "definition", "place"), pk=pk)
    if request.method != "POST" and value.superseded_at:
        return redirect("indicators:correct", code=row.code, pk=in_force(value).pk)
    form = CorrectionForm(request.POST or None, value=value)
    facts = {"title": _("Correct the value"), "row": row}
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            correct_value(value=value, figures=form.figures(), reason=reason, now=timezone.now(), by=request.user)
        except ChangedMeanwhile as problem:
            return _corrected_meanwhile(request, form, problem.current, facts)
        messages.success(request, _("The correction is saved; the old value stays in the history."))
        return redirect("indicators:indicator", code=row.code)
    return _form_page(request, form, corrected=value_row(value, row), **facts)


def _corrected_meanwhile(request: HttpRequest, form: CorrectionForm, current: IndicatorValue, facts: dict):
    """Both values, and the form as typed, which now corrects the value in force."""
    figures = {name: value for name, value in form.figures().items() if name in form.fields}
    found = differences(form, {name: getattr(current, name) for name in figures}, figures)
    target = reverse("indicators:correct", args=[current.indicator.code, current.pk])
    return _form_page(
        request, form, status=409, found=found, action=target, corrected=value_row(current, current.indicator), **facts
    )


def _seen(form: forms.Form) -> int:
    return form.cleaned_data["seen_version"] or 0


def _conflict(request: HttpRequest, form: forms.Form, *, row: Indicator, title: str, now: dict, mine: dict):
    """What stands now beside what was typed; the form keeps what was typed and may be sent knowingly."""
    found = differences(form, now, mine)
    form.data = form.data.copy()
    form.data["seen_version"] = str(row.version)
    return _form_page(request, form, title=title, row=row, found=found, status=409)


def _form_page(request: HttpRequest, form: forms.Form, *, title: str, row=None, status: int = 200, **more):
    back = more.pop("back", None) or reverse("indicators:indicator", args=[row.code])
    status = 422 if form.errors else status
    context = {"form": form, "title": title, "indicator": row, "back": back, "conflict": status == 409, **more}
    return render(request, "strategy/office/indicator_form.html", context, status=status)
