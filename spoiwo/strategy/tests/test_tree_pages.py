"""The office's pages of the tree: reading, forms, two people at one record."""

from datetime import date

import pytest
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.doors import once
from spoiwo.strategy.models import Goal, Programme, Succession, Task
from spoiwo.ui.conflict import opened
from tests.factories import GoalFactory, OrganisationFactory, ProgrammeFactory, StrategyFactory, TaskFactory
from tests.queries import queries_of
from tests.visitors import as_chosen, key_for, person, says, text_of, visitor

pytestmark = pytest.mark.django_db
OFFICER, AUDITOR = Role.ROPS_OFFICER, Role.AUDITOR
ALWAYS = {"from_year": 2000, "to_year": 2099}  # a strategy that runs whenever the test does


def address(name, *values):
    """The address of a page of the office."""
    return reverse(f"strategy_office:{name}", args=values)


@pytest.fixture
def strategy():
    """A strategy with a goal, a programme under way, one that ended, and a task of each."""
    row = StrategyFactory(code="S", name="Strategia zmyślona", **ALWAYS)
    goal = GoalFactory(strategy=row, code="C-1", number="1", name="Cel pierwszy")
    programme = ProgrammeFactory(strategy=row, code="P-1", name="Program trwający", short_name="Trwający")
    programme.goals.set([goal])
    ProgrammeFactory(strategy=row, code="LPRES", name="Program skończony", short_name="Skończony", to_year=2023)
    TaskFactory(programme=programme, code="z-1", name="Zadanie pierwsze", note="Uwaga zmyślona.")
    return row


def as_shown(response):
    """What the browser would send back for the form on a page."""
    form = response.context["form"]
    shown = {bound.html_name: bound.value() for bound in form}
    shown |= {"opened": opened(form)} if "seen_version" in form.fields else {}
    return {name: value for name, value in shown.items() if value not in (None, "", [], False)}


# --- reading ---------------------------------------------------------------------------------------


def test_the_tree_shows_goals_programmes_tasks_and_what_needs_a_decision(strategy):
    response = visitor(OFFICER).get(address("now"))
    text = text_of(response)
    for words in ("Cel pierwszy", "Program trwający", "Zadanie pierwsze", "Program skończony"):
        assert words in text
    assert [(item.need, item.programme.code, item.since) for item in response.context["waiting"]] == [
        ("successor", "LPRES", 2024)
    ]
    assert says(response, "no successor")
    assert address("programme", "LPRES") in text


def test_the_tree_of_a_year_holds_only_what_was_in_force(strategy):
    inside = text_of(visitor(OFFICER).get(address("tree", "S") + "?rok=2023"))
    outside = text_of(visitor(OFFICER).get(address("tree", "S") + "?rok=2024"))
    assert ("Program skończony" in inside, "Program skończony" in outside.split("</section>")[0]) == (True, False)
    assert "Program trwający" in outside


def test_an_auditor_reads_every_page_and_is_offered_no_change(strategy):
    client = visitor(AUDITOR)
    for page in (("tree", "S"), ("goal", "C-1"), ("programme", "P-1"), ("task", "z-1")):
        text = text_of(client.get(address(*page)))
        assert ["zmien" in text, "zakoncz" in text, "nowe-zadanie" in text] == [False, False, False]
    assert "zmien" in text_of(visitor(OFFICER).get(address("task", "z-1")))


def test_a_house_without_a_strategy_says_so_and_another_regions_rows_are_not_found(strategy, settings):
    settings.REGION = "14"
    client = visitor(OFFICER)
    assert client.get(address("now")).status_code == 200
    pages = (("tree", "S"), ("goal", "C-1"), ("programme", "P-1"), ("task", "z-1"), ("task-change", "z-1"))
    assert [client.get(address(*page)).status_code for page in pages] == [404] * 5


