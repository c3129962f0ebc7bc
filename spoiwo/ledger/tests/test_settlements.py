"""Answering a difference: with a reason, to the grosz, and only for the amount that was asked about."""

import pytest
from django.db import transaction

from spoiwo.audit.models import Record
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.ledger.errors import LinesDoNotAddUp, NoSuchDifference, ReasonMissing
from spoiwo.ledger.models import ExplanationLine, Settlement
from spoiwo.ledger.services.settlements import withdraw_settlement
from spoiwo.ledger.services.years import reconcile_year
from spoiwo.ledger.tests.settling import NGO, OWN, REASON, accept, declared, explain, move, waiting
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_2019_has_two_open_differences_and_the_grand_total_follows(lubuskie):
    assert waiting(lubuskie) == ["2019-own", "2019-ngo"]
    found = reconcile_year(lubuskie)
    assert found.of("source", source="own").difference_gr == OWN
    assert found.of("tag", tag="ngo").difference_gr == NGO
    assert found.of("grand").follows


def test_a_difference_is_accepted_with_a_reason_and_one_record(lubuskie):
    by = UserFactory(full_name="Ewa Zmyślona")
    settlement = accept(lubuskie, reason=f"  {REASON}\n", by=by)
    assert (settlement.kind, settlement.difference_gr, settlement.reason) == ("accepted", OWN, REASON)
    assert (settlement.by, settlement.by_name) == (by, "Ewa Zmyślona")
    assert waiting(lubuskie) == ["2019-ngo"]
    assert reconcile_year(lubuskie).of("grand").status == "accepted"
    (record,) = Record.objects.about(declared(lubuskie)).filter(deed="ledger.difference_accepted")
    assert (record.by, record.reason, record.facts) == (by, REASON, {"difference_gr": OWN})


@pytest.mark.parametrize("reason", ["", "   ", "dziewięć.", "         dziewięć.        "])
def test_fewer_than_ten_signs_are_no_reason(lubuskie, reason):
    for refused in (lambda: accept(lubuskie, reason=reason), lambda: explain(lubuskie, OWN, reason=reason)):
        with pytest.raises(ReasonMissing), transaction.atomic():
            refused()
    assert Settlement.objects.count() == 0


def test_ten_signs_are_a_reason(lubuskie):
    assert accept(lubuskie, reason="dziesięć..").reason == "dziesięć.."


@pytest.mark.parametrize("key", ["2019-razem", "2019-state"])
def test_what_follows_or_agrees_is_no_difference_to_answer(lubuskie, key):
    with pytest.raises(NoSuchDifference), transaction.atomic():
        accept(lubuskie, key)


def test_a_difference_is_answered_once(lubuskie):
    accept(lubuskie)
    with pytest.raises(NoSuchDifference), transaction.atomic():
        accept(lubuskie)
    with pytest.raises(NoSuchDifference), transaction.atomic():
        explain(lubuskie, OWN)
    assert Settlement.objects.count() == 1


# --- explaining ----------------------------------------------------------------------------------


@pytest.mark.parametrize("amounts", [(OWN,), (OWN - 1, 1), (OWN + 5, -5), (OWN, 0)])
def test_lines_that_add_up_explain_the_difference(lubuskie, amounts):
    settlement = explain(lubuskie, *amounts)
    assert [line.amount_gr for line in settlement.lines.all()] == list(amounts)
    assert waiting(lubuskie) == ["2019-ngo"]
    assert reconcile_year(lubuskie).of("source", source="own").status == "explained"


@pytest.mark.parametrize(
    ("amounts", "missing_gr"),
    [((), OWN), ((OWN - 1,), 1), ((OWN + 1,), -1), ((1, 2), OWN - 3), ((-OWN,), 2 * OWN)],
)
def test_lines_that_do_not_add_up_are_refused_with_what_is_missing(lubuskie, amounts, missing_gr):
    records = Record.objects.count()
    with pytest.raises(LinesDoNotAddUp) as refusal, transaction.atomic():
        explain(lubuskie, *amounts)
    assert refusal.value.missing_gr == missing_gr
    assert Settlement.objects.count() == ExplanationLine.objects.count() == 0
    assert waiting(lubuskie) == ["2019-own", "2019-ngo"]
    assert Record.objects.count() == records


