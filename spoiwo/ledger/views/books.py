"""Lines of the accounting system: upload, mapping of columns, dry run, decision."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from spoiwo.access.audience import audience, may
from spoiwo.doors.aside import lay_aside, remember, throw_away, waiting
from spoiwo.doors.once import changes, given_back, once, repeatable
from spoiwo.doors.uploads import files_of
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.kernel.money import zl
from spoiwo.ledger.domain.books import Mapping
from spoiwo.ledger.errors import BooksRefused, Exceeded, PlanChanged
from spoiwo.ledger.forms.books import BooksForm, MappingForm, mapping_initial
from spoiwo.ledger.models import ColumnMapping, FiscalYear
from spoiwo.ledger.services.books import BooksPlan, import_books, plan_books_import, read_books
from spoiwo.ledger.services.classification import code_names
from spoiwo.ledger.services.mappings import as_mapping, mapping_for, remember_mapping
from spoiwo.ledger.views.entries import year_facts, year_or_404
from spoiwo.strategy.services import current_region
from spoiwo.ui.conflict import chosen, conflict_page

KIND = "books"
METHODS = ["GET", "HEAD", "POST"]


@audience(may("ledger.import_books"))
@require_http_methods(METHODS)
@repeatable("the file only waits aside, until the decision")
def books_upload(request: HttpRequest) -> HttpResponse:
    """Take a file and ask what its columns mean."""
    form = BooksForm(request.POST or None, files_of(request) or None, region=current_region())
    if request.method == "POST" and form.is_valid():
        year = form.cleaned_data["year"].year
        token = lay_aside(request, form.cleaned_data["file"], KIND, year=year)
        return redirect("books:mapping", token=token)
    context = {"form": form, "mappings": ColumnMapping.objects.filter(region=current_region())}
    return render(request, "ledger/books_upload.html", context, status=422 if form.errors else 200)


@audience(may("ledger.import_books"))
@require_http_methods(METHODS)
@changes
def books_mapping(request: HttpRequest, token: str) -> HttpResponse:
    """Which column means what; remembered, and proposed for the next file with the same headings."""
    path, facts = waiting(request, KIND, token)
    year = year_or_404(facts["year"])
    raw = read_books(path)
    if not raw.tables:
        return _refused(request, raw.faults, facts["name"])
    header = raw.tables[0].header
    mapping, held = mapping_for(year.region, header)
    initial = mapping_initial(mapping) | {"name": held.name if held else "", "seen_version": held and held.version}
    form = MappingForm(chosen(request), header=header, year=year, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            _keep(request, form, year, header)
        except ChangedMeanwhile as problem:
            return _mapped_meanwhile(request, form, problem.current, header=header, year=year)
        remember(request, KIND, token, facts | {"mapping": asdict(form.mapping())})
        return redirect("books:plan", token=token)
    context = year_facts(year) | {"form": form, "name": facts["name"], "held": held, "token": token}
    context["rows"] = len(raw.tables[0].rows)
    return render(request, "ledger/books_mapping.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, form: MappingForm, year: FiscalYear, header: list[str]) -> None:
    """Remember the mapping. Raises: ChangedMeanwhile when another one bears its name."""
    seen, facts = form.cleaned_data["seen_version"] or 0, {"region": year.region, "header": header, "by": request.user}
    remember_mapping(name=form.cleaned_data["name"], mapping=form.mapping(), seen_version=seen, **facts)


def _mapped_meanwhile(request: HttpRequest, form: MappingForm, held: ColumnMapping, **facts) -> HttpResponse:
    """Another mapping of this name beside what was chosen: replace it in part or whole, or choose another name."""
    now = MappingForm(initial=mapping_initial(as_mapping(held)) | {"name": held.name}, **facts)
    return conflict_page(request, form, now, current=held, back=request.path, also=("name",))


@audience(may("ledger.import_books"))
@require_http_methods(METHODS)
@once
def books_plan(request: HttpRequest, token: str) -> HttpResponse:
    """What the file would enter; saving is a decision of its own."""
    path, facts = waiting(request, KIND, token)
    if "mapping" not in facts:
        return redirect("books:mapping", token=token)
    year, mapping = year_or_404(facts["year"]), Mapping(**facts["mapping"])
    if request.method == "POST":
        return _save(request, token, year, mapping)
    plan = plan_books_import(year=year, path=path, mapping=mapping)
    if plan.faults:
        return _refused(request, plan.faults, facts["name"], token)
    context = year_facts(year) | _shown(plan) | {"name": facts["name"], "token": token}
    return render(request, "ledger/books_plan.html", context)


def _shown(plan: BooksPlan) -> dict:
    """The plan as its page lays it out."""
    names = code_names()
    return {
        "plan": plan,
        "counts": plan.counts(),
        "sums": [
            {
                "chapter": chapter,
                "paragraph": paragraph,
                "chapter_name": names.get(("chapter", chapter), ""),
                "paragraph_name": names.get(("paragraph", paragraph[:3]), ""),
                "amount_gr": total,
                "lines": lines,
            }
            for (chapter, paragraph), (total, lines) in plan.sums.items()
        ],
        "unmatched": [
            {"kind": kind, "code": code, "amount_gr": total, "lines": lines}
            for (kind, code), (total, lines) in plan.unmatched.items()
        ],
        "recipients": plan.recipients.most_common(),
    }


def _refused(request: HttpRequest, faults: list, name: str, token: str = "") -> HttpResponse:
    """Every fault of a file, under the name that the person gave it."""
    context = {"faults": faults, "name": name, "token": token}
    return render(request, "ledger/books_refused.html", context, status=422)


def _save(request: HttpRequest, token: str, year: FiscalYear, mapping: Mapping) -> HttpResponse:
    path, facts = waiting(request, KIND, token)
    try:
        plan = import_books(
            year=year,
            path=path,
            mapping=mapping,
            by=request.user,
            name=facts["name"],
            take_alike=request.POST.get("alike") == "1",
            expected_digest=request.POST.get("digest", ""),
        )
    except (PlanChanged, BooksRefused):
        messages.error(request, _("The data changed after the dry run. Look at it again; nothing was saved."))
        return given_back(redirect("books:plan", token=token))
    except Exceeded as refusal:
        words = _("The lines go beyond the plan by %(zl)s. Nothing was saved. Change the plan first, or the file.")
        messages.error(request, words % {"zl": zl(refusal.over_gr)})
        return given_back(redirect("books:plan", token=token))
    throw_away(request, KIND, token)
    entered = len(plan.new) + (len(plan.alike) if request.POST.get("alike") == "1" else 0)
    words = ngettext("%(n)d line is entered.", "%(n)d lines are entered.", entered)
    messages.success(request, words % {"n": entered})
    return redirect("books:reconciliation", year=year.year)
