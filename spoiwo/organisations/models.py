"""Offices, councils, institutions and organisations that the region works with."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from spoiwo.access.models import Invitation
from spoiwo.kernel.privacy import classified
from spoiwo.organisations.querysets import MembershipQuerySet, OrganisationQuerySet
from spoiwo.places.models import Place


class Kind(models.TextChoices):
    """What an organisation is."""

    ROPS = "rops", _("regional social policy centre")
    ASSEMBLY = "assembly", _("regional assembly")
    BOARD = "board", _("regional board")
    OFFICE = "office", _("office or department")
    VOIVODE_OFFICE = "voivode_office", _("voivode's office")
    NGO = "ngo", _("non-governmental organisation")
    ZAZ = "zaz", _("vocational activity establishment")
    ADOPTION_CENTRE = "adoption_centre", _("adoption centre")
    COUNCIL = "council", _("council or committee")
    PCPR = "pcpr", _("powiat family support centre")
    OPS = "ops", _("social welfare centre")
    CUS = "cus", _("social services centre")
    CARE_HOME = "care_home", _("residential care home")
    OTHER = "other", _("other")


@classified(public="region code name kind place", internal="address note")
class Organisation(models.Model):
    """One organisation of one region, under the name of its day."""

    region = models.CharField(_("region"), max_length=2)
    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=300)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="organisations")
    address = models.CharField(_("address"), max_length=300, blank=True)
    note = models.TextField(_("note"), blank=True)
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="Membership", related_name="organisations")
    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["region", "code"], name="organisation_code_once")]

    def __str__(self) -> str:
        return self.name


@classified(internal="organisation since until administers cares", personal="user")
class Membership(models.Model):
    """A person who works for, or reports on behalf of, an organisation.

    `cares`: the role of a care officer counts here. The role alone opens the protected cases of no organisation.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    administers = models.BooleanField(_("invites and closes accounts of this organisation"), default=False)
    cares = models.BooleanField(_("runs protected cases of this organisation"), default=False)
    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "user", "since"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.organisation}"


@classified(internal="invitation organisation administers")
class InvitedTo(models.Model):
    """The organisation that an invitation leads to; it goes when the invitation goes."""

    invitation = models.OneToOneField(Invitation, models.CASCADE, related_name="invited_to")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="invitations")
    administers = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.invitation} · {self.organisation}"
