"""Indicators read: rows of a page, the worst of a tree, what is at risk, the reasons in words, few queries."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from spoiwo.access.remembering import ASKED_EVERY
from spoiwo.strategy.models import Indicator
from spoiwo.strategy.services.indicators import (
    indicator_rows,
    parts_of,
    risks,
    status_of_tree,
    told_rows,
    told_status,
)
from spoiwo.strategy.services.reading import tree_of
from spoiwo.strategy.tests.measuring import MEANING, TODAY, created, entered
from tests.factories import GoalFactory, ProgrammeFactory, StrategyFactory, TaskFactory, UserFactory

pytestmark = pytest.mark.django_db
OFF, RISK, ON, NONE = 110, 130, 150, None  # a way of 50 is due by the end of 2025


@pytest.fixture
def anna():
    """Who enters."""
    return UserFactory()


@pytest.fixture
def strategy():
    """2021-2030."""
    return StrategyFactory(from_year=2021, to_year=2030)


def measured(anna, about, value, **facts):
    """An indicator of something with its value of 2025, or without one."""
    row = created(anna, about=about, **facts)
    if value is not None:
        entered(row, anna, value)
    return row


def states(found):
    """Primary keys and states."""
    return {key: str(one.state) for key, one in found.items()}


def test_a_row_says_where_the_way_began_where_it_leads_and_how_far_it_is(anna, strategy):
    task = TaskFactory(programme=ProgrammeFactory(strategy=strategy))
    measured(anna, task, "130.5")
    (row,) = indicator_rows(task=task, today=TODAY)
    assert (row["baseline"], row["baseline_year"], row["target"], row["target_year"]) == ("100", 2020, "200", 2030)
    assert (row["now"], row["now_period"], row["way"]) == ("130,5", "2025", "30,5\u00a0%")
    assert (row["state"], row["tone"]) == ("at_risk", "warn")
    assert row["values"] == "2025: 130,5"


def test_rows_are_those_of_the_thing_itself(anna, strategy):
    goal, programme = GoalFactory(strategy=strategy), ProgrammeFactory(strategy=strategy)
    task = TaskFactory(programme=programme)
    made = {about: measured(anna, about, ON) for about in (goal, programme, task)}
    assert [row["code"] for row in indicator_rows(goal=goal, today=TODAY)] == [made[goal].code]
    assert [row["code"] for row in indicator_rows(programme=programme, today=TODAY)] == [made[programme].code]
    assert [row["code"] for row in indicator_rows(task=task, today=TODAY)] == [made[task].code]


@pytest.mark.parametrize(
    ("facts", "value", "today", "reason"),
    [
        ({}, 130, TODAY,
         "Wartość za rok 2025 to 130. Należało mieć co najmniej 150; przebyto 60,0 % należnej drogi."),
        ({"direction": "fall", "targets": {2030: 0}}, 60, TODAY,
         "Wartość za rok 2025 to 60. Należało mieć najwyżej 50; przebyto 80,0 % należnej drogi."),
        ({}, 90, TODAY, "Wartość za rok 2025 to 90. Nie jest lepiej niż w roku bazowym, a należało mieć 150."),
        ({"direction": "hold", "targets": {2030: 100}}, 110, TODAY,
         "Wartość za rok 2025 to 110. Do utrzymania jest poziom 100; odchylenie wynosi 10,0 %."),
        ({"definition": MEANING, "targets": {2025: 20}}, 18, TODAY,
         "Wartość za rok 2025 to 18. Należało mieć co najmniej 20; brakuje 10,0 %."),
        ({"definition": MEANING, "targets": {2025: 20}}, 20, TODAY,
         "Wartość za rok 2025 to 20. Należało mieć co najmniej 20."),
        ({"targets": {}}, 130, TODAY, "Nie ustalono wartości docelowej, więc nie ma z czym porównać."),
        ({}, None, date(2026, 4, 1),
         "Brak wartości za rok 2025; termin minął 31 marca 2026."),
        ({"frequency": "quarterly"}, None, date(2026, 5, 16),
         "Brak wartości za I kwartał 2026; termin minął 15 maja 2026."),
        ({"definition": MEANING | {"valid_from": date(2025, 1, 1)}}, None, TODAY,
         "Nie ma jeszcze wartości; pierwsza, za rok 2025, jest oczekiwana do 31 marca 2026."),
    ],
)  # fmt: skip
def test_the_reason_is_said_in_words(anna, strategy, facts, value, today, reason):
    task = TaskFactory(programme=ProgrammeFactory(strategy=strategy))
    measured(anna, task, value, **facts)
    assert indicator_rows(task=task, today=today)[0]["reason"].replace("\u00a0", " ") == reason


def test_a_reason_keeps_how_exact_the_value_is(anna, strategy):
    task = TaskFactory(programme=ProgrammeFactory(strategy=strategy))
    entered(created(anna, about=task), anna, 150, precision="about")
    assert indicator_rows(task=task, today=TODAY)[0]["reason"].startswith("Wartość za rok 2025 to około 150.")


def test_the_worst_indicator_stands_for_a_task_its_programme_and_the_goals_they_serve(anna, strategy):
    top, other = GoalFactory(strategy=strategy), GoalFactory(strategy=strategy)
    below = GoalFactory(strategy=strategy, parent=top)
    programme, nested = ProgrammeFactory(strategy=strategy), ProgrammeFactory(strategy=strategy)
    nested.parent = programme
    nested.save()
    programme.goals.add(below)
    good, bad = TaskFactory(programme=programme), TaskFactory(programme=nested)
    of_goal = TaskFactory(goal=other)
    for about, value in ((good, ON), (bad, RISK), (bad, OFF), (of_goal, ON), (programme, ON)):
        measured(anna, about, value)
    found = status_of_tree(parts_of(strategy), TODAY)
    assert states(found.tasks) == {good.pk: "on_course", bad.pk: "off_course", of_goal.pk: "on_course"}
    assert states(found.programmes) == {programme.pk: "off_course", nested.pk: "off_course"}
    assert states(found.goals) == {top.pk: "off_course", below.pk: "off_course", other.pk: "on_course"}


def test_what_has_no_indicator_has_no_status_and_other_strategies_do_not_count(anna, strategy):
    programme = ProgrammeFactory(strategy=strategy)
    measured(anna, ProgrammeFactory(), OFF)
    found = status_of_tree(parts_of(strategy), TODAY)
    assert (found.goals, found.programmes, found.tasks) == ({}, {}, {})
    measured(anna, programme, ON)
    assert states(status_of_tree(parts_of(strategy), TODAY).programmes) == {programme.pk: "on_course"}


def test_a_missing_value_is_worse_than_a_good_one_and_better_than_a_bad_one(anna, strategy):
    programme = ProgrammeFactory(strategy=strategy)
    measured(anna, programme, ON)
    measured(anna, programme, ON, targets={})
    assert states(status_of_tree(parts_of(strategy), TODAY).programmes) == {programme.pk: "no_data"}
    measured(anna, programme, RISK)
    assert states(status_of_tree(parts_of(strategy), TODAY).programmes) == {programme.pk: "at_risk"}


def test_an_indicator_that_ended_no_longer_counts_in_the_tree(anna, strategy):
    programme = ProgrammeFactory(strategy=strategy)
    row = measured(anna, programme, OFF)
    row.ended_on = TODAY - timedelta(days=1)
    row.save()
    assert status_of_tree(parts_of(strategy), TODAY).programmes == {}


def test_an_indicator_that_ends_today_still_counts_in_the_tree(anna, strategy):
    programme = ProgrammeFactory(strategy=strategy)
    row = measured(anna, programme, OFF)
    row.ended_on = TODAY
    row.save()
    assert states(status_of_tree(parts_of(strategy), TODAY).programmes) == {programme.pk: "off_course"}


def test_risks_are_the_worst_first_with_their_task_and_reason(anna, strategy):
    programme = ProgrammeFactory(strategy=strategy)
    tasks = {value: TaskFactory(programme=programme) for value in (RISK, ON, OFF, NONE)}
    for value, task in tasks.items():
        measured(anna, task, value)
    found = risks(TODAY, "08")
    assert [(row["task"], row["state"]) for row in found] == [(tasks[OFF], "off_course"), (tasks[RISK], "at_risk")]
    assert [row["programme"] for row in found] == [programme, programme]
    assert found[0]["reason"].replace("\u00a0", " ").endswith("przebyto 20,0 % należnej drogi.")


def test_what_has_ended_or_lies_in_another_region_is_no_risk(anna, strategy):
    programme = ProgrammeFactory(strategy=strategy)
    ended = TaskFactory(programme=programme, to_date=date(2025, 12, 31))
    here, there = TaskFactory(programme=programme), TaskFactory(region="14")
    for task in (ended, here, there):
        measured(anna, task, OFF)
    assert [row["task"] for row in risks(TODAY, "08")] == [here]


def test_three_indicators_are_judged_with_as_many_queries_as_one(anna, strategy):
    programme = ProgrammeFactory(strategy=strategy)

    def asked():
        counts = []
        for read in (
            lambda: tree_of(strategy, today=TODAY),
            lambda: risks(TODAY, "08"),
            lambda: indicator_rows(programme=programme, today=TODAY),
        ):
            with CaptureQueriesContext(connection) as captured:
                read()
            counts.append(len(captured))
        return counts

    def grow():
        goal = GoalFactory(strategy=strategy)
        programme.goals.add(goal)
        for about in (programme, goal, TaskFactory(programme=programme)):
            measured(anna, about, OFF, targets={2025: 190, 2030: Decimal(200)})

    grow()
    one = asked()
    grow()
    grow()
    assert asked() == one
    assert max(one) <= 11


def test_what_everybody_reads_is_what_the_office_sees_and_is_remembered_until_the_next_deed(anna, strategy, memory):
    programme = ProgrammeFactory(strategy=strategy)
    measured(anna, programme, ON)

    def told():
        of_programme = Indicator.objects.filter(programme=programme)
        rows = told_rows(("programme", programme.pk), of_programme, TODAY)
        return rows, told_status(strategy, parts_of(strategy), TODAY)

    def seen():
        return indicator_rows(programme=programme, today=TODAY), status_of_tree(parts_of(strategy), TODAY)

    before = told()
    assert before == seen()
    with translation.override("en"):
        assert told()[0][0]["word"] == "on course"
    measured(anna, programme, OFF)
    assert told() == before != seen()
    memory.now += ASKED_EVERY
    assert told() == seen()
    assert len(told()[0]) == 2
