"""A database with the keys of another is not opened, and nobody is ever kept under wrong keys."""

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from spoiwo.config.opening import open_house
from spoiwo.vault.domain.masters import founded
from spoiwo.vault.domain.paper import on_paper
from spoiwo.vault.envelopes import ENVELOPES
from spoiwo.vault.errors import KeysOfAnother, PaperWrong, VaultClosed
from spoiwo.vault.keyring import MASTERS
from spoiwo.vault.models import KeyProof, Subject
from spoiwo.vault.services import check_keys, erase, keyring, new_subject
from spoiwo.vault.services.proof import put_back_from_paper, state_of_keys
from spoiwo.vault.services.rotation import drop_old, new_index, new_master, rewrapped
from spoiwo.vault.tests.samples import NOW, sample

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(keys):
    """A database that knows its keys."""
    check_keys()
    return keys


def elsewhere(settings, tmp_path, *, founded_there):
    """Another folder of keys, empty or with keys of its own."""
    settings.KEYS_DIR = tmp_path / "other"
    if founded_there:
        keyring().put_back(founded())
    return settings.KEYS_DIR


def test_the_first_check_lays_the_proof_and_later_ones_agree(keys):
    assert not KeyProof.objects.exists()
    check_keys()
    proof = bytes(KeyProof.objects.get().sealed)
    check_keys()
    assert bytes(KeyProof.objects.get().sealed) == proof


@pytest.mark.parametrize("founded_there", [True, False])
def test_wrong_keys_or_none_stop_the_start_in_one_polish_sentence(house, settings, tmp_path, founded_there):
    folder = elsewhere(settings, tmp_path, founded_there=founded_there)
    with pytest.raises(VaultClosed):
        check_keys()
    with pytest.raises(ImproperlyConfigured, match=rf"Klucz[ey] w\s+katalogu {folder} ") as refusal:
        open_house()
    assert "nie otwarto" in str(refusal.value)
    with pytest.raises(CommandError, match=str(folder)):
        call_command("migrate", verbosity=0)
    assert (folder / MASTERS).exists() is founded_there  # nothing is laid over a fault


@pytest.mark.parametrize("founded_there", [True, False])
def test_nobody_is_kept_under_keys_of_another(house, settings, tmp_path, founded_there):
    elsewhere(settings, tmp_path, founded_there=founded_there)
    with pytest.raises(VaultClosed):
        new_subject(now=NOW)
    assert Subject.objects.count() == 0


def test_a_house_with_its_keys_opens(house):
    open_house()
    call_command("migrate", verbosity=0)


def test_master_keys_that_do_not_open_the_envelopes_are_refused(house):
    sample()
    masters = keyring().masters
    spoiled = founded()
    (house.folder / MASTERS).write_text(
        type(masters)(1, spoiled.keys, masters.index, masters.house).written()  # the right house, a wrong master key
    )
    with pytest.raises(VaultClosed):
        check_keys()


def test_envelopes_that_are_gone_while_persons_are_there_are_refused(house):
    row = sample()
    (house.folder / ENVELOPES).unlink()
    house.store.found()
    with pytest.raises(KeysOfAnother):
        check_keys()
    Subject.objects.filter(pk=row.subject_id).update(erasure_began_at=NOW)
    check_keys()


def test_the_proof_holds_after_master_keys_changed_and_for_a_database_from_before(house):
    sample()
    new_master(by=None)
    list(rewrapped(by=None))
    drop_old(by=None)
    list(new_index(by=None))
    check_keys()


def test_keys_come_back_from_paper(house, settings, tmp_path):
    page = "\n".join(on_paper(house.masters))
    copy = (house.folder / ENVELOPES).read_bytes()
    folder = elsewhere(settings, tmp_path, founded_there=False)
    put_back_from_paper(page)
    (folder / ENVELOPES).write_bytes(copy)
    check_keys()
    assert keyring().masters == house.masters


def test_a_page_of_another_house_is_not_laid(house, settings, tmp_path):
    folder = elsewhere(settings, tmp_path, founded_there=False)
    with pytest.raises(KeysOfAnother):
        put_back_from_paper("\n".join(on_paper(founded())))
    with pytest.raises(PaperWrong):
        put_back_from_paper("nic")
    assert not (folder / MASTERS).exists()


def test_the_state_counts_what_does_not_agree(house):
    kept, lost, erased, returned = sample(), sample(), sample(), sample()
    left_over = new_subject(now=NOW)
    Subject.objects.filter(pk=left_over.pk).delete()
    erase(erased.subject, reason="x", now=NOW, by=None)
    house.destroy(returned.subject_id)
    with house.envelopes() as store:
        store.execute("DELETE FROM envelope WHERE subject = ?", [str(lost.subject_id)])
    house.new_subject_key(kept.subject_id, NOW)
    house.begin_new_index()
    (house.folder / MASTERS).chmod(0o644)
    state = state_of_keys()
    assert (state.current, state.numbers, state.by_master, state.subjects) == (1, [1], {1: 3}, 4)
    assert (state.without_key, state.without_subject, state.returned, state.changing) == (1, 1, 1, 1)
    assert (state.new_index, state.readable_by_others) == (True, True)
