"""`spoiwo keys`, `spoiwo retention`, `spoiwo privacy`: as the person at the server meets them."""

import csv
import io
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.utils import timezone

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.vault.domain.masters import founded
from spoiwo.vault.domain.paper import from_paper, on_paper
from spoiwo.vault.envelopes import ENVELOPES
from spoiwo.vault.keyring import MASTERS
from spoiwo.vault.models import Disclosure, Subject
from spoiwo.vault.services import erase, inventory, keyring, unsealed
from spoiwo.vault.tests.samples import CANARY, NOW, fresh, sample
from tests.visitors import person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]


def said(*words, **options):
    """What a command says."""
    out, err = io.StringIO(), io.StringIO()
    call_command(*words, stdout=out, stderr=err, **options)
    return out.getvalue().replace("\xa0", " ")


def refused(*words, **options):
    """The sentence with which a command refuses."""
    with pytest.raises(CommandError) as refusal:
        said(*words, **options)
    return str(refusal.value).replace("\xa0", " ")


def test_a_master_key_is_changed_step_by_step():
    rows = [sample() for _n in range(3)]
    assert "Używany klucz główny: 1." in said("keys", "status")
    assert "klucz główny 2" in said("keys", "new-master")
    assert "jeszcze potrzebny 3 wartościom" in refused("keys", "drop-old")
    status = said("keys", "status")
    assert "Klucze osób pod kluczem głównym 1: 3." in status
    assert "Dawne klucze główne, jeszcze przechowywane: 1." in status
    assert "objęte nowym kluczem głównym: 3" in said("keys", "rotate", batch=2)
    assert "Zniszczone dawne klucze główne: 1." in said("keys", "drop-old")
    assert {unsealed(fresh(row), ["last_name"])["last_name"] for row in rows} == {CANARY}


def test_fingerprints_are_changed_and_the_old_key_goes():
    sample()
    assert "Wiersze z nowymi odciskami: 1." in said("keys", "new-index")
    assert "wymiana klucza odcisków" in said("keys", "status")
    said("keys", "drop-old")
    assert keyring().masters.index_before is None


def test_one_person_is_sealed_under_a_new_key():
    row = sample()
    assert "nowym kluczem: 1" in said("keys", "reseal", subject=str(row.subject_id), reason="podejrzenie")
    assert "Osoby z nowszym i starszym kluczem: 1" in said("keys", "status")
    for wrong in ({}, {"subject": str(uuid4()), "reason": "x"}, {"subject": str(row.subject_id), "reason": " "}):
        assert "--subject" in refused("keys", "reseal", **wrong)


def test_an_erased_person_is_not_sealed_anew():
    row = sample()
    erase(row.subject, reason="żądanie", now=NOW, by=None)
    assert refused("keys", "reseal", subject=str(row.subject_id), reason="x") == "Klucz tej osoby został zniszczony."


def test_what_was_interrupted_is_finished():
    row = sample()
    Subject.objects.filter(pk=row.subject_id).update(erasure_began_at=NOW)
    keyring().new_subject_key(sample().subject_id, NOW - timedelta(days=1))
    assert said("keys", "finish") == "Dokończone usunięcia: 1, zniszczone dawne klucze osób: 1.\n"


def test_the_status_names_every_fault():
    lost, erased = sample(), sample()
    keyring().destroy(erased.subject_id)
    with keyring().envelopes() as store:
        store.execute("DELETE FROM envelope WHERE subject = ?", [str(lost.subject_id)])
    keyring().new_subject_key(uuid4())
    (keyring().folder / MASTERS).chmod(0o644)
    status = said("keys", "status")
    for words in ("KTÓRYCH KLUCZA BRAKUJE: 1", "powtórzenia: 1", "bez osoby w bazie: 1", "chmod 600"):
        assert words in status


def test_the_page_of_keys_brings_them_back(settings, tmp_path):
    masters, copy = keyring().masters, None
    row = sample()
    page = said("keys", "paper")
    copy = (keyring().folder / ENVELOPES).read_bytes()
    assert Record.objects.filter(deed="vault.keys_printed").count() == 1
    assert from_paper(page) == masters
    settings.KEYS_DIR = tmp_path / "nowy komputer"
    (tmp_path / "kartka.txt").write_text(page, encoding="utf-8")
    said("keys", "from-paper", file=tmp_path / "kartka.txt")
    (keyring().folder / ENVELOPES).write_bytes(copy)
    assert unsealed(fresh(row), ["last_name"]) == {"last_name": CANARY}


def test_a_page_is_typed_at_the_keyboard_too(settings, tmp_path, monkeypatch):
    page = said("keys", "paper")
    settings.KEYS_DIR = tmp_path / "nowy"
    monkeypatch.setattr("sys.stdin", io.StringIO(page))
    assert "leżą na miejscu" in said("keys", "from-paper")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda lines: [lines[0].replace("=", "= 0"), *lines[1:]], "Wiersz 1 nie zgadza się"),
        (lambda lines: lines[1:], "Klucz 1 nie ma wszystkich czterech wierszy."),
        (lambda lines: lines[:-1], "Kartka nie jest cała"),
    ],
)
def test_a_page_typed_wrongly_is_refused_with_its_line(change, words, settings, tmp_path):
    settings.KEYS_DIR = tmp_path / "nowy"
    file = tmp_path / "kartka.txt"
    file.write_text("\n".join(change(on_paper(founded()))), encoding="utf-8")
    assert words in refused("keys", "from-paper", file=file)
    assert not (tmp_path / "nowy").exists()