def grow(strategy):
    """One more goal with an operational goal, a programme, its neighbours in time, tasks."""
    goal = GoalFactory(strategy=strategy)
    GoalFactory(strategy=strategy, parent=goal)
    programme = ProgrammeFactory(strategy=strategy)
    programme.goals.set([goal])
    earlier = ProgrammeFactory(strategy=StrategyFactory(from_year=1990, to_year=1999))
    programme.predecessors.set([earlier])
    ProgrammeFactory(strategy=strategy, parent=programme)
    TaskFactory(programme=programme, organisation=OrganisationFactory())
    TaskFactory(goal=goal)
    TaskFactory(from_date=date(2010, 1, 1))
    ProgrammeFactory(strategy=strategy, to_year=2010)


def test_the_tree_asks_as_often_for_three_goals_as_for_one():
    strategy = StrategyFactory(code="S", **ALWAYS)
    grow(strategy)
    client = visitor(OFFICER)
    one = queries_of(client, address("tree", "S"))
    for _n in range(2):
        grow(strategy)
    assert queries_of(client, address("tree", "S")) == one


# --- adding ----------------------------------------------------------------------------------------


def test_a_task_is_added_from_its_programme_and_its_form_sent_twice_adds_one(strategy):
    client = visitor(OFFICER)
    form = as_shown(client.get(address("task-new") + "?program=P-1"))
    assert form["code"] == "p-1-2"
    form |= {"name": "Zadanie nowe", "from_date": "1.02.2024"}
    form[once.FIELD] = key_for(client, address("task-new"))
    first, second = client.post(address("task-new"), form), client.post(address("task-new"), form)
    assert (first.status_code, first.url) == (302, address("task", "p-1-2"))
    assert second.url == first.url
    task = Task.objects.get(code="p-1-2")
    assert (task.name, task.from_date, task.programme.code) == ("Zadanie nowe", date(2024, 2, 1), "P-1")
    assert Record.objects.about(task).count() == 1


def test_a_programme_past_its_period_takes_no_new_task_and_the_page_names_the_way_out(strategy):
    ended = Programme.objects.get(code="LPRES")
    typed = {"name": "Zadanie nowe", "kind": "task", "programme": ended.pk, "code": "z-9", "note": "Zapisane słowa."}
    response = visitor(OFFICER).post(address("task-new"), typed)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["programme"]
    assert says(response, "Nothing continues it yet: name its successor first.")
    assert "Zapisane słowa." in text_of(response)
    heir = ProgrammeFactory(strategy=strategy, name="Program następny", from_year=2024, short_name="Następny")
    heir.predecessors.set([ended])
    assert "Następny" in str(visitor(OFFICER).post(address("task-new"), typed).context["form"].errors["programme"])
    assert not Task.objects.filter(code="z-9").exists()


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"name": ""}, "name"),
        ({"code": ""}, "code"),
        ({"code": "z 9/ą"}, "code"),
        ({"code": "z-1"}, "code"),  # another task has it
        ({"from_date": "31.02.2024"}, "from_date"),
        ({"from_date": "2.01.2024", "to_date": "1.01.2024"}, "to_date"),
        ({"from_date": "1.01.1999"}, "from_date"),  # before its programme
        ({"kind": "nie-ma"}, "kind"),
    ],
)
def test_a_faulty_task_comes_back_with_the_fault_by_its_field(strategy, facts, field):
    programme = Programme.objects.get(code="P-1")
    typed = {"name": "Zadanie nowe", "kind": "task", "programme": programme.pk, "code": "z-9"}
    response = visitor(OFFICER).post(address("task-new"), typed | facts)
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert Task.objects.count() == 1


def test_a_goal_of_another_strategy_is_not_the_goal_of_a_task(strategy):
    other = GoalFactory(strategy=StrategyFactory())
    programme = Programme.objects.get(code="P-1")
    typed = {"name": "Nowe", "kind": "task", "programme": programme.pk, "goal": other.pk, "code": "z-9"}
    assert list(visitor(OFFICER).post(address("task-new"), typed).context["form"].errors) == ["goal"]


