"""Opening, naming, closing accounts; passwords and second factors."""

from datetime import date, datetime

from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from spoiwo.access.errors import AccountExists, LastAdministrator, OwnAccount
from spoiwo.access.models import Invitation, Role, Substitution, User
from spoiwo.access.services.letters import FACTOR_RESET, PASSWORD_CHANGED, tell
from spoiwo.access.services.versions import locked, moved
from spoiwo.access.services.visits import end_all_visits
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
def rename(*, user: User, full_name: str, seen_version: int, by: User) -> User:
    """Write a person's name anew. Raises: ChangedMeanwhile."""
    held = locked(user, seen_version)
    before = held.full_name
    if before == full_name:
        return held
    held.full_name = full_name
    moved(held, user, "full_name")
    record(by=by, deed="access.account_renamed", about=held, changed={"full_name": [before, full_name]})
    return held


@transaction.atomic
def change_password(*, user: User, password: str, by: User | None) -> None:
    """Set a new password that was checked against the policy; every session ends, the caller signs its own anew."""
    user.set_password(password)
    user.save(update_fields=["password"])
    user.visits.all().delete()
    record(by=by, deed="access.password_changed", about=user)
    tell(user, PASSWORD_CHANGED)


@transaction.atomic
def close_account(*, user: User, reason: str, seen_version: int | None, now: datetime, by: User | None) -> User:
    """Close an account: its sessions end at once, its substitutions too, its open invitations are withdrawn.

    Raises: OwnAccount, LastAdministrator, ChangedMeanwhile. Closing twice changes nothing.
    """
    if by is not None and by.pk == user.pk:
        raise OwnAccount
    require_another_administrator(user, timezone.localdate(now))
    held = locked(user, seen_version)
    if not held.is_active:
        return held
    held.is_active, held.closed_at, held.closed_reason = False, now, reason
    moved(held, user, "is_active", "closed_at", "closed_reason")
    end_all_visits(user=held)
    withdrawn = _withdraw_invitations(held, now)
    ended = _end_substitutions(held, now)
    record(by=by, deed="access.account_closed", about=held, reason=reason, invitations=withdrawn, substitutions=ended)
    return held


def require_another_administrator(user: User, day: date) -> None:
    """Refuse what would leave the house without an administrator. Raises: LastAdministrator."""
    administrators = _administrators(day)
    rows = User.objects.filter(pk__in=[*administrators, user.pk]).order_by("pk")  # the person too: people by their key
    left = {row.pk for row in rows.select_for_update(no_key=True) if row.is_active} & set(administrators)
    if user.pk in left and len(left) == 1:
        raise LastAdministrator


def _administrators(day: date) -> list[int]:
    return list(User.objects.holding(Role.ADMINISTRATOR, day).values_list("pk", flat=True))


def _withdraw_invitations(user: User, now: datetime) -> int:
    rows = Invitation.objects.open_at(now).filter(invited_by=user)
    return rows.update(withdrawn_at=now, version=F("version") + 1)


def _end_substitutions(user: User, now: datetime) -> int:
    today = timezone.localdate(now)
    rows = Substitution.objects.open_on(today)
    rows = rows.filter(absent=user) | rows.filter(substitute=user)
    count = 0
    for row in rows.select_for_update(no_key=True):
        row.ended_on, row.version, count = today, row.version + 1, count + 1
        row.save(update_fields=["ended_on", "version"])
    return count


@transaction.atomic
def reopen_account(*, user: User, reason: str, seen_version: int | None, by: User | None) -> User:
    """Open a closed account again, with the roles it has. Raises: ChangedMeanwhile."""
    held = locked(user, seen_version)
    if held.is_active:
        return held
    held.is_active, held.closed_at, held.closed_reason = True, None, ""
    moved(held, user, "is_active", "closed_at", "closed_reason")
    record(by=by, deed="access.account_reopened", about=held, reason=reason)
    return held


@transaction.atomic
def reset_second_factor(*, user: User, reason: str, by: User | None, seen_version: int | None = None) -> int:
    """Take away every second factor of a person who lost theirs; sessions end, and a role that needs one asks anew.

    Returns how many were taken. Raises: OwnAccount, ChangedMeanwhile.
    """
    if by is not None and by.pk == user.pk:
        raise OwnAccount
    held = locked(user, seen_version)
    rows = Authenticator.objects.filter(user=held)
    kinds = sorted(rows.values_list("type", flat=True))
    rows.delete()
    end_all_visits(user=held)
    moved(held, user)
    record(by=by, deed="access.second_factor_reset", about=held, reason=reason, kinds=kinds)
    tell(held, FACTOR_RESET)
    return len(kinds)
