"""Backups: who may read them, where the keys go, what stays when a run fails, and that it is written down."""

import json
import shutil
import sqlite3
import threading
import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from spoiwo.access.models import Visit
from spoiwo.audit.acting import Circumstances, acting_in
from spoiwo.audit.models import Record
from spoiwo.audit.services import chain_head, record, verify_chain
from spoiwo.audit.services.key import FILE
from spoiwo.ledger.services.papers import store_file
from spoiwo.upkeep import gate
from spoiwo.upkeep.errors import AlreadyRunning, KeysHaveNoPlace, KeysNotWhole, NoRecipients
from spoiwo.upkeep.models import Backup
from spoiwo.upkeep.services import databases
from spoiwo.upkeep.services.archive import read_archive
from spoiwo.upkeep.services.backups import record_backup
from spoiwo.upkeep.services.describing import describe
from spoiwo.upkeep.tests.conftest import NOW, empty_pdf
from spoiwo.vault.keyring import ENVELOPES
from spoiwo.vault.services import erase, keyring, new_subject
from spoiwo.vault.services.proof import lay_proof
from spoiwo.vault.services.values import _keyring_of
from tests.factories import EntryFactory, UserFactory


def unpacked(made, shelf, folder):
    folder.mkdir()
    return read_archive(made.archive.path, [shelf.identity], folder)


def test_a_backup_holds_every_row_every_grosz_and_every_file(house, shelf, tmp_path):
    entry = EntryFactory(amount_gr=123_45)
    store_file(document=entry.document, name="umowa.pdf", content=empty_pdf(), by=UserFactory())
    made = shelf.backup()
    manifest = unpacked(made, shelf, tmp_path / "w")
    live = describe()
    assert {name: manifest[name] for name in live} == live
    assert [gr for name, gr in manifest["ledger"].items() if not name.endswith("lines")] == [123_45]
    assert manifest["audit"]["sequence"] == chain_head()[0]
    (paper,) = manifest["files"]
    assert (tmp_path / "w" / paper).read_bytes() == (house / paper).read_bytes()
    assert made.archive.path.name == f"spoiwo-20260316T013000Z-{chain_head()[0]:09d}.tar.gz.age"


def test_neither_sessions_nor_the_signing_key_are_in_a_backup(house, shelf, tmp_path):
    """Who steals a backup must not be able to be somebody: neither by a session nor by signing one."""
    (house / "secret-key").write_text("podpis-zmyslony")
    Session.objects.create(session_key="sesja-zmyslona", session_data="tresc-sesji", expire_date=timezone.now())
    made = shelf.backup()
    manifest = unpacked(made, shelf, tmp_path / "w")
    inside = b"".join(path.read_bytes() for path in (tmp_path / "w").rglob("*") if path.is_file())
    assert b"django_session" in inside
    assert [text for text in (b"sesja-zmyslona", b"tresc-sesji", b"podpis-zmyslony") if text in inside] == []
    assert "django_session" not in manifest["tables"]


def test_without_anybody_who_could_open_it_nothing_is_written_unless_it_is_said(house, shelf):
    with pytest.raises(NoRecipients):
        shelf.backup(recipients=())
    assert not shelf.archives.exists()
    made = shelf.backup(recipients=(), plain=True)
    assert made.plain
    assert made.archive.path.suffix == ".gz"


def test_keys_are_never_beside_the_backups(house, shelf):
    assert keyring().masters  # the first look lays them
    for place in (None, shelf.archives, shelf.archives / "w-srodku", shelf.folder):
        with pytest.raises(KeysHaveNoPlace):
            shelf.backup(keys_to=place)
    assert not shelf.archives.exists()
    assert shelf.backup(keys_to=None, without_keys=True).keys is None


def test_of_the_keys_only_the_newest_copy_is_kept_so_that_who_is_erased_stays_erased(house, shelf, tmp_path):
    stays, goes = new_subject(now=NOW), new_subject(now=NOW)
    shelf.backup()
    erase(goes, reason="wniosek zmyślony", now=NOW, by=None)
    made = shelf.backup()
    assert [path.name for path in shelf.keys.iterdir()] == ["spoiwo-keys.tar.gz.age"]
    (tmp_path / "k").mkdir()
    read_archive(made.keys.path, [shelf.identity], tmp_path / "k")
    with sqlite3.connect(tmp_path / "k" / "envelopes.sqlite3") as store:
        held = {subject for (subject,) in store.execute("SELECT subject FROM envelope")}
    assert held == {str(stays.uid)}


def test_a_backup_is_a_row_and_a_deed_and_the_chain_holds(house, shelf):
    head = chain_head()[0]
    made = shelf.backup()
    row = record_backup(made, now=NOW, by=None)
    assert (row.name, row.sha256, row.head) == (made.archive.path.name, made.archive.sha256, head)
    assert chain_head()[0] == head + 1
    assert Record.objects.get(deed="upkeep.backup_made").facts["sha256"] == made.archive.sha256
    assert list(verify_chain()) == []


