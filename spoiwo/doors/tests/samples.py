"""Small, whole files of every kind that is taken in, with what their makers leave in them."""

import io
import zipfile

import pikepdf
from PIL import Image

AUTHOR = "Zofia Zmyślona"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
FORM = "application/vnd.openxmlformats-officedocument."
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
S = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def pdf(change=None, *, pages: int = 1, author: str = AUTHOR, **saving) -> bytes:
    """A PDF of blank pages; `change` gets the open document before it is saved."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        for _number in range(pages):
            document.add_blank_page()
        if author:
            document.docinfo["/Author"] = author
        if change:
            change(document)
        document.save(out, **{"deterministic_id": "encryption" not in saving} | saving)
    return out.getvalue()


def picture(form: str, *, size=(32, 24), exif: dict | None = None, **saving) -> bytes:
    """A picture in one colour, with what a camera would write."""
    out, image = io.BytesIO(), Image.new("RGB", size, (30, 120, 110))
    told = image.getexif()
    for tag, value in (exif or {}).items():
        told[tag] = value
    image.save(out, form, exif=told, **saving)
    return out.getvalue()


def png(**facts) -> bytes:
    """A PNG."""
    return picture("PNG", **facts)


def jpeg(**facts) -> bytes:
    """A JPEG."""
    return picture("JPEG", **facts)


def photo() -> bytes:
    """A JPEG with a camera, a place and a turn of a quarter."""
    return jpeg(exif={0x010F: "Aparat zmyślony", 0x0112: 6, 0x8825: {1: "N", 2: (51.0, 56.0, 0.0)}})


def packed(parts: dict[str, bytes | str], *, comment: bytes = b"") -> bytes:
    """Parts as an archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
        archive.comment = comment
    return out.getvalue()


def ties(*told: tuple[str, str, str]) -> str:
    """A list of relationships: (type, target, mode)."""
    rows = "".join(
        f'<Relationship Id="r{number}" Type="{OFFICE}/relationships/{tie}" Target="{target}"'
        + (f' TargetMode="{mode}"' if mode else "")
        + "/>"
        for number, (tie, target, mode) in enumerate(told)
    )
    return f'<?xml version="1.0"?><Relationships xmlns="{PACKAGE}/relationships">{rows}</Relationships>'


def types(main: str, media_type: str, *more: tuple[str, str]) -> str:
    """The list of parts and their types."""
    told = [(main, media_type), ("/docProps/core.xml", f"{FORM}core"), *more]
    rows = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in told)
    return f'<?xml version="1.0"?><Types xmlns="{PACKAGE}/content-types">{rows}</Types>'


CORE = (
    f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/">'
    f"<dc:creator>{AUTHOR}</dc:creator></cp:coreProperties>"
)
APP = f'<Properties xmlns="{OFFICE}/extended-properties"><Company>Urząd {AUTHOR}</Company></Properties>'


def letter(body: str = "<w:p><w:r><w:t>Dzień dobry</w:t></w:r></w:p>") -> str:
    """The main part of a letter."""
    return f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'


def docx_parts(**changed: str | bytes) -> dict[str, str | bytes]:
    """The parts of a letter; `changed` are parts by a short name, or more of them by their whole name."""
    parts = {
        "[Content_Types].xml": types("/word/document.xml", f"{FORM}wordprocessingml.document.main+xml"),
        "_rels/.rels": ties(
            ("officeDocument", "word/document.xml", ""), ("extended-properties", "docProps/app.xml", ""),
            ("metadata/thumbnail", "docProps/thumbnail.jpeg", ""),
        ),
        "word/document.xml": letter(),
        "word/_rels/document.xml.rels": ties(("hyperlink", "https://pokaz.example/", "External")),
        "docProps/core.xml": CORE,
        "docProps/app.xml": APP,
        "docProps/thumbnail.jpeg": jpeg(),
    }  # fmt: skip
    return parts | changed


def docx(parts: dict | None = None, **changed) -> bytes:
    """A letter."""
    return packed(docx_parts(**(parts or {}), **changed))


def sheet(cells: str = '<c r="A1"><v>1</v></c>') -> str:
    """A sheet of a workbook."""
    return f'<?xml version="1.0"?><worksheet {S}><sheetData><row r="1">{cells}</row></sheetData></worksheet>'


def xlsx_parts(**changed: str | bytes) -> dict[str, str | bytes]:
    """The parts of a workbook."""
    path = 'xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"'
    parts = {
        "[Content_Types].xml": types("/xl/workbook.xml", f"{FORM}spreadsheetml.sheet.main+xml"),
        "_rels/.rels": ties(("officeDocument", "xl/workbook.xml", "")),
        "xl/workbook.xml": f'<?xml version="1.0"?><workbook {S} {path}><x15ac:absPath url="C:\\Users\\{AUTHOR}\\"/>'
        '<sheets><sheet name="Arkusz" sheetId="1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": sheet(),
        "docProps/core.xml": CORE,
    }
    return parts | changed


def xlsx(parts: dict | None = None, **changed) -> bytes:
    """A workbook."""
    return packed(xlsx_parts(**(parts or {}), **changed))


WHOLE = {
    "umowa.pdf": pdf,
    "skan.png": png,
    "skan.jpg": photo,
    "pismo.docx": docx,
    "lista.xlsx": xlsx,
    "lista.csv": lambda: "nazwa;kwota\r\nŻłobek;12,50\r\n".encode(),
    "notatka.txt": lambda: "Zażółć gęślą jaźń.\n".encode("cp1250"),
}
