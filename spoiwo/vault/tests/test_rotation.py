"""One key after another, while the house works: begun, interrupted, begun again."""

from datetime import timedelta

import pytest

from spoiwo.audit.models import Record
from spoiwo.persons.models import Person
from spoiwo.vault.errors import Erased, StillUsed
from spoiwo.vault.services import (
    erase,
    fingerprint_of,
    fingerprints_of,
    finish_reseals,
    keyring,
    reseal,
    rotation,
    seal_into,
    unsealed,
)
from spoiwo.vault.tests.samples import CANARY, NOW, fresh, sample

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]
LATER = NOW + timedelta(minutes=15)


def deeds():
    """What was recorded, in order."""
    return list(Record.objects.filter(deed__startswith="vault.").order_by("sequence").values_list("deed", flat=True))


def found(name):
    """Rows that exact search finds."""
    return list(Person.objects.filter(last_name_index__in=fingerprints_of(Person, "last_name", name)))


def test_a_new_master_key_wraps_everybody_and_the_old_one_goes():
    rows = [sample(), sample(last_name="Inny Zmyślony")]
    assert rotation.new_master(by=None) == 2
    with pytest.raises(StillUsed):
        rotation.drop_old(by=None)
    assert list(rotation.rewrapped(by=None, many=1)) == [1, 1]
    assert list(rotation.rewrapped(by=None)) == []
    assert rotation.drop_old(by=None) == [1]
    assert rotation.drop_old(by=None) == []
    assert [unsealed(fresh(row), ["last_name"])["last_name"] for row in rows] == [CANARY, "Inny Zmyślony"]
    assert deeds() == ["vault.master_laid", "vault.envelopes_wrapped", "vault.masters_dropped"]


def test_fingerprints_are_computed_anew_and_search_finds_both_kinds_meanwhile(monkeypatch):
    monkeypatch.setattr(rotation, "BATCH", 1)
    rows = [sample(), sample(), sample(last_name="")]
    old = fresh(rows[0]).last_name_index
    steps = rotation.new_index(by=None)
    assert next(steps) == 1  # killed here
    assert {fresh(row).last_name_index == old for row in rows[:2]} == {True, False}
    assert found(CANARY) == sorted(rows[:2], key=lambda row: row.pk)
    with pytest.raises(StillUsed) as refusal:
        rotation.drop_old_index(by=None)
    assert refusal.value.count == 1
    assert list(rotation.new_index(by=None)) == [0, 1, 0]
    assert list(rotation.new_index(by=None)) == [0, 0, 0]
    rotation.drop_old_index(by=None)
    rotation.drop_old_index(by=None)
    assert {fresh(row).last_name_index for row in rows[:2]} == {fingerprint_of(Person, "last_name", CANARY)}
    assert fresh(rows[2]).last_name_index == ""
    assert len(fingerprints_of(Person, "last_name", CANARY)) == 1
    assert len(found(CANARY)) == 2
    assert deeds() == ["vault.index_laid", "vault.index_dropped"]


def test_a_fingerprint_of_an_erased_person_goes_when_fingerprints_are_computed_anew():
    row = sample()
    erase(row.subject, reason="żądanie", now=NOW, by=None)
    Person.objects.filter(pk=row.pk).update(last_name_index="f" * 64)  # as an older backup would bring it back
    assert list(rotation.new_index(by=None)) == [1]
    assert fresh(row).last_name_index == ""


def test_a_person_is_sealed_under_a_new_key_and_the_older_one_goes_after_a_quarter_of_an_hour():
    row, other = sample(), sample()
    second = sample(subject=row.subject, notes="druga")
    old, blob = keyring().key_of(row.subject_id), fresh(row).last_name.blob
    assert reseal(row.subject, by=None, reason="klucz mógł wyciec", now=NOW) == 2
    assert fresh(row).last_name.blob != blob
    assert finish_reseals(LATER - timedelta(seconds=1)) == 0
    assert finish_reseals(LATER) == 1
    assert finish_reseals(LATER) == 0
    assert old not in keyring().keys_of(row.subject_id)
    assert unsealed(fresh(row), ["last_name", "notes"]) == {"last_name": CANARY, "notes": "uwaga"}
    assert unsealed(fresh(second), ["notes"]) == {"notes": "druga"}
    assert unsealed(fresh(other), ["notes"]) == {"notes": "uwaga"}
    assert found(CANARY) == [row, other]
    assert deeds() == ["vault.resealed"]


def test_a_value_sealed_under_the_older_key_by_somebody_who_was_just_saving_is_not_lost():
    row = sample()
    late = fresh(row)
    seal_into(late, notes="zapisane w tej samej chwili")
    reseal(row.subject, by=None, reason="próba", now=NOW)
    late.save(update_fields=["notes"])
    assert unsealed(fresh(row), ["notes"]) == {"notes": "zapisane w tej samej chwili"}
    finish_reseals(LATER)
    assert unsealed(fresh(row), ["notes"]) == {"notes": "zapisane w tej samej chwili"}


def test_a_reseal_killed_after_the_new_key_was_laid_is_finished():
    row = sample()
    keyring().new_subject_key(row.subject_id, NOW)  # and no further
    assert unsealed(fresh(row), ["last_name"]) == {"last_name": CANARY}
    assert finish_reseals(LATER) == 1
    assert unsealed(fresh(row), ["last_name"]) == {"last_name": CANARY}


def test_an_erased_person_gets_no_new_key():
    row = sample()
    erase(row.subject, reason="żądanie", now=NOW, by=None)
    with pytest.raises(Erased):
        reseal(row.subject, by=None, reason="próba", now=NOW)


def test_a_person_whose_erasure_began_is_not_sealed_anew():
    row = sample()
    row.subject.erasure_began_at = NOW
    row.subject.save()
    with pytest.raises(Erased):
        reseal(row.subject, by=None, reason="próba", now=NOW)
    assert finish_reseals(LATER) == 1  # the key goes with the erasure


def test_printing_the_keys_is_recorded():
    masters = rotation.keys_for_paper(by=None)
    assert masters == keyring().masters
    assert Record.objects.get(deed="vault.keys_printed").facts["numbers"] == [1]
