"""Sealed values in rows: what opens them, what refuses, and that nothing prints them."""

import copy
import json
import logging
import pickle

import pytest
from django.core import serializers
from django.core.exceptions import FieldDoesNotExist
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from django.template import Context, Template
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spoiwo.audit.models import Record
from spoiwo.kernel.sealing import SealBroken
from spoiwo.persons.models import Person
from spoiwo.vault.errors import Erased, PurposeMissing, VaultClosed
from spoiwo.vault.fields import EMPTY, Sealed
from spoiwo.vault.models import Subject
from spoiwo.vault.services import (
    erase,
    fingerprint_of,
    fingerprints_of,
    keyring,
    new_subject,
    open_values,
    protected_models,
    seal_into,
    sealed_field,
    unsealed,
)
from spoiwo.vault.tests.samples import CANARY, NOW, fresh, sample
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]


@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=200))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50, deadline=None)
def test_any_text_comes_back_from_its_row(keys, text):
    row = Person(subject=new_subject(now=NOW))
    seal_into(row, notes=text)
    assert unsealed(row, ["notes"]) == {"notes": text}
    assert not text.encode() or text.encode() not in row.notes.blob or len(text) < 3


def test_opening_needs_a_purpose_and_leaves_a_record_of_the_names_only():
    row, officer = sample(), UserFactory()
    values = open_values(row, ["notes", "last_name"], by=officer, purpose="Sprawa zmyślona", deed="tests.opened")
    assert values == {"notes": "uwaga", "last_name": CANARY}
    record = Record.objects.get(deed="tests.opened")
    assert (record.by, record.about_id, record.reason) == (officer, str(row.pk), "Sprawa zmyślona")
    assert record.facts["fields"] == ["last_name", "notes"]
    assert CANARY not in json.dumps(record.facts, ensure_ascii=False) + record.about_label


@pytest.mark.parametrize("purpose", ["", "   ", "\n"])
def test_nothing_opens_without_a_purpose(purpose):
    row = sample()
    with pytest.raises(PurposeMissing):
        open_values(row, ["notes"], by=UserFactory(), purpose=purpose, deed="tests.opened")
    assert not Record.objects.filter(deed="tests.opened").exists()


def test_what_does_not_open_leaves_no_record_of_an_opening():
    row = sample()
    row.notes = Sealed(row.notes.blob[:-1])
    with pytest.raises(SealBroken):
        open_values(row, ["notes"], by=UserFactory(), purpose="cel", deed="tests.opened")
    assert not Record.objects.filter(deed="tests.opened").exists()


def test_a_value_copied_into_another_field_another_row_or_another_person_does_not_open():
    one, other = sample(), sample()
    same_person = sample(subject=one.subject)
    for row, name, blob in (
        (one, "notes", one.last_name),
        (other, "last_name", one.last_name),
        (same_person, "last_name", one.last_name),
    ):
        Person.objects.filter(pk=row.pk).update(**{name: blob})
        with pytest.raises(SealBroken):
            unsealed(fresh(row), [name])


def test_a_row_that_is_given_another_person_does_not_open():
    one, other = sample(), sample()
    Person.objects.filter(pk=one.pk).update(subject=other.subject)
    with pytest.raises(SealBroken):
        unsealed(fresh(one), ["last_name"])


def test_cut_and_empty_blobs():
    row = sample()
    whole = row.last_name.blob
    for length in (1, 12, 28, len(whole) - 1):
        row.last_name = Sealed(whole[:length])
        with pytest.raises(SealBroken):
            unsealed(row, ["last_name"])
    row.last_name = EMPTY
    assert unsealed(row, ["last_name"]) == {"last_name": ""}


def test_an_empty_text_is_nothing_and_has_no_fingerprint():
    row = sample(last_name=CANARY)
    assert seal_into(row, last_name="") == ["last_name", "last_name_index"]
    assert (row.last_name, row.last_name_index) == (EMPTY, "")


