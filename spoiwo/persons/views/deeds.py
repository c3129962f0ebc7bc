"""What is done with a record as a whole: closing, opening again, the shield, who runs the case."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from spoiwo.access.audience import audience, may
from spoiwo.doors.once import changes, repeatable
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.persons.domain.retention import proposed_end
from spoiwo.persons.errors import (
    LastCaseworker,
    NamesThePerson,
    NotInUnit,
    NotOneself,
    PersonErased,
    WrongDay,
)
from spoiwo.persons.forms.deeds import LEAVE_OUT, AssignForm, CloseForm, ReasonForm, ShieldForm
from spoiwo.persons.models import Person
from spoiwo.persons.services.caseworkers import assign_caseworker, care_officers_of, end_caseworker
from spoiwo.persons.services.opening import refuse_names
from spoiwo.persons.services.register import close_person, reopen_person, shield_person
from spoiwo.persons.views.reach import assignable, identifiable
from spoiwo.ui.conflict import chosen, conflict_page
from spoiwo.ui.text import written_day


@audience(may("persons.change_person"), rows="identifiable")
@changes
@require_http_methods(["GET", "HEAD", "POST"])
def person_close(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Close a record and say how long it is kept."""
    person, today = identifiable(request, uid), timezone.localdate()
    if person.closed_on and request.method != "POST":  # who sent a form sees both versions
        return redirect("persons:person", uid=person.uid)
    form = CloseForm(chosen(request), today=today, initial=_to_close(person, today))
    if request.method == "POST" and form.is_valid():
        wanted = form.cleaned_data
        try:
            close_person(person=person, by=request.user, now=timezone.now(), **wanted)
        except ChangedMeanwhile as problem:
            now = CloseForm(today=today, initial=_to_close(problem.current, today))
            back = reverse("persons:person", args=[person.uid])
            return conflict_page(request, form, now, current=problem.current, back=back)
        except WrongDay as problem:
            name = "closed_on" if problem.earliest > wanted["closed_on"] else "keep_until"
            words = _("This day is too early; the first possible one is %(day)s.")
            form.add_error(name, words % {"day": written_day(problem.earliest)})
        except PersonErased:
            return redirect("persons:person", uid=person.uid)
        else:
            messages.success(request, _("The record is closed."))
            return redirect("persons:person", uid=person.uid)
    context = {"person": person, "form": form, "invented": person.invented}
    return render(request, "persons/close.html", context, status=422 if form.errors else 200)


def _to_close(person: Person, today) -> dict:
    if person.closed_on:
        return {"closed_on": person.closed_on, "keep_until": person.keep_until, "seen_version": person.version}
    return {"closed_on": today, "keep_until": proposed_end(today, person.basis), "seen_version": person.version}


