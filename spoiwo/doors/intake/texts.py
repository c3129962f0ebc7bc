"""Texts and tables of text: kept as they are, when they are nothing else."""

import re

from spoiwo.doors.domain.files import Cleaned
from spoiwo.doors.errors import FileRefused

CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")
MARKUP = re.compile(
    rb"<\s*(?:script|html|!doctype|svg|iframe|frame|body|img|object|embed|meta|link|style|form|math|base)\b"
    rb"|<\?(?:php|xml)|javascript:|vbscript:",
    re.IGNORECASE,
)
# A cell that asks a spreadsheet to start a programme: =cmd|'/c calc'!A1
CALLS = re.compile(rb"(?:^|[;,\t\"'\r\n])\s*[=+\-@][^;\t\r\n]{0,200}?\|\s*['\"]?[^;\t\r\n]{0,200}?!", re.MULTILINE)
INSIDE = ((b"%PDF-", "dokument PDF w tekście"), (b"PK\x05\x06", "archiwum ZIP w tekście"))
PLAIN = "sam tekst w UTF-8 albo Windows-1250"


def clean(content: bytes) -> Cleaned:
    """The text as it came. Raises: FileRefused for what is no plain text, or is something more."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileRefused("utf16", "tekst zapisany w UTF-16", PLAIN)
    for mark, found in INSIDE:
        if mark in content:
            raise FileRefused("polyglot", found, PLAIN)
    if CONTROL.search(content):
        raise FileRefused("control", "znaki sterujące, których nie ma w zwykłym tekście", PLAIN)
    if MARKUP.search(content) or content.removeprefix(b"\xef\xbb\xbf").lstrip().startswith((b"<", b"#!")):
        raise FileRefused("markup", "znaczniki strony internetowej albo skryptu", PLAIN)
    if CALLS.search(content):
        raise FileRefused("dde", "komórkę, która uruchamia program (DDE)", "tabela bez takich formuł")
    return Cleaned(content)
