"""Final is frozen; a correction is a new version that says what changed and why."""

import json
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from spoiwo.audit.models import Record
from spoiwo.audit.services import chain_head
from spoiwo.kernel.canonical import fingerprint
from spoiwo.ledger.models import Entry
from spoiwo.ledger.services.settlements import accept_difference
from spoiwo.reports.domain.verify import verify
from spoiwo.reports.errors import DifferencesOpen, DoesNotHold, NothingChanged, ReasonMissing
from spoiwo.reports.models import Report
from spoiwo.reports.services.versions import draft, finalise, known_now, summary_of, whole
from spoiwo.reports.tests.answering import move, settle
from spoiwo.strategy.models import Result
from tests.factories import UserFactory

WHY = "Poprawiono kwotę umowy o przemoc."


@pytest.fixture
def settled(year):
    """2019 with both differences accepted."""
    row = year(2019)
    for key in ("2019-own", "2019-ngo"):
        settle(row, key)
    return row


def corrected(row, now):
    """Version 1, then a grosz moved from the declared gap into a line and accepted anew."""
    first = finalise(year=row, by=None, now=now)
    move(row, "2019-p4-own", 1)
    settle(row, "2019-own")
    return first


# --- the first version ---------------------------------------------------------------------------


def test_a_report_with_an_open_difference_does_not_become_final(year, now):
    with pytest.raises(DifferencesOpen) as refusal, transaction.atomic():
        finalise(year=year(2019), by=None, now=now)
    assert refusal.value.keys == ["2019-own", "2019-ngo"]
    settle(year(2019), "2019-own")
    with pytest.raises(DifferencesOpen) as refusal, transaction.atomic():
        finalise(year=year(2019), by=None, now=now)
    assert refusal.value.keys == ["2019-ngo"]
    assert Report.objects.count() == 0
    assert not Record.objects.filter(deed="reports.report_finalised").exists()


def test_the_first_version_is_frozen_with_its_fingerprint_and_needs_no_reason(settled, now):
    by = UserFactory(full_name="Ewa Zmyślona")
    head = chain_head()
    report = finalise(year=settled, by=by, now=now)
    content = whole(report)
    assert (report.version, report.finalised_by, report.by_name, report.reason) == (1, by, "Ewa Zmyślona", "")
    assert (content["state"], content["version"]) == ("final", 1)
    assert content["finalised"] == {"at": "2026-11-21T10:00:00+01:00", "by": "Ewa Zmyślona"}
    assert content["changes"] == []
    assert content["previous_fingerprint"] == ""
    assert report.fingerprint == content["fingerprint"]
    assert report.fingerprint == fingerprint({k: v for k, v in content.items() if k != "fingerprint"})
    assert content["audit_head"] == {"sequence": head[0], "hash": head[1]}
    assert verify(content) == []


def test_making_a_report_final_is_recorded(settled, now):
    by = UserFactory()
    report = finalise(year=settled, by=by, now=now)
    (record,) = Record.objects.about(report)
    assert (record.deed, record.by) == ("reports.report_finalised", by)
    assert record.facts == {"version": 1, "fingerprint": report.fingerprint}


def test_a_page_reads_the_summary_without_the_lines(settled, now):
    report = finalise(year=settled, by=None, now=now)
    assert "records" not in summary_of(report)
    assert "2019-p4-own" not in report.content + report.records
    assert len(json.loads(report.lines)["entries"]) == 10
    assert whole(report).keys() == draft(settled, now=now).keys() | {"audit_head"}


def test_a_report_without_a_single_amount_can_be_final(year, now):
    report = finalise(year=year(2017), by=None, now=now)
    assert summary_of(report)["figures"]["total.computed"]["value"] is None


def test_answers_given_from_the_command_line_do_not_bar_the_way_to_final(year, now):
    row = year(2019)
    for key in ("2019-own", "2019-ngo"):
        accept_difference(declared=row.declared.get(key=key), reason="Przyjęte z powodem.", by=None)
    assert finalise(year=row, by=None, now=now).version == 1


def test_a_version_is_once_in_a_year(settled, now):
    report = finalise(year=settled, by=None, now=now)
    report.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        report.save(force_insert=True)


def test_a_report_that_does_not_hold_is_not_frozen(settled, now, monkeypatch):
    monkeypatch.setattr("spoiwo.reports.services.versions.verify", lambda content: ["total.computed"])
    with pytest.raises(DoesNotHold) as refusal, transaction.atomic():
        finalise(year=settled, by=None, now=now)
    assert refusal.value.problems == ["total.computed"]
    assert Report.objects.count() == 0


# --- a correction --------------------------------------------------------------------------------


def test_what_was_reported_does_not_move_when_the_ledger_moves(settled, now):
    first = corrected(settled, now)
    first.refresh_from_db()
    content = whole(first)
    assert content["figures"]["total.computed"]["value"] == 8_941_855_17
    assert verify(content) == []
    assert fingerprint({k: v for k, v in content.items() if k != "fingerprint"}) == first.fingerprint


