"""Which papers are kept: told by the first bytes and by the ending of the name, which have to agree.

The content is looked at as bytes and never unpacked; a kept paper is only handed out, never opened by the house.
"""

import re
import unicodedata
from dataclasses import dataclass

from spoiwo.ledger.domain.faults import quoted
from spoiwo.ledger.errors import PaperRefused

MB = 1024 * 1024
LARGEST = 20 * MB
LONGEST_NAME = 120
ACCEPTED = "PDF, PNG, JPEG, DOCX, XLSX, CSV albo TXT"
PACKED, CONTENTS = b"PK\x03\x04", b"[Content_Types].xml"
MACROS = b"vbaProject.bin"
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")


@dataclass(frozen=True)
class PaperType:
    """One kind of paper: the endings of its name, how it begins, what else must stand in it."""

    name: str
    media_type: str
    endings: tuple[str, ...]
    start: bytes = b""
    holds: bytes = b""


OFFICE = "application/vnd.openxmlformats-officedocument."
TYPES = (
    PaperType("PDF", "application/pdf", ("pdf",), b"%PDF-", b"%%EOF"),
    PaperType("PNG", "image/png", ("png",), b"\x89PNG\r\n\x1a\n", b"IEND"),
    PaperType("JPEG", "image/jpeg", ("jpg", "jpeg"), b"\xff\xd8\xff", b"\xff\xd9"),
    PaperType("DOCX", OFFICE + "wordprocessingml.document", ("docx",), PACKED, b"word/document.xml"),
    PaperType("XLSX", OFFICE + "spreadsheetml.sheet", ("xlsx",), PACKED, b"xl/workbook.xml"),
    PaperType("CSV", "text/csv", ("csv",)),
    PaperType("TXT", "text/plain", ("txt",)),
)


def check_paper(name: str, content: bytes) -> PaperType:
    """The kind of a paper that may be kept. Raises PaperRefused, in Polish."""
    if not content:
        raise PaperRefused("pusty plik", ACCEPTED)
    if len(content) > LARGEST:
        raise PaperRefused(f"plik wielkości {len(content) // MB} MB", f"najwyżej {LARGEST // MB} MB")
    ending = name.rpartition(".")[2].casefold() if "." in name else ""
    kind = next((one for one in TYPES if ending in one.endings), None)
    if kind is None:
        raise PaperRefused(f"plik o nazwie {quoted(name)}", f"nazwa z końcówką pliku: {ACCEPTED}")
    if not _is(kind, content):
        raise PaperRefused(f"{_found(content)} pod nazwą {quoted(name)}", f"plik {kind.name} zgodny ze swoją nazwą")
    if kind.start == PACKED and MACROS in content:
        raise PaperRefused(f"makra w pliku {quoted(name)}", "plik bez makr")
    return kind


def _is(kind: PaperType, content: bytes) -> bool:
    """Whether the content is of the kind."""
    if not kind.start:
        return _is_text(content) and not any(one.start and content.startswith(one.start) for one in TYPES)
    packed = kind.start != PACKED or CONTENTS in content
    return content.startswith(kind.start) and kind.holds in content and packed


def _is_text(content: bytes) -> bool:
    """Text in UTF-8 or in an eight-bit encoding: without control characters, and no page for a browser."""
    bare = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    return not CONTROL.search(content) and not bare.startswith((b"<", b"#!"))


def _found(content: bytes) -> str:
    """What the content is, in words."""
    if content.startswith((b"MZ", b"\x7fELF", b"#!")):
        return "program"
    if content.startswith(PACKED):
        named = next((one.name for one in TYPES if one.start == PACKED and _is(one, content)), "")
        return f"plik {named}" if named else "archiwum ZIP"
    named = next((one.name for one in TYPES if one.start and content.startswith(one.start)), "")
    if named:
        return f"plik {named}, może ucięty"
    if content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"<":
        return "plik HTML albo XML"
    return "inny plik"


def paper_name(name: str) -> str:
    """The name under which a paper is kept: without a path, without invisible characters, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign) not in {"Cc", "Cf", "Cs", "Co", "Cn"}).strip()
    stem, dot, ending = plain.rpartition(".")
    if len(plain) <= LONGEST_NAME:
        return plain
    return stem[: LONGEST_NAME - len(ending) - 1] + dot + ending[:10]
