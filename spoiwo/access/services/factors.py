"""Second factors of a person: whether there is one, whether one is needed, and codes that were used."""

from collections.abc import Callable

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db import transaction

from spoiwo.access.models import User
from spoiwo.access.services.letters import FACTOR_ADDED, FACTOR_REMOVED, tell
from spoiwo.audit.services import record

FIRST_CLASS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)  # recovery codes alone are no second factor


_asks: list[Callable[[User], bool]] = []


def register_need(asks: Callable[[User], bool]) -> None:
    """Another reason for a second factor than a role, from a room above this one."""
    if asks not in _asks:
        _asks.append(asks)


def has_second_factor(user: User) -> bool:
    """Whether the person has an app or a key."""
    return Authenticator.objects.filter(user_id=user.pk, type__in=FIRST_CLASS).exists()


def needs_second_factor(user: User) -> bool:
    """Whether the work of today asks for one; a demonstration account in a trial on one's own computer is let off."""
    return works_with_care(user) and not (user.invented and settings.TRIAL)


def is_let_off(user: User) -> bool:
    """Whether only being a demonstration account in a trial spares the person a second factor."""
    return works_with_care(user) and user.invented and settings.TRIAL


def works_with_care(user: User) -> bool:
    """Whether the person's work of today opens personal data, large money or accounts of others."""
    return bool(user.current_roles & settings.SECOND_FACTOR_ROLES) or any(asks(user) for asks in _asks)


def lacks_second_factor(user: User) -> bool:
    """Whether the person has to set one up before anything else."""
    return needs_second_factor(user) and not has_second_factor(user)


@transaction.atomic
def use_step(*, authenticator: Authenticator, step: int) -> bool:
    """Use up the half minute of a code; False when this code, or a later one, was used before."""
    row = Authenticator.objects.select_for_update(no_key=True).get(pk=authenticator.pk)
    if row.data.get("step", 0) >= step:
        return False
    row.data["step"] = step
    row.save(update_fields=["data"])
    return True


@transaction.atomic
def factor_added(*, user: User, kind: str) -> None:
    """A second factor was added by its owner; the owner is told."""
    record(by=user, deed="access.factor_added", about=user, kind=kind)
    tell(user, FACTOR_ADDED)


@transaction.atomic
def factor_removed(*, user: User, kind: str) -> None:
    """A second factor was removed by its owner; the owner is told."""
    record(by=user, deed="access.factor_removed", about=user, kind=kind)
    tell(user, FACTOR_REMOVED)


@transaction.atomic
def codes_made(*, user: User) -> None:
    """New recovery codes; the old ones no longer open."""
    record(by=user, deed="access.codes_made", about=user)
