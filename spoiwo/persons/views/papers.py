"""Papers of a person: added through the door for uploads, opened for a purpose."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spoiwo.access.audience import audience, may
from spoiwo.doors.answers import file_response
from spoiwo.doors.errors import FileRefused
from spoiwo.doors.once import once, repeatable
from spoiwo.doors.uploads import files_of, taken
from spoiwo.persons.errors import NamesThePerson, PaperLost, PersonClosed, PersonErased
from spoiwo.persons.forms.deeds import LEAVE_OUT, SCANS, PaperForm, PurposeForm
from spoiwo.persons.models import FIELDS
from spoiwo.persons.services.papers import add_paper, open_paper
from spoiwo.persons.views.reach import identifiable

ENDINGS = {"application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png"}


@audience(may("persons.change_person"), rows="identifiable")
@once
@require_http_methods(["GET", "HEAD", "POST"])
def paper_new(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Add a scan; it is cleaned first and kept sealed."""
    person = identifiable(request, uid)
    form = PaperForm(request.POST or None, files_of(request) or None)
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            scan = taken(upload.read(), upload.name)
            if scan.kind.media_type not in ENDINGS:
                raise FileRefused("kind", scan.kind.name, ", ".join(SCANS))
            facts = {"content": scan.cleaned.content, "media_type": scan.kind.media_type}
            add_paper(person=person, kind=form.cleaned_data["kind"], by=request.user, now=timezone.now(), **facts)
        except FileRefused as problem:
            words = _("Found: %(found)s. Expected: %(expected)s.")
            form.add_error("file", words % {"found": problem.found, "expected": problem.expected})
        except (PersonClosed, PersonErased):
            messages.error(request, _("This record is closed and takes no changes."))
            return redirect("persons:person", uid=person.uid)
        else:
            messages.success(request, _("The paper is kept."))
            return redirect("persons:person", uid=person.uid)
    context = {"person": person, "form": form, "invented": person.invented}
    return render(request, "persons/paper_form.html", context, status=422 if form.errors else 200)


@audience(may("persons.open_person", step_up=True), rows="identifiable")  # a file that leaves may tell an address
@repeatable("opening changes nothing; each one is recorded")
@require_http_methods(["GET", "HEAD", "POST"])
def paper_open(request: HttpRequest, uid: UUID, paper: UUID) -> HttpResponse:
    """Hand out a scan for a purpose."""
    person = identifiable(request, uid)
    row = get_object_or_404(person.papers.exclude(stored_as="").select_related("person"), uid=paper)
    form = PurposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            content = open_paper(paper=row, by=request.user, **form.cleaned_data)
        except NamesThePerson:
            form.add_error("words", LEAVE_OUT)
        except PaperLost:
            messages.error(request, _("The file of this paper is missing or damaged. Tell the administrator."))
            return redirect("persons:person", uid=person.uid)
        except PersonErased:
            return redirect("persons:person", uid=person.uid)
        else:
            name = f"{person.case_number}-{row.uid.hex[:6]}.{ENDINGS[row.media_type]}"
            return file_response(name=name, content=content, media_type=row.media_type)
    context = {"person": person, "form": form, "invented": person.invented, "title": _("Open a paper")}
    context["fields"] = [FIELDS["papers"], row.get_kind_display()]
    return render(request, "persons/purpose.html", context, status=422 if form.errors else 200)
