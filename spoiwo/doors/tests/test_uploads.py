"""Files that were taken in: where they lie, what is noted of them, and that what comes out is what was kept."""

import hashlib
import os
import stat
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import RequestFactory

from spoiwo.audit.models import Record
from spoiwo.doors.errors import FileDamaged, FileRefused
from spoiwo.doors.fields import UploadField
from spoiwo.doors.models import KeptFile
from spoiwo.doors.tests.samples import docx, pdf, photo
from spoiwo.doors.uploads import files_of, is_whole, open_file, place_on_disk, store, sweep_files, taken
from spoiwo.vault.errors import Erased, VaultClosed
from spoiwo.vault.services import keyring, new_subject
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 16, 10, 0, tzinfo=ZoneInfo("Europe/Warsaw"))
TEXT = "Zażółć gęślą jaźń.\n".encode()


@pytest.fixture(autouse=True)
def papers(settings, tmp_path):
    """Kept files of one test."""
    settings.PAPERS_DIR = tmp_path / "papers"
    return settings.PAPERS_DIR


def on_disk(papers):
    """Every file that is kept."""
    return [path for path in papers.rglob("*") if path.is_file()]


def sha256(content):
    return hashlib.sha256(content).hexdigest()


def opened(file, by=None):
    """A kept file as a room hands it out."""
    return open_file(file, by=by, deed="doors.file_read", about=file)


def test_a_file_is_kept_clean_under_a_random_name_for_nobody_elses_eyes(papers):
    by, content = UserFactory(), photo()
    file = store(content, "../skan.jpg", by=by, now=NOW)
    (place,) = on_disk(papers)
    assert place == place_on_disk(file)
    assert place.name == file.uid.hex
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    kept = place.read_bytes()
    assert b"Aparat" in content
    assert b"Aparat" not in kept
    assert (file.name, file.media_type, file.size, file.kept_by) == ("skan.jpg", "image/jpeg", len(kept), by)
    assert (file.received_sha256, file.kept_sha256) == (sha256(content), sha256(kept))
    assert (file.notes, file.said) == (["place"], ["usunięto dane o miejscu i aparacie"])
    record = Record.objects.get(deed="doors.file_kept")
    assert record.facts == {"received": file.received_sha256, "kept": file.kept_sha256, "notes": ["place"]}


def test_what_comes_out_is_what_was_kept_and_who_took_it_is_recorded():
    by, file = UserFactory(), store(TEXT, "notatka.txt", by=None, now=NOW)
    out = opened(file, by)
    assert (out.name, out.media_type, out.content) == ("notatka.txt", "text/plain", TEXT)
    record = Record.objects.get(deed="doors.file_read")
    assert (record.by, record.facts) == (by, {"sha256": sha256(TEXT)})


@pytest.mark.parametrize("harm", ["changed", "gone"])
def test_a_file_that_is_not_what_was_kept_is_not_handed_out(harm):
    file = store(TEXT, "notatka.txt", by=None, now=NOW)
    place = place_on_disk(file)
    place.write_bytes(TEXT + b" ") if harm == "changed" else place.unlink()
    assert not is_whole(file)
    with pytest.raises(FileDamaged):
        opened(file)
    assert not Record.objects.filter(deed="doors.file_read").exists()


def test_a_refused_file_leaves_nothing(papers):
    with pytest.raises(FileRefused):
        store(b"MZ", "umowa.pdf", by=None, now=NOW)
    assert not papers.exists()
    assert not KeptFile.objects.exists()


def test_a_sealed_file_tells_nothing_and_is_gone_with_its_person(papers):
    subject = new_subject(now=NOW)
    file = store(TEXT, "orzeczenie Zmyślonej.txt", by=None, seal_key=subject.pk, now=NOW)
    (place,) = on_disk(papers)
    assert "gęślą".encode() not in place.read_bytes()
    assert (file.name, file.received_sha256, file.sealed_under) == ("", "", subject)
    assert file.kept_sha256 == sha256(place.read_bytes())
    assert Record.objects.get(deed="doors.file_kept").facts["received"] == ""
    out = opened(file)
    assert (out.name, out.content) == ("orzeczenie Zmyślonej.txt", TEXT)
    keyring().destroy(subject.pk)
    with pytest.raises(Erased):
        opened(file)


def test_a_sealed_file_moved_to_another_row_is_not_opened():
    subject = new_subject(now=NOW)
    files = [store(TEXT, "a.txt", by=None, seal_key=subject.pk, now=NOW) for _number in range(2)]
    place_on_disk(files[0]).write_bytes(place_on_disk(files[1]).read_bytes())
    files[0].kept_sha256 = files[1].kept_sha256
    with pytest.raises(FileDamaged):
        opened(files[0])


def test_without_a_key_nothing_is_written(papers):
    with pytest.raises(VaultClosed):
        store(TEXT, "a.txt", by=None, seal_key=UUID(int=7), now=NOW)
    assert not papers.exists()


def test_files_of_failed_transactions_are_swept_away_after_a_day(papers):
    with transaction.atomic():
        lost = store(TEXT, "a.txt", by=None, now=NOW)
        transaction.set_rollback(True)
    kept = store(TEXT, "b.txt", by=None, now=NOW)
    strange = place_on_disk(kept).with_name(".new-x")
    strange.write_bytes(b"x")
    for place in on_disk(papers):
        os.utime(place, (NOW.timestamp(), NOW.timestamp()))
    assert sweep_files(NOW + timedelta(days=1)) == "Usunięto 0\xa0plików bez wpisu."
    assert sweep_files(NOW + timedelta(days=1, seconds=1)) == "Usunięto 2\xa0pliki bez wpisu."
    assert on_disk(papers) == [place_on_disk(kept)]
    assert not place_on_disk(lost).exists()


def test_a_write_that_fails_leaves_no_half(papers, monkeypatch):
    monkeypatch.setattr(os, "fsync", lambda _handle: (_ for _ in ()).throw(OSError(28, "disk full")))
    with pytest.raises(OSError, match="disk full"):
        store(TEXT, "a.txt", by=None, now=NOW)
    assert on_disk(papers) == []
    assert not KeptFile.objects.exists()


@pytest.mark.parametrize(("make", "name"), [(pdf, "umowa.pdf"), (docx, "pismo.docx")])
def test_taking_alone_keeps_nothing(make, name, papers):
    what = taken(make(), name)
    assert (what.name, what.received_sha256, what.cleaned.notes) == (name, sha256(make()), ["metadata"])
    assert not papers.exists()


def test_a_field_refuses_what_is_too_large_before_it_is_read():
    field = UploadField(largest=3, endings=("txt",))
    assert field.clean(SimpleUploadedFile("a.txt", b"abc")).read() == b"abc"
    assert field.widget.attrs == {"accept": ".txt"}
    for content, code in ((b"abcd", "too_large"), (b"", "empty")):
        with pytest.raises(ValidationError) as refusal:
            field.clean(SimpleUploadedFile("a.txt", content))
        assert refusal.value.code == code


def test_what_was_sent_with_a_form_is_asked_at_the_door():
    request = RequestFactory().post("/", {"file": SimpleUploadedFile("a.txt", b"abc")})
    assert [file.name for file in files_of(request).values()] == ["a.txt"]
