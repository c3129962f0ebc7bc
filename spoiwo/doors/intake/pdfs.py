"""PDF: what acts by itself is refused, what tells of people is taken out, what is signed is left alone."""

import io
import re
import zipfile
import zlib

from spoiwo.doors.domain import limits
from spoiwo.doors.domain.files import Cleaned
from spoiwo.doors.errors import FileRefused
from spoiwo.doors.intake.pictures import bare

PLAIN = "PDF z samą treścią: wydrukuj go do PDF i dodaj wydruk"
WHOLE = "cały, nieuszkodzony plik PDF"
KEYS = {
    "/JS": ("javascript", "skrypt JavaScript"), "/JavaScript": ("javascript", "skrypt JavaScript"),
    "/XFA": ("xfa", "formularz XFA"), "/EmbeddedFiles": ("embedded", "pliki dołączone do PDF"),
    "/EF": ("embedded", "pliki dołączone do PDF"), "/RichMediaContent": ("media", "film albo animację"),
    "/Collection": ("embedded", "zbiór plików (portfolio)"), "/FFilter": ("external", "treść spoza pliku"),
}  # fmt: skip
ACTIONS = {
    "/JavaScript": ("javascript", "skrypt JavaScript"), "/Launch": ("launch", "polecenie uruchomienia programu"),
    "/SubmitForm": ("submit", "formularz, który wysyła dane"), "/ImportData": ("submit", "pobieranie danych"),
    "/GoToR": ("external", "przejście do innego pliku"), "/GoToE": ("embedded", "przejście do pliku dołączonego"),
    "/Rendition": ("media", "film albo dźwięk"), "/Movie": ("media", "film albo dźwięk"),
    "/Sound": ("media", "film albo dźwięk"), "/RichMediaExecute": ("media", "film albo animację"),
}  # fmt: skip
NOTES = {
    "/RichMedia": ("media", "film albo animację"), "/Movie": ("media", "film albo dźwięk"),
    "/Sound": ("media", "film albo dźwięk"), "/Screen": ("media", "film albo dźwięk"), "/3D": ("media", "model 3D"),
    "/FileAttachment": ("embedded", "plik dołączony do strony"),
}  # fmt: skip
LINKS = re.compile(r"(?:https?://|mailto:|tel:|www\.|#)", re.IGNORECASE)
TOLD = ("/Metadata", "/PieceInfo", "/Thumb", "/LastModified")
STREAM = re.compile(rb"stream\r?\n")
PACKINGS = {"/FlateDecode", "/LZWDecode", "/RunLengthDecode"}
BLOCK = 16 * 1024  # unpacks to 16 MB at most
END = re.compile(rb"%%EOF[\s\0]*\Z")


def clean(content: bytes) -> Cleaned:
    """A PDF without what acts and without what tells who made it. Raises: FileRefused."""
    import pikepdf

    if not END.search(content[-2048:]) or zipfile.is_zipfile(io.BytesIO(content)):
        raise FileRefused("polyglot", "dane dopisane za końcem dokumentu PDF", WHOLE)
    _refuse_bombs(content)
    try:
        with pikepdf.open(io.BytesIO(content)) as pdf:
            if pdf.is_encrypted:
                raise _encrypted()
            return _looked_through(pdf, content)
    except pikepdf.PasswordError:
        raise _encrypted() from None
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, RuntimeError, zlib.error):
        raise FileRefused("broken_pdf", "uszkodzony plik PDF", WHOLE) from None


def _encrypted() -> FileRefused:
    return FileRefused("encrypted", "PDF zabezpieczony hasłem albo z zakazem zmian", "PDF bez zabezpieczeń")


def _looked_through(pdf, content: bytes) -> Cleaned:
    if len(pdf.objects) > limits.PDF_OBJECTS or len(pdf.pages) > limits.PDF_PAGES:
        raise FileRefused("too_many_pages", "zbyt wiele stron albo części", f"najwyżej {limits.PDF_PAGES} stron")
    if not len(pdf.pages):
        raise FileRefused("broken_pdf", "PDF bez ani jednej strony", WHOLE)
    dictionaries = list(_dictionaries(pdf))
    for one in dictionaries:
        _refuse_active(one)
        _refuse_packed_twice(one)
    if any("/ByteRange" in one and "/Contents" in one for one in dictionaries):
        if pdf.get_warnings():
            raise FileRefused("broken_pdf", "podpisany plik PDF, który jest uszkodzony", WHOLE)
        return Cleaned(content, ["signed"], signed=True)
    told = "/Info" in pdf.trailer or any(name in one for one in dictionaries for name in TOLD)
    for one in dictionaries:
        _make_bare(one)
    if "/Info" in pdf.trailer:
        del pdf.trailer["/Info"]
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True, fix_metadata_version=False)
    earlier = content.count(b"%%EOF") > (2 if b"/Linearized" in content[:2048] else 1)
    return Cleaned(out.getvalue(), ["metadata"] * told + ["revisions"] * earlier)