def test_sealing_says_which_columns_changed():
    row = sample()
    assert seal_into(row, notes="x", pesel="12345") == ["notes", "pesel", "pesel_index"]


def test_exact_search_finds_a_folded_value_and_nothing_else():
    row = sample()
    sample(last_name="Inny Zmyślony")
    found = Person.objects.filter(last_name_index__in=fingerprints_of(Person, "last_name", "KANAREK ŻÓŁW-zmyślony"))
    assert list(found) == [row]
    assert fingerprints_of(Person, "last_name", " – ") == []
    assert fingerprint_of(Person, "last_name", "") == ""
    assert fingerprint_of(Person, "last_name", "1") != fingerprint_of(Person, "pesel", "1")


def test_a_field_that_is_not_sealed_or_not_there_is_refused():
    row = sample()
    with pytest.raises(TypeError, match="case_number is not a protected field"):
        seal_into(row, case_number="x")
    with pytest.raises(FieldDoesNotExist):
        unsealed(row, ["nic"])
    assert sealed_field(Person, "notes").name == "notes"
    assert Person in protected_models()


def test_a_bare_text_never_reaches_the_database():
    row = sample()
    row.notes = CANARY
    with pytest.raises(TypeError, match="notes: a protected value is written by"), transaction.atomic():
        row.save()
    assert unsealed(fresh(row), ["notes"]) == {"notes": "uwaga"}


def test_a_sealed_value_prints_as_dots_wherever_it_is_put(caplog):
    row = sample()
    logging.getLogger("tests").warning("%s %r", row.last_name, row.last_name)
    shown = [
        str(row.last_name),
        f"{row.last_name:}",
        Template("{{ row.last_name }} {{ row.last_name|safe }} {{ rows }}").render(
            Context({"row": row, "rows": [row.last_name]})
        ),
        repr([row.last_name, row]),
        caplog.text,
        serializers.serialize("json", [row]),
        serializers.serialize("python", [row]).__repr__(),
        json.dumps({"x": str(row.last_name)}),
    ]
    assert [text for text in shown if CANARY in text or row.last_name.blob.hex() in text] == []
    assert bool(row.last_name) is True
    assert bool(EMPTY) is False
    with pytest.raises(TypeError):
        json.dumps(row.last_name, cls=DjangoJSONEncoder)
    assert CANARY.encode() not in pickle.dumps(row)
    assert copy.deepcopy(row).last_name == row.last_name


def test_the_rows_of_the_database_and_its_dump_hold_no_protected_text():
    row = sample(last_name=CANARY, notes=CANARY, pesel=CANARY)
    dump = serializers.serialize("json", [*Person.objects.all(), *Subject.objects.all(), *Record.objects.all()])
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM persons_person")
        raw = b"".join(bytes(value) for line in cursor for value in line if isinstance(value, bytes | memoryview))
        assert bytes(row.notes.blob) in raw
    for text in (CANARY, "Kanarek", "Zmyślony"):
        assert text not in dump
        assert text.encode() not in raw


def test_a_transaction_that_fails_leaves_a_key_and_no_person():
    def fails():
        with transaction.atomic():
            new_subject(now=NOW)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fails()
    assert Subject.objects.count() == 0
    assert len(keyring().store.subjects()) == 1  # opens nothing, `spoiwo keys status` counts it


def test_a_key_that_is_missing_is_told_from_one_that_was_destroyed():
    lost, erased = sample(), sample()
    with keyring().envelopes() as store:
        store.execute("DELETE FROM envelope WHERE subject = ?", [str(lost.subject_id)])
    erase(erased.subject, reason="żądanie", now=NOW, by=None)
    with pytest.raises(VaultClosed):
        unsealed(fresh(lost), ["notes"])
    with pytest.raises(Erased):
        unsealed(fresh(erased), ["notes"])
    with pytest.raises(Erased):
        seal_into(fresh(erased), notes="nowa")
