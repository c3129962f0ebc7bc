"""Who keeps the accounts of an organisation: its own keeper, or the administrator of the house."""

import rules
from django.utils import timezone

from spoiwo.access.permissions import is_administrator
from spoiwo.access.services.factors import register_need
from spoiwo.organisations.models import Organisation


@rules.predicate
def keeps_accounts(user) -> bool:
    """Whether the person keeps the accounts of some organisation today; asked once for a person's row."""
    if not user.is_authenticated:
        return False
    known = user.__dict__
    if "_keeps_accounts" not in known:
        known["_keeps_accounts"] = Organisation.objects.administered_by(user, timezone.localdate()).exists()
    return known["_keeps_accounts"]


rules.add_perm("organisations.keep_accounts", is_administrator | keeps_accounts)
register_need(keeps_accounts)  # names and addresses of colleagues, and who may come in
