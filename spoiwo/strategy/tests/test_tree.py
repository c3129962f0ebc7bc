"""Changing the tree: what is saved, what is refused, what stays in the history."""

from datetime import date

import pytest

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.audit.services import verify_chain
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.strategy.domain.succession import Need
from spoiwo.strategy.errors import CodeTaken, EndReasonMissing, EndsBeforeItBegan, ProgrammeEnded, SuccessionCircle
from spoiwo.strategy.models import Goal, Programme, Succession, Task
from spoiwo.strategy.services import tree
from spoiwo.strategy.services.reading import decisions_of, lineage_of, strategy_on, tree_of
from tests.factories import GoalFactory, ProgrammeFactory, ResultFactory, StrategyFactory, TaskFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)


@pytest.fixture
def by():
    """An officer."""
    return UserFactory(roles=[Role.ROPS_OFFICER])


@pytest.fixture
def old():
    """2014-2020."""
    return StrategyFactory(code="2014-2020")


@pytest.fixture
def new():
    """2021-2030."""
    return StrategyFactory(code="2021-2030", from_year=2021, to_year=2030)


def task_values(**facts):
    """The least a new task needs."""
    return {"name": "Zadanie zmyślone", "kind": "task"} | facts


def deeds():
    """What was recorded about the tree, in order."""
    about = ["strategy.goal", "strategy.programme", "strategy.task"]
    return list(Record.objects.filter(about_type__in=about).order_by("sequence").values_list("deed", "about_id"))


# --- adding ----------------------------------------------------------------------------------------


def test_a_goal_a_programme_and_a_task_are_added_and_recorded(new, by):
    goal = tree.create_goal(strategy=new, code="C-1", values={"number": "1", "name": "Cel zmyślony"}, by=by)
    values = {"name": "Program zmyślony", "short_name": "Zmyślony", "kind": "programme", "goals": [goal]}
    programme = tree.create_programme(strategy=new, code="P-1", values=values, by=by)
    task = tree.create_task(
        region="08", code="z-1", values=task_values(programme=programme, goal=goal), today=TODAY, by=by
    )
    assert list(programme.goals.all()) == [goal]
    assert (task.programme, task.goal, task.version) == (programme, goal, 1)
    assert deeds() == [
        ("strategy.goal_created", str(goal.pk)),
        ("strategy.programme_created", str(programme.pk)),
        ("strategy.task_created", str(task.pk)),
    ]
    assert Record.objects.about(programme).get().facts["goals"] == ["C-1"]
    assert list(verify_chain()) == []


def test_the_same_form_sent_twice_adds_one_task(new, by):
    facts = {"region": "08", "code": "z-1", "values": task_values(), "today": TODAY, "key": "drzewo-1", "by": by}
    assert tree.create_task(**facts) == tree.create_task(**facts)
    assert Task.objects.count() == len(deeds()) == 1


def test_a_code_that_another_row_has_is_refused(new, by):
    held = TaskFactory(code="z-1")
    with pytest.raises(CodeTaken) as refusal:
        tree.create_task(region="08", code="z-1", values=task_values(), today=TODAY, key="drzewo-2", by=by)
    assert refusal.value.holder == held
    assert Task.objects.count() == 1


@pytest.mark.parametrize(("last_year", "today", "taken"), [
    (2023, date(2023, 12, 31), True),
    (2023, date(2024, 1, 1), False),
    (None, date(2030, 12, 31), True),  # the strategy's period
    (None, date(2031, 1, 1), False),
])  # fmt: skip
def test_a_programme_past_its_period_takes_no_new_task(new, by, last_year, today, taken):
    programme = ProgrammeFactory(strategy=new, code="LPRES", to_year=last_year)
    facts = {"region": "08", "code": "z-1", "values": task_values(programme=programme), "today": today, "by": by}
    if taken:
        assert tree.create_task(**facts).programme == programme
        return
    with pytest.raises(ProgrammeEnded) as refusal:
        tree.create_task(**facts)
    assert (refusal.value.programme, refusal.value.last_year) == (programme, last_year or 2030)
    assert Task.objects.count() == len(deeds()) == 0


def test_a_task_is_not_moved_to_an_ended_programme_but_one_that_is_there_may_be_changed(new, by):
    ended = ProgrammeFactory(strategy=new, to_year=2023)
    held, other = TaskFactory(programme=ended), TaskFactory()
    tree.change_task(task=held, seen_version=1, values={"name": "Inaczej"}, today=TODAY, by=by)
    with pytest.raises(ProgrammeEnded):
        tree.change_task(task=other, seen_version=1, values={"programme": ended}, today=TODAY, by=by)
    assert list(ended.tasks.values_list("name", flat=True)) == ["Inaczej"]


# --- changing --------------------------------------------------------------------------------------


