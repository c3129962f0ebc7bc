"""Restoring: everything is back, nothing is loaded from a broken archive, who was erased stays erased."""

import secrets
from contextlib import closing, contextmanager
from sqlite3 import connect

import pytest
from django.core.management import call_command
from django.db import connection, transaction

from spoiwo.audit.acting import Circumstances, acting_in
from spoiwo.audit.domain.heads import Head
from spoiwo.audit.models import Record
from spoiwo.audit.services import chain_head, record
from spoiwo.audit.services.heads import signed
from spoiwo.audit.services.key import FILE, installation
from spoiwo.kernel.addresses import postgres_at
from spoiwo.ledger.services.papers import store_file
from spoiwo.upkeep.domain.proofs import Proof
from spoiwo.upkeep.errors import Damaged, KeysHaveNoPlace, NotAnArchive, NotEmpty, WrongEngine, WrongIdentity
from spoiwo.upkeep.services import databases, postgres, sqlite
from spoiwo.upkeep.services.archive import identities_of, read_archive, write_archive
from spoiwo.upkeep.services.backups import record_backup
from spoiwo.upkeep.services.chain import chain_proofs
from spoiwo.upkeep.services.drills import beside, drill, is_overdue, last_drill, record_drill, texts_in
from spoiwo.upkeep.services.restoring import Place, Wish, _put_keys, restore
from spoiwo.upkeep.tests.conftest import NOW, empty_pdf
from spoiwo.vault.envelopes import Envelopes
from spoiwo.vault.models import Subject
from spoiwo.vault.services import erase, keyring, new_subject
from tests.factories import EntryFactory, UserFactory


@contextmanager
def elsewhere(settings, folder):
    """An empty place on the kind of database that the tests run on."""
    if connection.vendor == "sqlite":
        yield Place(data=folder, keys=folder / "keys")
        return
    name = f"spoiwo_place_{secrets.token_hex(4)}"
    url = beside(settings.DATABASE_URL, name)
    own = postgres_at(url) | {"NAME": databases.own()["NAME"]}
    postgres.create(own, name)
    try:
        yield Place(data=folder, keys=folder / "keys", url=url)
    finally:
        postgres.drop(own, name)


def wish(shelf, made, place, **facts):
    held = {"archive": made.archive.path, "identity": shelf.identity_file, "keys": made.keys and made.keys.path}
    return Wish(**held | {"place": place} | facts)


def test_an_older_backup_with_the_newest_keys_is_whole_and_who_was_erased_since_stays_erased(
    house, shelf, settings, tmp_path
):
    entry = EntryFactory(amount_gr=7_01)
    store_file(document=entry.document, name="umowa.pdf", content=empty_pdf(), by=UserFactory())
    stays, goes = new_subject(now=NOW), new_subject(now=NOW)
    older = shelf.backup()
    erase(goes, reason="wniosek zmyślony", now=NOW, by=None)
    newest = shelf.backup()
    with elsewhere(settings, tmp_path / "nowy") as place:
        manifest, rows = restore(wish(shelf, older, place, keys=newest.keys.path))
        assert [row for row in rows if not row.holds] == []
        assert manifest == manifest | {"ledger": older.manifest["ledger"]}
        with databases.opened(place.database) as alias:
            erased = dict(Subject.objects.using(alias).values_list("uid", "erased_at"))
            assert (erased[stays.uid], bool(erased[goes.uid])) == (None, True)
        (paper,) = manifest["files"]
        assert (place.data / paper).read_bytes() == (house / paper).read_bytes()
        assert [row.found for row in rows if "1" in row.found and "1:" not in row.found] != []
        with pytest.raises(NotEmpty):
            restore(wish(shelf, older, place, keys=newest.keys.path))
    assert keyring().store.destroyed() == {goes.uid}


