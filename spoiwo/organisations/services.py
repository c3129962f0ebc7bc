"""The office that runs the house, as data of the region; who works for an organisation and keeps its accounts."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from spoiwo.access.errors import OwnAccount, RoleNotAllowed
from spoiwo.access.models import Invitation, Role, RoleAssignment, User
from spoiwo.access.services.accounts import close_account
from spoiwo.access.services.invitations import Link, also_invites, invite, when_accepted
from spoiwo.access.services.roles import when_taken
from spoiwo.access.services.versions import locked, moved
from spoiwo.audit.services import record
from spoiwo.organisations.domain import CARE_ROLE, ROLES_OF_A_KIND, keeps_protected_cases
from spoiwo.organisations.errors import CareRoleNotHeld, NoProtectedCases, NotOnlyHere
from spoiwo.organisations.models import InvitedTo, Kind, Membership, Organisation
from spoiwo.places.models import Place


@dataclass(frozen=True)
class RegionProfile:
    """How the region and its office are called on every page."""

    code: str
    name: str
    office: str
    assembly: str
    address: str


def region_profile(region: str) -> RegionProfile:
    """Names for a region, from its organisations; plain words when none are entered yet."""
    name = Place.objects.filter(code=region, valid_to=None).values_list("name", flat=True).first() or region
    rows = Organisation.objects.of_region(region).filter(kind__in=[Kind.ROPS, Kind.ASSEMBLY])
    found = {row.kind: row for row in rows.order_by("-pk")}
    office, assembly = found.get(Kind.ROPS), found.get(Kind.ASSEMBLY)
    return RegionProfile(
        code=region,
        name=name,
        office=office.name if office else f"Regionalny Ośrodek Polityki Społecznej, województwo {name}",
        assembly=assembly.name if assembly else f"Sejmik Województwa ({name})",
        address=office.address if office else "",
    )


@transaction.atomic
def add_member(
    *, organisation: Organisation, user: User, since: date, by: User | None, cares: bool = False
) -> Membership:
    """Tie a person to an organisation, as one who runs its protected cases or not; doing it again changes nothing.

    A tie that is there already is told apart: `cares` is added to it, never taken away.
    """
    membership = organisation.memberships.filter(user=user, until=None).first()
    if membership is None:
        membership = Membership.objects.create(organisation=organisation, user=user, since=since)
        record(by=by, deed="organisations.member_added", about=organisation, user=str(user), since=since.isoformat())
    if cares and not membership.cares:
        account = locked(user)
        _turn_caring(membership, to=True, reason="", by=by)
        moved(account, user)
    return membership


@transaction.atomic
def add_organisation(*, region: str, code: str, name: str, kind: Kind, by: User | None) -> Organisation:
    """Enter an organisation of a region; one with this code stays as it is."""
    held = Organisation.objects.of_region(region).filter(code=code).first()
    if held:
        return held
    organisation = Organisation.objects.create(region=region, code=code, name=name, kind=kind)
    record(by=by, deed="organisations.added", about=organisation, code=code)
    return organisation


# Accounts of an organisation


def kept_by(user: User, on: date) -> QuerySet[Organisation]:
    """Organisations whose accounts a person keeps: an administrator of the house those of all."""
    if Role.ADMINISTRATOR in user.current_roles:
        return Organisation.objects.all()
    return Organisation.objects.administered_by(user, on)


def roles_to_give(organisation: Organisation) -> list[Role]:
    """Roles that fit this kind of organisation; no others are given through it."""
    return [Role(role) for role in ROLES_OF_A_KIND.get(organisation.kind, ())]


@transaction.atomic
def invite_to(
    *, organisation: Organisation, email: str, roles: list[Role], administers: bool, now: datetime, link: Link, by: User
) -> Invitation:
    """Invite somebody to work for an organisation. Raises: RoleNotAllowed, OwnAccount."""
    if set(roles) - set(roles_to_give(organisation)):
        raise RoleNotAllowed
    invitation = invite(email=email, roles=roles, now=now, link=link, by=by)
    InvitedTo.objects.create(invitation=invitation, organisation=organisation, administers=administers)
    return invitation


def join(invitation: Invitation, user: User, now: datetime) -> None:
    """Whoever accepts an invitation to an organisation works for it from that day; as a care officer, if invited so."""
    invited = InvitedTo.objects.select_related("organisation").filter(invitation=invitation).first()
    if invited is None:
        return
    on = timezone.localdate(now)
    cares = CARE_ROLE in invitation.roles and keeps_protected_cases(invited.organisation.kind)
    facts = {"since": on, "by": invitation.invited_by, "cares": cares}
    membership = add_member(organisation=invited.organisation, user=user, **facts)
    if invited.administers and not membership.administers:
        membership.administers = True
        membership.save(update_fields=["administers"])
        record(by=invitation.invited_by, deed="organisations.keeper_named", about=invited.organisation, user=str(user))


def keeper_still_may(invitation: Invitation) -> bool:
    """Whether who invited to an organisation keeps its accounts today."""
    invited = InvitedTo.objects.filter(invitation=invitation).first()
    return invited is not None and (
        kept_by(invitation.invited_by, timezone.localdate()).filter(pk=invited.organisation_id).exists()
    )


when_accepted(join)
also_invites(keeper_still_may)


@transaction.atomic
def close_member(*, membership: Membership, reason: str, seen_version: int, now: datetime, by: User) -> Membership:
    """Close the account of a person who works only for this organisation, and end that work today.

    Raises: NotOnlyHere when the person has other work or a role that this kind of organisation does not give;
    what `close_account` raises.
    """
    user, on = membership.user, timezone.localdate(now)
    others = user.memberships.held_on(on).exclude(organisation=membership.organisation)
    held = {Role(role) for role in user.role_assignments.held_on(on).values_list("role", flat=True)}
    if others.exists() or held - set(roles_to_give(membership.organisation)):
        raise NotOnlyHere
    close_account(user=user, reason=reason, seen_version=seen_version, now=now, by=by)
    row = Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    row.until = on
    row.save(update_fields=["until"])
    record(by=by, deed="organisations.member_left", about=row.organisation, reason=reason, user=str(user))
    return row


# Who runs the protected cases of an organisation


@transaction.atomic
def set_caring(
    *, membership: Membership, cares: bool, reason: str, seen_version: int, on: date, by: User
) -> Membership:
    """Say whether a person runs the protected cases of the organisation; saying what is so changes nothing.

    Raises: OwnAccount: nobody lets themself in; NoProtectedCases; CareRoleNotHeld; ChangedMeanwhile when the account
    changed after `seen_version`.
    """
    account = locked(membership.user, seen_version)
    rows = Membership.objects.select_for_update(no_key=True, of=("self",)).select_related("organisation")
    row = rows.get(pk=membership.pk)
    if row.cares == cares:
        return row
    if cares:
        _require_may_care(row, on, by)
    _turn_caring(row, to=cares, reason=reason, by=by)
    moved(account, membership.user)
    return row


def _require_may_care(row: Membership, on: date, by: User) -> None:
    if by.pk == row.user_id:
        raise OwnAccount
    if not keeps_protected_cases(row.organisation.kind):
        raise NoProtectedCases
    if not RoleAssignment.objects.held_on(on).filter(user=row.user_id, role=CARE_ROLE).exists():
        raise CareRoleNotHeld


def _turn_caring(row: Membership, *, to: bool, reason: str, by: User | None) -> None:
    row.cares = to
    row.save(update_fields=["cares"])
    deed = "organisations.caring_begun" if to else "organisations.caring_ended"
    record(by=by, deed=deed, about=row.organisation, reason=reason, user=str(row.user))


def end_caring(assignment: RoleAssignment, by: User | None) -> None:
    """With the role of a care officer its units go too: given again some day, the role opens none by itself."""
    user = assignment.user
    if assignment.role != CARE_ROLE or user.role_assignments.held_on(assignment.taken_on).filter(role=CARE_ROLE):
        return
    for row in user.memberships.caring().select_related("organisation", "user").order_by("pk"):
        _turn_caring(row, to=False, reason="", by=by)


when_taken(end_caring)
