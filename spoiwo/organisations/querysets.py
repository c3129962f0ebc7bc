"""Questions about organisations and who works for them."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from spoiwo.access.models import RoleAssignment
from spoiwo.access.querysets import lent_to
from spoiwo.organisations.domain import CARE_ROLE


class OrganisationQuerySet(models.QuerySet):
    """Organisations of a region."""

    def of_region(self, region: str) -> Self:
        """Those of one voivodeship (two digits)."""
        return self.filter(region=region)

    def of_kind(self, kind: str) -> Self:
        """Those of one kind."""
        return self.filter(kind=kind)

    def of_member(self, user, on: date) -> Self:
        """Those a person works for, or reports on behalf of, on a day; those of people whom they substitute too."""
        if not user.is_authenticated:
            return self.none()
        here = Q(memberships__user=user) | lent_to(user, on, "memberships__user")
        return self.filter(here & _working(on)).distinct()

    def administered_by(self, user, on: date) -> Self:
        """Those whose accounts a person keeps on a day; this is not lent."""
        if not user.is_authenticated:
            return self.none()
        keeping = Q(memberships__user=user, memberships__administers=True)
        return self.filter(keeping & _working(on)).distinct()


def _working(on: date) -> Q:
    return Q(memberships__since__lte=on) & (Q(memberships__until=None) | Q(memberships__until__gte=on))


class MembershipQuerySet(models.QuerySet):
    """Work for organisations through time."""

    def held_on(self, day: date) -> Self:
        """Memberships in force on a day."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))

    def caring(self) -> Self:
        """Those in which the role of a care officer counts."""
        return self.filter(cares=True)

    def with_care_role(self, day: date) -> Self:
        """Each with `has_care_role`: whether the person holds the role of a care officer on a day."""
        held = RoleAssignment.objects.held_on(day).filter(role=CARE_ROLE, user=OuterRef("user"))
        return self.annotate(has_care_role=Exists(held))
