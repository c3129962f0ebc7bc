"""The list of cases without names, the search by an exact name or number, and one case."""

from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from spoiwo.access.audience import audience, may
from spoiwo.doors.once import repeatable
from spoiwo.organisations.models import Organisation
from spoiwo.persons.forms.deeds import ListFilter, PurposeForm, SearchForm
from spoiwo.persons.models import Person
from spoiwo.persons.querysets import own_units
from spoiwo.persons.services.opening import SHOWN, search_persons
from spoiwo.persons.tables import case_rows
from spoiwo.persons.views.reach import visible

PAGE = 50


@audience(may("persons.view_list"))
@require_safe
def person_list(request: HttpRequest) -> HttpResponse:
    """Cases by number, with the band of ages and days; nobody's name."""
    today = timezone.localdate()
    own = request.user.has_perm("persons.open_person")
    seen = Person.objects.visible_to(request.user, today)
    units = Organisation.objects.filter(pk__in=seen.order_by().values("unit"))
    form = ListFilter(request.GET or None, units=units, own=own)
    rows = form.narrow(seen.select_related("unit"), user=request.user, today=today)
    page = Paginator(rows, PAGE).get_page(request.GET.get("strona"))
    context = {
        "form": form,
        "page": page,
        "rows": case_rows(page.object_list, user=request.user, today=today),
        "own": own,
        "search": SearchForm() if own else None,
        "mine": own_units(request.user, today) if own else (),
        "invented": any(row.invented for row in page.object_list),
    }
    return render(request, "persons/person_list.html", context)


@audience(may("persons.open_person"))
@repeatable("a search changes nothing; it is recorded each time")
@require_http_methods(["GET", "HEAD", "POST"])
def person_search(request: HttpRequest) -> HttpResponse:
    """Persons of one's own unit with exactly this name or number; what was sought stands in no address and no log."""
    today = timezone.localdate()
    form = SearchForm(request.POST or None)
    context = {"form": form, "searched": False, "shown": SHOWN}
    if request.method == "POST" and form.is_valid():
        found = search_persons(**form.sought(), by=request.user, on=today)
        context |= {"searched": True, "rows": case_rows(found, user=request.user, today=today), "own": True}
        context["invented"] = any(row.invented for row in found)
    return render(request, "persons/person_search.html", context, status=422 if form.errors else 200)


@audience(may("persons.view_list"), rows="visible")
@require_safe
def person_page(request: HttpRequest, uid: UUID) -> HttpResponse:
    """One case without the identity, and what can be done with it."""
    today = timezone.localdate()
    person = visible(request, uid)
    mine = Person.objects.filter(pk=person.pk)
    identifiable = mine.identifiable_by(request.user, today).exists()
    context = {
        "person": person,
        "row": case_rows([person], user=request.user, today=today)[0],
        "identifiable": identifiable,
        "own": mine.of_own_unit(request.user, today).exists(),
        "assignable": mine.assignable_by(request.user, today).exists(),
        "answerable": mine.answerable_by(request.user, today).exists(),
        "form": PurposeForm(),
        "papers": person.papers.exclude(stored_as="") if identifiable else (),
        "asked": person.erasures.waiting().select_related("asked_by").first(),
        "refused": person.erasures.refused().last() if identifiable else None,
        "over": person in mine.kept_long_enough(today),
        "invented": person.invented,
    }
    return render(request, "persons/person_page.html", context)
