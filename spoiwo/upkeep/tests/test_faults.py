"""A disk without room, a clock that jumps: a clear page, nothing half written, order by number. More: checks.faults."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import OperationalError, connection, transaction

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.audit.services import Deed, chain_head, record_all, verify_chain
from spoiwo.ledger.models import Entry
from spoiwo.upkeep.domain.pruning import newest
from tests.factories import EntryFactory, SourceFactory, UserFactory, YearFactory
from tests.visitors import person, visitor

NOW = datetime(2026, 3, 29, 0, 59, tzinfo=UTC)


def filled(leave=0):
    """Let the file of the tests' database grow no more."""
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no free page inside either
        cursor.execute("PRAGMA page_count")
        cursor.execute(f"PRAGMA max_page_count = {cursor.fetchone()[0] + leave}")


@pytest.fixture
def room(transactional_db):
    """Room again at the end, whatever the test did."""
    yield
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA max_page_count = 1073741823")


@pytest.mark.once  # about the file of SQLite
def test_on_a_full_disk_a_form_gets_a_clear_page_and_leaves_nothing_half_written(room):
    year, source = YearFactory(), SourceFactory()
    browser = visitor(person(Role.TREASURER))
    browser.raise_request_exception = False
    address = f"/biuro/rok/{year.year}/wpisy/nowy/"
    form = {
        "source": source.pk, "kind": "payment", "amount_gr": "10,00", "date": "2019-03-16", "document": "nota-1",
        "description": "Opis zmyślony " * 15,
    }  # fmt: skip
    assert browser.get(address).status_code == 200
    before = (Entry.objects.count(), chain_head())
    filled()
    answers = []
    while len(answers) < 100 and 503 not in answers:  # half-full pages take some lines in first
        answers.append(browser.post(address, form).status_code)
    assert set(answers) == {302, 503}
    saved = answers.count(302)
    assert Entry.objects.count() == before[0] + saved
    assert Record.objects.filter(deed="ledger.entry_entered").count() == saved
    assert list(verify_chain()) == []
    assert browser.get(address).status_code == 200  # reading goes on
    filled(leave=1000)
    assert browser.post(address, form).status_code == 302


@pytest.mark.once  # about the file of SQLite
def test_a_service_that_finds_no_room_takes_all_of_it_back(room):
    entry, by = EntryFactory(), UserFactory()
    before = chain_head()
    filled()
    deeds = [Deed("ledger.entry_changed", entry, {"words": "zmyślone " * 200}) for _number in range(3000)]
    with pytest.raises(OperationalError), transaction.atomic():
        record_all(by=by, deeds=deeds)
    assert chain_head() == before
    assert list(verify_chain()) == []


@pytest.mark.django_db
def test_the_record_keeps_its_order_when_the_clock_goes_back_and_forward():
    entry, before = EntryFactory(), chain_head()[0]
    year = timedelta(days=365)
    moments = [NOW, NOW + timedelta(minutes=2), NOW - year, NOW + year, NOW]  # summer time, and jumps of a year
    for at in moments:
        record_all(by=None, deeds=[Deed("ledger.entry_changed", entry)], at=at)
    assert list(Record.objects.filter(sequence__gt=before).order_by("sequence").values_list("at", flat=True)) == moments
    assert list(verify_chain()) == []


def test_the_newest_backup_is_the_last_one_made_not_the_one_with_the_latest_date():
    made = ["spoiwo-20270101T000000Z-000000009.tar.gz.age", "spoiwo-20260101T000000Z-000000010.tar.gz.age"]
    assert newest(made).name == made[1]
