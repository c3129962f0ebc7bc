"""Accounts, the roles people hold or lend for a time, invitations, and what a sign-in leaves behind."""

from datetime import datetime

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from spoiwo.access.domain.invitations import InvitationState, state_of
from spoiwo.access.querysets import (
    AttemptQuerySet,
    InvitationQuerySet,
    RoleAssignmentQuerySet,
    SubstitutionQuerySet,
    UserQuerySet,
)
from spoiwo.kernel.privacy import classified


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


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    """Finds accounts by e-mail without regard to case."""

    def get_by_natural_key(self, email: str) -> "User":
        return self.get(email__iexact=email)


@classified(
    internal="invented is_active created_at version session_epoch closed_at last_login",
    personal="email full_name closed_reason",
    secret="password",  # noqa: S106 - the name of a class and of a field
)
class User(AbstractBaseUser):
    """One person who signs in; never a shared account.

    `version` moves with every change made by the office; an open session then takes a new key. `session_epoch` moves
    when every session of the account has to end.
    """

    email = models.EmailField(_("e-mail"), unique=True)
    full_name = models.CharField(_("full name"), max_length=150)
    invented = models.BooleanField(_("demonstration account"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    version = models.PositiveIntegerField(default=1)
    session_epoch = models.PositiveIntegerField(default=0)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    closed_reason = models.CharField(_("reason"), max_length=300, blank=True)
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

    # What is asked once per request has a name of its own kind: packages put the rest of a row into a session.

    @cached_property
    def _in_force(self) -> list["RoleAssignment"]:
        return list(RoleAssignment.objects.in_force_for(self, timezone.localdate()))

    @cached_property
    def _substituted(self) -> list["User"]:
        return list(User.objects.substituted_by(self, timezone.localdate()))

    @property
    def roles_in_force(self) -> list["RoleAssignment"]:
        """Roles held today, one's own and those lent by people on leave."""
        return self._in_force

    @property
    def current_roles(self) -> frozenset[str]:
        """Roles that count today, lent ones too."""
        return frozenset(row.role for row in self.roles_in_force)

    @property
    def own_roles(self) -> frozenset[str]:
        """Roles held today without those that were lent."""
        return frozenset(row.role for row in self.roles_in_force if row.user_id == self.pk)

    @property
    def stands_in_for(self) -> list["User"]:
        """The people on leave whom this person substitutes today."""
        return self._substituted

    @property
    def signature(self) -> str:
        """The name under a deed; of a substitute also whom they stood in for at that time, in whichever role."""
        if not self.stands_in_for:
            return self.full_name
        names = ", ".join(person.full_name for person in self.stands_in_for)
        return f"{self.full_name} (zastępuje w tym czasie: {names})"

    def role_names(self) -> list[str]:
        """Roles held today in the words of the screen."""
        return [str(Role(role).label) for role in Role.values if role in self.current_roles]

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a session carries; another password or another epoch ends every session."""
        return salted_hmac("spoiwo.access.session", f"{self.password} {self.session_epoch}", secret=secret).hexdigest()


@classified(internal="user role since until taken_on", personal="reason")
class RoleAssignment(models.Model):
    """A role held by a person from a day, until a day or further notice; `taken_on` is the first day without it."""

    user = models.ForeignKey(User, models.PROTECT, related_name="role_assignments")
    role = models.CharField(_("role"), max_length=32, choices=Role.choices)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    taken_on = models.DateField(_("taken"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["user", "role", "since"]
        constraints = [
            models.CheckConstraint(condition=Q(until=None) | Q(until__gte=F("since")), name="role_ends_after_it_began"),
            models.UniqueConstraint(fields=["user", "role", "since"], name="role_given_once_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"


@classified(internal="absent substitute since until ended_on version", personal="reason")
class Substitution(models.Model):
    """A person on leave lends roles and units to another (zastępstwo) for some days, both ends included.

    Passwords are never shared: the substitute signs in as themself and every deed says whom they stood in for.
    """

    absent = models.ForeignKey(User, models.PROTECT, related_name="absences")
    substitute = models.ForeignKey(User, models.PROTECT, related_name="substitutions")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"))
    ended_on = models.DateField(_("ended early"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)
    version = models.PositiveIntegerField(default=1)
    objects = SubstitutionQuerySet.as_manager()

    class Meta:
        ordering = ["-since", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="substitution_ends_after_it_began"),
            models.CheckConstraint(condition=~Q(absent=F("substitute")), name="nobody_substitutes_themself"),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} → {self.absent}"


@classified(
    internal="roles invited_by invited_at expires_at accepted_at withdrawn_at account version",
    personal="email",
    secret="token_hash",  # noqa: S106 - the name of a class and of a field
)
class Invitation(models.Model):
    """A letter with a link that opens an account once; only the hash of its token is kept."""

    email = models.EmailField(_("e-mail"))
    roles = models.JSONField(_("roles"), default=list)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="invitations")
    invited_at = models.DateTimeField(_("sent"))
    expires_at = models.DateTimeField(_("good until"))
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    account = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    objects = InvitationQuerySet.as_manager()

    class Meta:
        ordering = ["-invited_at", "-pk"]

    def __str__(self) -> str:
        return self.email

    def state(self, now: datetime) -> InvitationState:
        """Where the invitation stands at a moment."""
        return state_of(self.accepted_at, self.withdrawn_at, self.expires_at, now)

    def role_names(self) -> list[str]:
        """The roles that it gives, in the words of the screen."""
        return [str(Role(role).label) for role in Role.values if role in self.roles]


@classified(internal="user began_at seen_at way", personal="label", secret="session_key")  # noqa: S106 - names of fields
class Visit(models.Model):
    """A session that is open: in which browser, since when. The row goes when the session ends."""

    user = models.ForeignKey(User, models.CASCADE, related_name="visits")
    session_key = models.CharField(max_length=40, unique=True)
    label = models.CharField(_("browser"), max_length=80)
    way = models.CharField(max_length=60, blank=True)
    began_at = models.DateTimeField(_("signed in"))
    seen_at = models.DateTimeField(_("last used"))

    class Meta:
        ordering = ["-seen_at", "-pk"]

    def __str__(self) -> str:
        return self.label


@classified(internal="user since seen_at", personal="label", secret="browser")  # noqa: S106 - names of fields
class KnownBrowser(models.Model):
    """A browser in which the person has signed in before; strangers' failures do not close its door.

    `browser` is the keyed fingerprint of the random sign that the browser carries in a cookie.
    """

    user = models.ForeignKey(User, models.CASCADE, related_name="browsers")
    browser = models.CharField(max_length=64)
    label = models.CharField(_("browser"), max_length=80)
    since = models.DateTimeField(_("since"))
    seen_at = models.DateTimeField(_("last used"))

    class Meta:
        ordering = ["-seen_at", "-pk"]
        constraints = [models.UniqueConstraint(fields=["user", "browser"], name="browser_known_once")]

    def __str__(self) -> str:
        return self.label


@classified(internal="counter at", personal="key")
class Attempt(models.Model):
    """One try that failed or is under way, under the keyed fingerprint of an account, an address or a browser.

    Kept a day. Neither the address nor the e-mail can be read back.
    """

    counter = models.CharField(max_length=12)
    key = models.CharField(max_length=64)
    at = models.DateTimeField()
    objects = AttemptQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["counter", "key", "at"], name="attempts_of_a_key")]

    def __str__(self) -> str:
        return self.counter
