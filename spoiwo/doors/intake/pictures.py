"""Pictures: decoded and written anew, so that only the picture is left; and pictures inside documents, made bare."""

import io
import struct
import zipfile

from spoiwo.doors.domain import limits
from spoiwo.doors.domain.files import Cleaned
from spoiwo.doors.errors import FileRefused

WHOLE = "całe zdjęcie albo skan, najlepiej wprost z aparatu lub skanera"
PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = {b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"sBIT", b"bKGD", b"pHYs"}
SOI, EOI, SOS, COM = 0xD8, 0xD9, 0xDA, 0xFE
APP0, APP1, APP14 = 0xE0, 0xE1, 0xEE  # JFIF, EXIF, Adobe: the first and the last say how colours are meant
ORIENTATION = 0x0112
# What a camera writes behind a photo: another one, a film, blanks. Anything else has no business there.
BEHIND_PHOTO = (b"\xff\xd8\xff",)
STRANGE = (b"PK\x03\x04", b"PK\x05\x06", b"%PDF-", b"<html", b"<script", b"<svg", b"<?php", b"<!doctype", b"\x7fELF")


def clean_png(content: bytes) -> Cleaned:
    """A PNG with nothing but the picture. Raises: FileRefused."""
    kinds = [kind for kind, _chunk in _chunks(content)]
    return _written_anew(content, "PNG", ["metadata"] if set(kinds) - PNG_KEPT else [])


def clean_jpeg(content: bytes) -> Cleaned:
    """A JPEG with nothing but the picture, turned the way it was meant. Raises: FileRefused."""
    parts, end = _segments(content)
    behind = content[end:]
    if behind.strip(b"\0\xff \r\n\t") and not _is_of_camera(behind):
        raise FileRefused("polyglot", "dane dopisane za końcem zdjęcia", WHOLE)
    told = any(marker == APP1 for marker, _part in parts)
    return _written_anew(content[:end], "JPEG", ["place"] if told else [])


def _is_of_camera(behind: bytes) -> bool:
    """Whether what lies behind a photo is its second picture or film."""
    folded = behind.lower()
    if zipfile.is_zipfile(io.BytesIO(behind)) or any(mark.lower() in folded for mark in STRANGE):
        return False
    return behind.startswith(BEHIND_PHOTO) or b"ftyp" in behind[:64] or behind[-4:] == b"SEFT"


def _written_anew(content: bytes, form: str, notes: list[str]) -> Cleaned:
    """Decode the first frame and write it again. Raises: FileRefused."""
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is decoded
    try:
        with Image.open(io.BytesIO(content), formats=(form,)) as opened:
            width, height = opened.size
            if width * height > limits.PIXELS or max(width, height) > limits.SIDE:
                found = f"obraz {width} × {height} punktów"
                raise FileRefused("too_many_pixels", found, f"najwyżej {limits.PIXELS // 1_000_000} mln punktów")
            tables, sampling = getattr(opened, "quantization", None), _sampling(opened)
            picture = ImageOps.exif_transpose(opened)
            out = io.BytesIO()
            if form == "JPEG":  # with its own tables: hardly anything is lost
                picture.save(out, "JPEG", qtables=tables, subsampling=sampling, exif=b"")
            else:
                picture.info = {name: picture.info[name] for name in ("transparency",) if name in picture.info}
                picture.save(out, "PNG", compress_level=6)
    except (OSError, ValueError, SyntaxError, EOFError, struct.error, KeyError, IndexError, TypeError):
        raise FileRefused("broken_picture", "uszkodzony obraz", WHOLE) from None
    return Cleaned(out.getvalue(), notes)


def _sampling(picture) -> int:
    from PIL.JpegImagePlugin import get_sampling

    sampling = get_sampling(picture) if picture.format in {"JPEG", "MPO"} else -1
    return sampling if sampling in (0, 1, 2) else 0


# --- bare pictures: the same bytes without what tells of people -------------------------------------