def test_a_goal_and_a_programme_are_added_to_their_strategy(strategy):
    client = visitor(OFFICER)
    top = Goal.objects.get(code="C-1")
    goal = {"name": "Cel operacyjny", "number": "1.1", "parent": top.pk, "code": "C-1-1"}
    assert client.post(address("goal-new", "S"), goal).url == address("goal", "C-1-1")
    programme = {
        "name": "Program nowy", "short_name": "Nowy", "kind": "programme", "code": "P-2", "goals": [top.pk],
        "from_year": "2024", "adopting_body": "Zarząd zmyślony", "resolution": "1/2024", "adopted_on": "5.03.2024",
    }  # fmt: skip
    assert client.post(address("programme-new", "S"), programme).url == address("programme", "P-2")
    made = Programme.objects.get(code="P-2")
    assert (made.first_year, made.last_year, list(made.goals.all())) == (2024, 2099, [top])
    assert Goal.objects.get(code="C-1-1").parent == top
    text = text_of(client.get(address("programme", "P-2")))
    assert [words for words in ("Zarząd zmyślony", "1/2024", "5 marca 2024", "Cel pierwszy") if words not in text] == []


@pytest.mark.parametrize(("facts", "field"), [
    ({"from_year": "2024", "to_year": "2023"}, "to_year"),
    ({"from_year": "dwa tysiące"}, "from_year"),
    ({"short_name": ""}, "short_name"),
    ({"adopted_on": "wczoraj"}, "adopted_on"),
])  # fmt: skip
def test_a_faulty_programme_comes_back_with_the_fault_by_its_field(strategy, facts, field):
    typed = {"name": "Program nowy", "short_name": "Nowy", "kind": "programme", "code": "P-2"}
    response = visitor(OFFICER).post(address("programme-new", "S"), typed | facts)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert Programme.objects.count() == 2


# --- ending and succession -------------------------------------------------------------------------


def test_a_task_ends_with_a_reason_and_stays_on_the_page_of_its_programme(strategy):
    client = visitor(OFFICER)
    form = as_shown(client.get(address("task-end", "z-1")))
    assert client.post(address("task-end", "z-1"), form).status_code == 422
    form |= {"on": "31.12.2023", "reason": "Zadanie przejął wojewoda"}
    assert client.post(address("task-end", "z-1"), form).url == address("task", "z-1")
    page = client.get(address("programme", "P-1"))
    assert [task.code for task in page.context["ended_tasks"]] == ["z-1"]
    assert "Zadanie przejął wojewoda" in text_of(client.get(address("task", "z-1")))


def test_a_programme_and_a_goal_end(strategy):
    client = visitor(OFFICER)
    typed = {"reason": "Uchwała zmyślona", "seen_version": 1}
    assert client.post(address("programme-end", "P-1"), typed | {"on": "1999"}).status_code == 422
    assert client.post(address("programme-end", "P-1"), typed | {"on": "2022"}).status_code == 302
    assert client.post(address("goal-end", "C-1"), typed | {"on": "31.12.2022"}).status_code == 302
    assert (Programme.objects.get(code="P-1").to_year, Goal.objects.get().ended_on) == (2022, date(2022, 12, 31))


def test_naming_the_successor_settles_the_decision(strategy):
    client = visitor(OFFICER)
    heir = ProgrammeFactory(strategy=strategy, code="P-9", from_year=2024)
    page = address("succession-new", "LPRES")
    assert f"{page}?kierunek=nastepca" in text_of(client.get(address("programme", "LPRES")))
    typed = {"direction": "nastepca", "other": heir.pk, "note": "W całości."}
    assert client.post(page, typed).status_code == 302
    link = Succession.objects.get()
    assert (link.predecessor.code, link.successor.code, link.note) == ("LPRES", "P-9", "W całości.")
    waiting = client.get(address("tree", "S")).context["waiting"]
    assert "LPRES" not in [item.programme.code for item in waiting]
    circle = client.post(page, {"direction": "poprzednik", "other": heir.pk})
    assert (circle.status_code, list(circle.context["form"].errors)) == (422, ["other"])
    assert client.post(page, {"note": "Tylko uwaga."}).status_code == 422


