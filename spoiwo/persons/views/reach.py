"""How a view gets at a person: what one may not know of is not found, never refused."""

from uuid import UUID

from django.http import Http404, HttpRequest
from django.utils import timezone

from spoiwo.persons.models import Person


def visible(request: HttpRequest, uid: UUID) -> Person:
    """A case that one may see without the identity."""
    return _found(Person.objects.visible_to(request.user, timezone.localdate()), uid)


def identifiable(request: HttpRequest, uid: UUID) -> Person:
    """A person whose identity one may open."""
    return _found(Person.objects.identifiable_by(request.user, timezone.localdate()), uid)


def assignable(request: HttpRequest, uid: UUID) -> Person:
    """A person to whom one may give caseworkers."""
    return _found(Person.objects.assignable_by(request.user, timezone.localdate()), uid)


def answerable(request: HttpRequest, uid: UUID) -> Person:
    """A person of whom one may tell who looked."""
    return _found(Person.objects.answerable_by(request.user, timezone.localdate()), uid)


def _found(rows, uid: UUID) -> Person:
    person = rows.select_related("unit").filter(uid=uid).first()
    if person is None:
        raise Http404
    return person
