"""A deed is recorded in the transaction of its change, as a link of one chain."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from spoiwo.audit.domain import GENESIS, link_hash
from spoiwo.audit.models import Record
from spoiwo.audit.services import OUTSIDER, Deed, chain_head, record, record_all, verify_chain
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 16, 12, 0, 0, 123456, tzinfo=UTC)


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded():
    about = UserFactory()
    with pytest.raises(transaction.TransactionManagementError):
        record(by=None, deed="tests.deed", about=about)
    assert not Record.objects.filter(deed="tests.deed").exists()
    with transaction.atomic():
        record(by=None, deed="tests.deed", about=about)
    assert Record.objects.filter(deed="tests.deed").count() == 1


def test_a_change_that_is_taken_back_takes_its_record_with_it():
    about, before = UserFactory(), chain_head()
    with transaction.atomic():
        record(by=None, deed="tests.deed", about=about)
        assert chain_head() != before
        transaction.set_rollback(True)
    assert chain_head() == before
    assert Record.objects.about(about).count() == 0
    record(by=None, deed="tests.deed", about=about)
    assert list(verify_chain()) == []


def test_a_record_says_who_did_what_about_which_row_when_and_why():
    by, about = UserFactory(full_name="Anna Zmyślona"), UserFactory(full_name="Jan Zmyślony")
    row = record(by=by, deed="tests.deed", about=about, reason="bo tak", amount_gr=12, tags=["a", None])
    assert (row.by, row.by_name, row.deed, row.reason) == (by, "Anna Zmyślona", "tests.deed", "bo tak")
    assert (row.about_type, row.about_id, row.about_label) == ("access.user", str(about.pk), "Jan Zmyślony")
    assert row.facts == {"amount_gr": 12, "tags": ["a", None]}
    assert row.at.tzinfo is not None


def test_the_command_line_is_nobody():
    row = record(by=None, deed="tests.deed", about=UserFactory())
    assert (row.by, row.by_name) == (None, "")


def test_links_follow_each_other_and_the_head_is_the_last():
    about, (sequence, head) = UserFactory(), chain_head()
    first = record(by=None, deed="tests.first", about=about)
    second = record(by=None, deed="tests.second", about=about)
    assert [first.sequence, second.sequence] == [sequence + 1, sequence + 2]
    assert (first.previous_hash, second.previous_hash) == (head, first.hash)
    assert chain_head() == (second.sequence, second.hash)


def test_the_very_first_link_holds_to_nothing():
    Record.objects.all().delete()
    Record._meta.apps.get_model("audit", "ChainHead").objects.all().delete()
    assert chain_head() == (0, GENESIS)
    row = record(by=None, deed="tests.deed", about=UserFactory())
    assert (row.sequence, row.previous_hash) == (1, GENESIS)
    assert list(verify_chain()) == []


def deeds(about, count):
    """Many different deeds about one row."""
    return [Deed("tests.deed", about, {"number": n, "name": f"zażółć {n}"}, f"powód {n}") for n in range(count)]


def test_a_thousand_deeds_at_once_are_the_same_links_as_one_by_one():
    by, about = UserFactory(), UserFactory()
    with transaction.atomic():
        together = [row.hash for row in record_all(by=by, deeds=deeds(about, 1000), at=NOON)]
        assert list(verify_chain()) == []
        transaction.set_rollback(True)
    assert Record.objects.about(about).count() == 0
    one_by_one = [record_all(by=by, deeds=[deed], at=NOON)[0].hash for deed in deeds(about, 1000)]
    assert together == one_by_one
    assert len(set(together)) == 1000


def test_no_deeds_are_no_link():
    before = chain_head()
    assert record_all(by=None, deeds=[]) == []
    assert chain_head() == before


@pytest.mark.parametrize(
    "facts",
    [{"amount": 0.1}, {"rows": [1, {"share": 2.5}]}, {"day": date(2026, 1, 1)}, {"amount": Decimal("1.10")}],
)
def test_a_fact_that_has_no_one_writing_is_refused_and_leaves_no_link(facts):
    about, before = UserFactory(), chain_head()
    with pytest.raises(TypeError), transaction.atomic():
        record(by=None, deed="tests.deed", about=about, **facts)
    assert chain_head() == before


@pytest.mark.parametrize(
    "value",
    [0, -1, 9 * 10**15, True, None, "", "zażółć gęślą jaźń", "\u00a0", '"\\', "🙂", [], {}, [[1], {"a": None}]],
)
def test_a_fact_comes_back_from_the_database_as_it_was_hashed(value):
    row = record(by=None, deed="tests.deed", about=UserFactory(), value=value)
    held = Record.objects.get(pk=row.pk)
    assert held.facts == {"value": value}
    assert list(verify_chain()) == []


def test_two_records_of_one_number_cannot_be():
    row = record(by=None, deed="tests.deed", about=UserFactory())
    with pytest.raises(IntegrityError), transaction.atomic():
        Record.objects.bulk_create([Record(sequence=row.sequence, at=NOON, hash="x")])


def test_a_person_in_the_record_is_not_deleted():
    by = UserFactory()
    record(by=by, deed="tests.deed", about=by)
    with pytest.raises(IntegrityError), transaction.atomic():
        by.delete()


def test_the_same_moment_is_one_hash_in_every_time_zone():
    from zoneinfo import ZoneInfo

    facts = dict.fromkeys(("by_name", "deed", "about_type", "about_id", "about_label", "reason"), "")
    facts |= {"sequence": 1, "by": None, "facts": {}, "at": NOON}
    in_warsaw = facts | {"at": NOON.astimezone(ZoneInfo("Europe/Warsaw"))}
    assert link_hash(facts, GENESIS) == link_hash(in_warsaw, GENESIS)
    later = facts | {"at": NOON.replace(microsecond=123457)}
    assert link_hash(later, GENESIS) != link_hash(facts, GENESIS)


def test_deeds_are_found_by_the_row_they_are_about():
    one, other = UserFactory(), UserFactory()
    record(by=None, deed="tests.first", about=one)
    record(by=None, deed="tests.second", about=other)
    record(by=None, deed="tests.third", about=one)
    assert [row.deed for row in Record.objects.about(one)] == ["tests.first", "tests.third"]
    every = Record.objects.about_any([one, other])
    assert [row.deed for row in every] == ["tests.first", "tests.second", "tests.third"]
    assert list(Record.objects.about_any([])) == []


def test_somebody_from_outside_is_told_as_such_and_nothing_else_is_kept():
    row = record(by=OUTSIDER, deed="tests.deed", about=UserFactory())
    assert (row.by, row.by_name) == (None, "osoba spoza urzędu")
    assert list(verify_chain()) == []
