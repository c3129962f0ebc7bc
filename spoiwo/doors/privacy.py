"""What this room holds about one person, and what it keeps for a time: letters, and files that were laid aside."""

import shutil
from collections.abc import Sequence
from datetime import UTC, date, datetime

from django.conf import settings
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from spoiwo.doors.answers import file_response
from spoiwo.doors.letters import recipient_index
from spoiwo.doors.models import KeptFile, Letter, Submission
from spoiwo.vault.holdings import Asked, Holding, register_holding
from spoiwo.vault.outside import register_answer, register_outside
from spoiwo.vault.retention import Due, Rule, register_rule, rows_rule


def letters_of(asked: Asked) -> list[dict]:
    """Letters to the address; their texts are gone since they were sent."""
    rows = Letter.objects.filter(recipient_index=recipient_index(asked.email)) if asked.email else []
    return [
        {_("recipient"): row.recipient, _("state"): row.get_state_display(), _("written"): row.queued_at,
         _("ended"): row.ended_at}
        for row in rows
    ]  # fmt: skip


def laid_aside(last: date) -> list[Due]:
    """Files that wait for a decision since a day or longer."""
    folder = settings.UPLOADS_DIR
    found = [(path, _day_of(path)) for path in folder.iterdir()] if folder.is_dir() else []
    return [Due(path.name, day, path) for path, day in sorted(found) if day <= last]


def throw_away(found: Sequence[Due]) -> int:
    """Remove waiting files with their folders."""
    for due in found:
        if due.key.is_dir():
            shutil.rmtree(due.key, ignore_errors=True)
        else:
            due.key.unlink(missing_ok=True)
    return len(found)


def _day_of(path) -> date:
    return localdate(datetime.fromtimestamp(path.stat().st_mtime, tz=UTC))


register_answer(file_response)
register_outside(lambda subject: KeptFile.objects.filter(sealed_under=subject).count())
register_holding(Holding("letters", _("Letters"), letters_of))
register_rule(Rule("uploads", laid_aside, throw_away))
register_rule(rows_rule("letters", Letter.objects.all, since="ended_at"))
register_rule(rows_rule("submissions", Submission.objects.all, since="at"))