def test_the_same_again_is_refused_as_nothing_changed(settled, now):
    finalise(year=settled, by=None, now=now)
    with pytest.raises(NothingChanged), transaction.atomic():
        finalise(year=settled, by=None, now=now + timedelta(days=1), reason=WHY)
    assert Report.objects.count() == 1


@pytest.mark.parametrize("reason", ["", "   ", "dziewięć.", "   dziewięć.   "])
def test_a_correction_without_a_reason_is_refused(settled, now, reason):
    corrected(settled, now)
    with pytest.raises(ReasonMissing), transaction.atomic():
        finalise(year=settled, by=None, now=now, reason=reason)
    assert Report.objects.count() == 1


def test_a_correction_waits_until_the_difference_that_fell_open_is_answered(settled, now):
    finalise(year=settled, by=None, now=now)
    move(settled, "2019-p4-own", 1)
    with pytest.raises(DifferencesOpen), transaction.atomic():
        finalise(year=settled, by=None, now=now, reason=WHY)


def test_the_second_version_says_what_changed_from_what_to_what_and_why(settled, now):
    first = corrected(settled, now)
    second = finalise(year=settled, by=None, now=now + timedelta(days=1), reason=f" {WHY} ")
    content = whole(second)
    assert (second.version, second.reason, content["reason"]) == (2, WHY, WHY)
    assert content["previous_fingerprint"] == first.fingerprint
    changes = {row["figure"]: (row["before"], row["after"]) for row in content["changes"]}
    assert changes == {
        "cell.2014-p4.own": (16_805_40, 16_805_41),
        "programme.2014-p4": (107_121_07, 107_121_08),
        "programmes.computed": (5_831_416_34, 5_831_416_35),
        "source.own.computed": (970_568_75, 970_568_76),
        "source.own.difference": (83_194_60, 83_194_59),
        "total.computed": (8_941_855_17, 8_941_855_18),
        "total.difference": (83_194_60, 83_194_59),
    }
    assert verify(content) == []


def test_a_line_gone_to_another_programme_is_a_change_of_figures(settled, now):
    finalise(year=settled, by=None, now=now)
    other = settled.strategy.programmes.get(code="2014-P1")
    Entry.objects.filter(key="2019-p4-own").update(programme=other)
    second = finalise(year=settled, by=None, now=now, reason=WHY)
    changes = {row["figure"]: (row["before"], row["after"]) for row in whole(second)["changes"]}
    assert changes["cell.2014-p4.own"] == (16_805_40, None)
    assert changes["cell.2014-p1.own"] == (90_363_35, 107_168_75)


def test_a_correction_of_words_alone_is_a_version_too(settled, now):
    finalise(year=settled, by=None, now=now)
    Result.objects.filter(key="2019-lpres").update(statement="Ruszyły prace nad programem.")
    second = finalise(year=settled, by=None, now=now, reason="Poprawiono zdanie o programie.")
    assert (second.version, whole(second)["changes"]) == (2, [])


def test_a_correction_of_the_document_behind_a_line_is_a_version_too(settled, now):
    """The annex of version 1 names the wrong paper; no figure changes, but what is printed does."""
    finalise(year=settled, by=None, now=now)
    settled.documents.filter(code="sejmik-note-2019").update(name="Notatka z poprawioną sygnaturą")
    second = finalise(year=settled, by=None, now=now, reason="Poprawiono nazwę dokumentu.")
    assert second.version == 2


def test_versions_count_up_and_the_latest_stands_first(settled, now):
    corrected(settled, now)
    finalise(year=settled, by=None, now=now, reason=WHY)
    move(settled, "2019-p4-own", 1)
    settle(settled, "2019-own")
    finalise(year=settled, by=None, now=now, reason=WHY)
    assert [report.version for report in settled.reports.all()] == [3, 2, 1]


# --- as reported, as known now -------------------------------------------------------------------


def test_right_after_final_nothing_differs(settled, now):
    report = finalise(year=settled, by=None, now=now)
    assert known_now(report, now=now + timedelta(days=400)) == []


def test_as_reported_stands_beside_as_known_now(settled, now):
    first = corrected(settled, now)
    found = {row["figure"]: (row["before"], row["after"]) for row in known_now(first, now=now)}
    assert found["total.computed"] == (8_941_855_17, 8_941_855_18)
    assert len(found) == 7


def test_a_figure_that_came_or_went_is_a_change_from_or_to_nothing(settled, now):
    report = finalise(year=settled, by=None, now=now)
    Result.objects.filter(key="2019-p2-zaz").update(key="2019-p2-zaz-nowy")
    found = {row["figure"]: (row["before"], row["after"]) for row in known_now(report, now=now)}
    assert found == {"result.2019-p2-zaz": ("2", None), "result.2019-p2-zaz-nowy": (None, "2")}
