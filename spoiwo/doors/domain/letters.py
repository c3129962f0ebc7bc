"""Letters: what one may hold, how its recipient is shown, when it is tried again. Pure."""

import re
from datetime import datetime, timedelta
from enum import StrEnum

from spoiwo.doors.errors import LetterRefused
from spoiwo.kernel.pesel import pesel_in

LONGEST_SUBJECT, LONGEST_BODY = 200, 200_000
# One mailbox, without a name before it: a comma, a semicolon, a blank or a line break would make it two, or a header.
ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63})*")
LONGEST_ADDRESS = 254
CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")
# Heads of the record and numbers of rows: eleven digits in a row happen in them by chance.
FINGERPRINTS = re.compile(r"\b[0-9a-f]{32,}\b|\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b")
SEALED_DOTS = "•••"  # how a sealed value prints

# A letter that was not taken is tried again after these pauses, and then no more: a little over two days.
PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 720, 1440))
NO_SERVER = timedelta(minutes=2)  # nobody answers: every letter waits, none of its tries is used up
CLAIMED_FOR = timedelta(minutes=15)  # a letter in hand longer than this was left by a process that died
CONTENT_KEPT = timedelta(days=30)  # of a letter that could not be sent, so that a person may try again


class LetterState(StrEnum):
    """Where a letter is. Its content is there only while it waits, is in hand, or may be tried again."""

    WAITING = "waiting"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"


class Problem(StrEnum):
    """Why a letter was not taken; the words of the mail server are not kept, for they repeat the address."""

    NONE = ""
    NO_SERVER = "no_server"
    BROKEN_OFF = "broken_off"
    LATER = "later"
    SENDER = "sender"
    RECIPIENT = "recipient"
    CONTENT = "content"
    ABANDONED = "abandoned"
    UNEXPECTED = "unexpected"


FINAL = {Problem.RECIPIENT, Problem.CONTENT}  # trying again by itself would change nothing


def check_address(to: str) -> str:
    """One mailbox. Raises: LetterRefused for none, for two, and for anything that would begin a header."""
    if not ADDRESS.fullmatch(to) or len(to) > LONGEST_ADDRESS:
        raise LetterRefused("recipient", "exactly one address of the form name@place")
    return to


def check_texts(subject: str, *bodies: str) -> None:
    """What a letter says. Raises: LetterRefused; nothing of the text is repeated in the refusal.

    A net, not a fence: it finds a PESEL and the dots of a sealed value that somebody put into a text. Whether a
    sentence tells of a person no programme can see; texts are made of public and internal facts only.
    """
    if not subject.strip() or len(subject) > LONGEST_SUBJECT or CONTROL.search(subject):
        raise LetterRefused("subject", f"one line of 1 to {LONGEST_SUBJECT} characters")
    for body in bodies:
        if not body.strip() or len(body) > LONGEST_BODY or "\0" in body:
            raise LetterRefused("body", f"a text of 1 to {LONGEST_BODY} characters")
    for text in (subject, *bodies):
        if pesel_in(FINGERPRINTS.sub("", text)):
            raise LetterRefused("text", "no PESEL")
        if SEALED_DOTS in text:
            raise LetterRefused("text", "no protected value")


def masked(address: str) -> str:
    """An address as the office sees it: "anna@pokaz.example" is "a•••@p•••.example"."""
    name, _at, place = address.partition("@")
    host, dot, rest = place.rpartition(".")
    return f"{name[:1]}•••@{host[:1]}•••{dot}{rest}" if host else f"{name[:1]}•••@{place[:1]}•••"


def next_try(attempts: int, now: datetime) -> datetime | None:
    """When a letter is tried again after so many tries; None when it is not."""
    return now + PAUSES[attempts - 1] if attempts <= len(PAUSES) else None
