"""Invented strings that must not leave, every form in which they could stand somewhere, and the search for them.

A string is one word, so that an address cut short is found like a whole one. All words share a stem; content without
the stem in any form holds no word in any form, and the constructor refuses a form that its stem would not lead to.
"""

import base64
import gzip
import html
import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from quopri import encodestring
from urllib.parse import quote, quote_plus

import brotli
import pypdf

from tests.registered import pesel_of

STEM, YEAR_OF_BIRTH, COURT, SHORT_YEAR = "qvanar", "1801", "70901", "0185"  # of words, days, signs, PESEL numbers
LETTERS = "bcdfghjklmnprstwxz"
FIELDS = {"first_name": "ŻŁ", "last_name": "ŚŃ", "address": "ĆŹ", "contact": "ĄĘ", "notes": "ÓŻ", "paper": "XX"}
MONTHS = {5: "maja"}
DEEPEST = 4  # a file in a file


@dataclass(frozen=True)
class Canary:
    """One word that stands in one field of one person."""

    person: int
    field: str
    text: str


@dataclass(frozen=True)
class Hit:
    """A word found, in which form and in which part of what was searched."""

    person: int
    field: str
    form: str
    part: str = ""


def written_of(number: int) -> dict[str, str]:
    """What stands in the sealed fields of a person, and in the person's paper; every word invented."""
    word = {name: _word(number, name) for name in FIELDS}
    return {
        "first_name": word["first_name"],
        "last_name": word["last_name"],
        "pesel": pesel_of(_born_on(number), number),
        "born_on": _born_on(number).isoformat(),
        "address": f"ulica {word['address']} 7/3, 00-000 Zmyślin",
        "contact": f"telefon zmyślony, pytać o: {word['contact']}",
        "notes": f"Uwaga wymyślona {word['notes']}, sygn. III Nsm {_sign(number)}/26.",
        "paper": word["paper"],
    }


def canaries_of(number: int) -> list[Canary]:
    """The words of a person."""
    born_on, pesel = _born_on(number), written_of(number)["pesel"]
    days = (born_on.isoformat(), f"{born_on:%d.%m.%Y}", f"{born_on.day} {MONTHS[born_on.month]} {born_on.year}")
    found = [Canary(number, name, _word(number, name)) for name in FIELDS]
    found += [Canary(number, "born_on", day) for day in days]
    return [*found, Canary(number, "pesel", pesel), Canary(number, "notes", _sign(number))]


def _born_on(number: int) -> date:
    return date(1801, 5, 1 + number)


def _sign(number: int) -> str:
    """The number of a case of a court."""
    return f"{COURT}{number:02}44"


def _word(number: int, name: str) -> str:
    first, last = FIELDS[name]
    mark = LETTERS[list(FIELDS).index(name)] + LETTERS[number // len(LETTERS)] + LETTERS[number % len(LETTERS)]
    return f"{first}{STEM}{mark}{last.lower()}ek"


# In which forms a word can stand


def plain(text: str) -> str:
    """Without Polish letters."""
    apart = unicodedata.normalize("NFKD", text.translate(str.maketrans("łŁ", "lL")))
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "small letters": str.lower,
    "capitals": str.upper,
    "plain letters": plain,
    "plain small letters": lambda text: plain(text).lower(),
    "plain capitals": lambda text: plain(text).upper(),
}
ENCODINGS: dict[str, Callable[[str], bytes]] = {
    "UTF-8": str.encode,
    "UTF-16": lambda text: text.encode("utf-16-le"),
    "UTF-16 BE": lambda text: text.encode("utf-16-be"),
    "cp1250": lambda text: text.encode("cp1250"),
    "latin-2": lambda text: text.encode("iso8859-2"),
    "URL": lambda text: quote(text, safe="").encode(),
    "URL in a form": lambda text: quote_plus(text).encode(),
    "URL in a URL": lambda text: quote(quote(text)).encode(),
    "URL, small digits": lambda text: re.sub("%..", lambda found: found[0].lower(), quote(text)).encode(),
    "HTML": lambda text: html.escape(text).encode(),
    "HTML numbers": lambda text: text.encode("ascii", "xmlcharrefreplace"),
    "HTML hexadecimal": lambda text: _escaped(text, "&#x{:x};"),
    "JSON": lambda text: _escaped(text, "\\u{:04x}"),
    "JSON, capitals": lambda text: _escaped(text, "\\u{:04X}"),
    "hexadecimal": lambda text: text.encode().hex().encode(),
    "hexadecimal, capitals": lambda text: text.encode().hex().upper().encode(),
    "quoted-printable": lambda text: encodestring(text.encode()).strip(b"\n"),
    **{f"base64 {offset}": lambda text, offset=offset: _base64(text.encode(), offset) for offset in range(3)},
    **{
        f"base64 of addresses {offset}": lambda text, offset=offset: _base64(text.encode(), offset, b"-_")
        for offset in range(3)
    },
}
FORMS = len(SPELLINGS) * len(ENCODINGS)


