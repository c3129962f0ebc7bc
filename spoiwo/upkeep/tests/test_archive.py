"""An archive: whole or refused, readable for who holds the key and for nobody else."""

import json
import random
import tarfile

import pyrage
import pytest

from spoiwo.upkeep.errors import Damaged, NewerFormat, NotAnArchive, WrongIdentity, WrongRecipient
from spoiwo.upkeep.services.archive import identities_of, read_archive, recipients_of, write_archive
from spoiwo.upkeep.services.describing import file_facts

SENTENCE = "Przykład zmyślony: ul. Cicha 7, Nigdzie. "


@pytest.fixture
def packed(tmp_path, shelf):
    """An archive with two files, its manifest and the folder where it lies."""
    source = tmp_path / "zrodlo"
    source.mkdir()
    (source / "a").write_text(SENTENCE * 3000, encoding="utf-8")
    (source / "b").write_bytes(random.Random(7).randbytes(70_000))
    members = {"database.sqlite3": source / "a", "papers/ab/b": source / "b"}
    manifest = {"format": 1, "members": {name: file_facts(path) for name, path in members.items()}}
    shelf.archives.mkdir(parents=True)
    written = write_archive(
        shelf.archives / "proba.age", manifest, members, recipients_of([str(shelf.identity.to_public())])
    )
    return written, manifest, members


def unpack(path, identity, into):
    into.mkdir()
    return read_archive(path, [identity] if identity else [], into)


def test_what_went_in_comes_out(packed, shelf, tmp_path):
    written, manifest, members = packed
    assert unpack(written.path, shelf.identity, tmp_path / "wynik") == manifest
    for name, path in members.items():
        assert (tmp_path / "wynik" / name).read_bytes() == path.read_bytes()
    assert written.sha256 == file_facts(written.path)["sha256"]
    assert written.size == written.path.stat().st_size
    assert written.path.stat().st_mode & 0o777 == 0o600


def test_nothing_of_it_can_be_read_from_outside(packed):
    raw = packed[0].path.read_bytes()
    assert raw.startswith(b"age-encryption.org/v1\n")
    assert b"Cicha" not in raw
    assert b"manifest" not in raw


def test_another_key_and_no_key_are_refused(packed, tmp_path):
    for number, identity in enumerate([pyrage.x25519.Identity.generate(), None]):
        with pytest.raises(WrongIdentity):
            unpack(packed[0].path, identity, tmp_path / str(number))


def test_an_archive_that_is_cut_anywhere_is_refused(packed, shelf, tmp_path):
    whole = packed[0].path.read_bytes()
    for number, length in enumerate([0, 10, 150, 300, 40_000, len(whole) - 40_000, len(whole) - 17, len(whole) - 1]):
        cut = shelf.archives / f"uciety-{number}"
        cut.write_bytes(whole[:length])
        with pytest.raises((NotAnArchive, WrongIdentity)):
            unpack(cut, shelf.identity, tmp_path / f"u{number}")


def test_an_archive_with_one_changed_byte_is_refused(packed, shelf, tmp_path):
    whole = packed[0].path.read_bytes()
    chance = random.Random(11)
    for number in range(20):
        place = chance.randrange(len(whole))
        changed = shelf.archives / f"zmieniony-{number}"
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises((NotAnArchive, WrongIdentity)):
            unpack(changed, shelf.identity, tmp_path / f"z{number}")


def test_a_plain_archive_with_a_changed_file_or_one_too_many_is_refused(packed, shelf, tmp_path):
    _written, manifest, members = packed
    plain = write_archive(shelf.archives / "jawna.tar.gz", manifest, members, [])
    assert unpack(plain.path, None, tmp_path / "dobra") == manifest
    other = members | {"papers/ab/b": members["database.sqlite3"]}
    more = members | {"papers/nowy": members["database.sqlite3"]}
    for number, inside in enumerate([other, more]):
        wrong = write_archive(shelf.archives / f"{number}.tar.gz", manifest, inside, [])
        with pytest.raises(Damaged) as refusal:
            unpack(wrong.path, None, tmp_path / f"p{number}")
        assert refusal.value.facts["name"] == ["papers/ab/b", "papers/nowy"][number]


def test_something_else_is_no_archive_and_a_newer_form_is_named(shelf, tmp_path):
    shelf.archives.mkdir(parents=True)
    other = shelf.archives / "list.txt"
    other.write_text("Dzień dobry")
    with pytest.raises(NotAnArchive):
        unpack(other, shelf.identity, tmp_path / "a")
    newer = write_archive(shelf.archives / "nowsza.tar.gz", {"format": 2, "members": {}}, {}, [])
    with pytest.raises(NewerFormat):
        unpack(newer.path, None, tmp_path / "b")


def test_a_file_that_wants_to_leave_the_folder_is_refused(shelf, tmp_path):
    shelf.archives.mkdir(parents=True)
    wicked = shelf.archives / "zla.tar.gz"
    (tmp_path / "plik").write_text("x")
    with tarfile.open(wicked, "w:gz") as tar:
        tar.add(tmp_path / "plik", "../poza.txt")
    with pytest.raises(NotAnArchive):
        unpack(wicked, None, tmp_path / "w")
    assert not (tmp_path / "poza.txt").exists()


def test_a_failure_leaves_the_archive_before_and_nothing_half_written(packed, shelf):
    before = packed[0].path.read_bytes()
    missing = {"nie-ma": shelf.folder / "nie-ma"}
    with pytest.raises(FileNotFoundError):
        write_archive(
            packed[0].path, {"format": 1, "members": {}}, missing, recipients_of([str(shelf.identity.to_public())])
        )
    assert packed[0].path.read_bytes() == before
    assert [path.name for path in shelf.archives.iterdir()] == [packed[0].path.name]


def test_keys_are_read_as_age_writes_them(shelf, tmp_path):
    shelf.folder.mkdir()
    assert [str(key) for key in identities_of(shelf.identity_file)] == [str(shelf.identity)]
    empty = tmp_path / "pusty"
    empty.write_text("# nic\n")
    for wrong in (empty, tmp_path / "nie-ma"):
        with pytest.raises(WrongIdentity):
            identities_of(wrong)
    with pytest.raises(WrongRecipient):
        recipients_of(["age1nie-klucz"])


def test_the_manifest_is_the_first_thing_inside(packed, shelf):
    _written, manifest, members = packed
    plain = write_archive(shelf.archives / "jawna.tar.gz", manifest, members, [])
    with tarfile.open(plain.path) as tar:
        first = tar.next()
        assert first.name == "manifest.json"
        assert json.load(tar.extractfile(first)) == manifest
