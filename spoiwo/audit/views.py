"""The record of deeds, as a page."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from spoiwo.audit.forms import RecordFilter
from spoiwo.audit.models import Record
from spoiwo.audit.services import chain_head

PAGE = 50


@require_safe
def record_list(request: HttpRequest) -> HttpResponse:
    """Who did what, the latest first; declared in the room above that knows permissions."""
    form = RecordFilter(request.GET or None)
    rows = form.narrow(Record.objects.order_by("-sequence"))
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    sequence, head = chain_head()
    context = {"form": form, "page": page, "head": head, "sequence": sequence}
    return render(request, "audit/record_list.html", context)
