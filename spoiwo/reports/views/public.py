"""What everybody may read: years, the report, one figure, downloads."""

from functools import lru_cache

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from spoiwo.access.audience import PUBLIC, audience
from spoiwo.audit.models import Record
from spoiwo.doors.answers import file_response
from spoiwo.ledger.errors import YearNotFound
from spoiwo.ledger.models import DeclaredTotal, Entry, FiscalYear
from spoiwo.ledger.services.years import find_year
from spoiwo.reports import exports
from spoiwo.reports.domain.chart import chart_finding, chart_title, classes_shown
from spoiwo.reports.exports.stored import Busy, chart, rendered
from spoiwo.reports.models import Report
from spoiwo.reports.services.reading import Reading, for_public
from spoiwo.reports.services.versions import known_now
from spoiwo.reports.tables import (
    comparison_of,
    events_of,
    grand,
    in_words,
    matrix_of,
    parts_of,
    strip_of,
    trio,
)
from spoiwo.strategy.services import current_region

PAGE = 100
FILE_LABELS = {
    "pdf": _("PDF, accessible"),
    "docx": "DOCX",
    "xlsx": "XLSX",
    "csv": _("CSV (ZIP)"),
    "json": "JSON",
    "html": _("One page (HTML)"),
}


def reading_or_404(year: int, version: int | None = None) -> Reading:
    """The report of a year that the public may read, or "not found"."""
    try:
        row = find_year(year, current_region())
    except YearNotFound as problem:
        raise Http404 from problem
    reading = for_public(row, now=timezone.localtime(), version=version)
    if reading is None:
        raise Http404
    return reading


def visible_years() -> list[FiscalYear]:
    """Years with a final report, or a draft that may be seen; the latest first."""
    rows = list(FiscalYear.objects.of_region(current_region()).select_related("strategy"))
    final = set(Report.objects.filter(year__in=rows).order_by().values_list("year_id", flat=True))
    return [row for row in rows if row.pk in final or row.shown_before_final]


@audience(PUBLIC)
@require_safe
def year_list(request: HttpRequest) -> HttpResponse:
    """Every year whose report can be read."""
    rows = visible_years()
    reports = Report.objects.filter(year__in=rows).order_by("version").defer("content", "records", "lines")
    versions = {report.year_id: report for report in reports}
    context = {"rows": [{"year": row, "report": versions.get(row.pk)} for row in rows]}
    return render(request, "reports/year_list.html", context)


@audience(PUBLIC)
@require_safe
def year_chosen(request: HttpRequest) -> HttpResponse:
    """The year chosen in the list at the top of the report, without JavaScript."""
    year = request.GET.get("rok", "")
    if not (year.isascii() and year.isdigit()) or len(year) != 4:
        return redirect("reports:years")
    return redirect("reports:report", year=int(year))


def page_context(reading: Reading, address) -> dict:
    """What the report's page shows, for the public and for the office."""
    content = reading.content
    top = grand(content)
    return {
        "reading": reading,
        "content": content,
        "year": reading.year,
        "report": reading.report,
        "invented": content["invented"],
        "notice": content["notice"],
        "claim": chart_finding(content),
        "chart_sub": chart_title(content),
        "legend": classes_shown(content),
        "narratives": {row["programme"] or "": row["text"] for row in content.get("narratives", [])},
        "hrefs": {id_: address(id_) for id_ in content["figures"]},
        "total": top,
        "total_href": address(top["id"]),
        "strip_shown": any(content["figures"][id_]["value"] for id_ in content["matrix"]["computed"].values() if id_),
        "comparison": comparison_of(content, address),
        "events": events_of(reading),
        "strip": strip_of(content, address),
        "matrix": matrix_of(content, address),
        "chart": chart(content),
        "chart_narrow": chart(content, narrow=True),
        "chart_shown": content["figures"]["total.computed"]["value"],
        "open": [row for row in content["differences"] if row["status"] == "open" and not row["follows"]],
        "formats": list(exports.FORMATS),
    }


@audience(PUBLIC)
@require_safe
def report_page(request: HttpRequest, year: int, version: int | None = None) -> HttpResponse:
    """The yearly report, the matrix first."""
    reading = reading_or_404(year, version)
    context = page_context(reading, lambda id_: figure_address(year, id_, version))
    context["years"] = visible_years()
    context["versions"] = reading.year.reports.defer("content", "records", "lines")
    context["version"] = version
    context["files"] = [file_link(name, download_address(year, name, version)) for name in exports.FORMATS]
    return render(request, "reports/report_page.html", context)


def file_link(format: str, url: str) -> dict:
    """A download in the list of files."""
    return {"label": FILE_LABELS[format], "url": url, "download": True}


def download_address(year: int, format: str, version: int | None) -> str:
    """The address of a file."""
    if version:
        return reverse("reports:version-download", args=[year, version, format])
    return reverse("reports:download", args=[year, format])