def test_what_cannot_be_opened_or_is_damaged_leaves_the_place_empty(house, shelf, settings, tmp_path):
    new_subject(now=NOW)
    made = shelf.backup()
    other = shelf.folder / "inny-klucz.txt"
    other.write_text("AGE-SECRET-KEY-1NIE-TEN\n")
    cut = shelf.archives / "uciety.age"
    cut.write_bytes(made.archive.path.read_bytes()[:-100])
    wrong = write_archive(
        shelf.archives / "zly.tar.gz", {"format": 1, "tables": {}, "members": {"a": {}}}, {"a": other}, []
    )
    with elsewhere(settings, tmp_path / "nowy") as place:
        for facts, refusal in (
            ({"identity": other}, WrongIdentity),
            ({"identity": None}, WrongIdentity),
            ({"archive": cut}, NotAnArchive),
            ({"archive": made.keys.path}, NotAnArchive),
            ({"keys": made.archive.path}, NotAnArchive),
            ({"archive": wrong.path}, Damaged),
            ({"keys": None}, KeysHaveNoPlace),
        ):
            with pytest.raises(refusal):
                restore(wish(shelf, made, place, **facts))
            assert databases.is_empty(place.database)
            assert list(place.data.rglob("*")) == []


def test_a_backup_of_one_database_does_not_go_into_the_other(house, shelf, tmp_path):
    made = shelf.backup()
    sqlite = connection.vendor == "sqlite"
    place = (
        Place(data=tmp_path / "n", keys=tmp_path / "k", url="postgresql://a:b@127.0.0.1:1/c")
        if sqlite
        else Place(data=tmp_path / "n", keys=tmp_path / "k")
    )
    with pytest.raises(WrongEngine):
        restore(wish(shelf, made, place, over=True) if not sqlite else _over(wish(shelf, made, place)))


def _over(wanted):
    """Straight to the loading: the place does not answer, and the refusal comes before it is asked."""
    databases.load(wanted.place.database, wanted.archive.with_name("database.sqlite3"))


def test_the_command_prints_a_table_and_names_what_does_not_hold(house, shelf, settings, tmp_path, capsys):
    made = shelf.backup()
    with elsewhere(settings, tmp_path / "nowy") as place:
        target = ("--into", place.url, "--files-into", str(place.data)) if place.url else ("--into", str(place.data))
        call_command("restore", str(made.archive.path), "--identity", str(shelf.identity_file), *target)
        assert made.manifest["made_at"][:10] in capsys.readouterr().out


def test_a_rehearsal_passes_on_this_database_and_finds_a_protected_text_that_lies_in_the_open(house):
    UserFactory(full_name="Kanarek Zmyślony")
    EntryFactory(amount_gr=7_01)
    new_subject(now=NOW)
    rows, seconds = drill(now=NOW, canaries=("Kanarek Zmyślony", "tajny adres zmyślony"))
    assert [(row.found.split()[0], row.found.split()[-1]) for row in rows if not row.holds] == [("1", "2")]
    assert len(rows) == 12
    held = record_drill(rows=rows, seconds=seconds, now=NOW, by=None)
    assert (held.passed, last_drill()) == (False, held)
    assert [deed.facts["passed"] for deed in Record.objects.filter(deed="upkeep.drill_held")] == [False]


def test_a_rehearsal_is_overdue_after_35_days_or_when_it_did_not_pass(house):
    good, bad = [Proof("a", "b", True)], [Proof("a", "b", False)]
    assert is_overdue(last_drill(), NOW)
    held = record_drill(rows=good, seconds=5, now=NOW, by=None)
    assert not is_overdue(held, NOW.replace(month=4, day=20))
    assert is_overdue(held, NOW.replace(month=4, day=21))
    assert is_overdue(record_drill(rows=bad, seconds=5, now=NOW, by=None), NOW)


