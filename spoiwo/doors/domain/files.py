"""Which files are taken: told by the first bytes and by the ending of the name, which have to agree. Pure."""

import re
import unicodedata
from dataclasses import dataclass, field

from spoiwo.doors.domain.limits import FILE_BYTES, MB
from spoiwo.doors.errors import FileRefused
from spoiwo.kernel.quoting import quoted

LONGEST_NAME = 120
ACCEPTED = "PDF, PNG, JPEG, DOCX, XLSX, CSV albo TXT"
PACKED, CONTENTS = b"PK\x03\x04", b"[Content_Types].xml"
TEXT = "text"
OFFICE = "application/vnd.openxmlformats-officedocument."
DOCX, XLSX = OFFICE + "wordprocessingml.document", OFFICE + "spreadsheetml.sheet"


@dataclass(frozen=True)
class Kind:
    """One kind of file: the endings of its name, how it begins, what else must stand in it."""

    name: str
    media_type: str
    endings: tuple[str, ...]
    start: bytes = b""
    holds: bytes = b""


KINDS = (
    Kind("PDF", "application/pdf", ("pdf",), b"%PDF-", b"%%EOF"),
    Kind("PNG", "image/png", ("png",), b"\x89PNG\r\n\x1a\n", b"IEND"),
    Kind("JPEG", "image/jpeg", ("jpg", "jpeg"), b"\xff\xd8\xff", b"\xff\xd9"),
    Kind("DOCX", DOCX, ("docx",), PACKED, b"word/document.xml"),
    Kind("XLSX", XLSX, ("xlsx",), PACKED, b"xl/workbook.xml"),
    Kind("CSV", "text/csv", ("csv",)),
    Kind("TXT", "text/plain", ("txt",)),
)
ENDINGS = tuple(ending for kind in KINDS for ending in kind.endings)


@dataclass(frozen=True)
class Cleaned:
    """What is left of a file after it was looked through: what was taken out, and whether it is signed.

    `notes` are codes with words in `NOTES`; a signed file is never changed, so its signature still holds.
    """

    content: bytes
    notes: list[str] = field(default_factory=list)
    signed: bool = False


NOTES = {
    "metadata": "usunięto dane o autorze i programie",
    "place": "usunięto dane o miejscu i aparacie",
    "thumbnail": "usunięto miniaturę",
    "revisions": "usunięto wcześniejsze wersje treści",
    "comments": "w pliku są komentarze z nazwiskami ich autorów",
    "tracked": "w pliku są śledzone zmiany z nazwiskami ich autorów",
    "hidden": "w pliku są ukryte arkusze",
    "signed": "plik jest podpisany, więc został bez zmian, razem z danymi o autorze",
}


def kind_of(name: str, content: bytes) -> Kind:
    """The kind of a file that may be taken. Raises: FileRefused, in Polish."""
    if not content:
        raise FileRefused("empty", "pusty plik", ACCEPTED)
    if len(content) > FILE_BYTES:
        found = f"plik wielkości {len(content) // MB} MB"
        raise FileRefused("too_large", found, f"najwyżej {FILE_BYTES // MB} MB")
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    kind = next((one for one in KINDS if ending in one.endings), None)
    if kind is None:
        raise FileRefused("unknown_ending", f"plik o nazwie {quoted(name)}", f"nazwa z końcówką pliku: {ACCEPTED}")
    if not _is(kind, content):
        found = f"{_found(content)} pod nazwą {quoted(name)}"
        raise FileRefused("another_kind", found, f"plik {kind.name} zgodny ze swoją nazwą")
    return kind


def _is(kind: Kind, content: bytes) -> bool:
    """Whether the content is of the kind, by its outside."""
    if not kind.start:
        return not any(one.start and content.startswith(one.start) for one in KINDS) and not _is_programme(content)
    packed = kind.start != PACKED or CONTENTS in content
    return content.startswith(kind.start) and kind.holds in content and packed


def _is_programme(content: bytes) -> bool:
    return content.startswith((b"MZ", b"\x7fELF", b"#!"))


def _found(content: bytes) -> str:
    """What the content is, in words."""
    if _is_programme(content):
        return "program"
    if content.startswith(PACKED):
        named = next((one.name for one in KINDS if one.start == PACKED and _is(one, content)), "")
        return f"plik {named}" if named else "archiwum ZIP"
    named = next((one.name for one in KINDS if one.start and content.startswith(one.start)), "")
    if named:
        return f"plik {named}, może ucięty"
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return "plik HTML albo XML"
    return "inny plik"


def safe_name(name: str) -> str:
    """The name under which a file is kept: without a path, without invisible characters, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}).strip()
    stem, dot, ending = plain.rpartition(".")
    if len(plain) <= LONGEST_NAME:
        return plain
    return stem[: LONGEST_NAME - len(ending) - 1] + dot + ending[:10]