def figure_address(year: int, id_: str, version: int | None = None) -> str:
    """The permanent address of one figure."""
    return _figure_address(year, id_, version, get_language(), settings.ROOT_URLCONF)


@lru_cache(maxsize=5000)
def _figure_address(year: int, id_: str, version: int | None, language: str, urls: str) -> str:
    """It never changes, and the page of a report names more than a hundred."""
    if version:
        return reverse("reports:version-figure", args=[year, version, id_])
    return reverse("reports:figure", args=[year, id_])


@audience(PUBLIC)
@require_safe
def figure_page(request: HttpRequest, year: int, figure: str, version: int | None = None) -> HttpResponse:
    """One figure: what it is made of, from which documents, entered by whom, changed when."""
    reading = reading_or_404(year, version)
    context = figure_context(request, reading, figure, lambda id_: figure_address(year, id_, version))
    context |= {"version": version, "base": "ui/public.html"}
    return render(request, "reports/figure_page.html", context)


def figure_context(request: HttpRequest, reading: Reading, id_: str, address) -> dict:
    """What the page of one figure shows."""
    content = reading.content
    found = content["figures"].get(id_)
    if found is None:
        raise Http404
    number = request.GET.get("strona", "1")
    page = max(int(number), 1) if number.isascii() and number.isdigit() and len(number) < 7 else 1
    three = trio(content, found)
    lines_of = three["computed"] if three and three["computed"] and found["kind"] == "money" else found
    rows, count = _lines(reading, lines_of["rule"], page)
    return {
        "reading": reading,
        "content": content,
        "year": reading.year,
        "report": reading.report,
        "figure": found,
        "invented": content["invented"],
        "notice": content["notice"],
        "words": in_words(content, found),
        "trio": three,
        "rows": rows,
        "count": count,
        "page": page,
        "pages": max(1, -(-count // PAGE)),
        "lines_of": lines_of,
        "record": _stated(reading, found["rule"]),
        "parts": [
            {"figure": part, "words": in_words(content, part), "href": address(part["id"])}
            for part in parts_of(content, lines_of)
        ],
        "difference": next((row for row in content["differences"] if id_ in row.values()), None),
        "history": _history(reading, rows, found["rule"]),
        "documents": {row["code"]: row for row in reading.light()["documents"]},
    }


def _lines(reading: Reading, rule: dict, page: int) -> tuple[list[dict], int]:
    if rule["op"] == "sum" and rule["of"] == "entries":
        return reading.entries(rule["where"], (page - 1) * PAGE, PAGE)
    if rule["op"] == "sum" and rule["of"] == "results":
        rows = [row for row in reading.light()["results"] if row["measure"] == rule["where"]["measure"]]
        return rows, len(rows)
    return [], 0


def _stated(reading: Reading, rule: dict) -> dict | None:
    return reading.record(rule["of"], rule["key"]) if rule["op"] == "stated" else None


def _history(reading: Reading, rows: list[dict], rule: dict):
    keys = [row["key"] for row in rows]
    entries = Entry.objects.filter(year=reading.year, key__in=keys)
    history = Record.objects.about_any(entries)
    if rule["op"] == "stated" and rule["of"] == "declared":
        history = Record.objects.about_any(DeclaredTotal.objects.filter(year=reading.year, key=rule["key"]))
    if reading.report:  # a frozen report tells what was known when it was frozen
        history = history.filter(sequence__lte=reading.content["audit_head"]["sequence"])
    return history.order_by("-sequence")[:30]


@audience(PUBLIC)
@require_safe
def known_now_page(request: HttpRequest, year: int) -> HttpResponse:
    """As reported beside as known now."""
    reading = reading_or_404(year)
    if reading.report is None:
        return redirect("reports:report", year=year)
    changes = known_now(reading.report, now=reading.now)
    return render(request, "reports/known_now.html", {"reading": reading, "year": reading.year, "changes": changes})


@audience(PUBLIC)
@require_safe
def download(request: HttpRequest, year: int, format: str, version: int | None = None) -> HttpResponse:
    """The report as a file; the same content in every format."""
    return report_file(reading_or_404(year, version), format, public=True)


def report_file(reading: Reading, format_: str, *, public: bool = False) -> HttpResponse:
    """One format as an attachment; 503 while another large file is being made."""
    try:
        made = rendered(reading.report, reading.year.pk, reading.content, format_, reading.whole)
    except Busy:
        return render_busy()
    name, media_type = exports.file_name(reading.content, format_), exports.FORMATS[format_][1]
    return file_response(name=name, content=made, media_type=media_type, public=public)


def render_busy() -> HttpResponse:
    """Ask again in a few seconds."""
    words = _("Another file is being made at this moment. Try again in a few seconds.")
    response = HttpResponse(words, status=503, content_type="text/plain; charset=utf-8")
    response.headers["Retry-After"] = "5"
    return response


@audience(PUBLIC)
@require_safe
def how_we_count(request: HttpRequest) -> HttpResponse:
    """What the words of the report mean and how a reader can compute it again."""
    return render(request, "reports/how.html")