def test_a_succession_is_taken_back_only_with_a_reason(strategy):
    Programme.objects.get(code="P-1").predecessors.set([Programme.objects.get(code="LPRES")])
    client, page = visitor(OFFICER), address("succession-remove", "P-1", "LPRES")
    for reason in (" ", "Pomyłka\0"):
        assert says(client.post(page, {"reason": reason}, follow=True), "Write the reason: nothing was taken back.")
    assert Succession.objects.count() == 1
    client.post(page, {"reason": "Pomyłka"})
    assert Succession.objects.count() == 0


# --- two people at one record ----------------------------------------------------------------------


@pytest.fixture
def two(strategy):
    """Two people who opened the same task; the first has saved a new name and note."""
    first, second = visitor(person(OFFICER, full_name="Osoba Pierwsza")), visitor(person(OFFICER))
    page = address("task-change", "z-1")
    forms = [as_shown(client.get(page)) for client in (first, second)]
    saved = first.post(page, forms[0] | {"name": "Nazwa pierwszej", "note": "Uwaga pierwszej."})
    assert saved.status_code == 302
    return second, forms[1] | {"name": "Nazwa drugiej", "number": "7"}


def test_the_second_person_sees_both_versions_and_nothing_is_saved_yet(two):
    """Both wrote a name: that is asked. Only the first wrote a note: it is taken over. Only the second a number."""
    client, typed = two
    response = client.post(address("task-change", "z-1"), typed)
    assert response.status_code == 409
    assert [(row.name, row.before, row.now, row.mine, row.both, row.chosen) for row in response.context["found"]] == [
        ("name", "Zadanie pierwsze", "Nazwa pierwszej", "Nazwa drugiej", True, ""),
        ("note", "Uwaga zmyślona.", "Uwaga pierwszej.", "Uwaga zmyślona.", False, "now"),
    ]
    text = text_of(response)
    words = ("Nazwa pierwszej", "Nazwa drugiej", "Zadanie pierwsze", "Uwaga pierwszej.", "Osoba Pierwsza")
    assert [one for one in words if one not in text] == []
    assert Task.objects.get(code="z-1").name == "Nazwa pierwszej"


def test_what_the_first_alone_changed_is_kept_and_what_the_second_alone_changed_is_saved(two):
    client, typed = two
    both = client.post(address("task-change", "z-1"), typed)
    chosen = as_chosen(both, name="now")
    assert client.post(address("task-change", "z-1"), chosen).url == address("task", "z-1")
    task = Task.objects.get(code="z-1")
    assert (task.name, task.number, task.note, task.version) == ("Nazwa pierwszej", "7", "Uwaga pierwszej.", 3)
    assert Record.objects.about(task).last().facts["changed"] == {"number": ["", "7"]}


def test_the_second_may_put_back_what_the_first_alone_changed(two):
    client, typed = two
    both = client.post(address("task-change", "z-1"), typed)
    client.post(address("task-change", "z-1"), as_chosen(both, name="mine", note="mine"))
    task = Task.objects.get(code="z-1")
    assert (task.name, task.note) == ("Nazwa drugiej", "Uwaga zmyślona.")


def test_both_texts_may_be_joined_by_hand(two):
    client, typed = two
    both = client.post(address("task-change", "z-1"), typed)
    joined = as_chosen(both, name="mine") | {"name": "Nazwa pierwszej i drugiej"}
    client.post(address("task-change", "z-1"), joined)
    assert Task.objects.get(code="z-1").name == "Nazwa pierwszej i drugiej"


