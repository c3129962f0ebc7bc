"""Corrections and closed months: what was entered stays, a closed month takes only corrections."""

from datetime import date

import pytest
from django.db import transaction

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.ledger.errors import (
    CommitmentExceeded,
    LineReversed,
    MonthNotOver,
    NotTheNextMonth,
    PeriodClosed,
    PlanBelowUse,
    ReasonMissing,
    RefundAbovePayment,
)
from spoiwo.ledger.models import Entry, PeriodClosing
from spoiwo.ledger.services.closing import changes_since_closing, close_month, month_totals
from spoiwo.ledger.services.corrections import correct_entry, reverse_entry
from spoiwo.ledger.services.entries import change_entry, check_entry, enter_entry
from spoiwo.ledger.services.plan import commitment_rows, plan_summary
from spoiwo.ledger.services.planning import refund
from spoiwo.ledger.tests.planned import committed, kept_year, paid, planned, said
from tests.factories import TagFactory
from tests.visitors import person

pytestmark = pytest.mark.django_db
NEW_YEAR = date(2027, 1, 1)


@pytest.fixture
def year():
    """2026 with 100,00 zł planned."""
    row = kept_year()
    planned(row)
    return row


@pytest.fixture
def officer():
    """Who enters lines."""
    return person(Role.ROPS_OFFICER)


@pytest.fixture
def treasurer():
    """Who closes months."""
    return person(Role.TREASURER)


def spent(year, amount_gr=30_00, **facts):
    """A payment of 1 March without a commitment."""
    return enter_entry(year=year, amount_gr=amount_gr, **said(date=date(2026, 3, 1)) | facts)


def reversed_by(line, by, reason="pomyłka", **facts):
    """The line taken back."""
    return reverse_entry(line=line, seen_version=line.version, reason=reason, by=by, **facts)


def corrected(line, by, reason="pomyłka", key="", **values):
    """The line set right."""
    return correct_entry(line=line, seen_version=line.version, values=values, reason=reason, by=by, key=key)


def closed(year, by, until=12):
    """Months closed from January on."""
    return [close_month(year=year, month=month, today=NEW_YEAR, by=by) for month in range(1, until + 1)]


# --- reversing and correcting --------------------------------------------------------------------


def test_a_line_is_taken_back_by_one_of_the_opposite_amount_and_stays(year, officer):
    tag = TagFactory(code="ngo")
    line = spent(year, tags=[tag])
    back = reversed_by(line, officer)
    assert (back.amount_gr, back.kind, back.date, back.reverses, back.reason) == (
        -30_00, "payment", date(2026, 3, 1), line, "pomyłka",
    )  # fmt: skip
    assert list(back.tags.all()) == [tag]
    assert (year.entries.count(), year.entries.total_gr()) == (2, 0)
    record = Record.objects.about(back).get()
    assert (record.deed, record.by, record.reason, record.facts["reverses"]) == (
        "ledger.line_reversed", officer, "pomyłka", line.key,
    )  # fmt: skip


def test_the_right_line_stands_beside_the_reversing_one(year, officer):
    line = spent(year)
    right = corrected(line, officer, amount_gr=30_01, chapter="", document="Rachunek 2")
    assert (right.amount_gr, right.corrects, right.document.name) == (30_01, line, "Rachunek 2")
    assert year.entries.total_gr() == 30_01
    assert [row.amount_gr for row in year.entries.order_by("pk")] == [30_00, -30_00, 30_01]


def test_a_line_is_taken_back_once(year, officer):
    line = spent(year)
    back = reversed_by(line, officer)
    for again in (line, back):
        with pytest.raises(LineReversed), transaction.atomic():
            reversed_by(again, officer)
    assert year.entries.count() == 2


def test_the_same_correction_sent_twice_is_one(year, officer):
    line = spent(year)
    assert corrected(line, officer, key="raz", amount_gr=1) == corrected(line, officer, key="raz", amount_gr=1)
    assert year.entries.total_gr() == 1


def test_a_correction_needs_a_reason_and_the_version_that_was_seen(year, officer):
    line = spent(year)
    with pytest.raises(ReasonMissing), transaction.atomic():
        reversed_by(line, officer, reason="  ")
    with pytest.raises(ChangedMeanwhile), transaction.atomic():
        reverse_entry(line=line, seen_version=2, reason="pomyłka", by=officer)
    assert year.entries.count() == 1


def test_a_line_of_a_correction_is_not_changed_in_place(year, officer):
    line = spent(year)
    back = reversed_by(line, officer)
    for row in (line, back):
        values = {"kind": row.kind, "amount_gr": 1, "document": "Umowa 1"}
        with pytest.raises(LineReversed), transaction.atomic():
            change_entry(entry=row, seen_version=1, values=values, tags=[], reason="pomyłka", by=officer)
    assert year.entries.total_gr() == 0


def test_a_plan_is_not_taken_back_from_under_a_commitment(year, officer):
    committed(year, 60_00)
    with pytest.raises(PlanBelowUse) as refusal, transaction.atomic():
        reversed_by(year.plan_entries.get(kind="plan"), officer)
    assert refusal.value.over_gr == 60_00


def test_a_payment_is_not_taken_back_from_under_its_refund(year, officer):
    line = spent(year)
    spent(year)
    refund(payment=line, amount_gr=10_00, date=None, description="Zwrot", document="Nota", by=None)
    with pytest.raises(RefundAbovePayment) as refusal, transaction.atomic():
        reversed_by(line, officer)
    assert refusal.value.over_gr == 10_00


