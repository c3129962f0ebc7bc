"""Consultations in the office: setting one, its remarks, their answers, its report."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spoiwo.access.audience import audience, may
from spoiwo.doors.once import changes, given_back, once
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.strategy.domain import versions
from spoiwo.strategy.errors import (
    ConsultationOpen,
    NothingChanges,
    RemarksUnanswered,
    ReportPublished,
    StepRefused,
    TermRefused,
)
from spoiwo.strategy.forms.consultations import AnswerForm, ConsultationForm, ReportForm
from spoiwo.strategy.models import Consultation, Remark
from spoiwo.strategy.services import consultations as service
from spoiwo.strategy.services import current_region
from spoiwo.strategy.services.updating import phase_of
from spoiwo.strategy.views.updating import FORM_METHODS, draft_or_404
from spoiwo.ui.conflict import chosen, conflict_page, overtaken_page

PAGE = 50


def consultation_or_404(pk: int) -> Consultation:
    """The consultation of a version of this region, or "not found"."""
    rows = Consultation.objects.filter(strategy_version__strategy__region=current_region())
    return get_object_or_404(rows.select_related("strategy_version__strategy"), strategy_version=pk)


@audience(may("strategy.draft_version"))
@require_http_methods(FORM_METHODS)
@once
def consultation_new(request: HttpRequest, pk: int) -> HttpResponse:
    """Put a draft to consultation."""
    draft, today = draft_or_404(pk), timezone.localdate()
    begun = {"title": draft.title, "opens_on": today, "seen_version": draft.version}
    form = ConsultationForm(chosen(request), today=today, initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            service.start_consultation(draft=draft, **form.cleaned_data, on=today, by=request.user)
        except (NothingChanges, TermRefused):
            form.add_error(None, _("The draft changes nothing yet. Change its elements before it is consulted."))
        except StepRefused:
            messages.error(request, _("The draft has moved on meanwhile. Nothing was changed."))
            return given_back(redirect("updating:version", pk=draft.pk))
        except ChangedMeanwhile as refusal:
            facts = {"back": reverse("updating:version", args=[pk]), "save": _("Set the consultation"), "once": True}
            return conflict_page(request, form, form, current=refusal.current, **facts)
        else:
            messages.success(request, _("The consultation is set. The public sees it from its first day."))
            return redirect("updating:remarks", pk=draft.pk)
    context = {"form": form, "version": draft}
    return render(request, "strategy/updating/consultation_new.html", context, status=422 if form.errors else 200)


@audience(may("strategy.view_office"))
@require_safe
def remark_list(request: HttpRequest, pk: int) -> HttpResponse:
    """The remarks of a consultation, and how many wait for an answer."""
    consultation = consultation_or_404(pk)
    return render(request, "strategy/updating/remark_list.html", _facts(request, consultation))


def _facts(request: HttpRequest, consultation: Consultation) -> dict:
    rows = consultation.remarks.select_related("place", "answered_by").order_by("pk")
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    return {
        "consultation": consultation,
        "version": consultation.strategy_version,
        "phase": phase_of(consultation, timezone.localdate()),
        "page": page,
        "first": page.start_index(),
        "received": page.paginator.count,
        "unanswered": consultation.remarks.filter(decision="").count(),
    }


@audience(may("strategy.answer_remark"))
@require_http_methods(FORM_METHODS)
@changes
def remark_answer(request: HttpRequest, pk: int, remark: int) -> HttpResponse:
    """Answer one remark; an answer given by somebody else meanwhile is shown, not overwritten."""
    consultation = consultation_or_404(pk)
    row = get_object_or_404(consultation.remarks.select_related("place", "answered_by"), pk=remark)
    begun = {"decision": row.decision, "answer": row.answer, "seen_version": row.version}
    form = AnswerForm(chosen(request), initial=begun)
    if request.method == "POST" and form.is_valid():
        try:
            service.answer_remark(remark=row, **form.cleaned_data, now=timezone.now(), by=request.user)
        except ChangedMeanwhile as refusal:
            return _answered_meanwhile(request, consultation, refusal.current, form)
        except ReportPublished:
            words = _("The report is published: answers do not change any more.")
            return _published(request, form, consultation, words)
        else:
            messages.success(request, _("The answer is saved."))
            return redirect("updating:remarks", pk=pk)
    context = {"form": form, "consultation": consultation, "version": consultation.strategy_version, "remark": row}
    context["number"] = service.number_of(row)
    return render(request, "strategy/updating/remark_answer.html", context, status=422 if form.errors else 200)


def _answered_meanwhile(request: HttpRequest, consultation: Consultation, row: Remark, form: AnswerForm):
    """Both answers to a remark below its text, and the choice."""
    now = AnswerForm(initial={"decision": row.decision, "answer": row.answer, "seen_version": row.version})
    title = _("Remark %(number)d") % {"number": service.number_of(row)}
    facts = {"title": title, "above": "strategy/updating/_remark.html", "remark": row}
    back = reverse("updating:remarks", args=[consultation.strategy_version_id])
    return conflict_page(request, form, now, current=row, back=back, **facts)


def _published(request: HttpRequest, form, consultation: Consultation, words: str) -> HttpResponse:
    """Somebody published the report meanwhile: who and when, and what was typed."""
    back = reverse("updating:remarks", args=[consultation.strategy_version_id])
    return overtaken_page(request, form, about=consultation, back=back, words=words)


@audience(may("strategy.publish_consultation"))
@require_http_methods(FORM_METHODS)
@changes
def report_publish(request: HttpRequest, pk: int) -> HttpResponse:
    """Publish the report; refused, with the list, while a remark has no answer."""
    consultation, today = consultation_or_404(pk), timezone.localdate()
    begun = {"summary": consultation.summary, "seen_version": consultation.version}
    form = ReportForm(chosen(request), initial=begun)
    problem, waiting = "", []
    if request.method == "POST" and form.is_valid():
        try:
            service.publish_consultation_report(
                consultation=consultation, **form.cleaned_data, now=timezone.now(), on=today, by=request.user
            )
        except RemarksUnanswered as refusal:
            problem, waiting = "unanswered", refusal.remarks
        except ConsultationOpen:
            problem = "open"
        except ChangedMeanwhile as refusal:
            now = ReportForm(initial={"summary": refusal.current.summary, "seen_version": refusal.current.version})
            back = reverse("updating:remarks", args=[pk])
            return conflict_page(request, form, now, current=refusal.current, back=back)
        except (ReportPublished, StepRefused):
            words = _("The consultation has moved on meanwhile. Nothing was changed.")
            return _published(request, form, consultation, words)
        else:
            messages.success(request, _("The report of the consultation is published."))
            return redirect("updating:remarks", pk=pk)
    context = _facts(request, consultation) | {"form": form, "problem": problem, "waiting": waiting}
    context["later"] = versions.diff(consultation.document, consultation.strategy_version.content)
    status = 409 if problem else 422 if form.errors else 200
    return render(request, "strategy/updating/report_form.html", context, status=status)
