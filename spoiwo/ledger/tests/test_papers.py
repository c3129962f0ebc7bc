"""Papers of documents: which are kept, how, and that what comes back is what was stored."""

import hashlib
import io
import stat
import zipfile

import pytest

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.ledger.domain.papers import LARGEST, LONGEST_NAME, check_paper, paper_name
from spoiwo.ledger.errors import PaperDamaged, PaperRefused
from spoiwo.ledger.models import StoredFile
from spoiwo.ledger.services.papers import read_file, store_file
from tests.factories import DocumentFactory
from tests.visitors import person

PDF = b"%PDF-1.7\n1 0 obj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n0000IHDR....IEND\xaeB`\x82"
JPEG = b"\xff\xd8\xff\xe0....\xff\xd9"


def office(*names):
    """An archive with the parts of an office file."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        for name in ("[Content_Types].xml", *names):
            archive.writestr(name, "x")
    return whole.getvalue()


DOCX, XLSX = office("word/document.xml"), office("xl/workbook.xml")


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("umowa.pdf", PDF, "PDF"), ("UMOWA.PDF", PDF, "PDF"), ("skan.png", PNG, "PNG"), ("skan.jpg", JPEG, "JPEG"),
        ("skan.jpeg", JPEG, "JPEG"), ("pismo.docx", DOCX, "DOCX"), ("lista.xlsx", XLSX, "XLSX"),
        ("lista.csv", "a;ż\n".encode(), "CSV"), ("lista.csv", "a;ż\n".encode("cp1250"), "CSV"), ("n.txt", b"x", "TXT"),
    ],
)  # fmt: skip
def test_a_paper_is_what_its_first_bytes_and_its_name_say_together(name, content, kind):
    assert check_paper(name, content).name == kind


REFUSED = {
    "empty": ("a.pdf", b""),
    "too large": ("a.pdf", PDF + b" " * LARGEST),
    "no ending": ("umowa", PDF),
    "other ending": ("umowa.exe", PDF),
    "two endings": ("umowa.pdf.html", PDF),
    "program": ("umowa.pdf", b"MZ\x90\x00"),
    "script": ("umowa.txt", b"#!/bin/sh\n"),
    "page": ("umowa.txt", b" <html><script>x</script>"),
    "drawing": ("skan.csv", b"\xef\xbb\xbf<svg onload=x>"),
    "cut": ("umowa.pdf", PDF[:12]),
    "picture as pdf": ("umowa.pdf", PNG),
    "pdf as text": ("umowa.txt", PDF),
    "workbook as letter": ("pismo.docx", XLSX),
    "archive as letter": ("pismo.docx", office("a.exe")),
    "macros": ("pismo.docx", office("word/document.xml", "word/vbaProject.bin")),
    "old letter": ("pismo.doc", bytes.fromhex("d0cf11e0a1b11ae1")),
    "bytes as text": ("n.txt", b"a\x00b"),
    "escape in text": ("n.csv", b"a\x1b[2Jb"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_no_paper_is_refused_in_words(case):
    with pytest.raises(PaperRefused) as refusal:
        check_paper(*REFUSED[case])
    assert refusal.value.found
    assert refusal.value.expected


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
def test_a_paper_keeps_its_name_without_what_could_deceive(given, kept):
    assert paper_name(given) == kept


@pytest.fixture
def papers(settings, tmp_path):
    settings.PAPERS_DIR = tmp_path / "papers"
    return settings.PAPERS_DIR


@pytest.fixture
def jan(db):
    return person(Role.TREASURER)


def test_a_paper_is_kept_under_its_fingerprint_for_nobody_elses_eyes(papers, jan):
    file = store_file(document=DocumentFactory(), name="umowa.pdf", content=PDF, by=jan)
    digest = hashlib.sha256(PDF).hexdigest()
    (place,) = [path for path in papers.rglob("*") if path.is_file()]
    assert place == papers / digest[:2] / digest
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert place.read_bytes() == PDF
    assert (file.sha256, file.size, file.media_type, file.stored_by) == (digest, len(PDF), "application/pdf", jan)
    assert Record.objects.get(deed="ledger.file_stored").facts["sha256"] == digest


def test_the_same_paper_twice_is_one_and_of_two_documents_one_on_disk(papers, jan):
    first = DocumentFactory()
    second = DocumentFactory(year=first.year)
    file = store_file(document=first, name="umowa.pdf", content=PDF, by=jan)
    assert store_file(document=first, name="inna-nazwa.pdf", content=PDF, by=jan) == file
    store_file(document=second, name="umowa.pdf", content=PDF, by=jan)
    assert StoredFile.objects.count() == 2
    assert len([path for path in papers.rglob("*") if path.is_file()]) == 1


def test_a_refused_paper_leaves_nothing(papers, jan):
    with pytest.raises(PaperRefused):
        store_file(document=DocumentFactory(), name="umowa.pdf", content=PNG, by=jan)
    assert not papers.exists()
    assert not StoredFile.objects.exists()


def test_what_is_read_is_what_was_stored_and_the_reading_is_recorded(papers, jan):
    file = store_file(document=DocumentFactory(), name="umowa.pdf", content=PDF, by=jan)
    assert read_file(file=file, by=jan) == PDF
    record = Record.objects.get(deed="ledger.file_read")
    assert (record.by, record.about_id) == (jan, str(file.pk))


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_paper_that_is_not_what_was_stored_is_not_handed_out(papers, jan, harm):
    file = store_file(document=DocumentFactory(), name="umowa.pdf", content=PDF, by=jan)
    place = papers / file.sha256[:2] / file.sha256
    place.write_bytes(PDF + b" ") if harm == "changed" else place.unlink()
    with pytest.raises(PaperDamaged):
        read_file(file=file, by=jan)
    assert not Record.objects.filter(deed="ledger.file_read").exists()
    store_file(document=file.document, name="umowa.pdf", content=PDF, by=jan)  # the same paper mends it
    assert read_file(file=file, by=jan) == PDF
