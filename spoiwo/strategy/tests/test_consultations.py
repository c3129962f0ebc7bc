"""A consultation: its term, remarks that come once and in time, answers, and a report that waits for all of them."""

from datetime import date

import pytest
from django.core.cache import cache
from django.db import IntegrityError, transaction

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.places.models import Place
from spoiwo.strategy.domain import versions
from spoiwo.strategy.domain.remarks import MOST_IN_AN_HOUR
from spoiwo.strategy.errors import (
    ConsultationOpen,
    NothingChanges,
    NotInTerm,
    RemarksUnanswered,
    ReportPublished,
    StepRefused,
    TermRefused,
    TooManyRemarks,
)
from spoiwo.strategy.models import Remark
from spoiwo.strategy.services import consultations, updating
from spoiwo.strategy.tests.drafting import (
    AFTER,
    CLOSES,
    NEW,
    OPENS,
    adopted,
    answered,
    changed,
    consulted,
    opened,
    planted,
    remarked,
    renamed,
    reported,
    withdrawn,
)
from tests.visitors import person

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_sent_anything():
    """The count of remarks by connection begins anew."""
    cache.clear()


def a_powiat():
    """A powiat of the region."""
    return Place.objects.of_region("08").level("powiat").first()


@pytest.fixture
def strategy():
    """A strategy with a goal, a programme and a task."""
    return planted()


@pytest.fixture
def consultation(strategy):
    """A consultation of a new name of a programme."""
    return consulted(renamed(strategy))


# --- the term ------------------------------------------------------------------------------------


def test_a_draft_that_changes_nothing_is_not_consulted(strategy):
    with pytest.raises(NothingChanges), transaction.atomic():
        consulted(opened(strategy))


@pytest.mark.parametrize(
    ("opens", "closes"), [(date(2026, 3, 1), CLOSES), (OPENS, date(2026, 3, 9))], ids=["in the past", "backwards"]
)
def test_a_consultation_opens_today_or_later_and_closes_no_earlier(strategy, opens, closes):
    draft = renamed(strategy)
    with pytest.raises(TermRefused), transaction.atomic():
        consulted(draft, opens=opens, closes=closes)
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_a_draft_is_consulted_once(consultation):
    with pytest.raises(StepRefused), transaction.atomic():
        consulted(consultation.strategy_version)


def test_the_text_that_was_consulted_stays_when_the_draft_changes_after(consultation):
    draft = changed(consultation.strategy_version, "goal", "C1", on=AFTER, name="Zmieniony po uwagach")
    consultation.refresh_from_db()
    assert versions.find(consultation.document, "goal", "C1")["name"] == "Bezpieczny dom"
    assert versions.find(draft.content, "goal", "C1")["name"] == "Zmieniony po uwagach"


@pytest.mark.parametrize(
    ("on", "taken"), [(date(2026, 3, 9), False), (OPENS, True), (CLOSES, True), (AFTER, False)]
)  # fmt: skip
def test_a_remark_is_taken_from_the_first_to_the_last_day(consultation, on, taken):
    if taken:
        assert remarked(consultation, on=on).pk
    else:
        with pytest.raises(NotInTerm), transaction.atomic():
            remarked(consultation, on=on)
    assert consultation.remarks.count() == int(taken)


@pytest.mark.parametrize(("on", "shown"), [(date(2026, 3, 9), 0), (OPENS, 1), (AFTER, 1)])
def test_a_draft_is_shown_to_the_public_once_its_consultation_opens(consultation, on, shown):
    assert consultations.shown_to_the_public("08", on).count() == shown
    assert consultations.shown_to_the_public("14", on).count() == 0


# --- remarks -------------------------------------------------------------------------------------


def test_the_same_form_sent_twice_is_one_remark(consultation):
    first, second = (remarked(consultation, key="uwaga-1") for _n in range(2))
    assert first == second
    assert Record.objects.filter(deed="strategy.remark_received").count() == 1


def test_another_text_under_the_same_key_is_another_remark(consultation):
    first = remarked(consultation, "Pierwsza", key="uwaga-1")
    second = remarked(consultation, "Druga", key="uwaga-1")
    assert [row.text for row in consultation.remarks.all()] == ["Pierwsza", "Druga"]
    assert (first.key, consultations.number_of(second)) == ("uwaga-1", 2)
    assert second.key != first.key


def test_of_a_resident_nothing_but_the_remark_is_kept(consultation):
    row = remarked(consultation, sender="Jan Zmyślony", place=a_powiat())
    assert (row.sender, row.place, row.sender_kind) == ("", None, "resident")
    record = Record.objects.get(deed="strategy.remark_received")
    assert (record.by, record.facts) == (None, {"sender_kind": "resident"})
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.filter(pk=row.pk).update(sender="Jan Zmyślony")


def test_a_remark_of_a_powiat_names_the_powiat_and_the_place_in_the_draft(consultation):
    place = a_powiat()
    row = remarked(consultation, sender_kind="powiat", place=place, element="programme:P4")
    assert (row.place, row.element, row.element_label) == (place, "programme:P4", f"4. {NEW}")


