"""Forms of the plan: entering, committing, releasing, paying, refunding, correcting."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from spoiwo.access.audience import audience, may
from spoiwo.doors.once import once
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.ledger.forms import REFUSALS, CorrectionForm, PartForm, PlanLineForm, say_refusal
from spoiwo.ledger.models import Entry, EntryKind, FiscalYear, PlanEntry, PlanKind
from spoiwo.ledger.services.corrections import correct_entry, reverse_entry
from spoiwo.ledger.services.plan import commitment_rows, stays_gr
from spoiwo.ledger.services.planning import change_plan, commit, pay, refund, release, set_plan
from spoiwo.ledger.views.entries import year_facts, year_or_404
from spoiwo.ui.conflict import chosen, conflict_page

FORM = ["GET", "HEAD", "POST"]
NEW = {
    "plan": (PlanKind.PLAN, set_plan, gettext_lazy("Enter a plan")),
    "zmiana": (PlanKind.CHANGE, change_plan, gettext_lazy("Change the plan")),
    "zobowiazanie": (PlanKind.COMMITMENT, commit, gettext_lazy("Enter a commitment")),
}
PARTS = {
    "platnosc": (pay, gettext_lazy("Pay the commitment")),
    "zwolnienie": (release, gettext_lazy("Release the commitment")),
}


def _shown(request: HttpRequest, row: FiscalYear, template: str, **facts) -> HttpResponse:
    context = year_facts(row) | {"documents": row.documents.all()} | facts
    return render(request, f"ledger/{template}.html", context, status=422 if facts["form"].errors else 200)


def _page_of(line: Entry | PlanEntry) -> str:
    """The name of the page of a line."""
    return "ledger:entry" if isinstance(line, Entry) else "plan:line"


def _plan_line_new(request: HttpRequest, year: int, what: str) -> HttpResponse:
    row = year_or_404(year)
    kind, deed, heading = NEW[what]
    form = PlanLineForm(request.POST or None, year=row, kind=kind)
    if request.method == "POST" and form.is_valid():
        try:
            line = deed(year=row, by=request.user, **form.values())
        except REFUSALS as problem:
            say_refusal(form, problem)
        else:
            messages.success(request, _("The line is saved."))
            return redirect("plan:line", year=row.year, pk=line.pk)
    return _shown(request, row, "plan_form", form=form, heading=heading, kind=kind)


@audience(may("ledger.plan"))
@require_http_methods(FORM)
@once
def plan_new(request: HttpRequest, year: int) -> HttpResponse:
    """Plan money."""
    return _plan_line_new(request, year, "plan")


@audience(may("ledger.plan"))
@require_http_methods(FORM)
@once
def plan_change(request: HttpRequest, year: int) -> HttpResponse:
    """Raise or lower the plan."""
    return _plan_line_new(request, year, "zmiana")


@audience(may("ledger.commit"))
@require_http_methods(FORM)
@once
def commitment_new(request: HttpRequest, year: int) -> HttpResponse:
    """Promise money."""
    return _plan_line_new(request, year, "zobowiazanie")


@audience(may("ledger.commit"))
@require_http_methods(FORM)
@once
def commitment_part(request: HttpRequest, year: int, pk: int, what: str) -> HttpResponse:
    """Pay a part or all of a commitment, or release it."""
    row = year_or_404(year)
    standing = next((found for found in commitment_rows(row) if found.commitment.pk == pk), None)
    if standing is None:
        raise Http404
    deed, heading = PARTS[what]
    line = standing.commitment
    form = PartForm(request.POST or None, year=row, line=line, rest_gr=standing.to_pay_gr)
    if request.method == "POST" and form.is_valid():
        try:
            made = deed(commitment=line, by=request.user, **form.cleaned_data)
        except REFUSALS as problem:
            say_refusal(form, problem)
        else:
            messages.success(request, _("The line is saved."))
            return redirect(_page_of(made), year=row.year, pk=made.pk)
    facts = {"line": line, "standing": standing, "rest_gr": standing.to_pay_gr}
    return _shown(request, row, "part_form", form=form, heading=heading, **facts)


@audience(may("ledger.enter_entry"))
@require_http_methods(FORM)
@once
def payment_refund(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Enter what came back of a payment."""
    row = year_or_404(year)
    payments = row.entries.filter(kind=EntryKind.PAYMENT, reverses=None, reversed_by=None)
    line = get_object_or_404(payments.select_related("document", "source"), pk=pk)
    rest_gr = stays_gr(line)
    form = PartForm(request.POST or None, year=row, line=line, rest_gr=rest_gr)
    if request.method == "POST" and form.is_valid():
        try:
            made = refund(payment=line, by=request.user, **form.cleaned_data)
        except REFUSALS as problem:
            say_refusal(form, problem)
        else:
            messages.success(request, _("The refund is saved."))
            return redirect("ledger:entry", year=row.year, pk=made.pk)
    return _shown(request, row, "part_form", form=form, heading=_("Enter a refund"), line=line, rest_gr=rest_gr)


@audience(may("ledger.correct_entry"))
@require_http_methods(FORM)
@once
def entry_correct(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Correct what was paid by a reversing line."""
    row = year_or_404(year)
    return _correct(request, row, get_object_or_404(_correctable(row.entries), pk=pk))


@audience(may("ledger.correct_entry"))
@require_http_methods(FORM)
@once
def plan_correct(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Correct a line of the plan or of commitments by a reversing line."""
    row = year_or_404(year)
    line = get_object_or_404(_correctable(row.plan_entries), pk=pk)
    needed = "ledger.plan" if line.kind in (PlanKind.PLAN, PlanKind.CHANGE) else "ledger.commit"
    if not request.user.has_perm(needed):
        raise Http404
    return _correct(request, row, line)


def _correctable(rows):
    return rows.select_related("document", "source", "programme__strategy", "task")


def _correct(request: HttpRequest, row: FiscalYear, line: Entry | PlanEntry) -> HttpResponse:
    form = CorrectionForm(chosen(request), year=row, line=line)
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        facts = {"line": line, "reason": wanted["reason"], "by": request.user}
        try:
            if wanted["only_reverse"]:
                made = reverse_entry(seen_version=wanted["seen_version"], **facts)
            else:
                made = correct_entry(seen_version=wanted["seen_version"], values=form.values(), **facts)
        except ChangedMeanwhile as problem:
            now, facts = (
                CorrectionForm(year=row, line=problem.current),
                {"save": _("Save the correction"), "once": True},
            )
            back = reverse(_page_of(line), args=[row.year, line.pk])
            return conflict_page(request, form, now, current=problem.current, back=back, **facts)
        except REFUSALS as problem:
            say_refusal(form, problem)
        else:
            messages.success(request, _("The correction is saved; the corrected line stays."))
            return redirect(_page_of(made), year=row.year, pk=made.pk)
    return _shown(request, row, "correction_form", form=form, line=line)