def test_a_change_keeps_both_values_in_the_record_of_deeds(new, by):
    programme = ProgrammeFactory(strategy=new, name="Stara nazwa", adopted_on=date(2021, 5, 4))
    goal = GoalFactory(strategy=new, code="C-4")
    values = {"name": "Nowa nazwa", "adopted_on": date(2021, 5, 5), "goals": [goal]}
    tree.change_programme(programme=programme, seen_version=1, values=values, reason="Uchwała", by=by)
    programme.refresh_from_db()
    assert (programme.name, programme.version) == ("Nowa nazwa", 2)
    record = Record.objects.about(programme).get()
    assert (record.deed, record.reason) == ("strategy.programme_changed", "Uchwała")
    assert record.facts["changed"] == {
        "name": ["Stara nazwa", "Nowa nazwa"],
        "adopted_on": ["2021-05-04", "2021-05-05"],
        "goals": [[], ["C-4"]],
    }


def test_who_saw_an_older_version_overwrites_nothing_and_gets_the_present_one(new, by):
    goal = GoalFactory(strategy=new, name="Pierwotna")
    tree.change_goal(goal=goal, seen_version=1, values={"name": "Pierwszej osoby"}, by=by)
    with pytest.raises(ChangedMeanwhile) as refusal:
        tree.change_goal(goal=goal, seen_version=1, values={"name": "Drugiej osoby"}, by=by)
    assert refusal.value.current.name == Goal.objects.get().name == "Pierwszej osoby"
    assert len(deeds()) == 1


# --- ending ----------------------------------------------------------------------------------------


def test_a_task_that_ended_is_in_its_years_and_absent_after_them(old, by):
    programme = ProgrammeFactory(strategy=old)
    task = TaskFactory(programme=programme, from_date=date(2014, 1, 1))
    tree.end_task(task=task, seen_version=1, on=date(2017, 12, 31), reason="Zadanie przejął wojewoda", by=by)
    present = {year: tree_of(old, today=TODAY, year=year).task_count for year in (2013, 2014, 2017, 2018)}
    assert present == {2013: 0, 2014: 1, 2017: 1, 2018: 0}
    whole = tree_of(old, today=TODAY)
    assert [(leaf.task, leaf.ended) for leaf in whole.free[0].tasks] == [(task, True)]
    record = Record.objects.about(task).get()
    assert (record.deed, record.reason) == ("strategy.task_ended", "Zadanie przejął wojewoda")


def test_nothing_ends_without_a_reason_or_before_it_began(new, by):
    goal, programme = GoalFactory(strategy=new), ProgrammeFactory(strategy=new, from_year=2022)
    task = TaskFactory(from_date=date(2022, 5, 2))
    for end, facts in (
        (tree.end_goal, {"goal": goal, "on": TODAY}),
        (tree.end_programme, {"programme": programme, "last_year": 2026}),
        (tree.end_task, {"task": task, "on": TODAY}),
    ):
        with pytest.raises(EndReasonMissing):
            end(seen_version=1, reason="  ", by=by, **facts)
    with pytest.raises(EndsBeforeItBegan):
        tree.end_programme(programme=programme, seen_version=1, last_year=2021, reason="Uchwała", by=by)
    with pytest.raises(EndsBeforeItBegan):
        tree.end_task(task=task, seen_version=1, on=date(2022, 5, 1), reason="Uchwała", by=by)
    assert deeds() == []
    tree.end_task(task=task, seen_version=1, on=date(2022, 5, 2), reason="Uchwała", by=by)
    tree.end_programme(programme=programme, seen_version=1, last_year=2022, reason="Uchwała", by=by)
    tree.end_goal(goal=goal, seen_version=1, on=TODAY, reason="Uchwała", by=by)
    assert (Task.objects.get().to_date, Programme.objects.get().to_year) == (date(2022, 5, 2), 2022)
    assert Goal.objects.get().ended_on == TODAY


# --- what continues what ---------------------------------------------------------------------------


def test_disability_is_followed_across_both_strategies_in_both_directions(old, new, by):
    before = ProgrammeFactory(strategy=old, code="2014-P2", name="Integracja osób niepełnosprawnych")
    after = ProgrammeFactory(strategy=new, code="2021-P3", name="Wyrównywanie szans")
    ProgrammeFactory(strategy=new, code="2021-P1")
    tree.add_succession(predecessor=before, successor=after, note="Inna nazwa.", by=by)
    from_the_first = [(item.programme, item.distance) for item in lineage_of(before)]
    from_the_last = [(item.programme, item.distance) for item in lineage_of(after)]
    assert from_the_first == [(before, 0), (after, 1)]
    assert from_the_last == [(before, -1), (after, 0)]
    assert [link.note for link in lineage_of(before)[1].links] == ["Inna nazwa."]


