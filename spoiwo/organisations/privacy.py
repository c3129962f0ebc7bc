"""What this room holds about one person: the organisations for which they act."""

from django.utils.translation import gettext_lazy as _

from spoiwo.organisations.models import Membership
from spoiwo.vault.holdings import Asked, Holding, register_holding


def memberships_of(asked: Asked) -> list[dict]:
    """Organisations of the account under the address."""
    if not asked.email:
        return []
    rows = Membership.objects.filter(user__email__iexact=asked.email).select_related("organisation")
    return [
        {_("organisation"): row.organisation.name, _("since"): row.since, _("until"): row.until,
         _("invites and closes accounts of this organisation"): row.administers,
         _("runs protected cases of this organisation"): row.cares}
        for row in rows
    ]  # fmt: skip


register_holding(Holding("organisations", _("Organisations"), memberships_of))
