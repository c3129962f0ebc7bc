"""Accounts as the office sees them in a list."""

from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from spoiwo.access.models import RoleAssignment, User
from spoiwo.access.services.factors import FIRST_CLASS


def accounts_on(day: date) -> QuerySet[User]:
    """Accounts with the roles of a day (`roles_now`) and whether they have a second factor (`factor`)."""
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type__in=FIRST_CLASS)
    roles = Prefetch("role_assignments", RoleAssignment.objects.held_on(day), to_attr="roles_now")
    return User.objects.annotate(factor=Exists(factor)).prefetch_related(roles)