def test_a_succession_said_again_is_one_link_whose_note_may_change(old, new, by):
    before, after = ProgrammeFactory(strategy=old), ProgrammeFactory(strategy=new)
    first = tree.add_succession(predecessor=before, successor=after, by=by)
    assert tree.add_succession(predecessor=before, successor=after, by=by) == first
    assert tree.add_succession(predecessor=before, successor=after, note="W części.", by=by).note == "W części."
    assert Succession.objects.count() == 1
    assert [deed for deed, _about in deeds()] == ["strategy.succession_added", "strategy.succession_changed"]


def test_a_succession_in_a_circle_is_refused(old, new, by):
    before, after = ProgrammeFactory(strategy=old), ProgrammeFactory(strategy=new)
    tree.add_succession(predecessor=before, successor=after, by=by)
    for predecessor, successor in ((after, before), (after, after)):
        with pytest.raises(SuccessionCircle):
            tree.add_succession(predecessor=predecessor, successor=successor, by=by)
    assert Succession.objects.count() == len(deeds()) == 1


def test_a_succession_is_taken_back_with_a_reason_and_stays_in_the_history(old, new, by):
    after = ProgrammeFactory(strategy=new, predecessors=[ProgrammeFactory(strategy=old, code="2014-P9")])
    with pytest.raises(EndReasonMissing):
        tree.remove_succession(succession=Succession.objects.get(), reason="", by=by)
    tree.remove_succession(succession=Succession.objects.get(), reason="Pomyłka", by=by)
    assert Succession.objects.count() == 0
    record = Record.objects.about(after).get()
    assert (record.deed, record.facts["predecessor"]) == ("strategy.succession_removed", "2014-P9")


def test_a_programme_that_ended_inside_its_strategy_asks_for_its_successor_until_it_has_one(new, by):
    short = ProgrammeFactory(strategy=new, code="LPRES", from_year=2021, to_year=2023)

    def waiting(today):
        return [(item.need, item.programme, item.since) for item in decisions_of("08", today=today)]

    assert waiting(date(2023, 12, 31)) == []
    assert waiting(date(2024, 1, 1)) == [(Need.SUCCESSOR, short, 2024)]
    heir = ProgrammeFactory(strategy=new, from_year=2024)
    tree.add_succession(predecessor=short, successor=heir, by=by)
    assert waiting(TODAY) == []


def test_that_nothing_follows_can_be_decided(new, by):
    short = ProgrammeFactory(strategy=new, to_year=2023)
    assert len(decisions_of("08", today=TODAY, strategy=new)) == 1
    tree.change_programme(programme=short, seen_version=1, values={"ends_line": True}, by=by)
    assert decisions_of("08", today=TODAY, strategy=new) == []


# --- the tree as it is read ------------------------------------------------------------------------


def test_every_programme_stands_with_its_tasks_under_the_first_goal_it_serves(new):
    first, second = GoalFactory(strategy=new, number="1"), GoalFactory(strategy=new, number="2")
    below = GoalFactory(strategy=new, parent=second)
    shared = ProgrammeFactory(strategy=new)
    shared.goals.set([first, second])
    own = ProgrammeFactory(strategy=new)
    own.goals.set([below])
    nested = ProgrammeFactory(strategy=new, parent=own)
    free = ProgrammeFactory(strategy=new)
    for programme in (shared, shared, own, nested, free):
        TaskFactory(programme=programme)
    alone = TaskFactory(goal=second)
    found = tree_of(new, today=TODAY)
    left, right = found.branches
    assert [(limb.programme, len(limb.tasks), limb.elsewhere) for limb in left.limbs] == [(shared, 2, None)]
    assert [(limb.programme, len(limb.tasks), limb.elsewhere) for limb in right.limbs] == [(shared, 0, first)]
    assert [leaf.task for leaf in right.tasks] == [alone]
    assert [limb.programme for limb in right.operational[0].limbs[0].nested] == [nested]
    assert [limb.programme for limb in found.free] == [free]
    assert (right.programme_count, right.task_count) == (2, 3)
    assert (found.goal_count, found.programme_count, found.task_count) == (2, 3, 6)


def test_tasks_outside_programmes_belong_to_the_strategy_of_their_days_or_results(old, new):
    dated = TaskFactory(from_date=date(2019, 7, 1), to_date=date(2021, 3, 1))
    told = TaskFactory()
    ResultFactory(task=told, year=2020)
    TaskFactory()  # nothing says when
    assert [leaf.task for leaf in tree_of(old, today=TODAY).outside] == [dated, told]
    assert [leaf.task for leaf in tree_of(new, today=TODAY).outside] == [dated]
    assert [leaf.task for leaf in tree_of(new, today=TODAY, year=2022).outside] == []


@pytest.mark.parametrize(("year", "expected"), [(2020, "2014-2020"), (2021, "2021-2030"), (2035, "2021-2030")])
def test_the_strategy_of_a_day_is_the_one_in_force_else_the_latest(old, new, year, expected):
    assert strategy_on([new, old], date(year, 6, 1)).code == expected
    assert strategy_on([], TODAY) is None
