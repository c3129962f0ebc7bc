"""Entering, changing and checking one line: each leaves one record, and nobody overwrites anybody unseen."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from spoiwo.audit.models import Record
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.ledger.errors import SamePerson
from spoiwo.ledger.models import EntryState
from spoiwo.ledger.services.entries import change_entry, check_entry, enter_entry
from tests.factories import (
    DocumentFactory,
    EntryFactory,
    ProgrammeFactory,
    SourceFactory,
    TagFactory,
    TaskFactory,
    UserFactory,
    YearFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    """2019, empty."""
    return YearFactory()


@pytest.fixture
def anna():
    """Who enters."""
    return UserFactory(full_name="Anna Zmyślona")


@pytest.fixture
def jan():
    """Who checks."""
    return UserFactory(full_name="Jan Zmyślony")


def entered(year, by, **facts):
    """One line of 100,00 zł entered by a person."""
    wanted = {"source": SourceFactory(), "amount_gr": 100_00, "description": "Dotacja", "document": "Umowa 1"}
    return enter_entry(year=year, by=by, **wanted | facts)


def values(entry, **facts):
    """What the form would send for this line, changed in places."""
    held = {name: getattr(entry, name) for name in ("programme", "task", "source", "kind", "date", "place")}
    held |= {"description": entry.description, "document": entry.document.name}
    return held | {"amount_gr": abs(entry.amount_gr)} | facts


def changed(entry, by, *, seen=None, reason="pomyłka", tags=(), **facts):
    """The line changed in places."""
    seen = entry.version if seen is None else seen
    return change_entry(
        entry=entry, seen_version=seen, values=values(entry, **facts), tags=list(tags), reason=reason, by=by
    )


# --- entering ------------------------------------------------------------------------------------


def test_a_line_is_entered_with_all_it_says_and_one_record(year, anna):
    programme, tag = ProgrammeFactory(strategy=year.strategy, code="P1"), TagFactory(code="ngo")
    task = TaskFactory(programme=programme, code="z1")
    entry = entered(year, anna, programme=programme, task=task, tags=[tag], date=date(2019, 5, 17))
    assert (entry.amount_gr, entry.kind, entry.state, entry.version) == (100_00, "payment", "entered", 1)
    assert (entry.entered_by, entry.checked_by, list(entry.tags.all())) == (anna, None, [tag])
    (record,) = Record.objects.about(entry)
    assert (record.deed, record.by) == ("ledger.entry_entered", anna)
    assert record.facts == {
        "programme": "P1", "task": "z1", "source": "own", "kind": "payment", "amount_gr": 100_00,
        "date": "2019-05-17", "description": "Dotacja", "document": "Umowa 1", "place": None, "tags": ["ngo"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "given_gr", "held_gr"), [("payment", 100, 100), ("refund", 100, -100), ("refund", 0, 0), ("payment", 0, 0)]
)
def test_a_refund_counts_as_minus(year, anna, kind, given_gr, held_gr):
    assert entered(year, anna, kind=kind, amount_gr=given_gr).amount_gr == held_gr


@pytest.mark.parametrize("kind", ["payment", "refund"])
def test_an_amount_below_zero_is_refused_and_leaves_no_trace(year, anna, kind):
    records = Record.objects.count()
    with pytest.raises((ValueError, IntegrityError)), transaction.atomic():
        entered(year, anna, kind=kind, amount_gr=-1)
    assert year.entries.count() == year.documents.count() == 0
    assert Record.objects.count() == records


def test_the_same_form_sent_twice_enters_one_line(year, anna):
    first = entered(year, anna, key="wpis-abc")
    second = entered(year, anna, key="wpis-abc")
    assert second == first
    assert year.entries.total_gr() == 100_00
    assert Record.objects.filter(deed="ledger.entry_entered").count() == 1


def test_the_same_key_in_another_year_is_another_line(year, anna):
    entered(year, anna, key="wpis-abc")
    other = YearFactory(year=2020, strategy=year.strategy)
    assert entered(other, anna, key="wpis-abc").year == other


def test_lines_without_a_key_get_keys_that_differ(year, anna):
    assert entered(year, anna).key != entered(year, anna).key


@pytest.mark.parametrize("written", ["Umowa 7/2019", "  Umowa 7/2019 ", "u-7"])
def test_a_document_of_the_year_is_found_by_name_or_code(year, anna, written):
    held = DocumentFactory(year=year, name="Umowa 7/2019", code="u-7")
    assert entered(year, anna, document=written).document == held
    assert year.documents.count() == 1


def test_a_new_document_is_added_to_the_year_once(year, anna):
    other = DocumentFactory(name="Umowa 9", year=YearFactory(year=2018, strategy=year.strategy))
    first, second = entered(year, anna, document="Umowa 9"), entered(year, anna, document="Umowa 9 ")
    assert first.document == second.document != other
    assert first.document.name == "Umowa 9"


# --- changing ------------------------------------------------------------------------------------


def test_a_change_raises_the_version_and_the_record_keeps_both_values(year, anna, jan):
    entry, tag = entered(year, anna), TagFactory(code="ngo")
    after = changed(entry, jan, amount_gr=100_01, document="Aneks", tags=[tag], reason="pomyłka w kwocie")
    assert (after.version, after.amount_gr, after.document.name) == (2, 100_01, "Aneks")
    record = Record.objects.about(entry).last()
    assert (record.deed, record.by, record.reason) == ("ledger.entry_changed", jan, "pomyłka w kwocie")
    assert record.facts == {
        "changed": {"amount_gr": [100_00, 100_01], "document": ["Umowa 1", "Aneks"], "tags": [[], ["ngo"]]}
    }


def test_a_payment_made_a_refund_changes_its_sign(year, anna):
    assert changed(entered(year, anna), anna, kind="refund").amount_gr == -100_00


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_a_change_of_what_somebody_else_changed_is_refused_and_saves_nothing(year, anna, jan, seen):
    entry = entered(year, anna)
    changed(entry, jan, description="Dotacja dla fundacji")  # version 2
    records = Record.objects.count()
    with pytest.raises(ChangedMeanwhile), transaction.atomic():
        changed(entry, anna, seen=seen, amount_gr=1)
    entry.refresh_from_db()
    assert (entry.description, entry.amount_gr, entry.version) == ("Dotacja dla fundacji", 100_00, 2)
    assert Record.objects.count() == records


def test_a_changed_line_must_be_checked_again(year, anna, jan):
    entry = check_entry(entry=entered(year, anna), seen_version=1, by=jan)
    after = changed(entry, anna, amount_gr=99_99)
    assert (after.state, after.checked_by) == (EntryState.ENTERED, None)


def test_a_change_keeps_who_entered_the_line_and_when(year, anna, jan):
    entry = entered(year, anna)
    after = changed(entry, jan, amount_gr=1)
    after.refresh_from_db()
    assert (after.entered_by, after.entered_at, after.key) == (anna, entry.entered_at, entry.key)


# --- checking ------------------------------------------------------------------------------------


def test_another_person_checks_a_line(year, anna, jan):
    entry = check_entry(entry=entered(year, anna), seen_version=1, by=jan)
    assert (entry.state, entry.checked_by, entry.version) == (EntryState.CHECKED, jan, 1)
    record = Record.objects.about(entry).last()
    assert (record.deed, record.by, record.facts) == ("ledger.entry_checked", jan, {"amount_gr": 100_00})


def test_nobody_checks_a_line_of_their_own(year, anna):
    entry = entered(year, anna)
    with pytest.raises(SamePerson), transaction.atomic():
        check_entry(entry=entry, seen_version=1, by=anna)
    entry.refresh_from_db()
    assert entry.state == EntryState.ENTERED
    assert Record.objects.about(entry).count() == 1


def test_nobody_checks_an_amount_that_they_changed_themselves(year, anna, jan):
    entry = changed(entered(year, anna), jan, amount_gr=999_99)
    with pytest.raises(SamePerson), transaction.atomic():
        check_entry(entry=entry, seen_version=2, by=jan)


def test_a_line_of_the_command_line_is_checked_by_anybody(jan):
    entry = EntryFactory(entered_by=None)
    assert check_entry(entry=entry, seen_version=1, by=jan).checked_by == jan


def test_what_changed_under_the_eyes_of_the_checker_is_not_checked(year, anna, jan):
    entry = entered(year, anna)
    changed(entry, anna, amount_gr=1)
    with pytest.raises(ChangedMeanwhile), transaction.atomic():
        check_entry(entry=entry, seen_version=1, by=jan)
    entry.refresh_from_db()
    assert entry.state == EntryState.ENTERED
