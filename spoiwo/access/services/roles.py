"""Giving and taking roles."""

from collections.abc import Callable
from datetime import date

from django.db import transaction

from spoiwo.access.errors import OwnAccount, RoleNotHeld
from spoiwo.access.models import Role, RoleAssignment, User
from spoiwo.access.services.accounts import require_another_administrator
from spoiwo.access.services.versions import locked, moved
from spoiwo.audit.services import record

# What rooms above do when a role is taken: (assignment, by), inside its transaction.
_on_taking: list[Callable[[RoleAssignment, User | None], None]] = []


def when_taken(deed: Callable[[RoleAssignment, User | None], None]) -> None:
    """Let a room above end what it tied to a role, such as the care for a unit; registered once."""
    if deed not in _on_taking:
        _on_taking.append(deed)


@transaction.atomic
def give_role(
    *, user: User, role: Role, since: date, by: User | None, until: date | None = None, reason: str = "",
    seen_version: int | None = None,
) -> RoleAssignment:  # fmt: skip
    """Give a role from a day on, until a day or further notice; giving one that is held changes nothing.

    Raises: ChangedMeanwhile when the account changed after `seen_version`; OwnAccount: nobody gives a role to themself.
    """
    if by is not None and by.pk == user.pk:
        raise OwnAccount
    account = locked(user, seen_version)
    held = account.role_assignments.held_on(since).filter(role=role).first()
    if held:
        return held
    facts = {"until": until, "reason": reason, "taken_on": None}
    assignment, _new = RoleAssignment.objects.update_or_create(user=account, role=role, since=since, defaults=facts)
    moved(account, user)
    told = {"until": until.isoformat()} if until else {}
    record(
        by=by, deed="access.role_given", about=account, reason=reason, role=str(role), since=since.isoformat(), **told
    )
    return assignment


@transaction.atomic
def take_role(
    *, assignment: RoleAssignment, on: date, reason: str, seen_version: int | None, by: User | None
) -> RoleAssignment:
    """Take a role; `on` is the first day without it.

    Raises: RoleNotHeld when it ended before; OwnAccount; LastAdministrator; ChangedMeanwhile.
    """
    if by is not None and by.pk == assignment.user_id:
        raise OwnAccount
    if assignment.role == Role.ADMINISTRATOR:
        require_another_administrator(assignment.user, on)
    account = locked(assignment.user, seen_version)
    row = RoleAssignment.objects.select_for_update(no_key=True).get(pk=assignment.pk)
    if row.taken_on or (row.until and row.until < on):
        raise RoleNotHeld(row.role)
    row.taken_on = max(on, row.since)
    row.save(update_fields=["taken_on"])
    moved(account, assignment.user)
    record(by=by, deed="access.role_taken", about=account, reason=reason, role=row.role, on=row.taken_on.isoformat())
    for deed in _on_taking:
        deed(row, by)
    return row
