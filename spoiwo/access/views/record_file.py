"""The record of deeds as a file; here, because the door for files stands above the record."""

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from spoiwo.access.audience import audience, may
from spoiwo.audit.exports import HELD, headings, line
from spoiwo.audit.forms import ExportForm, RecordFilter
from spoiwo.audit.models import Record
from spoiwo.audit.services.recording import locked_head
from spoiwo.doors.exports import CSV, Export, table_csv
from spoiwo.doors.once import repeatable

LIMIT = 50_000
EXPORT = Export(
    view="access:record-file",
    fields={Record: HELD},
    personal="who did and read what, for an inspection or a complaint",
    permission="audit.export_record",
    step_up=True,
)


@audience(may("audit.export_record", step_up=True))
@repeatable("the file is taken again; each time is recorded")
@require_http_methods(["GET", "HEAD", "POST"])
def record_file(request: HttpRequest) -> HttpResponse:
    """Ask what the file is for, then give it: the entries of the filter, the latest first."""
    sent = request.method == "POST"
    form = ExportForm(request.POST) if sent else ExportForm(initial=request.GET.dict())
    if sent and form.is_valid():
        return _file(request, form)
    context = {"form": form, "asked": RecordFilter(request.POST or request.GET or None).asked()}
    return render(request, "access/record_file.html", context, status=422 if sent else 200)


@transaction.atomic
def _file(request: HttpRequest, form: ExportForm) -> HttpResponse:
    head = locked_head()
    found = list(form.narrow(Record.objects.all()).order_by("-sequence")[:LIMIT])
    return EXPORT.response(
        name=f"dziennik-{timezone.localdate():%Y-%m-%d}.csv",
        content=table_csv(headings(), map(line, found)),
        media_type=CSV,
        by=request.user,
        about=head,
        rows=len(found),
        purpose=form.cleaned_data["purpose"],
    )
