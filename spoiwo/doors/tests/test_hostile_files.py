"""Files that mean harm are refused with their reason; honest ones come out whole and without their authors."""

import io
import zipfile

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, String
from PIL import Image

from spoiwo.doors.domain import limits
from spoiwo.doors.domain.files import LONGEST_NAME, kind_of, safe_name
from spoiwo.doors.errors import FileRefused
from spoiwo.doors.intake import child, cleaner
from spoiwo.doors.intake.cleaner import cleaned
from spoiwo.doors.tests.hostile import HOSTILE
from spoiwo.doors.tests.samples import AUTHOR, CORE, WHOLE, docx, jpeg, letter, pdf, photo, png, ties, xlsx

HEAVY = {"pdf-bomb-of-objects", "pdf-nested", "png-text-bomb", "docx-bomb", "xlsx-entities", "jpeg-of-nothing"}


def clean(name, content):
    """What is left of a file, cleaned in this process: the same code, without the fence."""
    return child.clean(kind_of(name, content).name, content)


@pytest.mark.parametrize("case", HOSTILE, ids=str)
def test_a_hostile_file_is_refused_with_its_reason(case):
    with pytest.raises(FileRefused) as refusal:
        clean(case.name, case.make())
    assert refusal.value.code == case.code
    assert refusal.value.found
    assert refusal.value.expected


