"""Plan, commitment, payment and return through the services: refused by the grosz, once, and recorded."""

from datetime import date

import pytest
from django.db import transaction

from spoiwo.audit.models import Record
from spoiwo.ledger.errors import (
    CommitmentExceeded,
    OtherPocket,
    PlanBelowUse,
    PlanExceeded,
    RefundAbovePayment,
)
from spoiwo.ledger.services.entries import change_entry, enter_entry
from spoiwo.ledger.services.plan import (
    ClassSum,
    commitment_rows,
    late_rows,
    plan_summary,
    sums_by_classification,
    tasks_behind,
)
from spoiwo.ledger.services.planning import change_plan, refund, release
from spoiwo.ledger.tests.planned import committed, kept_year, paid, planned, said
from tests.factories import (
    EntryFactory,
    OrganisationFactory,
    ProgrammeFactory,
    SourceFactory,
    StrategyFactory,
    TagFactory,
    TaskFactory,
    UserFactory,
    YearFactory,
)
from tests.queries import queries_in

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)


@pytest.fixture
def year():
    """2026 with 100,00 zł planned."""
    row = kept_year()
    planned(row)
    return row


def direct(year, amount_gr, **facts):
    """A payment without a commitment."""
    return enter_entry(year=year, amount_gr=amount_gr, **said(date=date(2026, 3, 1)) | facts)


def refused(error, deed, *facts, **named):
    """By how much a deed is refused; it leaves no line and no record."""
    records = Record.objects.count()
    with pytest.raises(error) as refusal, transaction.atomic():
        deed(*facts, **named)
    assert Record.objects.count() == records
    return refusal.value.over_gr


# --- within the plan -----------------------------------------------------------------------------


def test_the_whole_plan_may_be_promised_and_not_a_grosz_more(year):
    assert refused(PlanExceeded, committed, year, 100_01) == 1
    committed(year, 100_00)
    assert refused(PlanExceeded, committed, year, 1) == 1
    assert year.plan_entries.committed_gr() == 100_00


def test_a_payment_without_a_commitment_takes_from_the_plan_like_a_commitment(year):
    committed(year, 60_00)
    assert refused(PlanExceeded, direct, year, 40_01) == 1
    direct(year, 40_00)
    assert plan_summary(year, TODAY).total.left_gr == 0


def test_money_of_one_pocket_does_not_pay_for_another(year):
    task = TaskFactory(code="z1")
    assert refused(PlanExceeded, committed, year, 1, task=task) == 1
    assert refused(PlanExceeded, committed, year, 1, chapter="85295") == 1
    assert refused(PlanExceeded, committed, year, 1, source=SourceFactory(code="state")) == 1


def test_the_plan_does_not_fall_below_what_is_promised(year):
    committed(year, 60_00)
    assert refused(PlanBelowUse, change_plan, year=year, amount_gr=-40_01, **said()) == 1
    change_plan(year=year, amount_gr=-40_00, **said())
    assert plan_summary(year, TODAY).total.plan_gr == 60_00


def test_a_year_without_a_plan_takes_payments_of_any_size():
    year = YearFactory(year=2019)
    direct(year, 999_99, date=date(2019, 3, 1))
    assert year.entries.total_gr() == 999_99


def test_a_changed_line_is_held_within_the_plan_too(year):
    entry = direct(year, 100_00)
    values = {"kind": "payment", "amount_gr": 100_01, "document": "Umowa 1"}
    facts = {"entry": entry, "seen_version": 1, "tags": [], "reason": "pomyłka", "by": None}
    assert refused(PlanExceeded, change_entry, values=values, **facts) == 1
    assert change_entry(values=values | {"amount_gr": 99_99}, **facts).amount_gr == 99_99


# --- commitments ---------------------------------------------------------------------------------


def test_a_commitment_is_paid_to_the_grosz(year):
    commitment = committed(year, 60_00)
    paid(commitment, 59_99)
    assert refused(CommitmentExceeded, paid, commitment, 2) == 1
    paid(commitment, 1)
    (row,) = commitment_rows(year)
    assert (row.committed_gr, row.paid_gr, row.to_pay_gr) == (60_00, 60_00, 0)