def test_keys_are_never_laid_over_others(tmp_path):
    sample()
    file = tmp_path / "kartka.txt"
    file.write_text("\n".join(on_paper(founded())), encoding="utf-8")
    assert "nigdy nie są nadpisywane" in refused("keys", "from-paper", file=file).lower()


def test_wrong_keys_are_refused_in_one_sentence():
    said("keys", "status")
    (keyring().folder / MASTERS).write_text("nic")
    assert "nie da się użyć" in refused("keys", "status")


# --- retention


@pytest.fixture
def expired(tmp_path, settings):
    """A session that ended two days ago."""
    settings.UPLOADS_DIR = tmp_path / "uploads"
    now = timezone.now()
    return Session.objects.create(session_key="s" * 32, session_data="x", expire_date=now - timedelta(days=2))


def test_a_rehearsal_says_what_would_go_and_why_and_removes_nothing(expired):
    told = said("retention")
    assert "sessions: 1  (wygasłe sesje zalogowanych osób: 1 dzień od wygaśnięcia sesji;" in told
    assert "letters: 0" in told
    assert "niepotwierdzone" in told
    assert "records: –  (nie usuwa się" in told
    assert "To próba" in told
    assert Session.objects.count() == 1


def test_a_rehearsal_looks_at_any_day_and_any_rule(expired):
    assert "sessions: 0" in said("retention", "--on", "2026-01-02")
    assert said("retention", "--only", "uploads").startswith("uploads: 0")


def test_removing_says_how_much_and_the_number_of_the_proof(expired):
    told = said("retention", "--apply")
    assert "sessions: 1" in told
    assert "Usunięto: 1. Dowód nr" in told
    assert Session.objects.count() == 0
    assert "letters: 0" in said("retention", "--apply", "--only", "letters")


def test_removing_as_of_another_day_or_by_no_rule_is_refused(expired):
    assert "stanu na dziś" in refused("retention", "--apply", "--on", "2030-01-01")
    assert "nic" in refused("retention", "--apply", "--only", "nic")
    assert Session.objects.count() == 1


# --- privacy


def test_the_registers_are_printed_and_written_as_tables(tmp_path):
    printed = list(csv.reader(io.StringIO(said("privacy", "register")), delimiter=";"))
    assert len(printed) == len(inventory.activities()) + 1
    file = tmp_path / "pola.csv"
    assert f"Zapisane wiersze: {len(inventory.columns())}." in said("privacy", "fields", "--csv", str(file))
    rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert ["persons.Person", "pesel"] in [row[:2] for row in rows]


def test_data_of_one_person_are_written_to_a_new_file_of_its_owner_only(tmp_path):
    officer, row, file = person(Role.DATA_PROTECTION_OFFICER), sample(), tmp_path / "dane.zip"
    arguments = {"out": file, "by": officer.email, "purpose": "wniosek osoby"}
    told = said("privacy", "person", officer.email, subject=row.subject_id, **arguments)
    assert f"Wydano pod numerem {Disclosure.objects.get().pk}." in told
    assert file.stat().st_mode & 0o777 == 0o600
    with zipfile.ZipFile(file) as pack:
        assert CANARY in pack.read("dane.json").decode()
    assert "File exists" in refused("privacy", "person", officer.email, **arguments)


@pytest.mark.parametrize(
    ("email", "change", "words"),
    [
        ("a@przyklad.example", {"by": ""}, "--by"),
        ("a@przyklad.example", {"by": "nikt@przyklad.example"}, "--by"),
        ("a@przyklad.example", {"out": None}, "--out"),
        ("a@przyklad.example", {"purpose": ""}, "--purpose"),
        ("", {}, "--subject"),
    ],
)
def test_data_of_one_person_need_a_person_an_officer_a_file_and_a_purpose(tmp_path, email, change, words):
    officer, file = person(Role.DATA_PROTECTION_OFFICER), tmp_path / "dane.zip"
    arguments = {"out": file, "by": officer.email, "purpose": "wniosek"} | change
    assert words in refused("privacy", "person", email, **arguments)
    assert not file.exists()
    assert not Disclosure.objects.exists()


def test_a_fault_leaves_no_file(tmp_path):
    officer, row, file = person(Role.DATA_PROTECTION_OFFICER), sample(), tmp_path / "dane.zip"
    (keyring().folder / MASTERS).write_text("nic")
    with pytest.raises(Exception, match="master"):
        said("privacy", "person", subject=row.subject_id, out=file, by=officer.email, purpose="wniosek")
    assert not file.exists()
