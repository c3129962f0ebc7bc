"""What this room holds about one person, and what it keeps for a time: remarks sent in consultations."""

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from spoiwo.strategy.models import Remark
from spoiwo.vault.holdings import Asked, Holding, register_holding
from spoiwo.vault.retention import register_rule, rows_rule


def remarks_of(asked: Asked) -> list[dict]:
    """Remarks that name the address. A remark has no other sign of a resident, so no more can be found."""
    if not asked.email:
        return []
    named = Q(sender__icontains=asked.email) | Q(text__icontains=asked.email)
    return [
        {_("consultation"): row.consultation.title, _("received"): row.received_at, _("sender"): row.sender,
         _("remark"): row.text}
        for row in Remark.objects.filter(named).select_related("consultation")
    ]  # fmt: skip


def named_remarks() -> QuerySet:
    """Remarks that still name a sender."""
    return Remark.objects.exclude(sender="")


def take_sender(rows: QuerySet) -> int:
    """Take the name of the sender away; the remark and its answer stay."""
    return rows.update(sender="", version=F("version") + 1)


register_holding(Holding("remarks", _("Remarks in consultations"), remarks_of))
register_rule(rows_rule("remark_senders", named_remarks, since="consultation__published_at", remove=take_sender))
