"""Why a person stands in the register, why their data is opened, and why it is erased: lists of codes."""

from enum import StrEnum


class Basis(StrEnum):
    """On what ground a person's data is kept."""

    FOSTER_CARE = "foster_care"
    LEAVING_CARE = "leaving_care"
    VIOLENCE = "violence"
    SUPPORT = "support"
    OTHER = "other"


class Purpose(StrEnum):
    """For what the data is opened. Polish codes: they stand as they are in the record of deeds."""

    CASE = "sprawa"
    CONTACT = "kontakt"
    REQUEST = "wniosek"
    URGENT = "nagla-pomoc"
    COURT = "sad"
    OTHER_BODY = "inny-organ"
    INSPECTION = "kontrola"
    CORRECTION = "poprawka"
    OTHER = "inny"


class Ground(StrEnum):
    """Why a person's data is erased; all but the first do not wait for the end of the time of keeping."""

    TIME_OVER = "time_over"
    MISTAKE = "mistake"
    OBJECTION = "objection"
    ORDER = "order"


WORDS_NEEDED = frozenset({Purpose.OTHER, Purpose.OTHER_BODY})
SEPARATOR = ": "


def written(purpose: str, words: str = "") -> str:
    """A purpose as the record of deeds keeps it."""
    words = " ".join(words.split())
    return f"{purpose}{SEPARATOR}{words}" if words else str(purpose)


def read(reason: str) -> tuple[str, str]:
    """The code of a purpose and its words, from the record of deeds; no code when it was not written here."""
    code, _sign, words = reason.partition(SEPARATOR)
    return (code, words) if code in set(Purpose) else ("", reason)
