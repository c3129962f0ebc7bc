"""Who runs a person's case. For a shielded person this is also who may open the record."""

from datetime import date

from django.contrib.auth import get_user_model
from django.db import models, transaction

from spoiwo.access.models import Role, RoleAssignment
from spoiwo.audit.services import record
from spoiwo.organisations.models import Membership, Organisation
from spoiwo.persons.errors import LastCaseworker, NotInUnit, NotOneself, PersonErased
from spoiwo.persons.models import Caseworker, Person


def care_officers_of(unit: Organisation, on: date) -> models.QuerySet:
    """People who work for a unit as care officers on a day: they hold the role, and run the cases of this unit."""
    members = Membership.objects.held_on(on).caring().filter(organisation=unit).values("user")
    holders = RoleAssignment.objects.held_on(on).filter(role=Role.POWIAT_CARE_OFFICER).values("user")
    return get_user_model().objects.filter(pk__in=members, is_active=True).filter(pk__in=holders)


@transaction.atomic
def assign_caseworker(*, person: Person, user, on: date, by) -> Caseworker:
    """Give a case to somebody of the unit; giving it again changes nothing.

    Raises: NotInUnit; PersonErased; NotOneself when somebody who may not open a shielded person would let themselves
    in.
    """
    person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    if person.erased_on:
        raise PersonErased
    if not care_officers_of(person.unit, on).filter(pk=user.pk).exists():
        raise NotInUnit
    held = person.caseworkers.held_on(on).filter(user=user).first()
    if held:
        return held
    if person.shielded and user == by:
        raise NotOneself
    caseworker = Caseworker.objects.create(person=person, user=user, since=on)
    record(by=by, deed="persons.caseworker_assigned", about=person, user=user.pk)
    return caseworker


@transaction.atomic
def end_caseworker(*, person: Person, user, on: date, by) -> None:
    """Take a case from somebody at once; taking it again changes nothing.

    Raises: LastCaseworker when nobody could open a shielded person any more.
    """
    person = Person.objects.select_for_update(no_key=True, of=("self",)).get(pk=person.pk)
    held = person.caseworkers.held_on(on)
    if not held.filter(user=user).exists():
        return
    if person.shielded and not held.exclude(user=user).exists():
        raise LastCaseworker
    held.filter(user=user).update(ended_on=on)
    record(by=by, deed="persons.caseworker_ended", about=person, user=user.pk)