def test_a_right_commitment_goes_on_under_the_payments_of_the_first(year, officer):
    commitment = committed(year, 60_00, due_on=date(2026, 5, 1))
    paid(commitment, 50_00)
    with pytest.raises(CommitmentExceeded) as refusal, transaction.atomic():
        corrected(commitment, officer, amount_gr=49_99)
    assert refusal.value.over_gr == 1
    corrected(commitment, officer, amount_gr=50_00, due_on=date(2026, 6, 1))
    (row,) = commitment_rows(year)
    assert (row.commitment, row.committed_gr, row.to_pay_gr, row.due_on) == (commitment, 50_00, 0, date(2026, 6, 1))
    assert plan_summary(year, NEW_YEAR).total.left_gr == 50_00


def test_a_commitment_without_payments_may_be_moved_to_another_pocket(year, officer):
    planned(year, 60_00, chapter="85295")
    right = corrected(committed(year, 60_00), officer, chapter="85295")
    assert {row.commitment: row.committed_gr for row in commitment_rows(year)} == {right.corrects: 0, right: 60_00}


# --- closing -------------------------------------------------------------------------------------


def test_months_are_closed_in_order_and_only_when_they_are_over(year, treasurer):
    with pytest.raises(NotTheNextMonth) as refusal, transaction.atomic():
        close_month(year=year, month=2, today=NEW_YEAR, by=treasurer)
    assert refusal.value.expected == 1
    with pytest.raises(MonthNotOver), transaction.atomic():
        close_month(year=year, month=1, today=date(2026, 1, 31), by=treasurer)
    closing = close_month(year=year, month=1, today=date(2026, 2, 1), by=treasurer)
    assert closing.sums == [["plan", "plan", None, None, "own", "", "", 100_00]]
    assert Record.objects.about(closing).get().facts == {"fingerprint": closing.fingerprint}
    with pytest.raises(NotTheNextMonth), transaction.atomic():
        close_month(year=year, month=1, today=NEW_YEAR, by=treasurer)
    assert PeriodClosing.objects.count() == 1


@pytest.mark.parametrize(
    ("day", "refused_month"),
    [
        (date(2026, 3, 31), 3),
        (date(2026, 4, 1), None),
        (None, None),  # December is open
    ],
)
def test_a_closed_month_takes_no_new_line_and_the_next_one_does(year, treasurer, day, refused_month):
    closed(year, treasurer, until=3)
    if refused_month is None:
        assert spent(year, date=day).date == day
        return
    with pytest.raises(PeriodClosed) as refusal, transaction.atomic():
        spent(year, date=day)
    assert refusal.value.month == refused_month
    with pytest.raises(PeriodClosed), transaction.atomic():
        committed(year, date=day)
    assert year.entries.count() == 0


def test_a_line_without_a_day_belongs_to_a_closed_december(year, treasurer):
    spent(year, 1, date=None)
    closings = closed(year, treasurer)
    assert [row[-1] for row in closings[-1].sums] == [1]
    with pytest.raises(PeriodClosed) as refusal, transaction.atomic():
        spent(year, date=None)
    assert refusal.value.month == 12


@pytest.mark.parametrize("day", [date(2026, 3, 2), date(2026, 4, 1)])
def test_no_line_is_changed_within_a_closed_month_nor_moved_out_of_it_or_into_it(year, officer, treasurer, day):
    march, april = spent(year), spent(year, date=date(2026, 4, 1))
    closed(year, treasurer, until=3)
    entry = march if day.month == 4 else april
    values = {"kind": "payment", "amount_gr": 30_00, "document": "Umowa 1", "date": day}
    with pytest.raises(PeriodClosed), transaction.atomic():
        change_entry(entry=entry, seen_version=1, values=values, tags=[], reason="pomyłka", by=treasurer)
    entry.refresh_from_db()
    assert entry.version == 1


def test_a_line_of_a_closed_month_is_not_checked(year, treasurer):
    line = spent(year)
    closed(year, treasurer, until=3)
    with pytest.raises(PeriodClosed), transaction.atomic():
        check_entry(entry=line, seen_version=1, by=treasurer)
    assert Entry.objects.get().state == "entered"


def test_only_the_treasurer_corrects_a_closed_month_and_its_kept_sums_stay(year, officer, treasurer):
    line = spent(year)
    closings = closed(year, treasurer, until=3)
    for by in (officer, person(Role.DIRECTOR), None):
        with pytest.raises(PeriodClosed), transaction.atomic():
            corrected(line, by, amount_gr=29_99)
    right = corrected(line, treasurer, amount_gr=29_99)
    march = closings[-1]
    march.refresh_from_db()
    now = changes_since_closing(march)
    assert [row[-1] for row in march.sums] == [30_00]
    assert (now.entries, now.plan_entries, now.holds) == ([right.corrects.reversed_by, right], [], True)
    assert now.changes == [["entry", "payment", None, None, "own", "", "", -1]]


def test_the_right_line_does_not_slip_into_a_closed_month_without_the_treasurer(year, officer, treasurer):
    line = spent(year, date=date(2026, 4, 1))
    closed(year, treasurer, until=3)
    with pytest.raises(PeriodClosed), transaction.atomic():
        corrected(line, officer, date=date(2026, 3, 31))
    assert corrected(line, treasurer, date=date(2026, 3, 31)).date == date(2026, 3, 31)


def test_a_closed_month_that_was_changed_behind_the_back_of_the_ledger_does_not_hold(year, treasurer):
    spent(year)
    march = closed(year, treasurer, until=3)[-1]
    assert changes_since_closing(march).holds
    year.entries.update(amount_gr=30_01)
    assert not changes_since_closing(march).holds


def test_every_month_says_what_it_holds(year):
    committed(year, 60_00)
    spent(year, 7, date=None)
    found = month_totals(year)
    assert (found[1].plan_gr, found[2].committed_gr, found[12].spent_gr, found[3].spent_gr) == (100_00, 60_00, 7, None)
