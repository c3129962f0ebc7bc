"""Letters and workbooks (OOXML): what acts or reaches out is refused, what tells who wrote them is taken out."""

import io
import re
import zipfile
from xml.etree import ElementTree

from spoiwo.doors.domain.files import Cleaned
from spoiwo.doors.errors import FileRefused
from spoiwo.doors.intake.archive import END_BYTES, open_archive
from spoiwo.doors.intake.contents import look_through
from spoiwo.doors.intake.pictures import bare
from spoiwo.doors.intake.xmlwalk import attribute, walk
from spoiwo.kernel.quoting import quoted

PLAIN = "plik bez takich dodatków, na przykład zapisany na nowo jako PDF"
WHOLE = "całe, nieuszkodzone archiwum ZIP"
CONTENTS, RELATIONS = "[Content_Types].xml", "_rels/.rels"
MAIN = {
    "DOCX": ("/word/document.xml", "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"),
    "XLSX": ("/xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
}
# What a part is called, and why it is refused.
PARTS = (
    (re.compile(r"vba|macrosheet|dialogsheet|customui|attachedtoolbars|keymapcustom", re.I), ("macros", "makra")),
    (re.compile(r"activex|ctrlprop", re.I), ("activex", "kontrolki ActiveX albo formularza")),
    (re.compile(r"embeddings/|oleobject", re.I), ("ole", "osadzone obiekty (OLE) albo pliki")),
    (re.compile(r"externallink|connections\.xml|querytable|xl/model/|webextension|afchunk|recipientdata", re.I),
     ("external", "dane pobierane spoza pliku")),
)  # fmt: skip
ENDINGS = re.compile(
    r"\.(?:xml|rels|vml|png|jpe?g|gif|bmp|tiff?|emf|wmf|odttf|fntdata)\Z|/printersettings\d*\.bin\Z", re.I
)
TYPES = re.compile(r"macro|vba|activex|oleobject|control\+|template\.main", re.I)
# The last word of a relationship's type.
REFUSED_TIES = {
    "oleObject": ("ole", "osadzone obiekty (OLE) albo pliki"), "package": ("ole", "osadzone obiekty albo pliki"),
    "control": ("activex", "kontrolki ActiveX"), "vbaProject": ("macros", "makra"),
    "attachedTemplate": ("template", "szablon spoza pliku"), "aFChunk": ("external", "treść innego rodzaju"),
    "frame": ("external", "ramkę z treścią spoza pliku"), "subDocument": ("external", "treść spoza pliku"),
    "externalLinkPath": ("external", "dane spoza pliku"), "mailMergeSource": ("external", "dane spoza pliku"),
    "mailMergeHeaderSource": ("external", "dane spoza pliku"), "recipientData": ("external", "dane spoza pliku"),
}  # fmt: skip
LINKS = re.compile(r"(?:https?://|mailto:|tel:|#)", re.IGNORECASE)
TELLING_TIES = {"core-properties", "extended-properties", "custom-properties", "thumbnail"}
TELLING = re.compile(r"docProps/|.*/?thumbnail\.\w+\Z", re.IGNORECASE)
WHERE_IT_LAY = re.compile(rb"(<\w+:absPath\b[^>]*\burl=\")[^\"]*(\")|(<fileSharing\b[^>]*\buserName=\")[^\"]*(\")")
SIGNATURES = "_xmlsignatures/"
PICTURES = (".png", ".jpg", ".jpeg")


def clean(content: bytes, kind: str) -> Cleaned:
    """A letter or a workbook without what tells who wrote it. Raises: FileRefused."""
    with open_archive(io.BytesIO(content)) as archive:
        _check_whole(archive, content)
        names = archive.namelist()
        for name in names:
            _check_name(name)
        _check_types(archive, kind)
        for name in names:
            if name.endswith(".rels"):
                _check_ties(archive, name)
        notes = look_through(archive, kind)
        if any(name.startswith(SIGNATURES) for name in names):
            return Cleaned(content, [*notes, "signed"], signed=True)
        told = any(TELLING.match(name) for name in names)
        return Cleaned(_without_authors(archive), [*notes, *["metadata"] * told])


def _check_whole(archive: zipfile.ZipFile, content: bytes) -> None:
    """The archive begins with the file and ends with it. Raises: FileRefused."""
    if archive.comment or not content[-END_BYTES:].startswith(b"PK\x05\x06"):
        raise FileRefused("polyglot", "dane dopisane za końcem pliku", WHOLE)
    if min(entry.header_offset for entry in archive.infolist()) != 0:
        raise FileRefused("polyglot", "dane dopisane przed początkiem pliku", WHOLE)


def _check_name(name: str) -> None:
    for pattern, (code, found) in PARTS:
        if pattern.search(name):
            raise FileRefused(code, found, PLAIN)
    if not name.endswith("/") and not ENDINGS.search(name) and not name.startswith((SIGNATURES, "docProps/")):
        raise FileRefused("unknown_part", f"część {quoted(name)}, jakiej pliki biurowe nie mają", PLAIN)


def _check_types(archive: zipfile.ZipFile, kind: str) -> None:
    """What the parts are said to be: the main one as its ending says, none that acts. Raises: FileRefused."""
    part, media_type = MAIN[kind]
    main = []

    def start(_name: str, attributes: dict[str, str]) -> None:
        said = attribute(attributes, "ContentType")
        if TYPES.search(said):
            raise FileRefused("macros", f"część typu {quoted(said.rpartition('.')[2])}", PLAIN)
        if attribute(attributes, "PartName") == part:
            main.append(said)

    walk(archive, CONTENTS, start)
    if main != [media_type]:
        raise FileRefused("another_kind", "plik, którego główna część jest czym innym", f"plik {kind}")


def _check_ties(archive: zipfile.ZipFile, part: str) -> None:
    """What the parts are tied to: nothing that acts, and outside only pages and mailboxes. Raises: FileRefused."""

    def start(name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship":
            return
        tie = attribute(attributes, "Type").rpartition("/")[2]
        if tie in REFUSED_TIES:
            raise FileRefused(*REFUSED_TIES[tie], PLAIN)
        if attribute(attributes, "TargetMode").casefold() == "external":
            target = attribute(attributes, "Target").strip()
            if tie != "hyperlink" or not LINKS.match(target):
                raise FileRefused("external", f"odwołanie do {quoted(target)}", PLAIN)

    walk(archive, part, start)


# --- writing anew ----------------------------------------------------------------------------------


def _without_authors(archive: zipfile.ZipFile) -> bytes:
    """The same file without properties, miniature and paths; photos inside lose what their camera wrote."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as anew:
        for entry in archive.infolist():
            name = entry.filename
            if entry.is_dir() or TELLING.match(name):
                continue
            plain = zipfile.ZipInfo(name)  # of 1 January 1980: when it was packed tells of people, too
            plain.compress_type = zipfile.ZIP_DEFLATED
            if name in {CONTENTS, RELATIONS}:
                anew.writestr(plain, _without_ties(archive.read(name)))
            elif name == "xl/workbook.xml":
                anew.writestr(plain, WHERE_IT_LAY.sub(rb"\1\2\3\4", archive.read(name)))
            elif name.casefold().endswith(PICTURES):
                anew.writestr(plain, bare(archive.read(name)))
            else:
                _copy(archive, entry, anew, plain)
    return out.getvalue()


def _copy(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, anew: zipfile.ZipFile, plain: zipfile.ZipInfo) -> None:
    with archive.open(entry) as source, anew.open(plain, "w") as target:
        while block := source.read(1024 * 1024):
            target.write(block)


def _without_ties(part: bytes) -> bytes:
    """A list of parts, or of ties, without those that are taken out. It was walked before: no entities."""
    root = ElementTree.fromstring(part)  # nosec B314 - a document type was refused before
    space = root.tag.partition("}")[0].removeprefix("{")
    for one in list(root):
        tie = one.get("Type", "").rpartition("/")[2]
        if tie in TELLING_TIES or TELLING.match(one.get("PartName", "").lstrip("/")):
            root.remove(one)
    ElementTree.register_namespace("", space)
    return ElementTree.tostring(root, encoding="UTF-8", xml_declaration=True)
