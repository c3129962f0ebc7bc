"""The lines of a year: list, one line, entering, changing, checking."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.decorators.vary import vary_on_headers

from spoiwo.access.audience import audience, may
from spoiwo.audit.models import Record
from spoiwo.doors.exports import TABLES
from spoiwo.doors.once import changes, once
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.kernel.money import zl
from spoiwo.ledger.domain.periods import month_of
from spoiwo.ledger.errors import PeriodClosed, SamePerson, YearNotFound
from spoiwo.ledger.exports.entries import ENTRIES, entries_csv, entries_xlsx
from spoiwo.ledger.forms import REFUSALS, EntryFilter, EntryForm, say_refusal
from spoiwo.ledger.models import Entry, FiscalYear, Scope, SourceClass
from spoiwo.ledger.services.closing import closed_months
from spoiwo.ledger.services.entries import change_entry, check_entry, enter_entry
from spoiwo.ledger.services.years import find_year, reconcile_year
from spoiwo.ledger.tables import comparison_rows
from spoiwo.strategy.services import current_region
from spoiwo.ui.conflict import chosen, conflict_page

PAGE = 100
SORTS = {
    "data": "date",
    "-data": "-date",
    "kwota": "amount_gr",
    "-kwota": "-amount_gr",
    "opis": "description",
    "-opis": "-description",
}


def year_or_404(year: int) -> FiscalYear:
    """The year of this region, or "not found"."""
    try:
        return find_year(year, current_region())
    except YearNotFound as problem:
        raise Http404 from problem


def year_facts(year: FiscalYear) -> dict:
    """What every page of a year shows: the year, and the label of invented data."""
    return {"year": year, "invented": year.invented, "notice": year.notice}


def _listed(request: HttpRequest, year: FiscalYear) -> tuple[EntryFilter, object, str]:
    form = EntryFilter(request.GET or None, year=year)
    sort = request.GET.get("sort", "-data")
    sort = sort if sort in SORTS else "-data"
    rows = form.narrow(year.entries.all()).order_by(SORTS[sort], "-pk" if sort.startswith("-") else "pk")
    return form, rows, sort


@audience(may("ledger.view_year"))
@require_safe
@vary_on_headers("HX-Target")
def entry_list(request: HttpRequest, year: int) -> HttpResponse:
    """A year's lines, filtered and sorted, a hundred to a page, with the sum of what is shown."""
    row = year_or_404(year)
    form, rows, sort = _listed(request, row)
    related = rows.select_related("programme__strategy", "source", "document", "task").prefetch_related("tags")
    page = Paginator(related, PAGE).get_page(request.GET.get("strona"))
    context = year_facts(row) | {
        "form": form,
        "page": page,
        "sort": sort,
        "sum_gr": rows.total_gr(),
        "lines": page.paginator.count,
        "sums": reconcile_year(row),
        "classes": SourceClass,
    }
    name = "_entry_rows.html" if request.headers.get("HX-Target") == "wpisy" else "entry_list.html"
    return render(request, f"ledger/{name}", context)


@audience(may("ledger.view_year"))
@require_safe
def entry_export(request: HttpRequest, year: int, format: str) -> HttpResponse:
    """The same lines and columns as on the screen, as CSV or XLSX."""
    row = year_or_404(year)
    _form, rows, _sort = _listed(request, row)
    write = {"csv": entries_csv, "xlsx": entries_xlsx}[format]
    return ENTRIES.response(name=f"rejestr-{row.year}.{format}", content=write(rows), media_type=TABLES[format])