@pytest.mark.parametrize("held", ["", "podrobione", "a:b:c"])
def test_without_what_was_opened_every_difference_is_asked(two, held):
    client, typed = two
    response = client.post(address("task-change", "z-1"), typed | {"opened": held})
    assert [(row.name, row.both) for row in response.context["found"]] == [
        ("name", True), ("number", True), ("note", True),
    ]  # fmt: skip


def test_a_field_without_a_choice_saves_nothing_and_keeps_what_was_chosen(two):
    client, typed = two
    both = client.post(address("task-change", "z-1"), typed | {"opened": ""})
    response = client.post(address("task-change", "z-1"), as_chosen(both, name="mine", number="mine"))
    assert response.status_code == 409
    assert says(response, "In one field or more nothing is chosen yet.")
    assert {item.name: item.chosen for item in response.context["found"]} == {
        "name": "mine", "number": "mine", "note": "",
    }  # fmt: skip
    assert Task.objects.get(code="z-1").version == 2


def test_a_third_person_in_between_is_seen_too(two):
    client, typed = two
    both = client.post(address("task-change", "z-1"), typed)
    Task.objects.filter(code="z-1").update(number="8", version=3)
    response = client.post(address("task-change", "z-1"), as_chosen(both, name="mine"))
    assert response.status_code == 409
    assert [(row.name, row.before, row.now, row.mine, row.both) for row in response.context["found"]] == [
        ("number", "–", "8", "7", True)
    ]
    assert Task.objects.get(code="z-1").name == "Nazwa pierwszej"
    assert client.post(address("task-change", "z-1"), as_chosen(response, number="mine")).status_code == 302
    task = Task.objects.get(code="z-1")
    assert (task.name, task.number, task.note) == ("Nazwa drugiej", "7", "Uwaga pierwszej.")


def test_two_people_who_saved_the_same_are_told_so(two):
    client, typed = two
    same = typed | {"name": "Nazwa pierwszej", "note": "Uwaga pierwszej.", "number": ""}
    response = client.post(address("task-change", "z-1"), same, follow=True)
    assert says(response, "Somebody has just saved the same; nothing was left to change.")
    assert Task.objects.get(code="z-1").version == 2


def test_who_ends_a_task_that_changed_meanwhile_sees_what_changed_and_may_save_again(two):
    client, _typed = two
    end = {"on": "31.12.2023", "reason": "Uchwała zmyślona", "seen_version": 1}
    response = client.post(address("task-end", "z-1"), end | {"opened": ""})
    assert response.status_code == 409
    text = text_of(response)
    assert [words for words in ("Nazwa pierwszej", "Uchwała zmyślona", "Osoba Pierwsza") if words not in text] == []
    assert client.post(address("task-end", "z-1"), as_chosen(response, on="mine")).status_code == 302
    assert Task.objects.get(code="z-1").to_date == date(2023, 12, 31)


def test_a_programme_and_a_goal_show_both_versions_too(strategy):
    Programme.objects.filter(code="P-1").update(name="Nowsza nazwa", version=2)
    Goal.objects.filter(code="C-1").update(name="Nowszy cel", version=2)
    client = visitor(OFFICER)
    programme = {"name": "Moja nazwa", "short_name": "Trwający", "kind": "programme", "seen_version": 1}
    response = client.post(address("programme-change", "P-1"), programme)
    assert {item.name: (item.now, item.mine) for item in response.context["found"]} == {
        "name": ("Nowsza nazwa", "Moja nazwa"), "goals": ("1. Nowszy cel", "–"),
    }  # fmt: skip
    response = client.post(address("goal-change", "C-1"), {"name": "Mój cel", "number": "1", "seen_version": 1})
    assert (response.status_code, len(response.context["found"])) == (409, 1)
