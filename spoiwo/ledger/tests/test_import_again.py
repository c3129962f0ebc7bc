"""Reading a year package in again: what changed is one change, what was there is not touched unseen."""

import pytest
from django.db import transaction

from spoiwo.audit.models import Record
from spoiwo.ledger.errors import PlanChanged
from spoiwo.ledger.services.entries import check_entry
from spoiwo.ledger.services.import_year import import_year, plan_import
from spoiwo.ledger.tests.importing import LUBUSKIE, summary
from spoiwo.ledger.tests.settling import accept, move, waiting
from spoiwo.strategy.models import Result
from tests.factories import UserFactory
from tests.imported import put

pytestmark = pytest.mark.django_db


def test_a_changed_row_is_one_change_with_both_values(lubuskie, copied):
    plan = plan_import(copied(money=put("2019-p4-own", amount="16805,41")))
    (change,) = plan.changed
    assert (change.table, change.key, change.row) == ("money", "2019-p4-own", 7)
    assert change.changed == {"amount_gr": (16_805_40, 16_805_41)}
    assert summary(plan)["new"] == 0


def test_a_changed_line_is_saved_recorded_and_to_be_checked_again(lubuskie, copied):
    entry = lubuskie.entries.get(key="2019-p4-own")
    check_entry(entry=entry, seen_version=1, by=UserFactory())
    by, before = UserFactory(), Record.objects.count()
    import_year(path=copied(money=put("2019-p4-own", amount="16805,41")), by=by)
    entry.refresh_from_db()
    assert (entry.amount_gr, entry.version, entry.state, entry.checked_by) == (16_805_41, 2, "entered", None)
    assert entry.entered_by_id is None
    record = Record.objects.about(entry).last()
    assert (record.deed, record.by) == ("ledger.entry_changed", by)
    assert record.facts["changed"] == {"amount_gr": [16_805_40, 16_805_41]}
    assert Record.objects.count() - before == 2  # the line and the package


@pytest.mark.parametrize(
    ("table", "key", "cells"),
    [
        ("organisations", "", {"name": "Nowa nazwa"}),
        ("strategies", "2014-2020", {"short_name": "Nowa nazwa"}),
        ("programmes", "2014-P2", {"short_name": "Nowa nazwa"}),
        ("tasks", "ue-azymut", {"name": "Nowa nazwa"}),
        ("units", "", {"many": "Nowa nazwa"}),
        ("sources", "own", {"name": "Nowa nazwa"}),
        ("tags", "ngo", {"name": "Nowa nazwa"}),
        ("documents", "sejmik-note-2019", {"name": "Nowa nazwa"}),
        ("money", "2019-eu", {"description": "Nowa nazwa"}),
        ("declared", "2019-own", {"note": "Nowa nazwa"}),
        ("results", "2019-lpres", {"statement": "Nowa nazwa"}),
        ("events", "", {"name": "Nowa nazwa"}),
        ("year", "", {"title": "Nowa nazwa"}),
    ],
)
def test_a_change_in_any_table_is_saved_and_recorded_with_both_values(lubuskie, copied, table, key, cells):
    before = Record.objects.count()
    path = copied(**{table: put(key, **cells) if key else lambda rows: rows[0].update(cells)})
    plan = import_year(path=path, by=None)
    (column,) = cells
    ((old, new),) = (change.changed[column] for change in plan.changed)
    assert [(change.table, list(change.changed)) for change in plan.changed] == [(table, [column])]
    assert plan_import(path).empty
    assert not plan_import(LUBUSKIE).empty
    told = list(Record.objects.filter(sequence__gt=before).values_list("facts", flat=True))
    assert [facts["changed"] for facts in told if "changed" in facts] == [{column: [old, new]}]


def test_rows_that_left_the_package_stay_and_are_named(lubuskie, copied):
    plan = import_year(path=copied(money=lambda rows: rows[1:]), by=None)
    assert plan.absent == {"money": ["2019-p1-own"]}
    assert plan.empty
    assert lubuskie.entries.count() == 10


def test_places_of_a_result_are_replaced(lubuskie, copied):
    import_year(path=copied(results=put("2019-azymut-mieszkania", place="0861011")), by=None)
    assert [place.code for place in Result.objects.get(key="2019-azymut-mieszkania").places.all()] == ["0861011"]


def test_a_changed_amount_opens_an_answered_difference_again(lubuskie, copied):
    accept(lubuskie)
    assert waiting(lubuskie) == ["2019-ngo"]
    import_year(path=copied(money=put("2019-p4-own", amount="16805,41")), by=None)
    assert waiting(lubuskie) == ["2019-own", "2019-ngo"]


def test_when_the_last_step_fails_a_year_that_was_there_stays_as_it_was(lubuskie, copied, monkeypatch):
    def no_ink(**facts):
        raise OSError("the record cannot be written")

    path = copied(money=put("2019-p4-own", amount="1,00"), tags=put("ngo", name="Inna"))
    monkeypatch.setattr("spoiwo.ledger.services.import_year.record_all", no_ink)
    with pytest.raises(OSError, match="record"):
        import_year(path=path, by=None)
    assert lubuskie.entries.get(key="2019-p4-own").amount_gr == 16_805_40
    assert plan_import(LUBUSKIE).empty


def test_an_amount_that_somebody_corrected_meanwhile_is_not_overwritten_unseen(lubuskie, copied):
    """The dry run said 16 805,40 → 20 000,00; by the time of saving the line says something else."""
    path = copied(money=put("2019-p4-own", amount="20000,00"))
    digest = plan_import(path).digest
    move(lubuskie, 1_00)
    with pytest.raises(PlanChanged), transaction.atomic():
        import_year(path=path, by=None, expected_digest=digest)
    assert lubuskie.entries.get(key="2019-p4-own").amount_gr == 16_806_40
