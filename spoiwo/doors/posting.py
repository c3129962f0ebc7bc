"""Sending the letters that wait: each is claimed, given to the mail server, and noted, in three separate steps.

A process that dies after the mail server took a letter and before the note leaves it in hand. After a quarter of an
hour it is tried again under the same Message-ID and marked "perhaps sent twice": twice rather than never.
"""

import logging
import smtplib
import time
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import models, transaction
from django.db.models import F, Q

from spoiwo.audit.services import record
from spoiwo.doors.domain.letters import CLAIMED_FOR, CONTENT_KEPT, FINAL, NO_SERVER, LetterState, Problem, next_try
from spoiwo.doors.letters import content_of, emptied, mail_is_set_up
from spoiwo.doors.models import Letter
from spoiwo.kernel.polish import Noun, counted
from spoiwo.vault.fields import EMPTY
from spoiwo.vault.services import keyring

BATCH, SECONDS = 1000, 300  # at most so many letters, and so long, at one go; the rest waits for the next
logger = logging.getLogger(__name__)


def send_waiting_letters(now: datetime) -> str:
    """Send what is due; says in one Polish sentence what was done. Not inside a transaction."""
    expired = _end_expired(now)
    _take_back_abandoned(now)
    _forget_old(now)
    due = list(_due(now).values_list("pk", flat=True)[:BATCH])
    if due and not mail_is_set_up():
        return f"Poczta nie jest ustawiona: czeka {counted(len(due), LETTER)}."
    sent, failed = _send(due, now) if due else (0, 0)
    told = f"Wysłano {counted(sent, LETTER)}, nie wysłano {counted(failed, LETTER)}"
    return f"{told}, po terminie {counted(expired, LETTER)}."


LETTER = Noun("list", "listy", "listów")


def _due(now: datetime) -> models.QuerySet:
    return Letter.objects.filter(state=LetterState.WAITING, next_try_at__lte=now).order_by("next_try_at", "pk")


def _send(due: list[int], now: datetime) -> tuple[int, int]:
    """Send these letters over one connection; how many were taken and how many were not. Raises: VaultClosed."""
    keyring().masters  # noqa: B018 - before the first letter is in hand
    connection, until, sent, failed = get_connection(), time.monotonic() + SECONDS, 0, 0
    if not _opened(connection):
        _nobody_answers(due, now)
        return 0, len(due)
    try:
        for pk in due:
            letter = _claimed(pk, now)
            if letter is None:
                continue
            problem = _post(letter, connection)
            _note(letter, problem, now)
            sent, failed = sent + (not problem), failed + bool(problem)
            if problem == Problem.BROKEN_OFF and not _opened(connection):
                break
            if time.monotonic() > until:
                break
    finally:
        _closed(connection)
    return sent, failed


def _opened(connection: BaseEmailBackend) -> bool:
    """Whether the mail server answers; a connection that broke off is opened anew."""
    try:
        connection.close()
        connection.open()
    except OSError as problem:  # also everything that smtplib raises
        logger.warning("mail server: %s", type(problem).__name__)
        return False
    return True


def _closed(connection: BaseEmailBackend) -> None:
    try:
        connection.close()
    except OSError:
        logger.info("mail server: the connection was gone before it was closed")


def _nobody_answers(due: list[int], now: datetime) -> None:
    """The letters stay as they are, with the reason; no try of theirs is used up."""
    waiting = Letter.objects.filter(pk__in=due, state=LetterState.WAITING)
    waiting.update(problem=Problem.NO_SERVER, next_try_at=now + NO_SERVER)


@transaction.atomic(durable=True)
def _claimed(pk: int, now: datetime) -> Letter | None:
    """Take one letter in hand; None when somebody else has it. It is in hand on the disk before it is sent."""
    taken = Letter.objects.filter(pk=pk, state=LetterState.WAITING).update(
        state=LetterState.SENDING, claimed_at=now, attempts=F("attempts") + 1
    )
    return Letter.objects.get(pk=pk) if taken else None


def _post(letter: Letter, connection: BaseEmailBackend) -> Problem:
    """Give one letter to the mail server; what came of it."""
    try:
        _message(letter, connection).send()
    except smtplib.SMTPRecipientsRefused as refusal:
        codes = [code for code, _words in refusal.recipients.values()]
        return Problem.RECIPIENT if codes and min(codes) >= 500 else Problem.LATER
    except smtplib.SMTPSenderRefused:
        return Problem.SENDER
    except smtplib.SMTPDataError as refusal:
        return Problem.CONTENT if refusal.smtp_code >= 500 else Problem.LATER
    except smtplib.SMTPNotSupportedError:
        return Problem.RECIPIENT
    except smtplib.SMTPServerDisconnected:
        return Problem.BROKEN_OFF
    except smtplib.SMTPException:
        return Problem.LATER
    except OSError:  # a time limit, a broken line
        return Problem.BROKEN_OFF
    except Exception as problem:  # one letter never stops the others
        logger.error("letter %s: %s", letter.uid, type(problem).__name__)
        return Problem.UNEXPECTED
    return Problem.NONE


def _message(letter: Letter, connection: BaseEmailBackend) -> EmailMultiAlternatives:
    texts = content_of(letter)
    host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">") or "localhost"
    headers = {"Message-ID": f"<{letter.uid}@{host}>", "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(
        texts["subject"], texts["body"], to=[texts["to"]], headers=headers, connection=connection
    )
    if "html" in texts:
        message.attach_alternative(texts["html"], "text/html")
    return message


@transaction.atomic(durable=True)
def _note(letter: Letter, problem: Problem, now: datetime) -> None:
    """Note what came of a letter; one that was sent, or never will be, loses its content or its next try."""
    changed = ["state", "problem", "ended_at", "next_try_at", "perhaps_twice"]
    letter.problem = problem
    if not problem:
        letter.state, letter.ended_at = LetterState.SENT, now
        changed += emptied(letter)
        record(by=None, deed="doors.letter_sent", about=letter)
    elif problem in FINAL or not (again := next_try(letter.attempts, now)):
        letter.state, letter.ended_at = LetterState.FAILED, now
        record(by=None, deed="doors.letter_failed", about=letter, problem=str(problem))
    else:
        letter.state, letter.next_try_at = LetterState.WAITING, again
        letter.perhaps_twice |= problem == Problem.BROKEN_OFF
    letter.save(update_fields=changed)


@transaction.atomic
def _end_expired(now: datetime) -> int:
    """Letters whose time has passed are not sent any more; returns how many."""
    late = Letter.objects.select_for_update(no_key=True).filter(state=LetterState.WAITING, expires_at__lte=now)
    for letter in late:
        letter.state, letter.ended_at = LetterState.EXPIRED, now
        letter.save(update_fields=["state", "ended_at", *emptied(letter)])
        record(by=None, deed="doors.letter_expired", about=letter)
    return len(late)


def _take_back_abandoned(now: datetime) -> None:
    """Letters in the hand of a process that died are due again; nobody knows whether they were taken."""
    left = Letter.objects.filter(state=LetterState.SENDING, claimed_at__lte=now - CLAIMED_FOR)
    left.update(state=LetterState.WAITING, problem=Problem.ABANDONED, perhaps_twice=True, next_try_at=now)


def _forget_old(now: datetime) -> None:
    """The content of what could not be sent is kept for a while and then taken away."""
    ended = Q(state=LetterState.FAILED, ended_at__lte=now - CONTENT_KEPT)
    Letter.objects.filter(ended).exclude(content=EMPTY).update(content=EMPTY)