def test_lines_of_an_explanation_do_not_change_the_computed_total(lubuskie):
    before = reconcile_year(lubuskie).total()
    explain(lubuskie, OWN)
    assert reconcile_year(lubuskie).total() == before


def test_the_lines_of_an_explanation_stand_in_the_record(lubuskie):
    explain(lubuskie, OWN - 1, 1)
    (record,) = Record.objects.about(declared(lubuskie)).filter(deed="ledger.difference_explained")
    assert str(OWN - 1) in str(record.facts)


# --- time goes on --------------------------------------------------------------------------------


@pytest.mark.parametrize("grosze", [1, -1])
def test_an_answer_falls_open_when_the_money_changes_by_a_grosz(lubuskie, grosze):
    accept(lubuskie)
    move(lubuskie, grosze)
    assert waiting(lubuskie) == ["2019-own", "2019-ngo"]
    assert reconcile_year(lubuskie).of("source", source="own").difference_gr == OWN - grosze


def test_an_answer_holds_again_when_the_money_comes_back(lubuskie):
    accept(lubuskie)
    move(lubuskie, 1)
    move(lubuskie, -1)
    assert waiting(lubuskie) == ["2019-ngo"]


def test_an_answer_does_not_fall_when_other_money_moves(lubuskie):
    accept(lubuskie)
    move(lubuskie, 1, key="2019-p4-state")
    assert "2019-own" not in waiting(lubuskie)
    assert "2019-state" in waiting(lubuskie)


def test_a_new_answer_to_a_difference_that_fell_open_replaces_the_old_one(lubuskie):
    first = accept(lubuskie)
    move(lubuskie, 1)
    second = accept(lubuskie, reason="Kwotę poprawiono o grosz.")
    first.refresh_from_db()
    assert (first.withdrawn_at is None, second.withdrawn_at) == (False, None)
    assert second.difference_gr == OWN - 1
    assert waiting(lubuskie) == ["2019-ngo"]


def test_an_answer_is_withdrawn_with_a_reason_and_stays_in_the_history(lubuskie):
    given, by = accept(lubuskie), UserFactory()
    withdraw_settlement(declared=declared(lubuskie), seen=given.pk, reason="Znaleziono umowę.", by=by)
    assert waiting(lubuskie) == ["2019-own", "2019-ngo"]
    assert Settlement.objects.get().withdrawn_at is not None
    record = Record.objects.about(declared(lubuskie)).last()
    assert (record.deed, record.by, record.reason) == ("ledger.settlement_withdrawn", by, "Znaleziono umowę.")


def test_an_answer_is_not_withdrawn_without_a_reason_nor_twice(lubuskie):
    seen = accept(lubuskie).pk
    with pytest.raises(ReasonMissing), transaction.atomic():
        withdraw_settlement(declared=declared(lubuskie), seen=seen, reason="bo tak", by=None)
    withdraw_settlement(declared=declared(lubuskie), seen=seen, reason="Znaleziono umowę.", by=None)
    with pytest.raises(NoSuchDifference), transaction.atomic():
        withdraw_settlement(declared=declared(lubuskie), seen=seen, reason="Znaleziono umowę.", by=None)


def test_an_answer_that_another_replaced_meanwhile_is_not_withdrawn(lubuskie):
    first = accept(lubuskie)
    Settlement.objects.filter(pk=first.pk).update(withdrawn_at=first.at)
    second = accept(lubuskie, reason="Kwotę poprawiono o grosz.")
    with pytest.raises(ChangedMeanwhile) as refusal, transaction.atomic():
        withdraw_settlement(declared=declared(lubuskie), seen=first.pk, reason="Znaleziono umowę.", by=None)
    assert refusal.value.current == second
    second.refresh_from_db()
    assert second.withdrawn_at is None


def test_all_answered_and_nothing_waits(lubuskie):
    accept(lubuskie)
    explain(lubuskie, NGO, key="2019-ngo")
    assert waiting(lubuskie) == []
    statuses = {row.declared.key: row.status for row in reconcile_year(lubuskie).comparisons}
    assert statuses == {
        "2019-razem": "accepted", "2019-own": "accepted", "2019-state": "agrees", "2019-pfron": "agrees",
        "2019-eu": "agrees", "2019-ngo": "explained",
    }  # fmt: skip