@audience(may("ledger.view_year"))
@require_safe
def entry_page(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """One line with its document and its history."""
    row = year_or_404(year)
    related = row.entries.select_related(
        *("programme__strategy", "source", "document", "task", "place", "organisation", "batch"),
        *("entered_by", "checked_by", "commitment", "returns", "reverses", "reversed_by", "corrects"),
    )
    entry = get_object_or_404(related, pk=pk)
    context = year_facts(row) | {
        "entry": entry,
        "history": Record.objects.about(entry).order_by("-sequence"),
        "refunds": entry.refunds.select_related("document").order_by("date", "pk"),
        "corrections": entry.corrections.all(),
        "closed": month_of(entry.date) in closed_months(row),
    }
    return render(request, "ledger/entry_page.html", context)


@audience(may("ledger.enter_entry"))
@require_http_methods(["GET", "HEAD", "POST"])
@once
def entry_new(request: HttpRequest, year: int) -> HttpResponse:
    """Enter a line on a page of its own."""
    row = year_or_404(year)
    form = EntryForm(request.POST or None, year=row)
    if request.method == "POST" and form.is_valid():
        before = reconcile_year(row)
        facts = {"tags": list(form.cleaned_data["tags"]), "by": request.user}
        try:
            entry = enter_entry(year=row, **form.values(), **facts)
        except REFUSALS as problem:
            say_refusal(form, problem)
        else:
            messages.success(request, _saved_words(row, entry, before))
            return redirect("ledger:entry", year=row.year, pk=entry.pk)
    context = _form_context(row, form)
    return render(request, "ledger/entry_form.html", context, status=422 if form.errors else 200)


def _saved_words(row: FiscalYear, entry: Entry, before) -> str:
    was = before.of("source", source=entry.source.code)
    now = reconcile_year(row).of("source", source=entry.source.code)
    saved = _("Saved: %(zl)s.") % {"zl": zl(entry.amount_gr)}
    if was is None or was.difference_gr == now.difference_gr:
        return saved
    words = _("%(source)s: the difference went from %(before)s to %(after)s.") % {
        "source": entry.source.name,
        "before": zl(was.difference_gr),
        "after": zl(now.difference_gr),
    }
    return f"{saved} {words}"


def _form_context(row: FiscalYear, form: EntryForm) -> dict:
    declared = list(row.declared.select_related("source", "programme__strategy", "tag"))
    return year_facts(row) | {
        "form": form,
        "comparisons": [item for item in comparison_rows(reconcile_year(row), declared, {}) if _of_interest(item)],
        "documents": row.documents.all(),
    }


def _of_interest(item: dict) -> bool:
    """Beside a form stand the totals by source and in all, and whatever is open."""
    return item["declared"].scope in {Scope.GRAND, Scope.SOURCE} or item["found"].status == "open"


@audience(may("ledger.enter_entry"))
@require_http_methods(["GET", "HEAD", "POST"])
@changes
def entry_change(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Change a line; a change made by somebody else meanwhile is shown beside one's own, not overwritten."""
    row = year_or_404(year)
    related = row.entries.select_related("document", "source", "programme__strategy", "changed_by")
    entry = get_object_or_404(related.prefetch_related("tags"), pk=pk)
    form = EntryForm(chosen(request), year=row, entry=entry)
    if request.method == "POST" and form.is_valid():
        try:
            _change(form, entry, request.user)
        except ChangedMeanwhile:
            now = EntryForm(year=row, entry=related.get(pk=pk))
            back = reverse("ledger:entry", args=[row.year, pk])
            return conflict_page(request, form, now, current=now.entry, back=back)
        except REFUSALS as problem:
            say_refusal(form, problem)
        else:
            messages.success(request, _("The change is saved; the old values stay in the history."))
            return redirect("ledger:entry", year=row.year, pk=entry.pk)
    context = year_facts(row) | {"form": form, "entry": entry}
    context |= {"sums": reconcile_year(row), "documents": row.documents.all()}
    return render(request, "ledger/entry_form.html", context, status=422 if form.errors else 200)


def _change(form: EntryForm, entry: Entry, by) -> None:
    """Save what the form says, over the version that the person saw."""
    wanted = form.cleaned_data
    change_entry(
        entry=entry,
        seen_version=wanted["seen_version"] or 0,
        values=form.values(),
        tags=list(wanted["tags"]),
        reason=wanted["reason"],
        by=by,
    )


@audience(may("ledger.check_entry"))
@require_POST
@changes
def entry_check(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Mark a line as compared with its document."""
    row = year_or_404(year)
    entry = get_object_or_404(row.entries, pk=pk)
    try:
        seen = request.POST.get("seen_version", "")
        check_entry(entry=entry, seen_version=int(seen) if seen.isascii() and seen.isdigit() else 0, by=request.user)
        messages.success(request, _("Marked as checked."))
    except ChangedMeanwhile:
        messages.error(request, _("The line changed while you were looking at it. Check it again."))
    except SamePerson:
        messages.error(request, _("You entered this line; another person checks it."))
    except PeriodClosed:
        messages.error(request, _("The month of this line is closed; it takes only corrections."))
    return redirect("ledger:entry", year=row.year, pk=entry.pk)