def test_a_flood_from_one_connection_stops_that_connection_alone(consultation):
    for n in range(MOST_IN_AN_HOUR):
        remarked(consultation, f"Uwaga {n}", connection="192.0.2.1")
    with pytest.raises(TooManyRemarks), transaction.atomic():
        remarked(consultation, "O jedną za dużo", connection="192.0.2.1")
    assert remarked(consultation, "Od kogo innego", connection="192.0.2.2").pk
    assert consultation.remarks.count() == MOST_IN_AN_HOUR + 1


def test_sending_the_same_form_again_does_not_count_towards_a_flood(consultation):
    for _n in range(MOST_IN_AN_HOUR + 1):
        remarked(consultation, key="uwaga-1", connection="192.0.2.1")
    assert consultation.remarks.count() == 1


# --- answers -------------------------------------------------------------------------------------


def test_two_officers_answer_one_remark_and_the_second_is_told(consultation):
    anna, jan = person(Role.ROPS_OFFICER), person(Role.ROPS_OFFICER)
    row = remarked(consultation)
    answered(row, "Uwzględniamy.", by=anna)
    with pytest.raises(ChangedMeanwhile) as refusal, transaction.atomic():
        answered(row, "Nie uwzględniamy.", decision="rejected", seen=1, by=jan)
    row.refresh_from_db()
    assert refusal.value.current == row
    assert (row.decision, row.answer, row.answered_by) == ("accepted", "Uwzględniamy.", anna)


def test_an_answer_may_change_until_the_report_and_the_old_one_stays_in_the_record(consultation):
    row = answered(remarked(consultation), "Pierwsza.")
    answered(row, "Druga.", decision="partly")
    record = Record.objects.about(row).last()
    assert record.facts["changed"] == {"decision": ["accepted", "partly"], "answer": ["Pierwsza.", "Druga."]}
    reported(consultation)
    with pytest.raises(ReportPublished), transaction.atomic():
        answered(row, "Trzecia.", seen=3)
    row.refresh_from_db()
    assert row.answer == "Druga."


# --- the report ----------------------------------------------------------------------------------


def test_no_report_is_published_while_a_remark_has_no_answer(consultation):
    first, second, third = (remarked(consultation, f"Uwaga {n}") for n in range(3))
    answered(second)
    with pytest.raises(RemarksUnanswered) as refusal, transaction.atomic():
        reported(consultation)
    assert refusal.value.remarks == [(1, first), (3, third)]
    consultation.refresh_from_db()
    assert (consultation.published_at, consultation.report) == (None, None)
    for row in (first, third):
        answered(row)
    assert reported(consultation).report["decisions"] == {"accepted": 3, "partly": 0, "rejected": 0, "noted": 0}


def test_no_report_is_published_before_the_term_ends(consultation):
    answered(remarked(consultation))
    with pytest.raises(ConsultationOpen) as refusal, transaction.atomic():
        reported(consultation, on=CLOSES)
    assert refusal.value.closes_on == CLOSES


def test_a_report_without_remarks_says_that_none_came(consultation):
    assert reported(consultation).report["remarks"] == []


def test_a_report_is_published_once(consultation):
    reported(consultation)
    with pytest.raises(ReportPublished), transaction.atomic():
        reported(consultation)


def test_the_report_of_a_withdrawn_draft_is_not_published(consultation):
    withdrawn(consultation.strategy_version, on=OPENS)
    with pytest.raises(StepRefused), transaction.atomic():
        reported(consultation)


def test_the_report_holds_every_remark_with_its_answer_and_what_changed_since(consultation):
    answered(remarked(consultation, "Dopiszcie rodzinę", element="goal:C1"), "Dopisano.", decision="partly")
    changed(consultation.strategy_version, "goal", "C1", on=AFTER, name="Bezpieczny dom i rodzina")
    report = reported(consultation).report
    assert report["remarks"] == [
        {
            "number": 1,
            "sender_kind": "resident",
            "sender": "",
            "element": "goal:C1",
            "element_label": "1. Bezpieczny dom",
            "received_at": "2026-03-02T09:00:00+00:00",
            "text": "Dopiszcie rodzinę",
            "decision": "partly",
            "answer": "Dopisano.",
        }
    ]
    assert report["changes_since"] == 1
    assert report["document"]["goals"][0]["name"] == "Bezpieczny dom i rodzina"


def test_the_journey_of_a_change_from_draft_to_tree(consultation):
    answered(remarked(consultation))
    reported(consultation)
    version = adopted(consultation.strategy_version)
    assert version.state == "adopted"
    assert [row["name"] for row in updating.tree_document(version.strategy)["programmes"]] == [NEW]


def test_a_draft_withdrawn_before_its_consultation_opens_is_never_shown(consultation):
    day_before = date(2026, 3, 9)
    region = consultation.strategy_version.strategy.region
    withdrawn(consultation.strategy_version, on=day_before)
    assert list(consultations.shown_to_the_public(region, AFTER)) == []


def test_a_draft_withdrawn_on_the_day_its_consultation_opened_stays_to_be_read(consultation):
    region = consultation.strategy_version.strategy.region
    withdrawn(consultation.strategy_version, on=OPENS)
    assert list(consultations.shown_to_the_public(region, AFTER)) == [consultation]
