"""Goals, indicators and their values come in with a year package; a value is corrected and never overwritten."""

import pytest
from django.db import transaction

from spoiwo.audit.models import Record
from spoiwo.ledger.errors import PackageRefused
from spoiwo.ledger.services.import_year import import_year, plan_import
from spoiwo.strategy.models import (
    Goal,
    Indicator,
    IndicatorDefinition,
    IndicatorValue,
    Programme,
    Strategy,
    Succession,
    Task,
)
from tests.factories import UserFactory
from tests.imported import EXAMPLES, SECOND_REGION, changed_copy, imported, put, without, without_columns

DEMO = EXAMPLES / "lubuskie-demo"
pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def demo_kept(django_db_setup, django_db_blocker):
    """The demonstration year, read in once for the module."""
    with django_db_blocker.unblock(), imported(DEMO):
        yield


@pytest.fixture
def demo(demo_kept, db):
    """The demonstration year, as it was read in."""


@pytest.fixture
def edited(tmp_path):
    """The demonstration's package with changed tables, each time in a folder of its own."""
    return lambda name="inny", **edits: changed_copy(DEMO, tmp_path / name, **edits)


def lts(key="2025-lts-imprezy-2") -> list[IndicatorValue]:
    """The rows under one key, in the order in which they were written."""
    return list(IndicatorValue.objects.filter(key=key).order_by("pk"))


@pytest.mark.usefixtures("demo")
def test_the_three_strategies_stand_with_their_goals_and_what_is_not_known_is_said():
    goals = {row.code: row.goals.count() for row in Strategy.objects.all()}
    assert goals == {"2005-2013": 0, "2014-2020": 4, "2021-2030": 7}
    oldest = Strategy.objects.get(code="2005-2013")
    assert (oldest.resolution, str(oldest.adopted_on), oldest.adopting_body) == ("XXXIX/212/2005", "2005-04-25", "")
    assert oldest.note.startswith("Mamy tylko nagłówek")


@pytest.mark.usefixtures("demo")
def test_a_programme_serves_the_goals_that_the_package_names():
    served = {row.code: [goal.code for goal in row.goals.all()] for row in Programme.objects.filter(code__gt="2021")}
    assert {code: goals for code, goals in served.items() if goals} == {
        "2021-P3": ["2021-C4"],
        "2021-KIER": ["2021-C3"],
        "2021-LPRES": ["2021-C7"],
    }
    task = Task.objects.get(code="2021-p1-lts")
    assert (task.goal.code, task.organisation.code) == ("2021-C1", "rops")


@pytest.mark.usefixtures("demo")
def test_a_succession_carries_its_note():
    pair = Succession.objects.get(successor__code="2021-P3")
    assert (pair.predecessor.code, pair.note) == ("2014-P2", "Inna nazwa, ta sama dziedzina: osoby niepełnosprawne.")


@pytest.mark.usefixtures("demo")
def test_a_changed_note_of_a_succession_is_one_change(edited):
    path = edited(programmes=put("2021-P3", predecessors_note="Tylko w części."))
    plan = import_year(path=path, by=None)
    before = "Inna nazwa, ta sama dziedzina: osoby niepełnosprawne."
    assert [change.changed for change in plan.changed] == [{"predecessors_note": (before, "Tylko w części.")}]
    assert Succession.objects.get(successor__code="2021-P3").note == "Tylko w części."
    assert plan_import(path).empty


@pytest.mark.usefixtures("demo")
def test_a_further_predecessor_gets_the_note_and_an_open_page_notices(edited):
    version = Programme.objects.get(code="2021-P3").version
    path = edited(programmes=put("2021-P3", predecessors="2014-P2;2014-P3"))
    import_year(path=path, by=None)
    pairs = Succession.objects.filter(successor__code="2021-P3").order_by("predecessor__code")
    note = "Inna nazwa, ta sama dziedzina: osoby niepełnosprawne."
    assert [(pair.predecessor.code, pair.note) for pair in pairs] == [("2014-P2", note), ("2014-P3", note)]
    assert Programme.objects.get(code="2021-P3").version == version + 1


@pytest.mark.usefixtures("demo")
def test_an_indicator_with_two_definitions_keeps_both():
    definitions = IndicatorDefinition.objects.filter(indicator__code="piecza-rodzinna")
    assert [(row.number, str(row.valid_from), row.multiplier) for row in definitions] == [
        (1, "2021-01-01", 100),
        (2, "2026-01-01", 100),
    ]
    assert definitions[1].reason
    assert Indicator.objects.filter(invented=False).count() == 0


@pytest.mark.usefixtures("demo")
def test_a_value_that_a_row_of_the_package_corrects_stays_and_does_not_hold():
    old, new = lts("2025-lts-imprezy"), lts()
    assert [(row.value, row.superseded_at is None) for row in (*old, *new)] == [(301, False), (310, True)]
    assert new[0].corrects == old[0]
    assert new[0].reason == "Jedna gmina przysłała listę po terminie (zmyślone)."
    assert new[0].entered_at == old[0].superseded_at


