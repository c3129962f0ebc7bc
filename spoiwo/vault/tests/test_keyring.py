"""Where keys lie: founding, wrong folders, forks, threads, replaced files, and one master key after another."""

import json
import multiprocessing
import os
import stat
import threading
from uuid import uuid4

import pytest

from spoiwo.kernel.sealing import new_key
from spoiwo.vault.domain.masters import founded
from spoiwo.vault.envelopes import ENVELOPES
from spoiwo.vault.errors import Erased, KeysAreThere, StillUsed, VaultClosed
from spoiwo.vault.keyring import MASTERS, Keyring


@pytest.fixture
def ring(tmp_path):
    """A keyring in an empty folder."""
    return Keyring(tmp_path / "keys")


def with_subjects(ring, many):
    """So many subjects with keys."""
    subjects = [uuid4() for _n in range(many)]
    for subject in subjects:
        ring.new_subject_key(subject)
    return subjects


def test_the_first_use_lays_keys_that_only_their_owner_can_read(ring):
    assert ring.masters.current == 1
    assert stat.S_IMODE(ring.folder.stat().st_mode) == 0o700
    for name in (MASTERS, ENVELOPES):
        assert stat.S_IMODE((ring.folder / name).stat().st_mode) == 0o600


def test_no_keys_are_laid_where_a_database_has_its_own(tmp_path):
    ring = Keyring(tmp_path / "keys", may_found=lambda: False)
    with pytest.raises(VaultClosed, match="is missing"):
        ring.key_of(uuid4())
    assert not ring.folder.exists()


def test_many_that_begin_at_once_have_the_same_keys(ring):
    rings, found = [Keyring(ring.folder) for _n in range(8)], []
    threads = [threading.Thread(target=lambda one=one: found.append(one.masters)) for one in rings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 8
    assert all(masters == found[0] for masters in found)


def test_master_keys_missing_beside_envelopes_are_not_made_anew(ring):
    with_subjects(ring, 1)
    (ring.folder / MASTERS).unlink()
    with pytest.raises(VaultClosed, match="their master keys are missing"):
        Keyring(ring.folder).masters  # noqa: B018


def test_envelopes_missing_beside_master_keys_are_a_fault(ring):
    with_subjects(ring, 1)
    (ring.folder / ENVELOPES).unlink()
    with pytest.raises(VaultClosed):
        Keyring(ring.folder).key_of(uuid4())


@pytest.mark.parametrize("content", ["", "{}", "nic", "\u0142"])
def test_a_spoiled_file_of_master_keys_is_told(ring, content):
    with_subjects(ring, 1)
    (ring.folder / MASTERS).write_text(content)
    with pytest.raises(VaultClosed):
        ring.masters  # noqa: B018


def test_spoiled_envelopes_are_told(ring):
    with_subjects(ring, 1)
    (ring.folder / ENVELOPES).write_bytes(b"to nie jest baza" * 400)
    with pytest.raises(VaultClosed):
        Keyring(ring.folder).key_of(uuid4())


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "keys").write_text("plik")
    with pytest.raises(VaultClosed):
        Keyring(tmp_path / "keys").masters  # noqa: B018


def test_master_keys_of_another_house_open_no_envelope(ring, tmp_path):
    (subject,) = with_subjects(ring, 1)
    other = Keyring(tmp_path / "other")
    (ring.folder / MASTERS).write_text(other.masters.written())
    with pytest.raises(VaultClosed, match="does not open the envelope"):
        ring.key_of(subject)


def test_an_envelope_moved_to_another_subject_does_not_open(ring):
    one, other = with_subjects(ring, 2)
    with ring.envelopes() as store:
        wrapped = store.execute("SELECT wrapped FROM envelope WHERE subject = ?", [str(one)]).fetchone()[0]
        store.execute("UPDATE envelope SET wrapped = ? WHERE subject = ?", [wrapped, str(other)])
    assert len(ring.key_of(one)) == 32
    with pytest.raises(VaultClosed):
        ring.key_of(other)


def test_a_destroyed_key_is_gone_from_the_file_and_known_as_destroyed(ring):
    one, other = with_subjects(ring, 2)
    wrapped = ring.store.of(one)[0].wrapped
    file = ring.folder / ENVELOPES
    assert wrapped in file.read_bytes()
    assert ring.destroy(one) is True
    assert ring.destroy(one) is False
    assert wrapped not in file.read_bytes()
    with pytest.raises(Erased):
        ring.key_of(one)
    with pytest.raises(VaultClosed):
        ring.key_of(uuid4())
    assert len(ring.key_of(other)) == 32


def test_what_failed_inside_a_transaction_of_the_store_is_taken_back(ring):
    (subject,) = with_subjects(ring, 1)

    def fails():
        with ring.envelopes() as store:
            store.execute("DELETE FROM envelope")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert len(ring.key_of(subject)) == 32


def _child(ring, subject, answers):
    ring.new_subject_key(subject)
    answers.put(ring.key_of(subject))


