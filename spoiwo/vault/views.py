"""Pages of data protection; their audiences are declared in the room above that knows permissions."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spoiwo.kernel.cells import csv_bytes
from spoiwo.vault.errors import Erased, VaultClosed
from spoiwo.vault.forms import CLASSES, ColumnFilter, PersonForm
from spoiwo.vault.models import Disclosure, RetentionRun, Subject
from spoiwo.vault.outside import file_answer
from spoiwo.vault.services import export_person, inventory
from spoiwo.vault.services.keeping import kept_on, plans

PAGE = 50
TONES = {"public": "calm", "internal": "calm", "personal": "info", "special": "warn", "secret": "bad"}


@require_safe
def register(request: HttpRequest) -> HttpResponse:
    """The register of processing activities (rejestr czynności przetwarzania)."""
    found = inventory.activities()
    context = {"activities": found, "uncovered": inventory.uncovered()}
    return render(request, "vault/register.html", context)


@require_safe
def register_csv(request: HttpRequest) -> HttpResponse:
    """The register as a file for a spreadsheet."""
    return _csv("rejestr-czynnosci.csv", inventory.register_table())


@require_safe
def columns(request: HttpRequest) -> HttpResponse:
    """Every column of the house with its class."""
    form = ColumnFilter(request.GET or None)
    shown = form.narrow(inventory.columns())
    page = Paginator(shown, PAGE).get_page(request.GET.get("strona"))
    rows = [(row, CLASSES.get(row.privacy, "?"), TONES.get(row.privacy, "bad")) for row in page.object_list]
    every = inventory.columns()
    counts = [(words, sum(row.privacy == privacy for row in every), privacy) for privacy, words in CLASSES.items()]
    return render(request, "vault/columns.html", {"form": form, "page": page, "rows": rows, "counts": counts})


@require_safe
def columns_csv(request: HttpRequest) -> HttpResponse:
    """The columns as a file for a spreadsheet, narrowed as on the screen."""
    shown = ColumnFilter(request.GET or None).narrow(inventory.columns())
    return _csv("inwentarz-pol.csv", inventory.columns_table(shown))


@require_safe
def retention(request: HttpRequest) -> HttpResponse:
    """How long things are kept, what is over today, and the proofs of what was removed."""
    today = timezone.localdate()
    over = {plan.kept.code: plan for plan in plans(today)}
    rows = [(kept, over.get(kept.code)) for kept in kept_on(today)]
    page = Paginator(RetentionRun.objects.select_related("by"), PAGE).get_page(request.GET.get("strona"))
    words = {kept.code: kept.what for kept, _plan in rows}
    for run in page.object_list:
        run.removed = [(words.get(code, code), n) for code, n in run.counts.items()]
    return render(request, "vault/retention.html", {"rows": rows, "page": page, "today": today})


@require_safe
def erasures(request: HttpRequest) -> HttpResponse:
    """Persons whose keys were destroyed: that it was done, when and why; who it was is not known any more."""
    rows = Subject.objects.exclude(erasure_began_at=None).order_by("-erasure_began_at")
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    living = Subject.objects.filter(erasure_began_at=None).count()
    return render(request, "vault/erasures.html", {"page": page, "living": living})


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest) -> HttpResponse:
    """Give out what is held about one person, as a file."""
    form = PersonForm(request.POST or None, initial={"subject": request.GET.get("osoba", "")})
    if request.method == "POST" and form.is_valid():
        try:
            given, content = export_person(by=request.user, now=timezone.now(), **form.cleaned_data)
        except Erased:
            form.add_error("subject", _("This person was erased; nothing can be opened any more."))
        except VaultClosed:
            form.add_error(
                None, _("The keys cannot be used now, so nothing was opened. Tell the administrator of the server.")
            )
        else:
            return file_answer(name=f"dane-osoby-{given.pk}.zip", content=content, media_type="application/zip")
    page = Paginator(Disclosure.objects.select_related("by"), PAGE).get_page(request.GET.get("strona"))
    return render(request, "vault/give.html", {"form": form, "page": page}, status=422 if form.errors else 200)


def _csv(name: str, rows: list[list[str]]) -> HttpResponse:
    return file_answer(name=name, content=csv_bytes(rows), media_type="text/csv; charset=utf-8")
