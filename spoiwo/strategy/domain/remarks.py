"""Remarks of a consultation: when they may come, what a text may hold. Pure."""

import re
import unicodedata
from datetime import date
from enum import StrEnum

from spoiwo.kernel.pesel import pesel_in

LONGEST_REMARK = 4000
LONGEST_SENDER = 200
MOST_READ = 4 * LONGEST_REMARK  # of a longer text nothing is read: putting marks above letters in order takes time
MOST_IN_AN_HOUR = 20  # from one connection; others are not counted together with it
# Marks that turn the direction of a text round; they can make a sentence read differently from what it says.
TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F])
MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")


class Phase(StrEnum):
    """Where a consultation is on a day."""

    ANNOUNCED = "announced"
    OPEN = "open"
    CLOSED = "closed"
    REPORTED = "reported"


def phase(opens_on: date, closes_on: date, on: date, *, published: bool) -> Phase:
    """The phase on a day; the last day still belongs to the term."""
    if published:
        return Phase.REPORTED
    if on < opens_on:
        return Phase.ANNOUNCED
    return Phase.OPEN if on <= closes_on else Phase.CLOSED


def cleaned(text: str) -> str:
    """A text without control characters and marks that turn its direction; line breaks and tabs stay."""
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).translate(TURNS)
    return "".join(char for char in text if char in "\n\t" or unicodedata.category(char) not in {"Cc", "Cs"}).strip()


def personal_trace(text: str) -> str:
    """What in a text points at a person: an e-mail address or a PESEL; empty when nothing does."""
    if mail := MAIL.search(text):
        return mail.group()
    return pesel_in(text)
