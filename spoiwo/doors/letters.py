"""Writing letters: one recipient each, queued in the transaction of what they tell about, sent later by a chore."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from spoiwo.audit.services import record
from spoiwo.doors.domain.letters import LetterState, check_address, check_texts, masked
from spoiwo.doors.errors import LetterChanged, LetterRefused
from spoiwo.doors.models import Letter
from spoiwo.kernel.sealing import keyed_fingerprint, place_of, seal, unseal
from spoiwo.vault.fields import EMPTY, Sealed
from spoiwo.vault.services import keyring

PURPOSE = "letters"
_checks: list[Callable[[str], str]] = []


def forbid(check: Callable[[str], str]) -> None:
    """Add a check of texts: it names what must not leave ("a case number"), or returns an empty text.

    For rooms that can recognise their own protected values, by their form or by a fingerprint.
    """
    _checks.append(check)


def send_letter(
    *, to: str, subject: str, body: str, by, about: models.Model | None = None, html: str | None = None,
    expires_after: timedelta | None = None, now: datetime | None = None,
) -> Letter:  # fmt: skip
    """Queue one letter to exactly one recipient, inside the caller's transaction: no change, no letter.

    `expires_after`: from when it would only confuse, like a link that no longer opens; it is not sent then.
    Raises: LetterRefused for a second recipient, a header in disguise or a protected value; TypeError for anything
    but plain text, above all for a sealed value; TransactionManagementError outside a transaction.
    """
    texts = {"to": to, "subject": subject, "body": body} | ({} if html is None else {"html": html})
    for name, text in texts.items():
        if not isinstance(text, str):
            raise TypeError(f"{name}: a letter is written in plain text, found {type(text).__name__}")
    check_address(to)
    _check(texts)
    now = now or timezone.now()
    letter = Letter(
        recipient=masked(to), recipient_index=recipient_index(to), by=by if isinstance(by, models.Model) else None,
        queued_at=now, next_try_at=now, expires_at=now + expires_after if expires_after else None,
        about_type=about._meta.label_lower if about else "", about_id=str(about.pk) if about else "",
    )  # fmt: skip
    letter.content = Sealed(seal(_key(), json.dumps(texts).encode(), _place(letter)))
    letter.save(force_insert=True)
    told = {"letter_about": f"{letter.about_type} {letter.about_id}"} if about else {}
    record(by=by, deed="doors.letter_written", about=letter, **told)
    return letter


def _check(texts: dict[str, str]) -> None:
    said = [text for name, text in texts.items() if name != "to"]
    check_texts(*said)
    for check in _checks:
        for text in said:
            if found := check(text):
                raise LetterRefused("text", f"without {found}")


def recipient_index(address: str) -> str:
    """The keyed fingerprint under which letters to an address are found."""
    return keyed_fingerprint(keyring().index_key("doors_letter.recipient"), address.casefold())


def content_of(letter: Letter) -> dict[str, str]:
    """Address, subject and texts of a letter that was not sent yet. For sending only.

    Raises: SealBroken when they were moved from another letter; VaultClosed.
    """
    return json.loads(unseal(_key(), letter.content.blob, _place(letter)))


def emptied(letter: Letter) -> list[str]:
    """Take the content out of a letter; returns the names of the columns that changed."""
    letter.content = EMPTY
    return ["content"]


def mail_is_set_up() -> bool:
    """Whether letters leave this house; without a mail server they wait and the office is told."""
    return not settings.EMAIL_BACKEND.endswith(".dummy.EmailBackend")


@transaction.atomic
def try_again(*, letter: Letter, by, now: datetime) -> Letter:
    """Put a letter that could not be sent back among those that wait.

    Raises: LetterChanged when it is not one of those, or its content is gone.
    """
    letter = Letter.objects.select_for_update(no_key=True).get(pk=letter.pk)
    if not letter.can_be_tried:
        raise LetterChanged
    letter.state, letter.attempts, letter.next_try_at, letter.ended_at = LetterState.WAITING, 0, now, None
    letter.save(update_fields=["state", "attempts", "next_try_at", "ended_at"])
    record(by=by, deed="doors.letter_tried_again", about=letter)
    return letter


def _key() -> bytes:
    return keyring().house_key(PURPOSE)


def _place(letter: Letter) -> bytes:
    return place_of(letter._meta.db_table, letter.uid, "content")