def test_a_release_gives_back_to_the_plan_only_what_is_not_paid(year):
    commitment = committed(year, 60_00)
    paid(commitment, 50_00)
    words = {"commitment": commitment, "description": "Niższa cena", "document": "Aneks", "by": None}
    assert refused(CommitmentExceeded, release, amount_gr=10_01, **words) == 1
    release(amount_gr=10_00, **words)
    assert plan_summary(year, TODAY).total.left_gr == 50_00


def test_a_payment_takes_over_what_its_commitment_says(year):
    task = TaskFactory(code="z1")
    facts = {"task": task, "chapter": "85295", "paragraph": "4300"}
    planned(year, 10_00, **facts)
    payment = paid(committed(year, 10_00, **facts), 10_00)
    assert (payment.task, payment.chapter, payment.paragraph, payment.source.code) == (task, "85295", "4300", "own")


def test_a_payment_does_not_settle_a_commitment_of_another_pocket(year):
    commitment = committed(year, 60_00)
    with pytest.raises(OtherPocket), transaction.atomic():
        direct(year, 1, commitment=commitment, chapter="85295")
    assert year.entries.count() == 0


# --- returns -------------------------------------------------------------------------------------


def test_no_more_comes_back_than_was_paid(year):
    payment = direct(year, 30_00)
    words = {"payment": payment, "date": date(2026, 5, 1), "description": "Zwrot", "document": "Nota", "by": None}
    assert refused(RefundAbovePayment, refund, amount_gr=30_01, **words) == 1
    back = refund(amount_gr=30_00, **words)
    assert (back.amount_gr, back.returns, plan_summary(year, TODAY).total.left_gr) == (-30_00, payment, 100_00)


def test_a_refund_takes_over_the_payee_and_cross_cuts_of_its_payment(year):
    payment = direct(year, 30_00)
    payment.organisation = OrganisationFactory()
    payment.save()
    payment.tags.set([TagFactory()])
    words = {"date": date(2026, 5, 1), "description": "Zwrot", "document": "Nota", "by": None}
    returned = refund(payment=payment, amount_gr=1_00, **words)
    assert returned.organisation == payment.organisation
    assert list(returned.tags.all()) == list(payment.tags.all())


def test_what_comes_back_of_a_commitment_is_to_be_paid_again_and_not_promised_anew(year):
    payment = paid(committed(year, 60_00), 60_00)
    words = {"date": date(2026, 5, 1), "description": "Zwrot", "document": "Nota", "by": None}
    refund(payment=payment, amount_gr=20_00, **words)
    (row,) = commitment_rows(year)
    assert (row.to_pay_gr, plan_summary(year, TODAY).total.left_gr) == (20_00, 40_00)


# --- once, and recorded --------------------------------------------------------------------------


def test_the_same_form_sent_twice_enters_one_line(year):
    first, second = committed(year, 60_00, key="raz"), committed(year, 60_00, key="raz")
    assert first == second
    assert Record.objects.filter(deed="ledger.committed").count() == 1


def test_every_line_leaves_one_record_with_what_it_says(year):
    jan = UserFactory()
    commitment = committed(year, 60_00, by=jan, due_on=date(2026, 6, 30))
    (record,) = Record.objects.about(commitment)
    assert (record.deed, record.by) == ("ledger.committed", jan)
    assert record.facts == {
        "programme": None, "task": None, "source": "own", "chapter": "", "paragraph": "", "amount_gr": 60_00,
        "date": "2026-02-01", "due_on": "2026-06-30", "description": "Szkolenie", "document": "Umowa 1",
        "commitment": None,
    }  # fmt: skip


# --- adding up -----------------------------------------------------------------------------------