def bare(content: bytes) -> bytes:
    """A picture inside a document without EXIF, comments and texts; anything else as it is."""
    try:
        if content.startswith(b"\xff\xd8\xff"):
            return _bare_jpeg(content)
        if content.startswith(PNG_START):
            return PNG_START + b"".join(chunk for kind, chunk in _chunks(content, strict=False) if kind in PNG_KEPT)
    except (FileRefused, struct.error, IndexError):
        return content  # no picture that we know: nothing we could take out of it
    return content


def _bare_jpeg(content: bytes) -> bytes:
    parts, end = _segments(content)
    kept = []
    for marker, part in parts:
        if marker == APP1 and (turn := _orientation(part)) not in (0, 1):
            kept.append(_only_orientation(turn))
        elif not (APP1 <= marker <= 0xEF or marker == COM) or marker == APP14:
            kept.append(part)
    return b"\xff\xd8" + b"".join(kept) + content[2 + sum(len(part) for _marker, part in parts) : end]


def _segments(content: bytes) -> tuple[list[tuple[int, bytes]], int]:
    """The segments before the first scan, and where the picture ends. Raises: FileRefused."""
    parts, at = [], 2
    try:
        while content[at] == 0xFF and content[at + 1] != SOS:
            length = 2 + int.from_bytes(content[at + 2 : at + 4], "big")
            parts.append((content[at + 1], content[at : at + length]))
            at += length
        if content[at] != 0xFF:
            raise IndexError
    except IndexError:
        raise FileRefused("broken_picture", "uszkodzony obraz JPEG", WHOLE) from None
    return parts, _end_of_scans(content, at)


def _end_of_scans(content: bytes, at: int) -> int:
    """Past the mark that ends the picture. Raises: FileRefused when there is none."""
    while (at := content.find(b"\xff", at)) >= 0 and at + 1 < len(content):
        marker = content[at + 1]
        if marker == EOI:
            return at + 2
        if marker in {0x00, 0xFF} or 0xD0 <= marker <= 0xD7:  # a byte of the picture, or a restart
            at += 2 if marker != 0xFF else 1
        else:
            at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    raise FileRefused("broken_picture", "obraz JPEG bez zakończenia", WHOLE)


def _orientation(part: bytes) -> int:
    """How a photo is to be turned, from its EXIF; 0 when it does not say."""
    tiff = part[10:]
    if part[4:10] != b"Exif\0\0" or tiff[:2] not in (b"II", b"MM"):
        return 0
    order = "<" if tiff[:2] == b"II" else ">"
    (first,) = struct.unpack(f"{order}L", tiff[4:8])
    (entries,) = struct.unpack(f"{order}H", tiff[first : first + 2])
    for number in range(min(entries, 100)):
        entry = tiff[first + 2 + 12 * number : first + 14 + 12 * number]
        tag, _kind, _count, value = struct.unpack(f"{order}HHLH", entry[:10])
        if tag == ORIENTATION:
            return value if 1 <= value <= 8 else 0
    return 0


def _only_orientation(turn: int) -> bytes:
    """An EXIF segment that says how to turn the photo and nothing else."""
    tiff = b"MM\0\x2a" + struct.pack(">LHHHLHHL", 8, 1, ORIENTATION, 3, 1, turn, 0, 0)
    body = b"Exif\0\0" + tiff
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body


def _chunks(content: bytes, *, strict: bool = True) -> list[tuple[bytes, bytes]]:
    """The chunks of a PNG up to its end. Raises: FileRefused when it has none, or something stands behind it."""
    chunks, at = [], len(PNG_START)
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4], "big")
        kind, after = content[at + 4 : at + 8], at + 12 + length
        chunks.append((kind, content[at:after]))
        at = after
        if kind == b"IEND":
            if strict and content[at:]:
                raise FileRefused("polyglot", "dane dopisane za końcem obrazu", WHOLE)
            return chunks
    raise FileRefused("broken_picture", "obraz PNG bez zakończenia", WHOLE)
