"""Giving accounts and roles."""

from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.validators import validate_email
from django.db import transaction

from spoiwo.access.errors import AccountExists
from spoiwo.access.models import Role, RoleAssignment, User
from spoiwo.audit.services import record


@transaction.atomic
def open_account(*, email: str, full_name: str, password: str, by: User | None, invented: bool = False) -> User:
    """Open an account for one person; the password must satisfy the policy unless the person is invented.

    Raises: AccountExists, ValidationError (e-mail, password).
    """
    email = User.objects.normalize_email(email).lower()
    validate_email(email)
    if User.objects.filter(email__iexact=email).exists():
        raise AccountExists(email)
    user = User(email=email, full_name=full_name, invented=invented)
    if not invented:
        validate_password(password, user)
    user.set_password(password)
    user.save()
    record(by=by, deed="access.account_opened", about=user, email=email)
    return user


@transaction.atomic
def give_role(*, user: User, role: Role, since: date, by: User | None) -> RoleAssignment:
    """Give a role from a day on; giving it again changes nothing."""
    held = user.role_assignments.held_on(since).filter(role=role).first()
    if held:
        return held
    assignment = RoleAssignment.objects.create(user=user, role=role, since=since)
    record(by=by, deed="access.role_given", about=user, role=str(role), since=since.isoformat())
    return assignment
