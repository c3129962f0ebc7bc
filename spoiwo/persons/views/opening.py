"""Opening a person's identity for a purpose, the hidden address apart, and who looked."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from spoiwo.access.audience import audience, may
from spoiwo.doors.once import repeatable
from spoiwo.persons.errors import NamesThePerson, PersonErased
from spoiwo.persons.forms.deeds import LEAVE_OUT, PurposeForm
from spoiwo.persons.models import FIELDS, PURPOSES, Person
from spoiwo.persons.services.opening import open_person
from spoiwo.persons.services.readings import readings_of
from spoiwo.persons.views.reach import answerable, identifiable

EACH_TIME = "opening changes nothing; each one is recorded"


@audience(may("persons.open_person"), rows="identifiable")
@repeatable(EACH_TIME)
@require_http_methods(["GET", "HEAD", "POST"])
def person_open(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who the person is: asked for a purpose, shown once, kept by no browser."""
    person = identifiable(request, uid)
    return _opened(request, person, person.open_together, _("Open the person's data"))


@audience(may("persons.open_person", step_up=True), rows="identifiable")
@repeatable(EACH_TIME)
@require_http_methods(["GET", "HEAD", "POST"])
def person_address(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Where a shielded person can be found; asked for once more."""
    person = identifiable(request, uid)
    if not person.shielded:
        return redirect("persons:open", uid=person.uid)
    return _opened(request, person, list(person.guarded), _("Open the shielded address"))


def _opened(request: HttpRequest, person: Person, names: list[str], title: str) -> HttpResponse:
    form = PurposeForm(request.POST or None)
    context = {"person": person, "form": form, "title": title, "invented": person.invented}
    context["fields"] = [FIELDS[name] for name in names]
    if person.erased_on:
        return redirect("persons:person", uid=person.uid)
    values = asked_values(person, names, form, by=request.user) if request.method == "POST" else None
    if values is None:
        return render(request, "persons/purpose.html", context, status=422 if form.errors else 200)
    purpose = form.cleaned_data["purpose"]
    context |= {
        "values": [(FIELDS[name], name, values[name]) for name in names],
        "name": " ".join(filter(None, [values.get("first_name"), values.get("last_name")])),
        "purpose": PURPOSES[purpose],
        "sent": form.cleaned_data,
        "papers": person.papers.exclude(stored_as=""),
        "whole": "last_name" in names,
    }
    return render(request, "persons/identity.html", context)


def asked_values(person: Person, names: list[str], form: PurposeForm, *, by) -> dict[str, str] | None:
    """The values asked for by a purpose that holds; None when the form says what is wrong, or nothing is left."""
    if not form.is_valid():
        return None
    try:
        return open_person(person=person, names=names, by=by, **form.cleaned_data)
    except NamesThePerson:
        form.add_error("words", LEAVE_OUT)
    except PersonErased:
        form.add_error(None, _("The data of this person was erased"))
    return None


@audience(may("persons.see_readings"), rows="answerable")
@require_safe
def person_readings(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who looked at a person's data; with roles instead of names it can be given to the person."""
    person = answerable(request, uid)
    for_person = request.GET.get("dla") == "osoby"
    before = request.GET.get("przed", "")
    before = int(before) if before.isascii() and before.isdigit() and len(before) < 16 else None
    readings = readings_of(person, with_names=not for_person, before=before)
    context = {"person": person, "readings": readings, "for_person": for_person, "invented": person.invented}
    return render(request, "persons/readings.html", context)
