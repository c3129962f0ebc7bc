"""Papers of documents: taken in at the door for files, one of each content, and what comes back is what was kept."""

import hashlib

import pytest

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.doors.errors import FileDamaged, FileRefused
from spoiwo.doors.models import KeptFile
from spoiwo.doors.tests.samples import pdf, photo
from spoiwo.doors.uploads import place_on_disk
from spoiwo.ledger.models import StoredFile
from spoiwo.ledger.services.papers import read_file, store_file
from tests.factories import DocumentFactory
from tests.visitors import person

PDF = pdf(author="")  # cleaned once it stays the same


@pytest.fixture
def papers(settings, tmp_path):
    settings.PAPERS_DIR = tmp_path / "papers"
    return settings.PAPERS_DIR


@pytest.fixture
def jan(db):
    return person(Role.TREASURER)


def kept(papers):
    """Every file on the disk."""
    return [path for path in papers.rglob("*") if path.is_file()]


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def old_paper(papers, document, content=b"x"):
    """A paper as it was stored before the door for files was there: under its fingerprint, without a kept file."""
    digest = sha256(content)
    place = papers / digest[:2] / digest
    place.parent.mkdir(parents=True)
    place.write_bytes(content)
    facts = {"name": "umowa.pdf", "sha256": digest, "size": len(content), "media_type": "application/pdf"}
    return StoredFile.objects.create(document=document, **facts)


def test_a_paper_is_cleaned_kept_and_told_in_the_record(papers, jan):
    content = photo()
    file = store_file(document=DocumentFactory(), name="../skan.jpg", content=content, by=jan)
    (place,) = kept(papers)
    assert place == place_on_disk(file.kept)
    assert place.read_bytes() != content
    assert (file.name, file.media_type, file.stored_by) == ("skan.jpg", "image/jpeg", jan)
    assert (file.sha256, file.kept.received_sha256) == (sha256(place.read_bytes()), sha256(content))
    assert Record.objects.get(deed="ledger.file_stored").facts["sha256"] == file.sha256


def test_the_same_paper_twice_is_one_also_after_it_was_cleaned(papers, jan):
    first = DocumentFactory()
    file = store_file(document=first, name="skan.jpg", content=photo(), by=jan)
    assert store_file(document=first, name="inna-nazwa.jpg", content=photo(), by=jan) == file
    assert store_file(document=first, name="skan.jpg", content=read_file(file=file, by=jan), by=jan) == file
    store_file(document=DocumentFactory(year=first.year), name="skan.jpg", content=photo(), by=jan)
    assert StoredFile.objects.count() == KeptFile.objects.count() == len(kept(papers)) == 2


def test_a_refused_paper_leaves_nothing(papers, jan):
    with pytest.raises(FileRefused):
        store_file(document=DocumentFactory(), name="umowa.pdf", content=b"MZ", by=jan)
    assert not papers.exists()
    assert not StoredFile.objects.exists()


def test_what_is_read_is_what_was_kept_and_the_reading_is_recorded(papers, jan):
    file = store_file(document=DocumentFactory(), name="umowa.pdf", content=PDF, by=jan)
    content = read_file(file=file, by=jan)
    assert sha256(content) == file.sha256
    record = Record.objects.get(deed="ledger.file_read")
    assert (record.by, record.about_id) == (jan, str(file.pk))
    assert record.facts == {"sha256": file.sha256, "document": file.document.code}


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_paper_that_is_not_what_was_kept_is_not_handed_out(papers, jan, harm):
    file = store_file(document=DocumentFactory(), name="umowa.pdf", content=PDF, by=jan)
    place = place_on_disk(file.kept)
    place.write_bytes(PDF + b" ") if harm == "changed" else place.unlink()
    with pytest.raises(FileDamaged):
        read_file(file=file, by=jan)
    assert not Record.objects.filter(deed="ledger.file_read").exists()
    mended = store_file(document=file.document, name="umowa.pdf", content=PDF, by=jan)  # the same paper mends it
    assert mended == file
    assert read_file(file=mended, by=jan)


def test_papers_stored_before_the_door_was_there_are_read_as_they_were(papers, jan):
    file = old_paper(papers, DocumentFactory())
    assert read_file(file=file, by=jan) == b"x"
    assert Record.objects.get(deed="ledger.file_read").facts["sha256"] == file.sha256


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_an_old_paper_that_was_harmed_is_not_handed_out_and_is_mended_by_the_same_one(papers, jan, harm):
    file = old_paper(papers, DocumentFactory(), PDF)
    (place,) = kept(papers)
    place.write_bytes(b"y") if harm == "changed" else place.unlink()
    with pytest.raises(FileDamaged):
        read_file(file=file, by=jan)
    mended = store_file(document=file.document, name="umowa.pdf", content=PDF, by=jan)
    assert (mended, mended.kept is not None) == (file, True)
    assert read_file(file=mended, by=jan)


def test_an_old_paper_that_is_whole_is_not_kept_a_second_time(papers, jan):
    file = old_paper(papers, DocumentFactory(), PDF)
    assert store_file(document=file.document, name="umowa.pdf", content=PDF, by=jan) == file
    assert len(kept(papers)) == 1
