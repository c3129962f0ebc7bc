"""Building the report and making it final."""

from django.contrib import messages
from django.db.models import Max
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spoiwo.access.audience import audience, may
from spoiwo.doors.once import once
from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.views.entries import year_or_404
from spoiwo.reports import exports
from spoiwo.reports.errors import DifferencesOpen, DoesNotHold, NothingChanged, ReasonMissing
from spoiwo.reports.forms import FinaliseForm
from spoiwo.reports.services.narratives import unmatched_numbers
from spoiwo.reports.services.reading import for_office
from spoiwo.reports.services.versions import finalise, known_now
from spoiwo.reports.tables import findings_of
from spoiwo.reports.views.public import figure_context, file_link, page_context, report_file
from spoiwo.strategy.services import current_region


@audience(may("reports.view_draft"))
@require_safe
def report_list(request: HttpRequest) -> HttpResponse:
    """Years with their latest final version."""
    rows = FiscalYear.objects.of_region(current_region()).select_related("strategy")
    rows = rows.annotate(version=Max("reports__version"), final_at=Max("reports__finalised_at")).order_by("-year")
    return render(request, "reports/office_list.html", {"rows": rows})


@audience(may("reports.view_draft"))
@require_http_methods(["GET", "HEAD", "POST"])
@once
def draft_page(request: HttpRequest, year: int) -> HttpResponse:
    """The draft as it is now, what keeps it from being final, and the versions there are."""
    row = year_or_404(year)
    last = row.reports.defer("records", "lines").first()
    reading = for_office(row, now=timezone.localtime())
    unmatched = unmatched_numbers(row, reading.content)
    sent = request.POST if request.method == "POST" else None
    form = FinaliseForm(sent, correction=last is not None, unmatched=bool(unmatched))
    status = 200
    if request.method == "POST":
        if not request.user.has_perm("reports.finalise"):
            messages.error(request, _("Only the director makes a report final."))
            status = 403
        elif form.is_valid() and _finalised(request, row, form):
            return redirect("report-office:draft", year=row.year)
    context = page_context(reading, lambda id_: reverse("report-office:figure", args=[row.year, id_]))
    context |= {
        "files": [
            file_link(name, reverse("report-office:draft-file", args=[row.year, name])) for name in exports.FORMATS
        ],
        "form": form,
        "unmatched": findings_of(reading.content, unmatched),
        "versions": row.reports.defer("content", "records", "lines"),
        "last": last,
        "changes": known_now(last, now=timezone.localtime()) if last else [],
        "unchecked": row.entries.exclude(state="checked").count(),
        "lines": row.entries.count(),
    }
    return render(request, "reports/draft_page.html", context, status=422 if form.errors and status == 200 else status)


def _finalised(request: HttpRequest, row: FiscalYear, form: FinaliseForm) -> bool:
    try:
        reason = form.cleaned_data.get("reason", "")
        report = finalise(year=row, by=request.user, now=timezone.localtime(), reason=reason)
    except DifferencesOpen as problem:
        words = _("The report cannot be final: %(n)d open differences. Explain or accept them first.")
        form.add_error(None, words % {"n": len(problem.keys)})
    except NothingChanged:
        form.add_error(None, _("No figure changed since the last final version."))
    except ReasonMissing:
        form.add_error("reason", _("Say what changed and why, in at least ten characters."))
    except DoesNotHold as problem:
        form.add_error(None, " ".join(map(str, problem.problems[:5])))
    else:
        messages.success(request, _("Version %(n)d is final.") % {"n": report.version})
        return True
    return False


@audience(may("reports.view_draft"))
@require_safe
def draft_file(request: HttpRequest, year: int, format: str) -> HttpResponse:
    """The draft as a file, marked as a draft."""
    row = year_or_404(year)
    return report_file(for_office(row, now=timezone.localtime()), format)


@audience(may("reports.view_draft"))
@require_safe
def draft_figure(request: HttpRequest, year: int, figure: str) -> HttpResponse:
    """One figure of the draft with the lines it is made of."""
    row = year_or_404(year)
    reading = for_office(row, now=timezone.localtime())
    context = figure_context(
        request, reading, figure, lambda id_: reverse("report-office:figure", args=[row.year, id_])
    )
    return render(request, "reports/figure_page.html", context | {"base": "ui/staff.html"})
