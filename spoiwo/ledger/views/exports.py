"""A year's facts as files to take away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from spoiwo.access.audience import audience, may
from spoiwo.ledger.exports.formats import FACTS, FORMATS
from spoiwo.ledger.services.facts import gather_facts
from spoiwo.ledger.views.entries import year_facts, year_or_404

LABELS = {
    "datapackage": _("Data Package (ZIP)"),
    "iati": _("IATI 2.03 (XML)"),
    "rb28s": _("By classification, shaped like Rb-28S (CSV)"),
    "xlsx": _("Workbook (XLSX)"),
}
PURPOSES = {
    "datapackage": _(
        "For programs: every table as CSV with its keys and allowed values. Amounts are whole grosze. "
        "Checked by frictionless."
    ),
    "iati": _(
        "For the international register of public money: programmes as activities with budgets, commitments, "
        "payments and results. Checked by pyIATI."
    ),
    "rb28s": _("For the treasurer: plan after changes, commitments and expenditure by chapter and paragraph."),
    "xlsx": _("For people: the same tables as sheets, amounts in złote, the sum of execution as a live formula."),
}


@audience(may("ledger.view_year"))
@require_safe
def year_files(request: HttpRequest, year: int) -> HttpResponse:
    """The files of a year, each with what it is for."""
    row = year_or_404(year)
    files = [
        {"label": LABELS[name], "say": PURPOSES[name], "url": reverse("exports:download", args=[row.year, name])}
        for name in FORMATS
    ]
    counts = {"lines": row.entries.count(), "planned": row.plan_entries.count()}
    return render(request, "ledger/year_files.html", year_facts(row) | counts | {"files": files})


@audience(may("ledger.view_year"))
@require_safe
def year_file(request: HttpRequest, year: int, format: str) -> HttpResponse:
    """One file, made from the records as they are now."""
    row = year_or_404(year)
    form = FORMATS[format]
    content = form.write(gather_facts(row))
    return FACTS.response(name=form.file_name(row.year), content=content, media_type=form.media_type)
