"""Words about a year and its programmes: which there are, and writing one with its numbers marked."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from spoiwo.access.audience import audience, may
from spoiwo.audit.models import Record
from spoiwo.doors.once import changes
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.views.entries import year_facts, year_or_404
from spoiwo.reports.forms import NarrativeForm
from spoiwo.reports.models import Narrative
from spoiwo.reports.services.gather import content_of
from spoiwo.reports.services.narratives import lines_to_compare, numbers_of, write_narrative
from spoiwo.reports.tables import finding_words, marked_text
from spoiwo.strategy.models import Programme
from spoiwo.ui.conflict import chosen, conflict_page


@audience(may("reports.view_draft"))
@require_safe
def narrative_list(request: HttpRequest, year: int) -> HttpResponse:
    """The year and each of its programmes: what is written, and how many numbers are no figure."""
    row = year_or_404(year)
    content = content_of(row, now=timezone.localtime())
    lines = lines_to_compare(row)
    written = {item.programme_id: item for item in row.narratives.select_related("programme", "changed_by")}
    codes = dict(Programme.objects.filter(region=row.region).values_list("code", "pk"))
    places = [{"title": "", "code": None, "pk": None}]
    places += [
        {"title": section["title"], "number": section["number"], "code": code, "pk": codes[code]}
        for section in content["sections"]
        if (code := section["programme"])
    ]
    for place in places:
        held = written.get(place["pk"])
        found = numbers_of(held.text, content, lines) if held else []
        place |= {
            "narrative": held if held and held.text else None,
            "url": _address(row, place["code"]),
            "numbers": len(found),
            "unmatched": sum(not finding.matched for finding in found),
        }
    return render(request, "reports/narrative_list.html", year_facts(row) | {"places": places})


def _address(row: FiscalYear, code: str | None) -> str:
    if code is None:
        return reverse("report-office:narrative-year", args=[row.year])
    return reverse("report-office:narrative", args=[row.year, code])


def _held(row: FiscalYear, content: dict, code: str | None) -> tuple[Programme | None, Narrative | None]:
    """The programme, which is one of the report's, and what is written about it."""
    if code is None:
        return None, row.narratives.filter(programme=None).first()
    if code not in {section["programme"] for section in content["sections"]}:
        raise Http404
    programme = Programme.objects.get(region=row.region, code=code)
    return programme, row.narratives.filter(programme=programme).first()


@audience(may("reports.write_narrative"))
@require_http_methods(["GET", "HEAD", "POST"])
@changes
def narrative_edit(request: HttpRequest, year: int, code: str | None = None) -> HttpResponse:
    """Write about one programme or the whole year; "check" compares the numbers without saving."""
    row = year_or_404(year)
    content = content_of(row, now=timezone.localtime())
    programme, held = _held(row, content, code)
    form = NarrativeForm(chosen(request), initial=_initial(held))
    if request.method == "POST" and form.is_valid() and "check" not in request.POST:
        facts = {"text": form.cleaned_data["text"], "seen_version": form.cleaned_data["seen_version"] or 0}
        try:
            saved = write_narrative(year=row, programme=programme, **facts, by=request.user)
        except ChangedMeanwhile as problem:
            now = NarrativeForm(initial=_initial(problem.current))
            return conflict_page(request, form, now, current=problem.current, back=_address(row, code))
        else:
            messages.success(request, _saved_words(saved, row, content))
            return redirect(_address(row, code))
    context = year_facts(row) | {
        "form": form,
        "programme": programme,
        "held": held,
        "history": Record.objects.about(held).order_by("-sequence")[:20] if held else [],
        **_compared(form["text"].value() or "", row, content),
    }
    return render(request, "reports/narrative_form.html", context, status=422 if form.errors else 200)


def _initial(held: Narrative | None) -> dict:
    return {"text": held.text, "seen_version": held.version} if held else {"seen_version": 0}


def _compared(text: str, row: FiscalYear, content: dict) -> dict:
    """The numbers of the text as it stands in the form, and the text with them marked."""
    found = numbers_of(text, content, lines_to_compare(row)) if text else []
    rows = [finding_words(content, finding) for finding in found]
    for item in rows:
        item["href"] = reverse("report-office:figure", args=[row.year, item["figure"]["id"]]) if item["figure"] else ""
    return {
        "numbers": rows,
        "unmatched": sum(not item["matched"] for item in rows),
        "pieces": marked_text(text, found),
    }


def _saved_words(saved: Narrative, row: FiscalYear, content: dict) -> str:
    found = numbers_of(saved.text, content, lines_to_compare(row))
    count = sum(not finding.matched for finding in found)
    if not count:
        return _("The description is saved.")
    words = ngettext(
        "The description is saved. %(n)d number in it is no figure of the report.",
        "The description is saved. %(n)d numbers in it are no figures of the report.",
        count,
    )
    return words % {"n": count}
