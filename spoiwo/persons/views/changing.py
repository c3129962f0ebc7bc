"""Entering and changing a person."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spoiwo.access.audience import audience, may
from spoiwo.doors.once import changes, once
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.organisations.models import Organisation
from spoiwo.persons.errors import KnownPesel, PersonClosed, PersonErased
from spoiwo.persons.forms.deeds import PurposeForm
from spoiwo.persons.forms.persons import PersonForm, initial_of
from spoiwo.persons.models import FIELDS, Person
from spoiwo.persons.querysets import own_units
from spoiwo.persons.services.opening import open_person
from spoiwo.persons.services.register import add_person, change_person
from spoiwo.persons.views.opening import asked_values
from spoiwo.persons.views.reach import identifiable
from spoiwo.ui.conflict import chosen, conflict_page


@audience(may("persons.change_person"))
@once
@require_http_methods(["GET", "HEAD", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """Enter a person on a page of its own."""
    today = timezone.localdate()
    units = own_units(request.user, today)
    form = PersonForm(request.POST or None, units=units, today=today, initial={"since": today})
    if request.method == "POST" and form.is_valid():
        facts = {"unit": form.cleaned_data["unit"], "shielded": form.cleaned_data["shielded"], **form.plain()}
        try:
            person = add_person(values=form.values(), by=request.user, now=timezone.now(), **facts)
        except KnownPesel as problem:
            say_known(form, problem)
        else:
            messages.success(request, _("The person is entered under the number %(number)s.") % {"number": person})
            return redirect("persons:person", uid=person.uid)
    context = {"form": form, "units": units}
    return render(request, "persons/person_form.html", context, status=422 if form.errors else 200)


@audience(may("persons.change_person"), rows="identifiable")
@changes
@require_http_methods(["GET", "HEAD", "POST"])
def person_change(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change a person's data; of a shielded one all but where they can be found."""
    person = identifiable(request, uid)
    return _change(request, person, person.open_together)


@audience(may("persons.change_person", step_up=True), rows="identifiable")
@changes
@require_http_methods(["GET", "HEAD", "POST"])
def person_change_address(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Change where a shielded person can be found."""
    person = identifiable(request, uid)
    if not person.shielded:
        return redirect("persons:change", uid=person.uid)
    return _change(request, person, list(person.guarded))


def _change(request: HttpRequest, person: Person, names: list[str]) -> HttpResponse:
    if person.erased_on or person.closed_on:
        messages.error(request, _("This record is closed and takes no changes."))
        return redirect("persons:person", uid=person.uid)
    if request.method == "POST" and "seen_version" in request.POST:
        return _save(request, person, names)
    purpose = PurposeForm(request.POST or None)
    values = asked_values(person, names, purpose, by=request.user) if request.method == "POST" else None
    if values is None:
        context = {"person": person, "form": purpose, "title": _("Change the person's data")}
        context |= {"fields": [FIELDS[name] for name in names], "invented": person.invented}
        return render(request, "persons/purpose.html", context, status=422 if purpose.errors else 200)
    form = _form(None, names, initial=initial_of(person, values) | purpose.cleaned_data)
    return render(request, "persons/person_form.html", {"form": form, "person": person, "invented": person.invented})


def _form(data, names: list[str], *, initial: dict | None = None) -> PersonForm:
    return PersonForm(data, units=Organisation.objects.none(), today=timezone.localdate(), names=names, initial=initial)


def _save(request: HttpRequest, person: Person, names: list[str]) -> HttpResponse:
    form = _form(chosen(request), names)
    if form.is_valid():
        try:
            change_person(
                person=person,
                seen_version=form.cleaned_data["seen_version"],
                values=form.values(),
                plain=form.plain(),
                by=request.user,
                now=timezone.now(),
                on=timezone.localdate(),
            )
        except ChangedMeanwhile as problem:
            return _both_versions(request, form, problem.current, names)
        except KnownPesel as problem:
            say_known(form, problem)
        except (PersonClosed, PersonErased):
            form.add_error(None, _("Somebody closed this record meanwhile; it takes no changes. Copy what you need."))
        else:
            messages.success(request, _("The change is saved."))
            return redirect("persons:person", uid=person.uid)
    context = {"form": form, "person": person, "invented": person.invented}
    return render(request, "persons/person_form.html", context, status=422)


def _both_versions(request: HttpRequest, form: PersonForm, current: Person, names: list[str]) -> HttpResponse:
    """Both versions of the protected values: what stands there now is opened for the purpose of the change."""
    together = current.guarded if set(names) <= set(current.guarded) else current.open_together
    if current.erased_on or set(names) != set(together):
        form.add_error(
            None, _("Somebody shielded or erased this record meanwhile. Nothing was saved; copy what you need.")
        )
        context = {"form": form, "person": current, "invented": current.invented}
        return render(request, "persons/person_form.html", context, status=409)
    sent = form.cleaned_data
    held = open_person(person=current, names=names, purpose=sent["purpose"], words=sent["words"], by=request.user)
    back = reverse("persons:person", args=[current.uid])
    now = _form(None, names, initial=initial_of(current, held) | {"purpose": sent["purpose"], "words": sent["words"]})
    return conflict_page(request, form, now, current=current, back=back, invented=current.invented)


def say_known(form: PersonForm, problem: KnownPesel) -> None:
    """Put the refusal by the field."""
    words = _("Your unit already keeps a person with this PESEL: %(number)s.")
    form.add_error("pesel", words % {"number": problem.case_number})
