"""The ledger of a year beside the accounting books, code by code."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spoiwo.access.audience import audience, may
from spoiwo.doors.aside import lay_aside, throw_away, waiting
from spoiwo.doors.once import repeatable
from spoiwo.doors.uploads import files_of
from spoiwo.ledger.domain.bookstatement import AMOUNTS, Comparison
from spoiwo.ledger.errors import BooksRefused
from spoiwo.ledger.forms.books import StatementForm
from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.services.classification import code_names
from spoiwo.ledger.services.statements import keep_statement, reconcile_books
from spoiwo.ledger.views.entries import year_facts, year_or_404

KIND = "statement"


@audience(may("ledger.view_year"))
@require_http_methods(["GET", "HEAD"])
def books_reconciliation(request: HttpRequest, year: int) -> HttpResponse:
    """The latest statement, or the one asked for, beside the ledger."""
    row = year_or_404(year)
    return _page(request, row, StatementForm())


@audience(may("ledger.import_books"))
@require_http_methods(["POST"])
@repeatable("the same file for the same month is the same statement")
def statement_new(request: HttpRequest, year: int) -> HttpResponse:
    """Keep a statement and compare with it."""
    row = year_or_404(year)
    form = StatementForm(request.POST, files_of(request))
    if not form.is_valid():
        return _page(request, row, form, status=422)
    token = lay_aside(request, form.cleaned_data["file"], KIND)
    path, facts = waiting(request, KIND, token)
    try:
        month = form.cleaned_data["month"]
        kept = keep_statement(year=row, month=month, path=path, name=facts["name"], by=request.user)
    except BooksRefused as refusal:
        form.add_error("file", _("The file has faults; they are listed below. Nothing was saved."))
        return _page(request, row, form, faults=refusal.args[0], status=422)
    finally:
        throw_away(request, KIND, token)
    messages.success(request, _("The statement is kept."))
    return redirect(f"{reverse('books:reconciliation', args=[row.year])}?zestawienie={kept.pk}")


def _page(request: HttpRequest, year: FiscalYear, form: StatementForm, *, faults: list = (), status: int = 200):
    statements = list(year.statements.all())
    wanted = request.GET.get("zestawienie", "")
    chosen = next((one for one in statements if str(one.pk) == wanted), statements[0] if statements else None)
    found = reconcile_books(year, chosen.rows, chosen.month) if chosen else []
    context = year_facts(year) | {
        "form": form,
        "faults": faults,
        "statements": statements,
        "chosen": chosen,
        "rows": _rows(found),
        "different": sum(1 for one in found if one.differences),
        "planned": year.plan_entries.exists(),
    }
    return render(request, "ledger/books_reconciliation.html", context, status=status)


def _rows(found: list[Comparison]) -> list[dict]:
    """Comparisons as the page shows them, those that differ first."""
    names = code_names()
    rows = [
        {
            "found": one,
            "chapter_name": names.get(("chapter", one.chapter), ""),
            "paragraph_name": names.get(("paragraph", one.paragraph[:3]), ""),
            "amounts": [_amounts(one, name) for name in AMOUNTS],
        }
        for one in found
    ]
    return sorted(rows, key=lambda row: not row["found"].differences)


def _amounts(one: Comparison, name: str) -> dict:
    return {
        "ledger": getattr(one.ledger, name) if one.ledger else None,
        "statement": getattr(one.statement, name) if one.statement else None,
        "difference": one.differences.get(name),
    }
