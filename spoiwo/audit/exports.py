"""The record of deeds laid out as a table; the file itself is made in the room above that has the door for files."""

from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.audit.models import Record
from spoiwo.audit.words import in_words
from spoiwo.kernel.canonical import rewritten

# The columns of the model that stand in the table.
HELD = (
    "sequence at by_name roles deed reading about_label about_type about_id reason facts request_id address_hash "
    "previous_hash hash form"
)


def headings() -> list[str]:
    """The head of the table."""
    return [
        _("Number"), _("Time"), _("Person"), _("Roles"), _("Deed"), _("Deed in words"), _("Reading"), _("About"),
        _("Kind of the record"), _("Identifier"), _("Purpose or reason"), _("Facts"), _("Request"),
        _("Fingerprint of the address"), _("Form of the link"), _("Hash before"), _("Hash"),
    ]  # fmt: skip


def line(row: Record) -> list[str | int]:
    """One entry; the hash of its link last."""
    return [
        row.sequence, timezone.localtime(row.at).isoformat(timespec="microseconds"), row.by_name, row.roles, row.deed,
        in_words(row.deed), _("yes") if row.reading else _("no"), row.about_label, row.about_type, row.about_id,
        row.reason, rewritten(row.facts), row.request_id, row.address_hash, row.form, row.previous_hash, row.hash,
    ]  # fmt: skip
