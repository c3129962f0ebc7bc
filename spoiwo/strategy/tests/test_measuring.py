"""Indicators change by deeds that are recorded; a value is never overwritten; nobody overwrites anybody unseen."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from spoiwo.audit.models import Record
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.strategy.errors import DefinitionNotLater, PeriodHasValue, WrongFigures, WrongPeriod
from spoiwo.strategy.models import Indicator, IndicatorValue
from spoiwo.strategy.services.indicators import judged, loaded
from spoiwo.strategy.services.measuring import (
    change_indicator,
    correct_value,
    create_indicator,
    enter_value,
    in_force,
    new_definition,
    set_target,
)
from spoiwo.strategy.tests.measuring import MEANING, NOW, TODAY, created, entered, figures, gmina
from tests.factories import (
    GoalFactory,
    IndicatorValueFactory,
    ProgrammeFactory,
    TaskFactory,
    UnitFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def anna():
    """Who enters."""
    return UserFactory(full_name="Anna Zmyślona")


@pytest.fixture
def jan():
    """Who enters, too."""
    return UserFactory(full_name="Jan Zmyślony")


@pytest.fixture
def row(anna):
    """Professional families: 100 in 2020, 200 in 2030."""
    return created(anna)


def deeds():
    """What was recorded of indicators, in order."""
    rows = Record.objects.filter(about_type="strategy.indicator").order_by("sequence")
    return list(rows.values_list("deed", flat=True))


# --- the indicator ---------------------------------------------------------------------------------


@pytest.mark.parametrize("factory", [GoalFactory, ProgrammeFactory, TaskFactory])
def test_an_indicator_stands_under_one_thing_and_gets_a_code_that_says_so(anna, factory):
    owner = factory(code="rodzina")
    first, second = created(anna, about=owner, targets={}), created(anna, about=owner, targets={})
    assert [first.code, second.code] == ["rodzina-w1", "rodzina-w2"]
    assert (first.goal or first.programme or first.task) == owner
    assert deeds() == ["strategy.indicator_created"] * 2


def test_the_same_form_sent_twice_makes_one_indicator(anna):
    owner = TaskFactory()
    facts = {
        "about": owner, "name": "Szkolenia", "kind": "output", "unit": UnitFactory(), "direction": "rise",
        "aggregation": "sum", "frequency": "yearly", "source": "karta", "definition": MEANING, "key": "wskaznik-1",
    }  # fmt: skip
    assert create_indicator(by=anna, **facts) == create_indicator(by=anna, **facts)
    assert Indicator.objects.count() == 1
    assert deeds() == ["strategy.indicator_created"]


def test_an_indicator_of_two_things_or_of_none_is_refused_by_the_database(row):
    for goal, task in ((GoalFactory(), row.task), (None, None)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Indicator.objects.filter(pk=row.pk).update(goal=goal, task=task)


def test_a_change_is_recorded_with_the_old_value(row, jan):
    values = {name: getattr(row, name) for name in ("name", "kind", "direction", "responsible", "source", "ended_on")}
    change_indicator(indicator=row, seen_version=row.version, values=values | {"source": "rejestr"}, by=jan)
    record = Record.objects.latest("sequence")
    assert (record.deed, record.facts["changed"]) == (
        "strategy.indicator_changed",
        {"source": ["karta działania", "rejestr"]},
    )


@pytest.mark.parametrize("change", ["change", "definition", "target"])
def test_who_saw_an_older_version_saves_nothing(row, jan, change):
    seen = row.version
    set_target(indicator=row, seen_version=seen, year=2028, value=Decimal(180), by=jan)
    values = {name: getattr(row, name) for name in ("name", "kind", "direction", "responsible", "source", "ended_on")}
    before = len(deeds())
    meaning = MEANING | {"valid_from": date(2026, 1, 1), "reason": "ustawa"}
    common = {"indicator": row, "seen_version": seen, "by": jan}
    tried = {
        "change": lambda: change_indicator(values=values | {"name": "Inna"}, **common),
        "definition": lambda: new_definition(values=meaning, **common),
        "target": lambda: set_target(year=2028, value=Decimal(1), **common),
    }[change]
    with pytest.raises(ChangedMeanwhile) as refusal:
        tried()
    assert refusal.value.current.version == seen + 1
    assert len(deeds()) == before
    assert row.targets.get(year=2028).value == 180
    assert row.definitions.count() == 1


def test_a_target_is_set_changed_and_removed_and_each_is_recorded(row, jan):
    def put(value):
        row.refresh_from_db()
        set_target(indicator=row, seen_version=row.version, year=2027, value=value, by=jan)
        return list(row.targets.filter(year=2027).values_list("value", flat=True))

    assert (put(Decimal("1.50")), put(Decimal("1.5000")), put(Decimal(2)), put(None)) == ([1.5], [1.5], [2], [])
    told = Record.objects.filter(deed="strategy.target_set").order_by("sequence")
    assert [record.facts["changed"] for record in told][1:] == [
        {"2027": [None, "1.5"]},
        {"2027": ["1.5", "2"]},
        {"2027": ["2", None]},
    ]


def test_a_definition_holds_from_a_day_after_the_one_before(row, jan):
    meaning = MEANING | {"reason": "zmiana ustawy"}
    with pytest.raises(DefinitionNotLater) as refusal:
        new_definition(indicator=row, seen_version=row.version, values=meaning, by=jan)
    assert refusal.value.after == date(2020, 1, 1)
    second = new_definition(
        indicator=row, seen_version=row.version, values=meaning | {"valid_from": date(2025, 1, 1)}, by=jan
    )
    assert second.number == 2
    assert [entered(row, jan, 5, year=year).definition.number for year in (2024, 2025)] == [1, 2]


# --- values ----------------------------------------------------------------------------------------


def test_a_value_is_entered_once_and_recorded_once(row, anna):
    first = entered(row, anna, 150, key="wartosc-1")
    assert entered(row, anna, 150, key="wartosc-1") == first
    assert row.values.count() == 1
    record = Record.objects.latest("sequence")
    assert (record.deed, record.facts["value"], record.about_id) == ("strategy.value_entered", "150", str(row.pk))


def test_a_second_value_of_one_period_and_place_is_refused(row, anna, jan):
    place = gmina("0801011")
    first, of_place = entered(row, anna, 150), entered(row, anna, 10, place=place)
    for facts, held in (({}, first), ({"place": place}, of_place)):
        with pytest.raises(PeriodHasValue) as refusal:
            entered(row, jan, 151, **facts)
        assert refusal.value.current == held
    assert row.values.count() == 2


@pytest.mark.parametrize(
    ("aggregation", "given"),
    [
        ("sum", {"numerator": 1, "denominator": 2}), ("sum", {}), ("ratio", {"value": 1}), ("ratio", {"numerator": 1}),
        ("ratio", {"numerator": 1, "denominator": 0}), ("ratio", {"value": 1, "numerator": 1, "denominator": 1}),
        ("distinct", {"numerator": 1, "denominator": 2}),
    ],
)  # fmt: skip
def test_a_ratio_takes_two_figures_and_the_rest_take_one(anna, aggregation, given):
    row = created(anna, aggregation=aggregation)
    exact = {name: Decimal(value) for name, value in given.items()}
    with pytest.raises(WrongFigures):
        enter_value(indicator=row, year=2025, evidence="Lista", today=TODAY, now=NOW, by=anna, **exact)
    assert row.values.count() == 0


@pytest.mark.parametrize(
    ("frequency", "year", "part", "right"),
    [
        ("yearly", 2025, 0, True), ("yearly", 2025, 1, False), ("yearly", 2027, 0, False), ("yearly", 2026, 0, True),
        ("quarterly", 2025, 4, True), ("quarterly", 2025, 5, False), ("quarterly", 2026, 1, True),
        ("quarterly", 2026, 2, False), ("monthly", 2026, 2, True), ("monthly", 2026, 3, False),
        ("half_yearly", 2025, -1, False),
    ],
)  # fmt: skip
def test_a_value_belongs_to_a_period_that_has_begun(anna, frequency, year, part, right):
    row = created(anna, frequency=frequency)
    if right:
        assert entered(row, anna, 1, year=year, part=part).part == part
    else:
        with pytest.raises(WrongPeriod):
            entered(row, anna, 1, year=year, part=part)


def test_a_correction_is_a_new_row_and_the_old_one_stays_as_it_was(row, anna, jan):
    old = entered(row, anna, 150)
    columns = [field.attname for field in IndicatorValue._meta.concrete_fields if field.name != "superseded_at"]
    before = IndicatorValue.objects.filter(pk=old.pk).values(*columns).get()
    new = correct_value(value=old, figures=figures(155), reason="pomyłka w liście", now=NOW, by=jan)
    assert IndicatorValue.objects.filter(pk=old.pk).values(*columns).get() == before
    old.refresh_from_db()
    assert (old.superseded_at, old.value, new.corrects, new.key) == (NOW, 150, old, old.key)
    assert (new.value, new.entered_by, in_force(old)) == (155, jan, new)
    record = Record.objects.latest("sequence")
    assert (record.deed, record.reason) == ("strategy.value_corrected", "pomyłka w liście")
    assert record.facts["changed"] == {"value": ["150", "155"]}


def test_the_same_correction_sent_twice_is_made_once_and_another_one_sees_the_first(row, anna, jan):
    old = entered(row, anna, 150)
    first = correct_value(value=old, figures=figures(155), reason="pomyłka", now=NOW, by=jan)
    assert correct_value(value=old, figures=figures(155), reason="pomyłka", now=NOW, by=jan) == first
    with pytest.raises(ChangedMeanwhile) as refusal:
        correct_value(value=old, figures=figures(160), reason="inna", now=NOW, by=anna)
    assert refusal.value.current == first
    second = correct_value(value=first, figures=figures(160), reason="inna", now=NOW, by=anna)
    assert in_force(old) == second
    assert sorted(row.values.values_list("value", flat=True)) == [150, 155, 160]


def test_the_database_holds_one_value_in_force_for_a_period_and_one_correction_of_a_value(row, anna):
    old = entered(row, anna, 150)
    copy = {"region": "08", "indicator": row, "definition": old.definition, "year": 2025, "value": 1, "evidence": "x"}
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorValue.objects.create(key="inny", **copy)
    correct_value(value=old, figures=figures(151), reason="pomyłka", now=NOW, by=anna)
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorValue.objects.create(key="drugi", corrects=old, superseded_at=NOW, **copy)
    assert row.values.count() == 2


def test_a_correction_counts_and_the_old_value_no_longer_does(row, anna):
    old = entered(row, anna, 150)
    correct_value(value=old, figures=figures(110), reason="pomyłka", now=NOW, by=anna)
    one = judged(loaded(Indicator.objects.all()).get(), TODAY)
    assert (one.latest.amount, str(one.status.state)) == (110, "off_course")


def test_429_persons_of_two_powiats_never_become_a_sum(anna):
    row = created(anna, aggregation="distinct", definition=MEANING)
    for code in ("0801011", "0802022"):
        entered(row, anna, 429, place=gmina(code))
    one = judged(loaded(Indicator.objects.all()).get(), date(2026, 5, 1))
    assert (one.latest, str(one.status.state), str(one.status.why)) == (None, "no_data", "not_additive")
    entered(row, anna, 600)
    again = judged(loaded(Indicator.objects.all()).get(), date(2026, 5, 1))
    assert again.latest.amount == 600


@pytest.mark.parametrize(
    "wrong",
    [
        {"value": None, "numerator": 1, "denominator": None},
        {"value": None, "numerator": 1, "denominator": 0},
        {"value": 1, "numerator": 1, "denominator": 1},
        {"value": None, "numerator": None, "denominator": None},
    ],
    ids=["no denominator", "nothing to divide by", "both", "neither"],
)
def test_the_database_keeps_a_value_or_a_whole_ratio(wrong):
    value = IndicatorValueFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        IndicatorValue.objects.filter(pk=value.pk).update(**wrong)
