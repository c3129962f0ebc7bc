"""The head of the record of deeds, by letter to the data-protection officers."""

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from spoiwo.access.models import Role, User
from spoiwo.audit.domain.heads import Head
from spoiwo.doors.letters import send_letter


@transaction.atomic
def mail_head(head: Head) -> None:
    """Write to everybody who is a data-protection officer that day; the last line can be kept as a file of heads."""
    today = timezone.localtime(head.moment).date()
    held = Role.DATA_PROTECTION_OFFICER
    officers = User.objects.filter(is_active=True, invented=False, role_assignments__role=held)
    with translation.override(settings.LANGUAGE_CODE):
        subject = _("Spoiwo: the head of the record of changes, %(day)s") % {"day": f"{today:%d.%m.%Y}"}
        words = _(
            "The record of changes had %(n)d entries. Keep this letter outside Spoiwo: with the line below it can be "
            "shown later that no entry was changed, added or cut off.\n\n%(line)s"
        ) % {"n": head.sequence, "line": head.line()}
    for officer in officers.distinct():
        if officer.role_assignments.held_on(today).filter(role=held).exists():
            send_letter(to=officer.email, subject=subject, body=words, by=None)