def test_the_corpus_is_large_and_names_each_file_once():
    assert len(HOSTILE) >= 60
    assert len({case.what for case in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize("case", [case for case in HOSTILE if case.what in HEAVY], ids=str)
def test_the_heaviest_are_refused_behind_the_fence_too(case):
    content = case.make()
    with pytest.raises(FileRefused) as refusal:
        cleaned(kind_of(case.name, content), content)
    assert refusal.value.code == case.code


# --- honest files ----------------------------------------------------------------------------------


@pytest.mark.parametrize("name", WHOLE)
def test_an_honest_file_is_taken_and_nothing_of_its_author_is_left(name):
    content = WHOLE[name]()
    left = cleaned(kind_of(name, content), content).content
    assert kind_of(name, left)
    spread = [left]
    if zipfile.is_zipfile(io.BytesIO(left)):
        with zipfile.ZipFile(io.BytesIO(left)) as archive:
            spread = [archive.read(part) for part in archive.namelist()]
    for told in (AUTHOR, "Aparat zmyślony"):
        assert not [part for part in spread if told.encode() in part]


def test_what_is_cleaned_once_stays_the_same():
    for name, make in WHOLE.items():
        first = clean(name, make())
        second = clean(name, first.content)
        assert second.notes == []
        if name.endswith((".pdf", ".docx", ".xlsx", ".csv", ".txt")):
            assert second.content == first.content


def test_a_photo_loses_place_and_camera_and_is_turned_the_way_it_was_meant():
    left = clean("skan.jpg", photo())
    assert left.notes == ["place"]
    with Image.open(io.BytesIO(left.content)) as picture:
        assert picture.size == (24, 32)
        assert dict(picture.getexif()) == {}


@pytest.mark.parametrize("behind", [b"\0" * 40, jpeg(), b"\0\0\0\x18ftypmp42film", b"....SEFT"])
def test_what_a_camera_writes_behind_a_photo_is_dropped(behind):
    left = clean("skan.jpg", jpeg() + behind)
    assert left.content == clean("skan.jpg", jpeg()).content


def test_a_png_keeps_its_transparency_and_loses_its_texts():
    from PIL.PngImagePlugin import PngInfo

    told, out = PngInfo(), io.BytesIO()
    told.add_text("Author", AUTHOR)
    Image.new("P", (4, 4)).save(out, "PNG", pnginfo=told, transparency=0)
    left = clean("skan.png", out.getvalue())
    assert left.notes == ["metadata"]
    with Image.open(io.BytesIO(left.content)) as picture:
        assert picture.info == {"transparency": 0}


def test_a_pdf_loses_author_earlier_versions_and_what_the_camera_wrote_into_its_scan():
    def change(document):
        scan = document.make_stream(photo())
        scan.write(photo(), filter=Name.DCTDecode)
        scan.Type, scan.Subtype, scan.Width, scan.Height = Name.XObject, Name.Image, 32, 24
        document.pages[0].Resources = Dictionary(XObject=Dictionary(I=scan))
        document.Root.Metadata = document.make_stream(AUTHOR.encode())

    content = pdf(change)
    assert b"Aparat" in content
    left = clean("umowa.pdf", content.replace(b"%%EOF", b"%%EOF\n%%EOF"))
    assert left.notes == ["metadata", "revisions"]
    assert not [told for told in (b"Aparat", AUTHOR.encode()) if told in left.content]
    with pikepdf.open(io.BytesIO(left.content)) as document:
        assert len(document.pages) == 1
        assert "/Info" not in document.trailer


@pytest.mark.parametrize("address", ["https://pokaz.example/", "http://x.example", "mailto:a@pokaz.example"])
def test_links_to_pages_and_mailboxes_stay(address):
    def change(document):
        link = Dictionary(Type=Name.Annot, Subtype=Name.Link, Rect=[0, 0, 9, 9],
                          A=Dictionary(S=Name.URI, URI=String(address)))  # fmt: skip
        document.pages[0].Annots = Array([document.make_indirect(link)])
        document.Root.OpenAction = Dictionary(S=Name.GoTo, D=Array([document.pages[0].obj, Name.Fit]))

    assert address.encode() in clean("umowa.pdf", pdf(change)).content


def signed_pdf():
    """A PDF with the dictionary of a signature."""

    def change(document):
        document.Root.AcroForm = Dictionary(Fields=Array([]), SigFlags=3)
        document.Root.Sign = Dictionary(Type=Name.Sig, ByteRange=Array([0, 1, 2, 3]), Contents=String("x"))

    return pdf(change)


@pytest.mark.parametrize(
    ("name", "make"),
    [("umowa.pdf", signed_pdf), ("pismo.docx", lambda: docx({"_xmlsignatures/sig1.xml": "<Signature/>"}))],
)
def test_a_signed_file_is_kept_byte_for_byte_and_says_so(name, make):
    content = make()
    left = clean(name, content)
    assert (left.content == content, left.signed, left.notes[-1]) == (True, True, "signed")


def test_a_letter_keeps_its_text_and_links_and_tells_of_comments_and_tracked_changes():
    body = '<w:p><w:ins w:author="A. Zmyślona"><w:r><w:t>Tak</w:t></w:r></w:ins></w:p>'
    page = '<w:p><w:fldSimple w:instr=" PAGE "/><w:r><w:instrText>HYPERLINK "https://a.example/dde link"</w:instrText>'
    parts = {"word/document.xml": letter(f"{body}{page}</w:r></w:p>"), "word/comments.xml": "<a/>"}
    left = clean("pismo.docx", docx({**parts, "word/media/image1.jpeg": photo()}))
    assert left.notes == ["tracked", "comments", "metadata"]
    with zipfile.ZipFile(io.BytesIO(left.content)) as archive:
        assert archive.read("word/document.xml").decode() == parts["word/document.xml"]
        assert b"https://pokaz.example/" in archive.read("word/_rels/document.xml.rels")
        assert not [name for name in archive.namelist() if name.startswith("docProps")]
        assert b"docProps" not in archive.read("[Content_Types].xml") + archive.read("_rels/.rels")
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        with Image.open(io.BytesIO(archive.read("word/media/image1.jpeg"))) as picture:
            assert dict(picture.getexif()) == {0x0112: 6}


def test_a_workbook_keeps_its_formulas_and_tells_of_hidden_sheets():
    cells = '<c r="A1"><f>IF(B1="a|b",SUM(C1:C9),HYPERLINK("https://pokaz.example"))</f><v>1</v></c>'
    book = '<workbook><sheets><sheet name="a" state="veryHidden"/></sheets></workbook>'
    sheet = f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>"
    left = clean("lista.xlsx", xlsx({"xl/workbook.xml": book, "xl/worksheets/sheet1.xml": sheet}))
    assert left.notes == ["hidden", "metadata"]


def test_a_letter_without_properties_is_not_said_to_have_lost_any():
    parts = {name: text for name, text in {"docProps/core.xml": CORE}.items() if not text}
    assert clean("pismo.docx", clean("pismo.docx", docx(parts)).content).notes == []


def test_numbers_and_signs_in_a_table_are_no_call():
    table = b"a;b\r\n-12,50;+48 600\r\n=A1+B1;x | y\r\n@adres;O'Hara!\r\n"
    assert clean("lista.csv", table).content == table


# --- the child process -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "returncode", "expired", "code"),
    [
        (b"", -9, True, "took_too_long"),
        (b"", -24, False, "took_too_long"),
        (b"", -6, False, "reader_stopped"),
        (b'{"notes": [], "signed": false}\n', 0, False, "reader_stopped"),
        (b'{"notes": [], "signed": false}\nx', 1, False, "reader_stopped"),
        (b"nonsense\nx", 0, False, "reader_stopped"),
        (b'{"refused": ["a", "b", "c"]}\n', 0, False, "a"),
    ],
)
def test_a_child_that_does_not_come_to_its_end_is_a_refusal(said, returncode, expired, code):
    with pytest.raises(FileRefused) as refusal:
        cleaner._understood(said, returncode, expired=expired)
    assert refusal.value.code == code


def test_a_cleaning_that_takes_too_long_is_ended(monkeypatch):
    monkeypatch.setattr(limits, "CHILD_WALL_SECONDS", 0.001)
    with pytest.raises(FileRefused) as refusal:
        cleaned(kind_of("a.pdf", pdf()), pdf())
    assert refusal.value.code == "took_too_long"


def test_what_uses_too_much_memory_or_breaks_in_the_reader_is_refused_in_words(monkeypatch, capsysbinary):
    for wrong, code in ((MemoryError(), "too_much_memory"), (RuntimeError(), "broken_file")):

        def broken(kind, content, wrong=wrong):
            raise wrong

        monkeypatch.setattr(child, "clean", broken)
        assert child.answer("PDF", b"x")[0]["refused"][0] == code


# --- names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/umowa.pdf", "umowa.pdf"),
        ("C:\\skany\\umowa.pdf", "umowa.pdf"),
        ("umo\u202ewa\r\n.pdf", "umowa.pdf"),
        ("Zażółć.pdf", "Zażółć.pdf"),
        ("x" * 200 + ".pdf", "x" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_a_file_keeps_its_name_without_what_could_deceive(given, kept):
    assert safe_name(given) == kept


@pytest.mark.parametrize(
    ("name", "kind"),
    [("umowa.pdf", "PDF"), ("UMOWA.PDF", "PDF"), ("skan.png", "PNG"), ("skan.jpg", "JPEG"), ("skan.JPEG", "JPEG"),
     ("pismo.docx", "DOCX"), ("lista.xlsx", "XLSX"), ("lista.csv", "CSV"), ("n.txt", "TXT")],
)  # fmt: skip
def test_a_file_is_what_its_first_bytes_and_its_name_say_together(name, kind):
    make = {"PDF": pdf, "PNG": png, "JPEG": jpeg, "DOCX": docx, "XLSX": xlsx}.get(kind, lambda: "a;ż\n".encode())
    assert kind_of(name, make()).name == kind


def test_a_part_tied_inside_and_a_picture_of_any_size_are_no_danger():
    tied = {"word/_rels/settings.xml.rels": ties(("image", "media/image1.png", ""))}
    assert clean("pismo.docx", docx(tied)).notes == ["metadata"]
