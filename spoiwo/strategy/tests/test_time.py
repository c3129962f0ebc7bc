"""Strategies, programmes and tasks through time, one step at each edge."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from spoiwo.strategy.models import Programme, Strategy, Task
from tests.factories import ProgrammeFactory, StrategyFactory, TaskFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def strategy():
    """2014-2020."""
    return StrategyFactory()


@pytest.mark.parametrize(
    ("own", "year", "expected"),
    [
        ((None, None), 2013, False),
        ((None, None), 2014, True),  # the strategy's own period
        ((None, None), 2020, True),
        ((None, None), 2021, False),
        ((2018, None), 2017, False),
        ((2018, None), 2018, True),
        ((2018, None), 2020, True),
        ((2018, None), 2021, False),
        ((None, 2016), 2014, True),
        ((None, 2016), 2016, True),
        ((None, 2016), 2017, False),
        ((2021, 2023), 2020, False),  # its own period may reach beyond the strategy's
        ((2021, 2023), 2021, True),
        ((2021, 2023), 2023, True),
        ((2021, 2023), 2024, False),
        ((2019, 2019), 2019, True),
    ],
)
def test_a_programme_is_in_force_in_its_own_period_else_in_its_strategys(strategy, own, year, expected):
    programme = ProgrammeFactory(strategy=strategy, from_year=own[0], to_year=own[1])
    assert programme.in_force_in(year) is expected
    assert Programme.objects.in_force_in(year).filter(pk=programme.pk).exists() is expected


@pytest.mark.parametrize(
    ("first", "last", "year", "expected"),
    [
        (None, None, 1999, True),
        (None, date(2017, 12, 31), 2017, True),  # coordination of benefits, S-099
        (None, date(2017, 12, 31), 2018, False),
        (None, date(2018, 1, 1), 2018, True),
        (date(2018, 12, 31), None, 2018, True),
        (date(2018, 12, 31), None, 2017, False),
        (date(2019, 1, 1), None, 2018, False),
        (date(2017, 6, 1), date(2019, 6, 1), 2018, True),
        (date(2018, 5, 5), date(2018, 5, 5), 2018, True),
    ],
)
def test_a_task_is_active_in_every_year_of_which_it_has_a_day(first, last, year, expected):
    task = TaskFactory(from_date=first, to_date=last)
    assert task.active_in(year) is expected
    assert Task.objects.active_in(year).filter(pk=task.pk).exists() is expected


def test_a_programme_knows_what_it_continues_and_what_continues_it(strategy):
    first, other = ProgrammeFactory(strategy=strategy), ProgrammeFactory(strategy=strategy)
    later = ProgrammeFactory(strategy=StrategyFactory(from_year=2021, to_year=2030), predecessors=[first, other])
    assert set(later.predecessors.all()) == {first, other}
    assert list(first.successors.all()) == [later]
    assert list(first.predecessors.all()) == []


def test_strategies_stand_the_latest_first_and_by_region(strategy):
    later = StrategyFactory(from_year=2021, to_year=2030)
    StrategyFactory(region="14")
    assert list(Strategy.objects.of_region("08")) == [later, strategy]


@pytest.mark.parametrize(("first", "last", "good"), [(2014, 2014, True), (2014, 2013, False)])
def test_a_strategy_does_not_end_before_it_begins(first, last, good):
    if good:
        assert StrategyFactory(from_year=first, to_year=last).pk
        return
    with pytest.raises(IntegrityError), transaction.atomic():
        StrategyFactory(from_year=first, to_year=last)


@pytest.mark.parametrize(
    "facts",
    [
        {"from_year": 2020, "to_year": 2019},
    ],
)
def test_a_programme_does_not_end_before_it_begins(strategy, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeFactory(strategy=strategy, **facts)


def test_a_task_does_not_end_before_it_begins():
    TaskFactory(from_date=date(2019, 1, 2), to_date=date(2019, 1, 2))
    with pytest.raises(IntegrityError), transaction.atomic():
        TaskFactory(from_date=date(2019, 1, 2), to_date=date(2019, 1, 1))


@pytest.mark.parametrize("make", [StrategyFactory, ProgrammeFactory, TaskFactory])
def test_a_code_names_one_row_of_a_region(make):
    row = make(code="X-1")
    other = {"region": "14"} if make is not ProgrammeFactory else {"strategy": StrategyFactory(region="14")}
    make(code="X-1", **other)
    again = {} if make is not ProgrammeFactory else {"strategy": row.strategy}
    with pytest.raises(IntegrityError), transaction.atomic():
        make(code="X-1", **again)


@pytest.mark.parametrize(("number", "expected"), [("2", "2. Integracja"), ("", "Integracja")])
def test_a_programme_is_called_by_number_and_short_name(strategy, number, expected):
    assert str(ProgrammeFactory(strategy=strategy, number=number, short_name="Integracja")) == expected


def test_a_unit_gives_the_forms_that_a_sentence_needs():
    from spoiwo.kernel.polish import counted

    noun = UnitFactory().noun()
    said = [counted(2, noun), counted(5, noun), counted(2, noun, case="loc")]
    assert said == ["2\u00a0szkolenia", "5\u00a0szkoleń", "2\u00a0szkoleniach"]
