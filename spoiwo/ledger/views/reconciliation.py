"""Declared totals beside computed ones, and the answers to their differences."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from spoiwo.access.audience import audience, may
from spoiwo.audit.models import Record
from spoiwo.doors.once import changes, given_back, once, repeatable
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.kernel.money import zl
from spoiwo.ledger.errors import LinesDoNotAddUp, NoSuchDifference
from spoiwo.ledger.forms import ExplanationLines, ReasonForm, WithdrawForm
from spoiwo.ledger.models import Settlement
from spoiwo.ledger.services.settlements import (
    ExplainedBy,
    accept_difference,
    explain_difference,
    withdraw_settlement,
)
from spoiwo.ledger.services.years import reconcile_year, show_before_final
from spoiwo.ledger.tables import comparison_rows, matrix_table
from spoiwo.ledger.views.entries import year_facts, year_or_404
from spoiwo.ui.conflict import chosen, conflict_page, overtaken_page


@audience(may("ledger.view_year"))
@require_safe
def reconciliation(request: HttpRequest, year: int) -> HttpResponse:
    """The matrix, every declared total, every difference and its answer."""
    row = year_or_404(year)
    sums = reconcile_year(row)
    declared = list(row.declared.select_related("source", "programme__strategy", "tag", "document"))
    settled = Settlement.objects.filter(declared__year=row, withdrawn_at=None).prefetch_related("lines")
    comparisons = comparison_rows(sums, declared, {item.declared_id: item for item in settled})
    context = year_facts(row) | {
        "sums": sums,
        "matrix": matrix_table(row, sums),
        "comparisons": comparisons,
        "agreeing": any(compared["found"].status == "agrees" for compared in comparisons),
        "history": Record.objects.about_any(declared).order_by("-sequence")[:20],
    }
    return render(request, "ledger/reconciliation.html", context)


def _waiting(year: int, key: str):
    row = year_or_404(year)
    declared = get_object_or_404(row.declared.select_related("source", "programme", "tag", "document"), key=key)
    found = next((found for found in reconcile_year(row).open if found.declared.key == key), None)
    return row, declared, found


@audience(may("ledger.accept_difference"))
@require_http_methods(["GET", "HEAD", "POST"])
@once
def difference_accept(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Accept a difference with a written reason."""
    row, declared, found = _waiting(year, key)
    if found is None:
        return _gone(request, row)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            accept_difference(declared=declared, reason=form.cleaned_data["reason"], by=request.user)
        except NoSuchDifference:
            return _gone(request, row)
        messages.success(request, _("The difference is accepted; the reason is printed in the report."))
        return redirect("ledger:reconciliation", year=row.year)
    context = year_facts(row) | {"declared": declared, "found": found, "form": form}
    return render(request, "ledger/difference_accept.html", context, status=422 if form.errors else 200)


@audience(may("ledger.explain_difference"))
@require_http_methods(["GET", "HEAD", "POST"])
@once
def difference_explain(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Explain a difference by lines that add up to it."""
    row, declared, found = _waiting(year, key)
    if found is None:
        return _gone(request, row)
    form, lines = ReasonForm(request.POST or None), ExplanationLines(request.POST or None, prefix="pozycja")
    if request.method == "POST" and all([form.is_valid(), lines.is_valid()]):
        parts = [ExplainedBy(**line.cleaned_data) for line in lines if line.filled]
        try:
            explain_difference(declared=declared, reason=form.cleaned_data["reason"], lines=parts, by=request.user)
            messages.success(request, _("The difference is explained; the lines are printed in the report."))
            return redirect("ledger:reconciliation", year=row.year)
        except NoSuchDifference:
            return _gone(request, row)
        except LinesDoNotAddUp as problem:
            words = _("The lines add up to %(sum)s; %(missing)s is missing to the difference.")
            stated = zl(found.difference_gr - problem.missing_gr)
            form.add_error(None, words % {"sum": stated, "missing": zl(problem.missing_gr)})
    bad = bool(form.errors) or (lines.is_bound and not lines.is_valid())
    context = year_facts(row) | {"declared": declared, "found": found, "form": form, "lines": lines}
    return render(request, "ledger/difference_explain.html", context, status=422 if bad else 200)


def _gone(request: HttpRequest, row) -> HttpResponse:
    messages.info(request, _("This difference is no longer open."))
    return given_back(redirect("ledger:reconciliation", year=row.year))


@audience(may("ledger.accept_difference"))
@require_http_methods(["GET", "HEAD", "POST"])
@changes
def settlement_withdraw(request: HttpRequest, year: int, key: str) -> HttpResponse:
    """Take an answer back, with a reason."""
    row = year_or_404(year)
    declared = get_object_or_404(row.declared.select_related("source", "programme", "tag"), key=key)
    settlement = declared.settlements.filter(withdrawn_at=None).first()
    if settlement is None:
        return _taken_back(request, row, declared)
    form = WithdrawForm(chosen(request), initial={"seen_version": settlement.pk})
    if request.method == "POST" and form.is_valid():
        reason, seen = form.cleaned_data["reason"], form.cleaned_data["seen_version"]
        try:
            withdraw_settlement(declared=declared, seen=seen, reason=reason, by=request.user)
        except NoSuchDifference:
            return _taken_back(request, row, declared)
        except ChangedMeanwhile as problem:
            facts = {"current": declared, "version": problem.current.pk, "settlement": problem.current}
            facts |= {"above": "ledger/_answer.html", "save": _("Withdraw the answer")}
            return conflict_page(request, form, form, back=_back(row), **facts)
        messages.success(request, _("The answer is withdrawn; the difference is open again."))
        return redirect("ledger:reconciliation", year=row.year)
    context = year_facts(row) | {"declared": declared, "settlement": settlement, "form": form}
    return render(request, "ledger/settlement_withdraw.html", context, status=422 if form.errors else 200)


def _taken_back(request: HttpRequest, row, declared) -> HttpResponse:
    """There is no answer to withdraw; who has sent a form is told who withdrew it and when."""
    if request.method != "POST":
        raise Http404
    words, back = _("The answer is withdrawn already. Nothing was changed."), _back(row)
    return overtaken_page(request, WithdrawForm(request.POST), about=declared, back=back, words=words)


def _back(row) -> str:
    return reverse("ledger:reconciliation", args=[row.year])


@audience(may("ledger.show_draft"))
@require_POST
@repeatable("shown stays shown, hidden stays hidden")
def draft_visibility(request: HttpRequest, year: int) -> HttpResponse:
    """Show the draft to the public before it is final, or hide it."""
    row = year_or_404(year)
    shown = request.POST.get("shown") == "1"
    show_before_final(year=row, shown=shown, by=request.user)
    messages.success(request, _("The public sees the draft.") if shown else _("The public no longer sees the draft."))
    return redirect("ledger:reconciliation", year=row.year)