def test_two_backups_at_once_are_one_and_a_refusal(house, shelf):
    with gate.alone("backup"), pytest.raises(AlreadyRunning):
        shelf.backup()
    assert shelf.backup().archive.path.exists()


def test_what_a_killed_run_left_goes_and_what_is_not_ours_stays(house, shelf):
    shelf.archives.mkdir(parents=True)
    half = shelf.archives / ".spoiwo-20260101T000000Z-000000001.tar.gz.age.part"
    half.write_bytes(b"pol")
    note = shelf.archives / "NOTATKA.txt"
    note.write_text("kto ma klucze")
    work = gate.folder() / "backup-dead"
    work.mkdir()
    shelf.backup()
    assert (half.exists(), note.exists(), work.exists()) == (False, True, False)


def test_writers_do_not_wait_for_a_copy_and_the_copy_is_of_one_moment(house, shelf, tmp_path):
    """The incremental backup of SQLite would begin anew at each of these writes; PostgreSQL has a snapshot."""
    if connection.vendor != "sqlite":
        return
    stop, writes, waits = threading.Event(), [], []

    def write():
        with sqlite3.connect(connection.settings_dict["NAME"], timeout=10, isolation_level=None) as own:
            own.execute("CREATE TABLE para (a INTEGER, b INTEGER)")
            while not stop.is_set():
                began = time.monotonic()
                own.execute("BEGIN IMMEDIATE")
                own.execute("INSERT INTO para VALUES (?, ?)", [len(writes), len(writes)])
                own.execute("UPDATE para SET b = a + 1")
                own.execute("UPDATE para SET b = a")
                own.execute("COMMIT")
                waits.append(time.monotonic() - began)
                writes.append(1)
            own.execute("DROP TABLE para")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(writes) < 5:
            time.sleep(0.01)
        databases.ENGINES["sqlite"].dump(databases.own(), tmp_path / "kopia.sqlite3")
        during = len(writes)
    finally:
        stop.set()
        writer.join()
    with sqlite3.connect(tmp_path / "kopia.sqlite3") as copy:
        rows = copy.execute("SELECT a, b FROM para").fetchall()
    assert 5 <= len(rows) <= during
    assert [row for row in rows if row[0] != row[1]] == []
    assert max(waits) < 2


def test_the_command_says_what_it_made_and_refuses_without_a_place(house, shelf, settings, capsys):
    settings.BACKUP_DIR = settings.BACKUP_KEYS_DIR = None
    with pytest.raises(CommandError):
        call_command("backup", "--plain")
    call_command("backup", "--plain", "--to", str(shelf.archives), "--without-keys")
    (path,) = shelf.archives.iterdir()
    assert str(path) in capsys.readouterr().out
    assert Backup.objects.get().name == path.name


def test_a_manifest_is_plain_json(house, shelf, tmp_path):
    unpacked(shelf.backup(), shelf, tmp_path / "w")
    assert json.loads((tmp_path / "w" / "manifest.json").read_text())["engine"] == connection.vendor


def test_keys_without_the_key_of_the_record_are_never_written_over_their_good_copy(house, shelf):
    with transaction.atomic(), acting_in(Circumstances("0123456789abcdef", "192.0.2.7")):
        record(by=None, deed="tests.deed", about=UserFactory())
    assert keyring().masters  # the first look lays them
    good = shelf.backup().keys.path.read_bytes()
    (house / "keys" / FILE).unlink()
    with pytest.raises(KeysNotWhole) as refusal:
        shelf.backup(NOW + timedelta(days=1))
    assert FILE in refusal.value.facts["problem"]
    assert [path.read_bytes() for path in shelf.keys.iterdir()] == [good]
    assert shelf.backup(NOW + timedelta(days=1), without_keys=True).keys is None


@pytest.mark.parametrize("loss", [lambda keys: (keys / ENVELOPES).unlink(), shutil.rmtree])
def test_keys_that_are_not_whole_are_never_written_over_their_good_copy(house, shelf, loss):
    new_subject(now=NOW)
    lay_proof()
    good = shelf.backup().keys.path.read_bytes()
    loss(house / "keys")
    _keyring_of.cache_clear()
    with pytest.raises(KeysNotWhole):
        shelf.backup(NOW + timedelta(days=1))
    assert [path.read_bytes() for path in shelf.keys.iterdir()] == [good]
    assert shelf.backup(NOW + timedelta(days=1), without_keys=True).keys is None


def test_no_backup_holds_keys_of_open_sessions(house, shelf, tmp_path):
    Visit.objects.create(user=UserFactory(), session_key="klucz-otwartej-sesji", label="?", began_at=NOW, seen_at=NOW)
    unpacked(shelf.backup(), shelf, tmp_path / "w")
    (copy,) = (tmp_path / "w").glob("database.*")
    assert b"klucz-otwartej-sesji" not in copy.read_bytes()
    assert Visit.objects.count() == 1
