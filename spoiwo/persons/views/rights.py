"""Rights of the person: erasure, and the data handed out on request."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from spoiwo.access.audience import audience, may
from spoiwo.doors.answers import file_response
from spoiwo.doors.once import once, repeatable
from spoiwo.persons.errors import AlreadyDecided, NamesThePerson, PersonErased, SamePerson, StillKept
from spoiwo.persons.forms.deeds import LEAVE_OUT, DecisionForm, ErasureForm, RequestForm
from spoiwo.persons.models import ErasureRequest
from spoiwo.persons.services.erasure import ask_erasure, erase_person, refuse_erasure
from spoiwo.persons.services.opening import refuse_names
from spoiwo.persons.views.reach import identifiable, visible
from spoiwo.ui.text import written_day
from spoiwo.vault.services.disclosure import export_person


@audience(may("persons.change_person"), rows="identifiable")
@once
@require_http_methods(["GET", "HEAD", "POST"])
def erasure_ask(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Ask the data-protection officer to erase a person's data."""
    person = identifiable(request, uid)
    if person.erased_on:
        return redirect("persons:person", uid=person.uid)
    form = ErasureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"by": request.user, "now": timezone.now(), "today": timezone.localdate()}
        try:
            ask_erasure(person=person, **form.cleaned_data, **facts)
        except StillKept as problem:
            form.add_error("ground", still_kept(problem))
        except NamesThePerson:
            form.add_error("reason", LEAVE_OUT)
        except AlreadyDecided:
            form.add_error(None, _("A request to erase this person's data already waits for the decision."))
        except PersonErased:
            return redirect("persons:person", uid=person.uid)
        else:
            messages.success(request, _("The request waits for the data-protection officer."))
            return redirect("persons:person", uid=person.uid)
    context = {"person": person, "form": form, "invented": person.invented}
    return render(request, "persons/erasure_ask.html", context, status=422 if form.errors else 200)


@audience(may("persons.decide_erasure", step_up=True), rows="visible")
@repeatable("a request that was decided takes no other decision")
@require_http_methods(["GET", "HEAD", "POST"])
def erasure_decide(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Erase a person's data for ever, or say why it stays."""
    person = visible(request, uid)
    asked = person.erasures.waiting().select_related("asked_by", "person").first()
    if asked is None or person.erased_on:
        messages.info(request, _("No request to erase this person's data waits for a decision."))
        return redirect("persons:person", uid=person.uid)
    form = DecisionForm(request.POST or None, expected=person.case_number)
    if request.method == "POST" and form.is_valid() and (words := _decide(request, form, asked)):
        messages.success(request, words)
        return redirect("persons:person", uid=person.uid)
    context = {"person": person, "asked": asked, "form": form, "invented": person.invented}
    return render(request, "persons/erasure_decide.html", context, status=422 if form.errors else 200)


def _decide(request: HttpRequest, form: DecisionForm, asked: ErasureRequest) -> str:
    """What was done, in words; nothing when the form says why it was not."""
    now, sent = timezone.now(), form.cleaned_data
    try:
        if sent["decision"] == "erase":
            erase_person(request=asked, by=request.user, now=now, today=timezone.localdate())
            return _("The data is erased for ever.")
        refuse_erasure(request=asked, answer=sent["answer"], by=request.user, now=now)
        return _("The request is refused; the unit sees your answer.")
    except StillKept as problem:
        form.add_error(None, still_kept(problem))
    except SamePerson:
        form.add_error(None, _("You asked for this erasure yourself; another person carries it out."))
    except NamesThePerson:
        form.add_error("answer", LEAVE_OUT)
    except AlreadyDecided:
        return _("Somebody has already decided this request.")
    return ""


def still_kept(problem: StillKept) -> str:
    """Why the time of keeping is not over."""
    if problem.until is None:
        return _("The record is open: its time of keeping has not begun. Close it first, or choose another ground.")
    words = _("The record is kept until %(day)s; before that day only another ground allows the erasure.")
    return words % {"day": written_day(problem.until)}


@audience(may("persons.export_person", step_up=True), rows="visible")
@repeatable("the file is made anew each time, and each time is recorded")
@require_http_methods(["GET", "HEAD", "POST"])
def person_export(request: HttpRequest, uid: UUID) -> HttpResponse:
    """Everything the house holds about a person of the register, as one file for them."""
    person = visible(request, uid)
    if person.erased_on:
        return redirect("persons:person", uid=person.uid)
    form = RequestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = {"by": request.user, "purpose": form.cleaned_data["reason"], "now": timezone.now()}
        try:
            refuse_names(person, facts["purpose"])
            _given, content = export_person(subject=person.subject_id, **facts)
        except NamesThePerson:
            form.add_error("reason", LEAVE_OUT)
        else:
            name = f"{person.case_number}-dane.zip"
            return file_response(name=name, content=content, media_type="application/zip")
    context = {"person": person, "form": form, "invented": person.invented}
    return render(request, "persons/export.html", context, status=422 if form.errors else 200)