def _dictionaries(pdf):
    """Every dictionary of the file, those of streams too, wherever it lies."""
    import pikepdf

    held = [*pdf.objects, pdf.trailer]
    while held:
        one = held.pop()
        if isinstance(one, pikepdf.Array):
            held.extend(part for part in one if isinstance(part, pikepdf.Object) and not part.is_indirect)
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield one
            parts = (part for _key, part in one.items() if isinstance(part, pikepdf.Object))
            held.extend(part for part in parts if not part.is_indirect)


def _refuse_active(one) -> None:
    """Raises: FileRefused for anything that acts, plays, sends, or comes from outside."""
    import pikepdf

    for key, (code, found) in KEYS.items():
        if key in one:
            raise FileRefused(code, found, PLAIN)
    if one.get("/Type") != "/StructElem" and str(one.get("/S", "")) in ACTIONS:
        raise FileRefused(*ACTIONS[str(one["/S"])], PLAIN)
    if str(one.get("/Subtype", "")) in NOTES and "/Rect" in one:
        raise FileRefused(*NOTES[str(one["/Subtype"])], PLAIN)
    if one.get("/S") == "/URI" and not LINKS.match(str(one.get("/URI", "")).strip()):
        raise FileRefused("link", "odnośnik, który nie prowadzi do strony internetowej", PLAIN)
    if isinstance(one, pikepdf.Stream) and "/F" in one:
        raise FileRefused("external", "treść spoza pliku", PLAIN)


def _refuse_bombs(content: bytes) -> None:
    """Raises: FileRefused for a part that unpacks to more than anybody reads, before anything is opened.

    A part that packs as usual is looked at for its first 16 kB only.
    """
    for stream in STREAM.finditer(content):
        at, size, unpacker = stream.end(), 0, zlib.decompressobj()
        start = at
        while at < len(content) and size <= limits.UNPACKED_BYTES and not unpacker.eof:
            try:
                size += len(unpacker.decompress(content[at : at + BLOCK]))
            except zlib.error:
                break  # not packed this way, or broken
            at += BLOCK
            if size <= limits.RATIO * (at - start):
                break
        if size > limits.UNPACKED_BYTES:
            found = f"część, która po rozpakowaniu ma ponad {limits.UNPACKED_BYTES // limits.MB} MB"
            raise FileRefused("packed_too_hard", found, WHOLE)


def _refuse_packed_twice(one) -> None:
    """Raises: FileRefused for a part packed more than once: how much it unpacks to cannot be told cheaply."""
    import pikepdf

    if isinstance(one, pikepdf.Stream):
        filters = _filters(one)
        if len([name for name in filters if name in PACKINGS]) > 1:
            raise FileRefused("packed_too_hard", "część ściśniętą dwa razy", WHOLE)


def _filters(one) -> list[str]:
    """How a stream is packed, the outermost first."""
    import pikepdf

    said = one.get("/Filter", [])
    return [str(said)] if isinstance(said, pikepdf.Name) else [str(part) for part in said]


def _make_bare(one) -> None:
    """Take out of a dictionary what tells of people; a photo inside loses what its camera wrote."""
    import pikepdf

    for name in TOLD:
        if name in one:
            del one[name]
    if isinstance(one, pikepdf.Stream) and _filters(one) in (["/DCTDecode"], ["/FlateDecode", "/DCTDecode"]):
        raw = _photo(one)
        plain = bare(raw)
        if plain != raw:
            one.write(plain, filter=pikepdf.Name.DCTDecode)


def _photo(one) -> bytes:
    """The bytes of a photo, unpacked when it was packed once more."""
    raw = one.read_raw_bytes()
    return raw if len(_filters(one)) == 1 else zlib.decompress(raw)
