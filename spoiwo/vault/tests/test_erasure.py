"""Erasing a person: what goes, what stays as a mark, and what an older backup cannot bring back."""

from datetime import timedelta

import pytest
from django.db import transaction

from spoiwo.audit.models import Record
from spoiwo.vault.envelopes import ENVELOPES
from spoiwo.vault.errors import Erased
from spoiwo.vault.models import Subject
from spoiwo.vault.services import erase, finish_erasure, finish_erasures, keyring, unsealed
from spoiwo.vault.tests.samples import CANARY, NOW, fresh, sample
from tests.factories import UserFactory

pytestmark = pytest.mark.usefixtures("keys")
LATER = NOW + timedelta(days=1)
RECORDS = Record.objects.filter(deed__startswith="vault.")


@pytest.mark.django_db
def test_an_erased_person_cannot_be_opened_or_found_and_the_others_can():
    row, other, officer = sample(), sample(last_name="Inny"), UserFactory()
    erase(row.subject, reason="żądanie osoby", now=NOW, by=officer)
    with pytest.raises(Erased):
        unsealed(fresh(row), ["last_name"])
    assert fresh(row).last_name_index == ""
    assert unsealed(fresh(other), ["last_name"]) == {"last_name": "Inny"}
    held = Subject.objects.get(pk=row.subject_id)
    assert (held.erasure_began_at, held.erased_at, held.reason) == (NOW, NOW, "żądanie osoby")
    assert list(RECORDS.order_by("sequence").values_list("deed", "by", "reason")) == [
        ("vault.erasure_began", officer.pk, "żądanie osoby"),
        ("vault.erased", None, ""),
    ]


@pytest.mark.django_db
def test_erasing_again_changes_nothing():
    row = sample()
    erase(row.subject, reason="pierwsza", now=NOW, by=None)
    erase(row.subject, reason="druga", now=LATER, by=None)
    finish_erasure(row.subject, now=LATER)
    held = Subject.objects.get(pk=row.subject_id)
    assert (held.erased_at, held.reason) == (NOW, "pierwsza")
    assert RECORDS.count() == 2


@pytest.mark.django_db(transaction=True)
def test_an_erasure_inside_another_transaction_is_refused_and_destroys_nothing():
    row = sample()
    for deed in (
        lambda: erase(row.subject, reason="x", now=NOW, by=None),
        lambda: finish_erasure(row.subject, now=NOW),
    ):
        with pytest.raises(RuntimeError), transaction.atomic():
            deed()
    assert unsealed(fresh(row), ["last_name"]) == {"last_name": CANARY}
    assert Subject.objects.get(pk=row.subject_id).erasure_began_at is None


@pytest.mark.django_db
def test_an_erasure_that_was_interrupted_is_finished():
    before, after, untouched = sample(), sample(), sample()
    Subject.objects.filter(pk__in=[before.subject_id, after.subject_id]).update(erasure_began_at=NOW)
    keyring().destroy(after.subject_id)  # killed between the two stores
    assert finish_erasures(LATER) == 2
    assert finish_erasures(LATER) == 0
    erased = Subject.objects.exclude(erased_at=None).values_list("pk", flat=True)
    assert set(erased) == {before.subject_id, after.subject_id}
    assert unsealed(fresh(untouched), ["last_name"]) == {"last_name": CANARY}


@pytest.mark.django_db
def test_a_backup_of_the_database_does_not_bring_a_person_back():
    row = sample()
    fingerprint = row.last_name_index
    erase(row.subject, reason="żądanie", now=NOW, by=None)
    Subject.objects.filter(pk=row.subject_id).update(erasure_began_at=None, erased_at=None, reason="")
    type(row).objects.filter(pk=row.pk).update(last_name_index=fingerprint)
    with pytest.raises(Erased):
        unsealed(fresh(row), ["last_name"])
    assert finish_erasures(LATER) == 1
    held = Subject.objects.get(pk=row.subject_id)
    assert (held.erasure_began_at, held.erased_at) == (LATER, LATER)
    assert fresh(row).last_name_index == ""


@pytest.mark.django_db
def test_an_older_copy_of_the_keys_does_not_bring_a_person_back():
    row = sample()
    file = keyring().folder / ENVELOPES
    copy = file.read_bytes()
    erase(row.subject, reason="żądanie", now=NOW, by=None)
    (file.parent / "copy").write_bytes(copy)
    (file.parent / "copy").replace(file)
    assert unsealed(fresh(row), ["last_name"]) == {"last_name": CANARY}  # the danger
    assert finish_erasures(LATER) == 1
    with pytest.raises(Erased):
        unsealed(fresh(row), ["last_name"])
    assert Subject.objects.get(pk=row.subject_id).erased_at == NOW