def test_heads_from_outside_that_cannot_be_read_are_said_and_ones_that_differ_name_the_gap(house, tmp_path):
    EntryFactory()
    heads = tmp_path / "glowy.txt"
    heads.write_text("to nie głowa\n")
    assert [row.holds for row in chain_proofs(heads)] == [False]
    assert [row.holds for row in chain_proofs(tmp_path / "nie-ma")] == [False]
    later = Head(sequence=9, hash="a" * 64, at="2026-03-16T01:30:00+00:00", count=9, installation=installation())
    heads.write_text(signed(later).line() + "\n")
    (row,) = chain_proofs(heads)
    assert (row.holds, "od 1 do 9" in row.found) == (False, True)
    assert [row.holds for row in chain_proofs()] == [True]


def entered_from_an_address():
    """An entry of the record that was made with its key."""
    with transaction.atomic(), acting_in(Circumstances("0123456789abcdef", "192.0.2.7")):
        record(by=None, deed="tests.deed", about=UserFactory())


def test_a_house_is_restored_without_the_key_of_its_record_and_is_told_so_and_with_it_as_it_was(
    house, shelf, settings, tmp_path
):
    entered_from_an_address()
    heads = tmp_path / "glowy.txt"
    heads.write_text(signed(Head(*chain_head(), at=NOW.isoformat(), count=1, installation=installation())).line())
    made = shelf.backup()
    for folder, facts, whole, told in (
        ("bez", {"keys": None, "without_keys": True}, True, True),
        ("bez-a-z-glowami", {"keys": None, "without_keys": True, "heads": heads}, False, True),
        ("z-kluczami", {"heads": heads}, True, False),
    ):
        with elsewhere(settings, tmp_path / folder) as place:
            _manifest, rows = restore(wish(shelf, made, place, **facts))
            assert all(row.holds for row in rows) is whole
            assert any(FILE in row.found for row in rows) is told
            assert (place.keys / FILE).exists() is not told


def test_texts_are_found_also_across_the_edge_of_a_block(tmp_path):
    file = tmp_path / "plik"
    file.write_bytes(b"x" * ((1 << 20) - 3) + b"kanarek" + b"x" * 10)
    assert texts_in(file, ["kanarek", "nie ma"]) == ["kanarek"]


def test_a_backup_is_written_down_after_it_is_made_so_it_does_not_hold_itself(house, shelf, tmp_path):
    record_backup(shelf.backup(), now=NOW, by=None)
    later = shelf.backup()
    assert later.manifest["tables"]["upkeep_backup"]["rows"] == 1


def test_keys_put_over_those_that_stand_keep_who_was_erased_here(house, shelf, tmp_path):
    goes = new_subject(now=NOW)
    older = shelf.backup()
    erase(goes, reason="wniosek zmyślony", now=NOW, by=None)
    unpacked = tmp_path / "klucze"
    unpacked.mkdir()
    read_archive(older.keys.path, identities_of(shelf.identity_file), unpacked)
    _put_keys(unpacked, house / "keys")
    store = Envelopes(house / "keys")
    assert (store.of(goes.uid), store.destroyed()) == ([], {goes.uid})


def test_what_a_killed_database_left_does_not_get_into_the_restored_one(tmp_path):
    with closing(connect(tmp_path / "copy.sqlite3")) as copy:
        copy.execute("CREATE TABLE what AS SELECT 'restored' AS word")
        copy.commit()
    there = tmp_path / "house.sqlite3"
    for tail in ("-wal", "-shm"):
        there.with_name(there.name + tail).write_bytes(b"of another database")
    sqlite.load({"NAME": str(there)}, tmp_path / "copy.sqlite3", over=False)
    assert sorted(path.name for path in tmp_path.glob("house*")) == [
        "house.sqlite3", "house.sqlite3-shm.old", "house.sqlite3-wal.old",
    ]  # fmt: skip
    with closing(connect(there)) as restored:
        assert restored.execute("SELECT word FROM what").fetchall() == [("restored",)]
