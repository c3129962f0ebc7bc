"""Which encoding a text is in: UTF-8 passes, any other is named, with a sample that shows the letters."""

import codecs
import re
from dataclasses import dataclass

from spoiwo.ledger.domain.faults import quoted

WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "UTF-32"),
    (codecs.BOM_UTF32_BE, "UTF-32"),
    (codecs.BOM_UTF16_LE, "UTF-16"),
    (codecs.BOM_UTF16_BE, "UTF-16"),
)
CANDIDATES = (("cp1250", "Windows-1250 (cp1250)"), ("iso8859-2", "ISO-8859-2"), ("cp852", "CP852 (DOS)"))
POLISH = set("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
SAMPLE_BYTES = 100_000
EXPECTED = "tekst w UTF-8 (w arkuszu: zapisz jako CSV UTF-8)"


@dataclass(frozen=True)
class WrongEncoding:
    """Where the text stops being UTF-8 and what it seems to be; `found` is Polish."""

    code: str
    row: int
    found: str


def wrong_encoding(content: bytes) -> WrongEncoding | None:
    """None for UTF-8, with or without a mark at the beginning, without NUL characters."""
    for mark, name in WIDE_MARKS:
        if content.startswith(mark):
            return WrongEncoding("encoding_utf16", 1, f"tekst w {name}")
    nul = content.find(b"\0")
    if nul >= 0:
        return _with_nul(content, nul)
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        return _eight_bit(content, wrong.start)
    return None


def codec_of(content: bytes) -> str:
    """The codec of a text that comes from an older program: UTF-8, or Windows-1250 when nothing else reads as well.

    Empty when it is neither; then `wrong_encoding` says what it seems to be.
    """
    wrong = wrong_encoding(content)
    if wrong is None:
        return "utf-8-sig"
    if wrong.code != "encoding_not_utf8":
        return ""
    sample = content[_first_eight_bit(content) :][:SAMPLE_BYTES]
    scores = {codec: _score(sample, codec) for codec, _name in CANDIDATES}
    alone = all(scores["cp1250"] > score for codec, score in scores.items() if codec != "cp1250")
    return "cp1250" if alone and scores["cp1250"] > 0 else ""


def _first_eight_bit(content: bytes) -> int:
    """Where the first byte outside ASCII stands."""
    found = re.search(rb"[\x80-\xff]", content)
    return found.start() if found else 0


def _with_nul(content: bytes, at: int) -> WrongEncoding:
    """A NUL: in every other byte it means UTF-16 without a mark, alone it means damage."""
    head = content[:2000]
    if max(head[::2].count(0), head[1::2].count(0)) * 4 > len(head):
        return WrongEncoding("encoding_utf16", 1, "tekst w UTF-16 bez znacznika")
    return WrongEncoding("nul_byte", _row(content, at), "bajt zerowy (NUL) w tekście")


def _eight_bit(content: bytes, at: int) -> WrongEncoding:
    """A byte that UTF-8 does not have there; encodings of Polish are tried, the most Polish wins."""
    sample = content[at : at + SAMPLE_BYTES]
    scores = {codec: _score(sample, codec) for codec, _name in CANDIDATES}
    best = max(scores.values())
    names = [name for codec, name in CANDIDATES if scores[codec] == best and best > 0]
    found = f"bajt {content[at]:02X} spoza UTF-8"
    if names:
        codec = next(codec for codec, score in scores.items() if score == best)
        line = _line(content, at).decode(codec, "replace")
        found = f"tekst w {' albo '.join(names)}, który czyta się: {quoted(line)}"
    return WrongEncoding("encoding_not_utf8", _row(content, at), found)


def _score(sample: bytes, codec: str) -> int:
    """How Polish the sample reads: Polish letters for, other signs outside ASCII against."""
    letters = [character for character in sample.decode(codec, "replace") if character > "\x7f"]
    polish = sum(character in POLISH for character in letters)
    return 2 * polish - len(letters)


def _row(content: bytes, at: int) -> int:
    """The number of the line in which a byte is."""
    return content.count(b"\n", 0, at) + 1


def _line(content: bytes, at: int) -> bytes:
    """The line in which a byte is, not more than a screen of it."""
    start = max(content.rfind(b"\n", 0, at) + 1, at - 60)
    end = content.find(b"\n", at)
    return content[start : end if end >= 0 else len(content)][:120].rstrip(b"\r")