@pytest.fixture
def rich():
    """Two programmes, two sources, a task; a commitment half paid, a direct payment."""
    year = kept_year()
    first, second = (
        ProgrammeFactory(strategy=year.strategy, code=code, order=n) for n, code in enumerate(("P1", "P2"))
    )
    task, state = TaskFactory(programme=first, code="z1"), SourceFactory(code="state", order=1)
    classed = {"programme": first, "task": task, "chapter": "85295", "paragraph": "4300"}
    planned(year, 100_00, **classed)
    planned(year, 50_00, programme=second, source=state)
    change_plan(year=year, amount_gr=-10_00, **said(date=date(2026, 6, 1)) | classed)
    paid(committed(year, 60_00, due_on=date(2026, 6, 30), **classed), 30_00)
    direct(year, 5_00, programme=second, source=state, date=None)
    return year


def test_sums_by_source_programme_and_task_are_those_of_the_lines(rich):
    found = plan_summary(rich, TODAY)

    def columns(row):
        return row.plan_gr, row.committed_gr, row.spent_gr, row.left_gr

    assert columns(found.total) == (140_00, 60_00, 35_00, 75_00)
    assert {key: columns(row) for key, row in found.by_source.items()} == {
        "own": (90_00, 60_00, 30_00, 30_00),
        "state": (50_00, None, 5_00, 45_00),
    }
    assert list(found.by_programme) == ["P1", "P2"]
    assert {key: columns(row) for key, row in found.by_task.items()} == {
        "z1": (90_00, 60_00, 30_00, 30_00),
        None: (50_00, None, 5_00, 45_00),
    }


def test_forecasts_of_the_parts_add_up_to_the_forecast_of_the_year(rich):
    found = plan_summary(rich, TODAY)
    assert {key: row.forecast_gr for key, row in found.by_source.items()} == {"own": 60_16, "state": 5_00}
    assert found.total.forecast_gr == 65_16


def test_a_year_without_a_plan_has_no_forecast_and_nothing_left():
    year = YearFactory()
    EntryFactory(year=year)
    found = plan_summary(year, TODAY).total
    assert (found.plan_gr, found.left_gr, found.forecast_gr, found.spent_gr) == (None, None, None, 100_00)


@pytest.mark.parametrize(
    ("month", "expected"),
    [
        (1, {("", ""): ClassSum(50_00), ("85295", "4300"): ClassSum(100_00)}),
        (2, {("", ""): ClassSum(50_00), ("85295", "4300"): ClassSum(100_00, 60_00)}),
        (6, {("", ""): ClassSum(50_00), ("85295", "4300"): ClassSum(90_00, 60_00, 30_00)}),
        (11, {("", ""): ClassSum(50_00), ("85295", "4300"): ClassSum(90_00, 60_00, 30_00)}),
        (12, {("", ""): ClassSum(50_00, None, 5_00, 5_00), ("85295", "4300"): ClassSum(90_00, 60_00, 30_00)}),
    ],
)
def test_sums_by_classification_run_from_january_and_undated_lines_are_decembers(rich, month, expected):
    assert sums_by_classification(rich, month) == expected


def test_the_whole_year_by_classification_is_that_of_december(rich):
    assert sums_by_classification(rich) == sums_by_classification(rich, 12)


def test_a_commitment_past_its_day_and_a_task_behind_the_calendar_are_named(rich):
    (late,) = late_rows(commitment_rows(rich), TODAY)
    assert (late.due_on, late.to_pay_gr) == (date(2026, 6, 30), 30_00)
    assert late_rows(commitment_rows(rich), date(2026, 6, 30)) == []
    assert tasks_behind(plan_summary(rich, TODAY)) == []
    ((task, _standing, behind_gr),) = tasks_behind(plan_summary(rich, date(2026, 12, 31)))
    assert (task.code, behind_gr) == ("z1", 7_50)


def test_the_summary_asks_as_often_with_one_pocket_as_with_three(rich):
    one = kept_year(strategy=StrategyFactory(region="10"))
    planned(one, source=SourceFactory(region="10"))
    assert queries_in(lambda: plan_summary(one, TODAY)) == queries_in(lambda: plan_summary(rich, TODAY)) == 5