def _escaped(text: str, form: str) -> bytes:
    return "".join(sign if sign.isascii() else form.format(ord(sign)) for sign in text).encode()


def _base64(text: bytes, offset: int, signs: bytes = b"+/") -> bytes:
    """What of a longer base64 text depends on this part alone, when it begins `offset` bytes after a group of three."""
    whole = base64.b64encode(bytes(offset) + text + bytes(3), signs)
    return whole[-(-offset * 8 // 6) : (offset + len(text)) * 8 // 6]


def forms_of(text: str) -> Iterator[tuple[bytes, str]]:
    """Every form of a word, each once."""
    known = set()
    for spelling, spelled in SPELLINGS.items():
        for encoding, encoded in ENCODINGS.items():
            found = encoded(spelled(text))
            if found not in known:
                known.add(found)
                yield found, f"{encoding}, {spelling}"


# The search


@dataclass
class Searcher:
    """Looks for the words of persons; says what was looked through."""

    canaries: list[Canary]
    forms: int = 0
    searched: int = 0  # bytes
    _by_stem: dict[bytes, list[tuple[bytes, Canary, str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Put every form of every word under the stem that leads to it."""
        stems = {one: [] for text in (STEM, YEAR_OF_BIRTH, COURT, SHORT_YEAR) for one, _form in forms_of(text)}
        if min(map(len, stems)) < 3:
            raise ValueError("a stem is too short to narrow anything")
        for canary in self.canaries:
            for pattern, form in forms_of(canary.text):
                stem = next((one for one in stems if one in pattern), None)
                if stem is None:
                    raise ValueError(f"no stem leads to {form} of {canary.field}")
                stems[stem].append((pattern, canary, form))
                self.forms += 1
        self._by_stem = {stem: held for stem, held in stems.items() if held}

    def found_in(self, content: bytes | str, encoding: str = "") -> set[Hit]:
        """The words that stand in content or in what is packed in it."""
        raw = content.encode("utf-8", "surrogateescape") if isinstance(content, str) else bytes(content)
        hits = set()
        for part, layer in layers(raw, encoding):
            self.searched += len(layer)
            for stem, held in self._by_stem.items():
                if stem in layer:
                    hits |= {Hit(one.person, one.field, form, part) for pattern, one, form in held if pattern in layer}
        return hits


def layers(content: bytes, encoding: str = "", part: str = "", depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """Content itself, and everything packed in it: gzip, brotli, parts of a ZIP, texts and streams of a PDF."""
    yield part, content
    if depth == DEEPEST:
        return
    with suppress(ValueError, OSError, EOFError, brotli.error, zipfile.BadZipFile, pypdf.errors.PyPdfError):
        for name, inside in _unpacked(content, encoding):
            yield from layers(inside, part=f"{part}/{name}".strip("/"), depth=depth + 1)


def _unpacked(content: bytes, encoding: str) -> Iterator[tuple[str, bytes]]:
    if encoding == "br":
        yield "brotli", brotli.decompress(content)
    elif content.startswith(b"\x1f\x8b"):
        yield "gzip", gzip.decompress(content)
    elif content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as pack:
            for info in pack.infolist():
                yield info.filename, info.filename.encode() + b"\n" + info.comment + pack.read(info)
    elif content.startswith(b"%PDF"):
        book = pypdf.PdfReader(io.BytesIO(content))
        yield "facts", str(book.metadata).encode()
        for number, page in enumerate(book.pages, start=1):
            yield f"page {number}", page.extract_text().encode("utf-8", "surrogatepass")