@pytest.mark.usefixtures("demo")
def test_a_changed_value_is_a_new_row_and_the_old_one_is_kept_as_superseded(edited):
    by = UserFactory()
    path = edited(indicator_values=put("2025-lts-imprezy-2", value="312"))
    plan = import_year(path=path, by=by, name="poprawiony.zip")
    assert [(change.key, change.changed) for change in plan.changed] == [("2025-lts-imprezy-2", {"value": (310, 312)})]
    before, after = lts()
    assert (before.value, after.value) == (310, 312)
    assert (before.superseded_at, after.superseded_at) == (after.entered_at, None)
    assert (after.corrects, after.entered_by) == (before, by)
    record = Record.objects.about(after).get()
    assert (record.deed, record.facts["changed"]) == ("strategy.indicatorvalue_changed", {"value": [310, 312]})
    assert plan_import(path).empty, "the same package a second time changes nothing"


@pytest.mark.usefixtures("demo")
def test_a_value_corrected_twice_by_packages_is_a_chain_of_three_rows(edited):
    import_year(path=edited("raz", indicator_values=put("2025-lts-gminy", value="62")), by=None, name="raz.zip")
    path = edited("dwa", indicator_values=put("2025-lts-gminy", value="63"))
    import_year(path=path, by=None, name="dwa.zip")
    first, second, third = lts("2025-lts-gminy")
    assert [row.value for row in (first, second, third)] == [61, 62, 63]
    assert (third.corrects, second.corrects, first.corrects) == (second, first, None)
    assert (second.reason, third.reason) == ("raz.zip", "dwa.zip")
    assert [row.superseded_at is None for row in (first, second, third)] == [False, False, True]
    assert plan_import(path).empty


@pytest.mark.usefixtures("demo")
def test_a_row_that_corrects_a_value_read_in_before_supersedes_it(edited):
    row = {
        "key": "2025-lts-gminy-2",
        "indicator": "lts-gminy",
        "definition": "lts-gminy-1",
        "value": "64",
        "precision": "exact",
        "evidence": "Zestawienie pokazowe",
        "corrects": "2025-lts-gminy",
        "reason": "Doszły trzy gminy",
    }
    path = edited(indicator_values=lambda rows: [*rows, row])
    import_year(path=path, by=None)
    ((old,), (new,)) = lts("2025-lts-gminy"), lts("2025-lts-gminy-2")
    assert (old.value, old.superseded_at, new.corrects) == (61, new.entered_at, old)
    assert plan_import(path).empty


def refused(path) -> list[tuple]:
    """Why a package is refused, when nothing but the books speaks against it."""
    with pytest.raises(PackageRefused) as refusal, transaction.atomic():
        import_year(path=path, by=None)
    return [(fault.code, fault.file, fault.row, fault.column) for fault in refusal.value.args[0].faults]


@pytest.mark.usefixtures("demo")
def test_a_value_that_was_corrected_already_is_not_changed_under_its_old_key(edited):
    path = edited(indicator_values=put("2025-lts-imprezy", value="305"))
    assert refused(path) == [("value_was_corrected", "indicator_values.csv", 3, "key")]
    assert [row.value for row in lts("2025-lts-imprezy")] == [301]


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize(
    ("table", "key", "row"),
    [
        ("indicator_values", "2025-lts-gminy", 2),
        ("targets", "lts-gminy-2026", 3),
    ],
)
def test_what_is_there_under_one_key_is_not_brought_under_another(edited, table, key, row):
    path = edited(**{table: put(key, key="inny-klucz")})
    assert refused(path) == [("held_under_another_key", f"{table}.csv", row, "key")]


@pytest.mark.usefixtures("demo")
def test_a_package_without_a_column_or_a_table_says_nothing_about_them(tmp_path):
    bare = without(DEMO, tmp_path / "bez", "goals", "indicators", "definitions", "targets", "indicator_values")
    without_columns(bare, "programmes", "goals", "predecessors_note")
    without_columns(bare, "tasks", "goal", "organisation")
    without_columns(bare, "strategies", "note")
    plan = import_year(path=bare, by=None)
    assert plan.faults == []
    assert plan.empty
    assert Goal.objects.count() == 11
    assert Programme.objects.get(code="2021-P3").goals.count() == 1


def test_a_second_region_brings_goals_and_an_indicator_by_data_alone():
    import_year(path=SECOND_REGION, by=None)
    goal = Goal.objects.get(region="24", code="M-1-1")
    assert (goal.parent.code, goal.strategy.code) == ("M-1", "MOSTY")
    assert [row.code for row in goal.programmes.all()] == ["M-SENIOR"]
    indicator = Indicator.objects.get(region="24")
    assert (indicator.task.code, indicator.targets.count(), indicator.values.count()) == ("kluby", 2, 2)
    assert plan_import(SECOND_REGION).empty
