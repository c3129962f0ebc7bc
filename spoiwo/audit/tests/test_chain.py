"""Every way to tamper with the record is found, and named by its number."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db.models import F

from spoiwo.audit.domain import ADDED, HASHED, link_hash
from spoiwo.audit.models import ChainHead, Record
from spoiwo.audit.services import chain_head, record, verify_chain
from spoiwo.audit.services.recording import facts_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def chain():
    """Five deeds at the end of the chain; the number of the first."""
    about = UserFactory()
    rows = [record(by=about, deed=f"tests.deed{n}", about=about, reason="bo", n=n) for n in range(5)]
    assert list(verify_chain()) == []
    return rows[0].sequence


def change(number, **fields):
    """Reach into the database past the house."""
    assert Record.objects.filter(sequence=number).update(**fields) == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"at": F("at") + timedelta(microseconds=1)},
        {"by": None},
        {"by_name": "Kto Inny"},
        {"deed": "tests.other"},
        {"about_type": "access.role"},
        {"about_id": "0"},
        {"about_label": "Kto inny"},
        {"facts": {"n": 999}},
        {"facts": {}},
        {"reason": "bo nie"},
        {"form": 1},
        {"form": 3},
        {"reading": True},
        {"request_id": "0123456789abcdef"},
        {"roles": "director"},
        {"address_hash": "f" * 32},
        {"facts": {"n": 0.5}},  # nothing that the house could have written
        {"hash": "f" * 64},
        {"previous_hash": "f" * 64},
    ],
    ids=lambda fields: f"{next(iter(fields))}={len(str(fields))}",
)
def test_any_changed_field_is_found_at_its_number(chain, fields):
    change(chain + 2, **fields)
    faults = list(verify_chain())
    assert any(fault.startswith(f"Wpis {chain + 2} ") for fault in faults)
    assert not any(f"Wpis {chain + 1}" in fault for fault in faults)


def test_every_field_of_a_record_is_either_hashed_or_a_hash():
    assert {field.name for field in Record._meta.fields} == {*HASHED, *ADDED, "previous_hash", "hash"}


def test_a_change_with_a_hash_made_anew_is_found_at_the_next_link(chain):
    change(chain + 2, reason="bo nie")
    row = Record.objects.get(sequence=chain + 2)
    change(chain + 2, hash=link_hash(facts_of(row), row.previous_hash))
    (fault,) = verify_chain()
    assert fault.startswith(f"Wpis {chain + 3}:")


def test_a_deleted_row_in_the_middle_is_missed(chain):
    Record.objects.filter(sequence=chain + 2).delete()
    faults = list(verify_chain())
    assert faults[0].startswith(f"Wpis {chain + 2}: brak")
    assert faults[1].startswith(f"Wpis {chain + 3}:")
    assert len(faults) == 2


def test_a_deleted_first_row_is_missed(chain):
    Record.objects.filter(sequence=1).delete()
    assert next(verify_chain()).startswith("Wpis 1: brak")


def test_two_rows_that_changed_places_are_found(chain):
    spare = 10**6
    for old, new in ((chain + 1, spare), (chain + 2, chain + 1), (spare, chain + 2)):
        change(old, sequence=new)
    numbers = {fault.split()[1].rstrip(":") for fault in verify_chain()}
    assert {str(chain + 1), str(chain + 2)} <= numbers


@pytest.mark.parametrize("cut", [1, 5])
def test_a_tail_cut_off_is_seen_against_the_head(chain, cut):
    Record.objects.filter(sequence__gt=chain + 4 - cut).delete()
    (fault,) = verify_chain()
    assert f"ostatni wpis to {chain + 4 - cut}" in fault
    assert f"wskazuje {chain + 4}" in fault


def test_a_whole_record_that_is_gone_is_seen_against_the_head(chain):
    Record.objects.all().delete()
    assert len(list(verify_chain())) == 1


def test_a_row_added_past_the_house_is_seen_against_the_head(chain):
    last = Record.objects.get(sequence=chain + 4)
    last.sequence, last.previous_hash, last.hash = chain + 5, last.hash, "f" * 64
    last.save(force_insert=True)
    assert len(list(verify_chain())) == 2


def test_a_head_that_is_gone_is_seen(chain):
    ChainHead.objects.all().delete()
    assert len(list(verify_chain())) == 1


def test_a_tail_cut_off_together_with_the_head_is_seen_only_by_the_head_kept_elsewhere(chain):
    kept = chain_head()
    Record.objects.filter(sequence__gt=chain + 2).delete()
    last = Record.objects.get(sequence=chain + 2)
    ChainHead.objects.update(sequence=last.sequence, hash=last.hash)
    assert list(verify_chain()) == []
    assert chain_head() != kept


def test_every_fault_is_named_not_only_the_first(chain):
    change(chain + 1, reason="inny")
    change(chain + 3, reason="inny")
    assert [fault.split()[1] for fault in verify_chain()] == [str(chain + 1), str(chain + 3)]


def test_the_command_prints_the_head_of_a_whole_record(chain):
    out, err = StringIO(), StringIO()
    call_command("audit", "verify", stdout=out, stderr=err)
    assert chain_head()[1] in out.getvalue()
    assert err.getvalue() == ""


def test_the_command_names_the_faults_on_stderr_and_refuses(chain):
    change(chain + 1, reason="inny")
    out, err = StringIO(), StringIO()
    with pytest.raises(CommandError) as refusal:
        call_command("audit", "verify", stdout=out, stderr=err)
    assert refusal.value.returncode == 1
    assert err.getvalue().startswith(f"Wpis {chain + 1} ")
    assert out.getvalue() == ""
