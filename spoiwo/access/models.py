"""Accounts and the roles people hold for a time."""

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from spoiwo.access.querysets import RoleAssignmentQuerySet


class Role(models.TextChoices):
    """What a person does in the house; reporters belong to other offices."""

    ROPS_OFFICER = "rops_officer", _("ROPS officer")
    DIRECTOR = "director", _("ROPS director")
    TREASURER = "treasurer", _("treasurer")
    EDITOR = "editor", _("editor")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")
    GMINA_REPORTER = "gmina_reporter", _("gmina reporter")
    POWIAT_REPORTER = "powiat_reporter", _("powiat reporter")
    NGO_REPORTER = "ngo_reporter", _("NGO reporter")
    POWIAT_CARE_OFFICER = "powiat_care_officer", _("powiat care officer")
    FOSTER_OFFICER = "foster_officer", _("ROPS foster-care officer")
    COUNCILLOR = "councillor", _("councillor")
    DATA_PROTECTION_OFFICER = "data_protection_officer", _("data-protection officer")


class UserManager(BaseUserManager):
    """Finds accounts by e-mail without regard to case."""

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """One person who signs in; never a shared account."""

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=150)
    invented = models.BooleanField(_("demonstration account"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    objects = UserManager()

    USERNAME_FIELD = EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        ordering = ["full_name", "email"]

    def __str__(self) -> str:
        return self.full_name

    def has_perm(self, perm: str, obj: object = None) -> bool:
        """Ask the table of rules; an inactive account may nothing."""
        return self.is_active and rules.has_perm(perm, self, obj)

    @cached_property
    def current_roles(self) -> frozenset[str]:
        """Roles held today; asked once per request."""
        held = self.role_assignments.held_on(timezone.localdate())
        return frozenset(held.values_list("role", flat=True))

    def role_names(self) -> list[str]:
        """Roles held today in the words of the screen."""
        return [str(Role(role).label) for role in Role.values if role in self.current_roles]


class RoleAssignment(models.Model):
    """A role held by a person from a day, until a day or further notice."""

    user = models.ForeignKey(User, models.PROTECT, related_name="role_assignments")
    role = models.CharField(_("role"), max_length=32, choices=Role.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role", "since"]
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="role_ends_after_it_began"),
            models.UniqueConstraint(fields=["user", "role", "since"], name="role_given_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"
