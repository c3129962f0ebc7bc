"""Whose data one may see, and whose identity one may open: the only two questions that decide it."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from spoiwo.access.models import Role, RoleAssignment
from spoiwo.organisations.models import Membership, Organisation
from spoiwo.vault.services import fingerprints_of


def own_units(user, on: date) -> models.QuerySet:
    """Units for which somebody is a care officer on a day: their own, and those of a care officer they stand in for.

    The role counts only together with the units for which its holder runs cases: a plain member of another unit sees
    nothing there, and a role that was lent opens no unit more.
    """
    if not (user.is_authenticated and user.is_active):
        return Organisation.objects.none()
    holders = RoleAssignment.objects.in_force_for(user, on).filter(role=Role.POWIAT_CARE_OFFICER)
    memberships = Membership.objects.held_on(on).caring().filter(user__in=holders.values("user"))
    return Organisation.objects.filter(pk__in=memberships.values("organisation"))


class PersonQuerySet(models.QuerySet):
    """Persons, in the words of the unit."""

    def visible_to(self, user, on: date) -> Self:
        """Cases of which one sees number, unit, band of ages and days: of the own unit, or of all for the region."""
        if user.has_perm("persons.view_region"):
            return self
        return self.of_own_unit(user, on)

    def of_own_unit(self, user, on: date) -> Self:
        """Persons of the units for which one is a care officer on a day; of others one does not learn that they are."""
        return self.filter(unit__in=own_units(user, on).values("pk"))

    def identifiable_by(self, user, on: date) -> Self:
        """Persons whose identity one may open for a purpose: of the own unit; shielded ones only in one's own cases."""
        return self.of_own_unit(user, on).filter(Q(shielded=False) | Exists(self._cases_of(user, on)))

    def answerable_by(self, user, on: date) -> Self:
        """Persons of whom one may tell who looked: the data-protection officer of all, others of whom they may open."""
        return self if user.has_perm("persons.export_person") else self.identifiable_by(user, on)

    def assignable_by(self, user, on: date) -> Self:
        """Persons to whom one may give caseworkers: those one may open, or of a unit one administers."""
        administered = Organisation.objects.administered_by(user, on)
        may_open = Q(shielded=False) | Exists(self._cases_of(user, on))
        return self.of_own_unit(user, on).filter(may_open | Q(unit__in=administered.values("pk")))

    def run_by(self, user, on: date) -> Self:
        """Persons whose cases somebody runs on a day."""
        return self.filter(Exists(self._cases_of(user, on)))

    def _cases_of(self, user, on: date) -> models.QuerySet:
        caseworkers = self.model._meta.get_field("caseworkers").related_model.objects
        return caseworkers.held_on(on).filter(person=OuterRef("pk"), user=user.pk)

    def with_last_name(self, text: str) -> Self:
        """Persons with exactly this last name; case, accents and dashes do not count."""
        return self._with("last_name", text)

    def with_pesel(self, text: str) -> Self:
        """Persons with exactly this PESEL."""
        return self._with("pesel", text)

    def _with(self, name: str, text: str) -> Self:
        return self.filter(**{f"{name}_index__in": fingerprints_of(self.model, name, text)})

    def not_closed(self) -> Self:
        """Records that are open."""
        return self.filter(closed_on=None)

    def closed(self) -> Self:
        """Records that were closed and not erased."""
        return self.exclude(closed_on=None).filter(erased_on=None)

    def kept_long_enough(self, today: date) -> Self:
        """Records whose time of keeping is over and whose data is still there."""
        return self.filter(keep_until__lt=today, erased_on=None)

    def erasure_asked(self) -> Self:
        """Persons whose erasure waits for a decision."""
        return self.filter(erasures__decided_at=None, erasures__isnull=False)

    def erased(self) -> Self:
        """Persons whose data is gone."""
        return self.exclude(erased_on=None)


class CaseworkerQuerySet(models.QuerySet):
    """Who runs cases through time."""

    def held_on(self, day: date) -> Self:
        """Those in force on a day."""
        return self.filter(since__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))


class ErasureQuerySet(models.QuerySet):
    """Requests for erasures."""

    def waiting(self) -> Self:
        """Those without a decision."""
        return self.filter(decided_at=None)

    def refused(self) -> Self:
        """Those whose data stayed."""
        return self.exclude(decided_at=None).filter(done=False)
