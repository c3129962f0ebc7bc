"""How long an invitation is good, and where it stands."""

from datetime import datetime, timedelta
from enum import StrEnum

GOOD_FOR = timedelta(days=7)


class InvitationState(StrEnum):
    """Where an invitation stands."""

    OPEN = "open"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


def state_of(
    accepted_at: datetime | None, withdrawn_at: datetime | None, expires_at: datetime, now: datetime
) -> InvitationState:
    """Accepted and withdrawn are for good; an open one ends by itself."""
    if accepted_at:
        return InvitationState.ACCEPTED
    if withdrawn_at:
        return InvitationState.WITHDRAWN
    return InvitationState.OPEN if now < expires_at else InvitationState.EXPIRED
