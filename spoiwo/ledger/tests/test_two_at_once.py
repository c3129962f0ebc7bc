"""Two people at the same moment, each on a connection of their own: nothing is lost, doubled or overwritten."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from django.db import connection, transaction

from spoiwo.audit.models import Record
from spoiwo.audit.services import verify_chain
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.ledger.errors import NoSuchDifference, PeriodClosed, PlanExceeded
from spoiwo.ledger.models import Entry, FiscalYear, PeriodClosing, PlanEntry, Settlement
from spoiwo.ledger.services.closing import changes_since_closing, close_month
from spoiwo.ledger.services.entries import change_entry, enter_entry
from spoiwo.ledger.services.settlements import accept_difference
from spoiwo.ledger.tests.planned import committed, kept_year, planned
from tests.factories import DeclaredFactory, EntryFactory, SourceFactory, YearFactory

pytestmark = pytest.mark.django_db(transaction=True)
HELD = 0.4  # seconds that the first keeps its transaction open


def at_once(deed):
    """Do a deed twice: the second begins while the first has not committed. Their results, or what they raised."""
    begun = Event()

    def done(first):
        try:
            if first:
                with transaction.atomic():
                    result = deed()
                    begun.set()
                    time.sleep(HELD)
                return result
            begun.wait(10)
            return deed()
        except Exception as problem:
            begun.set()
            return problem
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as hands:
        return list(hands.map(done, [True, False]))


@pytest.fixture
def year():
    """A year with one line of 99,99 zł against 100,00 declared."""
    row = YearFactory()
    EntryFactory(year=row, key="k-1", amount_gr=99_99)
    DeclaredFactory(year=row, key="razem", amount_gr=100_00)
    return row


def test_the_same_form_sent_twice_at_once_is_one_line(year):
    source = SourceFactory()

    def deed():
        return enter_entry(
            year=FiscalYear.objects.get(pk=year.pk),
            source=source,
            amount_gr=1,
            description="x",
            document="d",
            key="raz",
            by=None,
        )

    first, second = at_once(deed)
    assert second == first
    assert year.entries.filter(key="raz").count() == 1
    assert list(verify_chain()) == []


def test_of_two_commitments_at_once_the_second_finds_the_plan_used_up():
    year = kept_year()
    planned(year, 100_00)

    def deed():
        return committed(FiscalYear.objects.get(pk=year.pk), 100_00)

    first, second = at_once(deed)
    assert isinstance(first, PlanEntry)
    assert isinstance(second, PlanExceeded)
    assert second.over_gr == 100_00
    assert year.plan_entries.committed_gr() == 100_00


def test_a_line_entered_while_its_month_is_being_closed_is_refused_or_counted():
    year = kept_year()
    planned(year, 100_00)
    turns = iter(["close", "enter"])

    def deed():
        row = FiscalYear.objects.get(pk=year.pk)
        if next(turns) == "close":
            return close_month(year=row, month=1, today=date(2027, 1, 1), by=None)
        return committed(row, 1, date=date(2026, 1, 31))

    first, second = at_once(deed)
    assert isinstance(first, PeriodClosing)
    assert isinstance(second, PeriodClosed)
    assert changes_since_closing(first).holds


def test_of_two_changes_at_once_the_second_is_told(year):
    def deed():
        entry = Entry.objects.get(key="k-1")
        names = ("programme", "task", "source", "kind", "date", "description", "place")
        values = {name: getattr(entry, name) for name in names}
        values |= {"amount_gr": entry.amount_gr + 1, "document": entry.document.name}
        return change_entry(entry=entry, seen_version=1, values=values, tags=[], reason="próba", by=None)

    first, second = at_once(deed)
    assert isinstance(first, Entry)
    assert isinstance(second, ChangedMeanwhile)
    assert Entry.objects.get(key="k-1").amount_gr == 100_00


def test_of_two_answers_at_once_the_first_holds(year):
    def deed():
        declared = FiscalYear.objects.get(pk=year.pk).declared.get()
        return accept_difference(declared=declared, reason="Przyjęte z powodem.", by=None)

    first, second = at_once(deed)
    assert isinstance(first, Settlement)
    assert isinstance(second, NoSuchDifference)
    assert Settlement.objects.count() == 1


def test_deeds_of_many_people_stand_in_one_unbroken_chain(year):
    source = SourceFactory()

    def worker(number):
        try:
            for n in range(5):
                facts = {"amount_gr": 1, "description": "x", "document": "d", "key": f"{number}-{n}"}
                enter_entry(year=FiscalYear.objects.get(pk=year.pk), source=source, by=None, **facts)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as hands:
        list(hands.map(worker, range(4)))
    assert year.entries.count() == 21
    assert Record.objects.filter(deed="ledger.entry_entered").count() == 20
    assert list(verify_chain()) == []
