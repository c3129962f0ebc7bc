"""Whatever is done to the chain is found; what was not tampered with never raises an alarm.

The same code runs in `checks/audit_chain.py` on a thousand tamperings and a million entries.
"""

import threading
from datetime import UTC, datetime
from random import Random

import pytest
from django.db import connection, transaction

from checks.tampering import HOW, build, found
from spoiwo.audit.domain import FIRST, GENESIS, link_hash
from spoiwo.audit.models import ChainHead, Record
from spoiwo.audit.services import Deed, record, record_all, verify_chain
from spoiwo.audit.services.recording import facts_of
from tests.factories import UserFactory


@pytest.mark.django_db
@pytest.mark.parametrize("how", HOW, ids=[how.__name__ for how in HOW])
def test_each_way_of_tampering_is_found_every_time(how):
    chance = Random(how.__name__)
    heads = build(40, chance, UserFactory())
    assert [n for n in range(5) if not found(how, heads, chance)] == []
    assert list(verify_chain(heads)) == []


@pytest.mark.django_db
@pytest.mark.parametrize("many", [0, 1, 2, 30])
def test_a_chain_that_nobody_touched_raises_no_alarm(many):
    heads = build(many, Random(many), UserFactory())
    assert list(verify_chain(heads)) == []
    assert list(verify_chain()) == []


def first_form(about, sequence):
    """A row as the first release wrote it."""
    before = Record.objects.filter(sequence=sequence - 1).first()
    row = Record(
        sequence=sequence, at=datetime(2026, 3, 16, 12, tzinfo=UTC), deed="tests.old", about_type="access.user",
        about_id=str(about.pk), about_label=str(about), form=FIRST, previous_hash=before.hash if before else GENESIS,
    )  # fmt: skip
    row.hash = link_hash(facts_of(row), row.previous_hash)
    row.save(force_insert=True)
    ChainHead.objects.update_or_create(pk=1, defaults={"sequence": sequence, "hash": row.hash})


@pytest.mark.django_db
def test_rows_of_the_first_form_stand_before_the_second_and_never_after():
    about = UserFactory()
    Record.objects.all().delete()
    first_form(about, 1)
    first_form(about, 2)
    record(by=None, deed="tests.new", about=about)
    assert list(verify_chain()) == []
    first_form(about, 4)
    assert list(verify_chain()) == ["Wpis 4: ma inną postać niż wpis przed nim."]


@pytest.mark.django_db(transaction=True)
def test_deeds_recorded_while_the_chain_is_verified_are_no_fault():
    about = UserFactory()

    def write() -> None:
        for _n in range(10):
            with transaction.atomic():
                record_all(by=None, deeds=[Deed("tests.deed", about)] * 20)
        connection.close()

    writer = threading.Thread(target=write)
    writer.start()
    faults, walks = [], 0
    while writer.is_alive():
        faults += verify_chain()
        walks += 1
    writer.join()
    assert faults == []
    assert walks > 0
    assert Record.objects.count() >= 200
    assert list(verify_chain()) == []
