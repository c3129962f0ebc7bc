"""Reading a year package in: upload, dry run, decision."""

from pathlib import Path

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spoiwo.access.audience import PUBLIC, audience, may
from spoiwo.doors.answers import file_response
from spoiwo.doors.aside import lay_aside, throw_away, waiting
from spoiwo.doors.domain.files import XLSX
from spoiwo.doors.once import given_back, once, repeatable
from spoiwo.doors.uploads import files_of
from spoiwo.ledger.domain import schema
from spoiwo.ledger.errors import PackageRefused, PlanChanged
from spoiwo.ledger.exports.template import year_template
from spoiwo.ledger.forms import PackageForm
from spoiwo.ledger.services.import_year import import_year, plan_import

KIND = "package"


@audience(may("ledger.import_year"))
@require_http_methods(["GET", "HEAD", "POST"])
@repeatable("the file only waits aside, until the decision")
def package_upload(request: HttpRequest) -> HttpResponse:
    """Take a file and show what it would do."""
    form = PackageForm(request.POST or None, files_of(request) or None)
    if request.method == "POST" and form.is_valid():
        token = lay_aside(request, form.cleaned_data["package"], KIND)
        return redirect("ledger:import-plan", token=token)
    return render(request, "ledger/package_upload.html", {"form": form}, status=422 if form.errors else 200)


@audience(may("ledger.import_year"))
@require_http_methods(["GET", "HEAD", "POST"])
@once
def package_plan(request: HttpRequest, token: str) -> HttpResponse:
    """What the package would change; saving is a decision of its own."""
    path, facts = waiting(request, KIND, token)
    name = facts["name"]
    if request.method == "POST":
        return _save(request, token, path, name)
    plan = plan_import(path, by=request.user)
    context = {"plan": plan, "token": token, "name": name, "faults": _named(plan.faults, name)}
    return render(request, "ledger/package_plan.html", context, status=422 if plan.faults else 200)


def _named(faults: list, name: str) -> list[dict]:
    return [
        {
            "file": name if fault.file == "package" else fault.file,
            "sheet": fault.sheet,
            "row": fault.row,
            "column": fault.column,
            "found": fault.found,
            "expected": fault.expected,
        }
        for fault in faults
    ]


def _save(request: HttpRequest, token: str, path: Path, name: str) -> HttpResponse:
    try:
        plan = import_year(path=path, by=request.user, name=name, expected_digest=request.POST.get("digest", ""))
    except (PlanChanged, PackageRefused):
        messages.error(request, _("The data changed after the dry run. Look at it again; nothing was saved."))
        return given_back(redirect("ledger:import-plan", token=token))
    throw_away(request, KIND, token)
    messages.success(request, _("The year %(year)d is read in.") % {"year": plan.year})
    return redirect("ledger:reconciliation", year=plan.year)


@audience(PUBLIC)
@require_safe
def template_workbook(request: HttpRequest) -> HttpResponse:
    """The empty workbook of a year package."""
    return file_response(name="pakiet-roku.xlsx", content=year_template(), media_type=XLSX, public=True)


@audience(PUBLIC)
@require_safe
def package_page(request: HttpRequest) -> HttpResponse:
    """What a year package is, table by table, with the template to download."""
    return render(request, "ledger/package_page.html", {"tables": schema.TABLES})