def test_a_connection_does_not_outlive_a_fork(ring):
    (mine,) = with_subjects(ring, 1)
    context = multiprocessing.get_context("fork")
    answers, subjects = context.SimpleQueue(), [uuid4() for _n in range(3)]
    children = [context.Process(target=_child, args=(ring, subject, answers)) for subject in subjects]
    for child in children:
        child.start()
    found = {answers.get() for _child in children}
    for child in children:
        child.join()
    assert found == {ring.key_of(subject) for subject in subjects}
    assert ring.key_of(mine) not in found


def test_each_thread_has_a_connection_of_its_own(ring):
    subjects, found, faults = with_subjects(ring, 20), [], []

    def work():
        try:
            found.append([ring.key_of(subject) for subject in subjects])
        except Exception as problem:  # told by the assertion below
            faults.append(problem)

    threads = [threading.Thread(target=work) for _n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert all(keys == found[0] for keys in found)


def test_a_store_that_was_put_in_place_of_another_is_read(ring, tmp_path):
    (subject,) = with_subjects(ring, 1)
    copy = (ring.folder / ENVELOPES).read_bytes()
    ring.destroy(subject)
    (tmp_path / "copy").write_bytes(copy)
    os.replace(tmp_path / "copy", ring.folder / ENVELOPES)
    assert len(ring.key_of(subject)) == 32


def test_a_new_master_key_is_seen_by_others_at_once(ring):
    other = Keyring(ring.folder)
    assert other.masters.current == 1
    assert ring.new_master() == 2
    assert other.masters.current == 2


def test_envelopes_are_wrapped_anew_in_batches_and_the_old_key_goes_last(ring):
    subjects = with_subjects(ring, 7)
    before = [ring.key_of(subject) for subject in subjects]
    ring.new_master()
    with pytest.raises(StillUsed) as refusal:
        ring.drop_old()
    assert refusal.value.count == 7
    assert ring.rewrap(5) == 5
    assert ring.store.count_by_master() == {1: 2, 2: 5}
    assert [ring.key_of(subject) for subject in subjects] == before
    assert (ring.rewrap(5), ring.rewrap(5)) == (2, 0)
    assert ring.drop_old() == [1]
    assert ring.drop_old() == []
    assert [Keyring(ring.folder).key_of(subject) for subject in subjects] == before
    assert list(json.loads((ring.folder / MASTERS).read_text())["keys"]) == ["2"]


def test_a_person_who_came_during_the_change_is_under_the_new_key(ring):
    ring.new_master()
    with_subjects(ring, 1)
    assert ring.store.count_by_master() == {2: 1}


def test_keys_of_purposes_differ_and_stay_when_master_keys_change(ring):
    before = (ring.house_key("listy"), ring.index_key("listy"), ring.search_keys("persons_person.pesel"))
    assert len({before[0], before[1], *before[2]}) == 3
    ring.new_master()
    ring.drop_old()
    assert (ring.house_key("listy"), ring.index_key("listy"), ring.search_keys("persons_person.pesel")) == before


def test_search_has_two_keys_while_fingerprints_are_computed_anew(ring):
    old = ring.search_keys("a")
    kept = ring.index_key("a")
    assert ring.begin_new_index() is True
    assert ring.begin_new_index() is False
    new, before = ring.search_keys("a")
    assert [before] == old
    assert new != before
    ring.end_new_index()
    assert ring.search_keys("a") == [new]
    assert ring.index_key("a") == kept


def test_keys_from_paper_are_laid_once_and_never_over_others(ring, tmp_path):
    masters = founded()
    ring.put_back(masters)
    ring.put_back(masters)
    assert Keyring(ring.folder).masters == masters
    with pytest.raises(KeysAreThere):
        ring.put_back(founded())
    assert Keyring(ring.folder).masters == masters


def test_keys_from_paper_are_laid_beside_envelopes_from_their_copy(ring):
    (subject,) = with_subjects(ring, 1)
    masters, key = ring.masters, ring.key_of(subject)
    (ring.folder / MASTERS).unlink()
    ring.put_back(masters)
    assert Keyring(ring.folder).key_of(subject) == key


def test_an_interrupted_founding_is_finished(ring):
    ring.folder.mkdir()
    ring.store.found()  # killed before the master keys were written
    assert ring.masters.current == 1


def test_a_key_that_changed_has_two_envelopes_until_the_older_is_forgotten(ring):
    (subject,) = with_subjects(ring, 1)
    old = ring.key_of(subject)
    ring.new_subject_key(subject)
    assert ring.keys_of(subject)[1] == old
    assert ring.store.superseded() == {subject}
    assert ring.forget_older_keys(subject) == 1
    assert old not in ring.keys_of(subject)
    assert new_key() not in ring.keys_of(subject)


def test_an_envelope_wrapped_anew_between_two_looks_opens(ring):
    (subject,) = with_subjects(ring, 1)
    key, late = ring.key_of(subject), ring.store.of(subject)
    ring.new_master()
    ring.rewrap()
    ring.drop_old()
    looks = iter([late])
    real = ring.store.of
    ring.store.of = lambda wanted: next(looks, None) or real(wanted)
    assert ring.key_of(subject) == key
