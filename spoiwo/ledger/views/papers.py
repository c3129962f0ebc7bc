"""Documents of a year and the papers kept with them."""

import re

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spoiwo.access.audience import audience, may
from spoiwo.audit.models import Record
from spoiwo.doors.answers import file_response
from spoiwo.doors.errors import FileDamaged, FileRefused
from spoiwo.doors.once import repeatable
from spoiwo.doors.uploads import files_of
from spoiwo.ledger.forms.books import DocumentFilter, PaperForm
from spoiwo.ledger.models import Document, Entry, FiscalYear, StoredFile
from spoiwo.ledger.services.papers import read_file, store_file
from spoiwo.ledger.views.entries import year_facts, year_or_404
from spoiwo.strategy.services import current_region

PAGE = 100


@audience(may("ledger.view_year"))
@require_safe
def document_list(request: HttpRequest, year: int) -> HttpResponse:
    """The documents of a year with their lines and papers."""
    row = year_or_404(year)
    form = DocumentFilter(request.GET or None)
    rows = _with_counts(row.documents.all()).order_by("name", "pk")
    if form.is_valid() and (words := form.cleaned_data["q"]):
        rows = rows.filter(Q(name__iregex=re.escape(words)) | Q(code__iregex=re.escape(words)))
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    context = year_facts(row) | {"page": page, "form": form, "documents": page.paginator.count}
    return render(request, "ledger/document_list.html", context)


def _with_counts(rows):
    """Documents with the sum and number of their lines, and the number of their papers."""
    lines = Entry.objects.filter(document=OuterRef("pk")).order_by().values("document")
    files = StoredFile.objects.filter(document=OuterRef("pk")).order_by().values("document")
    return rows.annotate(
        total_gr=Subquery(lines.annotate(total=Sum("amount_gr")).values("total")),
        lines=Coalesce(Subquery(lines.annotate(n=Count("pk")).values("n")), 0),
        papers=Coalesce(Subquery(files.annotate(n=Count("pk")).values("n")), 0),
    )


def _document(year: FiscalYear, pk: int) -> Document:
    return get_object_or_404(year.documents, pk=pk)


@audience(may("ledger.view_year"))
@require_safe
def document_page(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """One document: its papers, its lines, its history."""
    row = year_or_404(year)
    return _page(request, row, _document(row, pk), PaperForm())


@audience(may("ledger.store_file"))
@require_http_methods(["POST"])
@repeatable("the same content with a document is the same paper")
def paper_store(request: HttpRequest, year: int, pk: int) -> HttpResponse:
    """Keep a file with the document."""
    row = year_or_404(year)
    document = _document(row, pk)
    form = PaperForm(request.POST, files_of(request))
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            file = store_file(document=document, name=upload.name, content=upload.read(), by=request.user)
        except FileRefused as refusal:
            words = _("Found: %(found)s. Expected: %(expected)s.")
            form.add_error("file", words % {"found": refusal.found, "expected": refusal.expected})
        else:
            messages.success(request, _("The file is stored with its fingerprint."))
            if file.kept and file.kept.said:
                messages.info(request, _("What was done: %(what)s.") % {"what": "; ".join(file.kept.said)})
            return redirect("books:document", year=row.year, pk=document.pk)
    return _page(request, row, document, form, status=422)


def _page(request: HttpRequest, year: FiscalYear, document: Document, form: PaperForm, status: int = 200):
    lines = year.entries.filter(document=document)
    files = document.files.select_related("stored_by", "kept")
    about = Q(about_type=StoredFile._meta.label_lower, about_id__in=[str(file.pk) for file in files])
    about |= Q(about_type=Document._meta.label_lower, about_id=str(document.pk))
    context = year_facts(year) | {
        "document": document,
        "form": form,
        "files": files,
        "page": Paginator(lines.select_related("source").order_by("date", "pk"), PAGE).get_page(
            request.GET.get("strona")
        ),
        "lines": lines.count(),
        "sum_gr": lines.total_gr(),
        "history": Record.objects.filter(about).order_by("-sequence")[:PAGE],
    }
    return render(request, "ledger/document_page.html", context, status=status)


@audience(may("ledger.view_year"))
@require_safe
def paper_download(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper as it was stored, to be taken away; who took it is recorded."""
    rows = StoredFile.objects.filter(document__year__region=current_region()).select_related("document__year")
    file = get_object_or_404(rows, pk=pk)
    try:
        content = read_file(file=file, by=request.user)
    except FileDamaged:
        messages.error(request, _("The kept file is missing or is not what was stored. Tell the administrator."))
        return redirect("books:document", year=file.document.year.year, pk=file.document_id)
    return file_response(name=file.name, content=content, media_type=file.media_type)
