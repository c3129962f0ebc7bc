"""Inviting people: a letter with a link that opens an account once."""

import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from spoiwo.access.domain.invitations import GOOD_FOR, InvitationState
from spoiwo.access.errors import AnotherPerson, InvitationGone, OwnAccount
from spoiwo.access.models import Invitation, Role, User
from spoiwo.access.services.accounts import open_account
from spoiwo.access.services.letters import write_invitation
from spoiwo.access.services.roles import give_role
from spoiwo.audit.services import record
from spoiwo.doors.locking import unchanged

Link = Callable[[str], str]
# What rooms above do when an invitation is accepted: (invitation, user, now), inside its transaction.
_on_acceptance: list[Callable[[Invitation, User, datetime], None]] = []


def when_accepted(deed: Callable[[Invitation, User, datetime], None]) -> None:
    """Let a room above add what it knows about an invitation, such as the organisation; registered once."""
    if deed not in _on_acceptance:
        _on_acceptance.append(deed)


# Who else than an administrator may give the roles of an invitation today: asked when it is accepted.
_may_invite: list[Callable[[Invitation], bool]] = []


def also_invites(may: Callable[[Invitation], bool]) -> None:
    """Let a room above say which other givers still have the right; registered once."""
    if may not in _may_invite:
        _may_invite.append(may)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def invite(*, email: str, roles: list[Role], now: datetime, link: Link, by: User | None) -> Invitation:
    """Invite somebody by a letter with a link; its token is kept nowhere. `link` makes the address from the token.

    Whether there is an account with this e-mail makes no difference here. Raises: OwnAccount.
    """
    email = User.objects.normalize_email(email).lower()
    if by is not None and by.email.casefold() == email:
        raise OwnAccount
    token = secrets.token_urlsafe(32)
    invitation = Invitation.objects.create(
        email=email,
        roles=sorted(str(role) for role in roles),
        token_hash=_hash(token),
        invited_by=by,
        invited_at=now,
        expires_at=now + GOOD_FOR,
    )
    record(by=by, deed="access.invitation_sent", about=invitation, roles=invitation.roles)
    write_invitation(invitation, link(token), by)
    return invitation


@transaction.atomic
def send_again(*, invitation: Invitation, seen_version: int, now: datetime, link: Link, by: User) -> Invitation:
    """A new link with a new week; the old one no longer opens. Raises: InvitationGone, ChangedMeanwhile."""
    row = _changeable(invitation, seen_version)
    token = secrets.token_urlsafe(32)
    row.token_hash, row.invited_at, row.expires_at, row.version = _hash(token), now, now + GOOD_FOR, row.version + 1
    row.save(update_fields=["token_hash", "invited_at", "expires_at", "version"])
    record(by=by, deed="access.invitation_sent_again", about=row)
    write_invitation(row, link(token), by)
    return row


@transaction.atomic
def withdraw(*, invitation: Invitation, seen_version: int, now: datetime, by: User) -> Invitation:
    """Close the link. Raises: InvitationGone, ChangedMeanwhile."""
    row = _changeable(invitation, seen_version)
    row.withdrawn_at, row.version = now, row.version + 1
    row.save(update_fields=["withdrawn_at", "version"])
    record(by=by, deed="access.invitation_withdrawn", about=row)
    return row


def _changeable(invitation: Invitation, seen_version: int) -> Invitation:
    """The row, locked, unless it was accepted or withdrawn."""
    row = Invitation.objects.select_for_update(no_key=True).get(pk=invitation.pk)
    if row.accepted_at or row.withdrawn_at:
        raise InvitationGone
    unchanged(row, seen_version)
    return row


def find_invitation(token: str, *, now: datetime) -> Invitation:
    """The invitation behind a link. Raises: InvitationGone, the same for every link that does not open."""
    row = Invitation.objects.select_related("invited_by").filter(token_hash=_hash(token)).first()
    if row is None or row.state(now) != InvitationState.OPEN:
        raise InvitationGone
    return row


@transaction.atomic
def accept(*, token: str, full_name: str, password: str, now: datetime) -> User:
    """Open the account that the invitation is for, with its roles. A link opens once.

    Raises: InvitationGone; AccountExists when the person has an account and should sign in; ValidationError (password).
    """
    row = _taken(token, now)
    user = open_account(email=row.email, full_name=full_name, password=password, by=row.invited_by)
    _join(row, user, now)
    return user


@transaction.atomic
def accept_with_account(*, token: str, user: User, now: datetime) -> User:
    """Add the roles of an invitation to the account that the person has. Raises: InvitationGone, AnotherPerson."""
    row = _taken(token, now)
    if user.email.casefold() != row.email.casefold():
        raise AnotherPerson
    _join(row, user, now)
    return user


def _taken(token: str, now: datetime) -> Invitation:
    found = find_invitation(token, now=now)
    row = Invitation.objects.select_for_update(no_key=True).get(pk=found.pk)
    if row.state(now) != InvitationState.OPEN or not _may_still(row):
        raise InvitationGone
    return row


def _may_still(row: Invitation) -> bool:
    """Whether who invited may give these roles today; an invitation does not outlive the right to send it."""
    giver = row.invited_by
    if giver is None:
        return True  # sent from the command line
    return giver.is_active and (giver.has_perm("access.manage_accounts") or any(may(row) for may in _may_invite))


def _join(row: Invitation, user: User, now: datetime) -> None:
    row.accepted_at, row.account, row.version = now, user, row.version + 1
    row.save(update_fields=["accepted_at", "account", "version"])
    for role in row.roles:
        give_role(user=user, role=Role(role), since=timezone.localdate(now), by=row.invited_by)
    for deed in _on_acceptance:
        deed(row, user, now)
    record(by=user, deed="access.invitation_accepted", about=row, roles=row.roles)
