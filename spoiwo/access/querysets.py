"""Questions about accounts: who holds which role, who stands in for whom, what is open."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q


def in_force(day: date, under: str = "") -> Q:
    """Substitutions that lend on a day; `under` is the way to them from another table."""
    during = Q(**{f"{under}since__lte": day, f"{under}until__gte": day})
    return during & (Q(**{f"{under}ended_on": None}) | Q(**{f"{under}ended_on__gt": day}))


def lent_to(user, day: date, way: str) -> Q:
    """People on leave who lend to `user` on a day; `way` leads to them. A closed account lends nothing."""
    lending = in_force(day, f"{way}__absences__")
    return lending & Q(**{f"{way}__absences__substitute": user, f"{way}__is_active": True})


class UserQuerySet(models.QuerySet):
    """Accounts."""

    def matching(self, words: str) -> Self:
        """Those whose name or e-mail contains the words."""
        return self.filter(Q(full_name__icontains=words) | Q(email__icontains=words))

    def holding(self, role: str, day: date) -> Self:
        """Those who hold a role of their own on a day."""
        held = Q(role_assignments__role=role, role_assignments__since__lte=day)
        held &= Q(role_assignments__until=None) | Q(role_assignments__until__gte=day)
        held &= Q(role_assignments__taken_on=None) | Q(role_assignments__taken_on__gt=day)
        return self.filter(held).distinct()

    def substituted_by(self, user, day: date) -> Self:
        """People on leave whom `user` substitutes on a day."""
        lending = in_force(day, "absences__")
        return self.filter(lending, absences__substitute=user, is_active=True).distinct()


class RoleAssignmentQuerySet(models.QuerySet):
    """Roles through time."""

    def held_on(self, day: date) -> Self:
        """Roles in force on a day."""
        ending = (Q(until=None) | Q(until__gte=day)) & (Q(taken_on=None) | Q(taken_on__gt=day))
        return self.filter(ending, since__lte=day)

    def in_force_for(self, user, day: date) -> Self:
        """Roles that count for a person on a day: their own, and those lent by people whom they substitute."""
        return self.held_on(day).filter(Q(user=user) | lent_to(user, day, "user")).distinct()


class SubstitutionQuerySet(models.QuerySet):
    """Who stands in for whom."""

    def in_force_on(self, day: date) -> Self:
        """Those that lend on a day."""
        return self.filter(in_force(day))

    def meeting(self, since: date, until: date) -> Self:
        """Those that share a day with these days."""
        still = Q(ended_on=None) | Q(ended_on__gt=since)
        return self.filter(still, since__lte=until, until__gte=since)

    def open_on(self, day: date) -> Self:
        """Those that lend on a day or will later."""
        return self.filter(Q(ended_on=None) | Q(ended_on__gt=day), until__gte=day)


class InvitationQuerySet(models.QuerySet):
    """Invitations."""

    def open_at(self, now: datetime) -> Self:
        """Those that can still be accepted."""
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=now)


class AttemptQuerySet(models.QuerySet):
    """Tries."""

    def since(self, counter: str, key: str, moment: datetime) -> Self:
        """Those of one counter after a moment."""
        return self.filter(counter=counter, key=key, at__gt=moment)
