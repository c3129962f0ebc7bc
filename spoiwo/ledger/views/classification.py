"""The table of the budget classification, and the questions that lines raise."""

import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from spoiwo.access.audience import audience, may
from spoiwo.doors.once import changes
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.ledger.errors import ReasonMissing
from spoiwo.ledger.forms.books import AnswerForm, CodeFilter, QuestionFilter
from spoiwo.ledger.models import BudgetCode, FiscalYear
from spoiwo.ledger.questions import question_says, question_source, question_title
from spoiwo.ledger.services.classification import answer_questions, question_token, questions_of, used_codes
from spoiwo.strategy.services import current_region

PAGE = 50


@audience(may("ledger.view_year"))
@require_safe
def code_table(request: HttpRequest) -> HttpResponse:
    """Divisions, chapters, paragraphs and fourth digits with the days they are valid; what lines use beside them."""
    form = CodeFilter(request.GET or None)
    page = Paginator(_narrowed(BudgetCode.objects.all(), form), PAGE).get_page(request.GET.get("strona"))
    years = FiscalYear.objects.of_region(current_region())
    missing = [{"year": year, "codes": codes} for year in years if (codes := used_codes(year))]
    context = {"form": form, "page": page, "codes": page.paginator.count, "missing": missing}
    return render(request, "ledger/code_table.html", context)


def _narrowed(rows, form: CodeFilter):
    """The codes asked for; a wrong field narrows nothing and says so."""
    if not form.is_valid():
        return rows
    wanted = form.cleaned_data
    if wanted["rodzaj"]:
        rows = rows.filter(kind=wanted["rodzaj"])
    if wanted["q"]:
        rows = rows.filter(Q(code__startswith=wanted["q"]) | Q(name__iregex=re.escape(wanted["q"])))
    if day := wanted["dzien"]:
        begun = Q(valid_from=None) | Q(valid_from__lte=day)
        rows = rows.filter(begun, Q(valid_to=None) | Q(valid_to__gte=day))
    return rows


@audience(may("ledger.view_year"))
@require_safe
def question_list(request: HttpRequest) -> HttpResponse:
    """What waits for the accountant's answer."""
    return _questions(request, AnswerForm())


@audience(may("ledger.answer_question"))
@require_http_methods(["POST"])
@changes
def question_answer(request: HttpRequest) -> HttpResponse:
    """Answer the ticked questions; nothing typed is lost when one of them changed meanwhile."""
    form = AnswerForm(request.POST, ticked=request.POST.getlist("question"))
    if not form.is_valid():
        return _questions(request, form, status=422)
    try:
        count = answer_questions(
            region=current_region(), tokens=form.ticked, answer=form.cleaned_data["answer"], by=request.user
        )
    except ChangedMeanwhile:
        return _questions(request, form, changed=True, status=409)
    except ReasonMissing:
        form.add_error("answer", form.fields["answer"].error_messages["min_length"])
        return _questions(request, form, status=422)
    words = ngettext("%(n)d question is answered.", "%(n)d questions are answered.", count)
    messages.success(request, words % {"n": count})
    return redirect("books:questions")


def _questions(request: HttpRequest, answer: AnswerForm, *, changed: bool = False, status: int = 200) -> HttpResponse:
    region = current_region()
    years = FiscalYear.objects.of_region(region).values_list("year", flat=True)
    form = QuestionFilter(request.GET or None, years=list(years))
    rows = questions_of(region)
    rows = rows.filter(pk__in=_keys(answer.ticked)) if changed else _asked(rows, form)
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    context = {
        "form": form,
        "answer": answer,
        "page": page,
        "questions": [_row(row, answer.ticked) for row in page.object_list],
        "count": page.paginator.count,
        "changed": changed,
    }
    return render(request, "ledger/question_list.html", context, status=status)


def _keys(tokens: list[str]) -> list[int]:
    keys = (token.partition("-")[0] for token in tokens)
    return [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 19]


def _asked(rows, form: QuestionFilter):
    """The questions asked for; without a filter those that wait."""
    wanted = form.cleaned_data if form.is_valid() else {}
    if wanted.get("stan") == "odpowiedziane":
        rows = rows.exclude(answered_at=None)
    elif wanted.get("stan") != "wszystkie":
        rows = rows.filter(answered_at=None)
    if wanted.get("rok"):
        rows = rows.filter(Q(entry__year__year=wanted["rok"]) | Q(plan_entry__year__year=wanted["rok"]))
    return rows.filter(rule=wanted["regula"]) if wanted.get("regula") else rows


def _row(row, ticked: list[str]) -> dict:
    """One question as the page shows it."""
    keys = {token.partition("-")[0] for token in ticked}
    return {
        "question": row,
        "line": row.entry or row.plan_entry,
        "title": question_title(row),
        "says": question_says(row),
        "source": question_source(row),
        "token": question_token(row),
        "ticked": str(row.pk) in keys,
    }
