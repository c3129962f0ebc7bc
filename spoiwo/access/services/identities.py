"""Links between accounts and services that prove who somebody is."""

from django.db import transaction

from spoiwo.access.models import User
from spoiwo.audit.services import record


@transaction.atomic
def identity_linked(*, user: User, provider: str) -> None:
    """A service was linked with an account."""
    record(by=user, deed="access.identity_linked", about=user, provider=provider)


@transaction.atomic
def identity_unlinked(*, user: User, provider: str) -> None:
    """A link was removed by the person."""
    record(by=user, deed="access.identity_unlinked", about=user, provider=provider)