@audience(may("persons.change_person"), rows="identifiable")
@changes
@require_http_methods(["GET", "HEAD", "POST"])
def person_reopen(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Open a closed record again."""
    person = identifiable(request, uid)
    if person.erased_on or (not person.closed_on and request.method != "POST"):  # who sent a form sees both versions
        return redirect("persons:person", uid=person.uid)
    texts = {
        "title": _("Open the record again"),
        "button": _("Open the record again"),
        "done": _("The record is open again."),
    }
    form = ReasonForm(chosen(request), initial={"seen_version": person.version})
    return _with_reason(request, person, form, texts, partial(reopen_person, person=person))


@audience(may("persons.change_person", step_up=True), rows="identifiable")
@changes
@require_http_methods(["GET", "HEAD", "POST"])
def person_shield(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Hide where a person can be found, or show it to the unit again."""
    person = identifiable(request, uid)
    if person.erased_on:
        return redirect("persons:person", uid=person.uid)
    lift, shield = ShieldForm.LIFT, ShieldForm.SHIELD
    begun = {"seen_version": person.version, "wanted": lift if person.shielded else shield}
    form = ShieldForm(chosen(request), initial=begun)
    if form["wanted"].value() == lift:  # what was asked for, whatever somebody else did meanwhile
        texts = {
            "title": _("Lift the shield"),
            "button": _("Lift the shield"),
            "done": _("The shield is lifted."),
            "say": _("Afterwards every care officer of the unit may open the data, the address with it."),
        }
    else:
        texts = {
            "title": _("Shield the address"),
            "button": _("Shield the address"),
            "done": _("The address is shielded."),
            "say": _(
                "Afterwards only caseworkers of this person open the data, and the address apart from the rest. "
                "You become a caseworker of this case."
            ),
        }
    facts = {"shielded": form["wanted"].value() == shield, "on": timezone.localdate()}
    return _with_reason(request, person, form, texts, partial(shield_person, person=person, **facts))


def _with_reason(request: HttpRequest, person: Person, form: ReasonForm, texts: dict, do: Callable) -> HttpResponse:
    """A deed that is done for a reason; what somebody else did meanwhile stands beside what was asked for."""
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data
        try:
            refuse_names(person, sent["reason"])
            do(seen_version=sent["seen_version"], reason=sent["reason"], by=request.user, now=timezone.now())
        except NamesThePerson:
            form.add_error("reason", LEAVE_OUT)
        except PersonErased:
            return redirect("persons:person", uid=person.uid)
        except ChangedMeanwhile as problem:
            facts = {"current": problem.current, "person": problem.current, "save": texts["button"]}
            facts |= {"back": reverse("persons:person", args=[person.uid]), "invented": person.invented}
            return conflict_page(request, form, form, above="persons/_stands.html", also=("reason",), **facts)
        else:
            messages.success(request, texts["done"])
            return redirect("persons:person", uid=person.uid)
    context = {"person": person, "form": form, "invented": person.invented, **texts}
    return render(request, "persons/reason.html", context, status=422 if form.errors else 200)


@audience(may("persons.change_person"), rows="assignable")
@repeatable("a case given twice to one person is given once")
@require_http_methods(["GET", "HEAD", "POST"])
def person_caseworkers(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Who runs the case, and giving it to somebody else of the unit."""
    person, today = assignable(request, uid), timezone.localdate()
    held = person.caseworkers.held_on(today).select_related("user")
    people = care_officers_of(person.unit, today).exclude(pk__in=held.values("user"))
    form = AssignForm(request.POST or None, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            assign_caseworker(person=person, user=form.cleaned_data["user"], on=today, by=request.user)
        except NotOneself:
            form.add_error("user", _("You do not run this case, so you give it to somebody else, not to yourself."))
        except NotInUnit:
            form.add_error("user", _("This person does not work for the unit any more."))
        except PersonErased:
            return redirect("persons:person", uid=person.uid)
        else:
            messages.success(request, _("The caseworker is assigned."))
            return redirect("persons:caseworkers", uid=person.uid)
    past = person.caseworkers.exclude(ended_on=None).select_related("user")
    context = {"person": person, "form": form, "held": held, "past": past, "invented": person.invented}
    return render(request, "persons/caseworkers.html", context, status=422 if form.errors else 200)


@audience(may("persons.change_person"), rows="assignable")
@repeatable("a case taken twice from one person is taken once")
@require_POST
def caseworker_end(request: HttpRequest, uid: UUID, pk: int) -> HttpResponse:
    """Take the case from somebody, at once."""
    person = assignable(request, uid)
    caseworker = get_object_or_404(person.caseworkers.select_related("user"), pk=pk)
    try:
        end_caseworker(person=person, user=caseworker.user, on=timezone.localdate(), by=request.user)
        messages.success(request, _("The caseworker no longer runs this case."))
    except LastCaseworker:
        messages.error(request, _("Assign somebody else first: nobody could open this shielded record."))
    if not Person.objects.filter(pk=person.pk).assignable_by(request.user, timezone.localdate()).exists():
        return redirect("persons:person", uid=person.uid)
    return redirect("persons:caseworkers", uid=person.uid)
