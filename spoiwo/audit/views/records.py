"""The record of deeds, as a page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from spoiwo.audit.forms import RecordFilter
from spoiwo.audit.models import Record
from spoiwo.audit.services import chain_head

PAGE = 50


@require_safe
def record_list(request: HttpRequest) -> HttpResponse:
    """Who did and who read what, the latest first."""
    form = RecordFilter(request.GET or None)
    rows = form.narrow(Record.objects.all())
    page = rows.slice(PAGE, before=number_of(request, "przed"), after=number_of(request, "po"))
    sequence, head = chain_head()
    context = {"form": form, "page": page, "head": head, "sequence": sequence, "chosen": form.chosen()}
    return render(request, "audit/record_list.html", context)


def number_of(request: HttpRequest, name: str) -> int | None:
    """A number of an entry from the address; anything else is none."""
    asked = request.GET.get(name, "")
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) <= 15 else None
