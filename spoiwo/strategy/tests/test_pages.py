"""Strategies and programmes as everybody reads them."""

from datetime import date

import pytest
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.strategy.models import Programme, Succession, Task
from tests.factories import (
    DefinitionFactory,
    GoalFactory,
    IndicatorFactory,
    OrganisationFactory,
    ProgrammeFactory,
    ResultFactory,
    StrategyFactory,
    TaskFactory,
    UserFactory,
)
from tests.queries import queries_of
from tests.visitors import text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    """Two strategies; a programme with a task, a nested one, and a successor under another name."""
    old = StrategyFactory(code="2014-2020", name="Strategia dawna")
    new = StrategyFactory(code="2021-2030", name="Strategia nowa", from_year=2021, to_year=2030)
    first = ProgrammeFactory(strategy=old, code="2014-P2", number="2", name="Program integracji")
    ProgrammeFactory(strategy=old, code="2014-P2-A", name="Program wewnątrz", parent=first)
    TaskFactory(programme=first, name="Koordynacja świadczeń", to_date=date(2017, 12, 31), note="Zlecone.")
    ProgrammeFactory(strategy=new, code="2021-P3", name="Program równych szans", predecessors=[first])
    return old


def address(code):
    """The page of a programme."""
    return reverse("strategy:programme", args=[code])


def test_the_list_names_every_programme_of_every_strategy(tree):
    text = text_of(visitor().get(reverse("strategy:strategies")))
    assert [name for name in ("Strategia dawna", "Strategia nowa", "Program integracji", "Program równych szans")
            if name not in text] == []  # fmt: skip
    assert text.index("Strategia nowa") < text.index("Strategia dawna")


def test_a_house_without_a_strategy_says_so():
    response = visitor().get(reverse("strategy:strategies"))
    assert response.status_code == 200
    assert list(response.context["rows"]) == []


def test_a_strategy_shows_its_programmes_tasks_and_what_continues_them(tree):
    text = text_of(visitor().get(reverse("strategy:strategy", args=["2014-2020"])))
    assert "Koordynacja świadczeń" in text
    assert "31.12.2017" in text
    assert address("2021-P3") in text
    assert address("2014-P2-A") in text


def test_a_strategy_shows_projects_outside_programmes_that_brought_results_in_its_years(tree):
    project, later = TaskFactory(name="Projekt w okresie"), TaskFactory(name="Projekt po okresie")
    ResultFactory(task=project, year=2020)
    ResultFactory(task=project, year=2019)
    ResultFactory(task=later, year=2021)
    text = text_of(visitor().get(reverse("strategy:strategy", args=["2014-2020"])))
    assert text.count("Projekt w okresie") == 1
    assert "Projekt po okresie" not in text
    assert "Projekt po okresie" in text_of(visitor().get(reverse("strategy:strategy", args=["2021-2030"])))


def test_a_programme_shows_its_period_its_tasks_and_both_neighbours_in_time(tree):
    before = text_of(visitor().get(address("2014-P2")))
    after = text_of(visitor().get(address("2021-P3")))
    assert "2014–2020" in before
    assert "Zlecone." in before
    assert address("2021-P3") in before
    assert address("2014-P2") in after


def test_a_strategy_of_which_only_the_header_is_held_says_so(tree):
    StrategyFactory(code="2005-2013", from_year=2005, to_year=2013, resolution="1/2005", note="Mamy tylko nagłówek.")
    for path in ("/strategie/", "/strategie/2005-2013/"):
        text = text_of(visitor().get(path))
        assert [words for words in ("Mamy tylko nagłówek.", "1/2005") if words not in text] == []


def test_the_tree_of_a_year_holds_a_task_in_its_years_and_not_after(tree):
    during, after = (text_of(visitor().get(f"/strategie/2014-2020/?rok={year}")) for year in (2017, 2018))
    assert ("Koordynacja świadczeń" in during, "Koordynacja świadczeń" in after) == (True, False)
    assert "Program integracji" in after
    assert visitor().get("/strategie/2014-2020/?rok=wczoraj").status_code == 200


def test_goals_stand_above_the_programmes_that_serve_them(tree):
    goal = GoalFactory(strategy=tree, number="3", name="Cel zmyślony")
    tree.programmes.get(code="2014-P2").goals.set([goal])
    text = text_of(visitor().get("/strategie/2014-2020/"))
    assert text.index("Cel zmyślony") < text.index("Program integracji")
    assert "Cel zmyślony" in text_of(visitor().get(address("2014-P2")))


@pytest.mark.parametrize("code", ["2014-P2", "2021-P3"])
def test_a_reader_follows_a_programme_through_both_strategies(tree, code):
    Succession.objects.update(note="Inna nazwa.")
    page = reverse("strategy:lineage", args=[code])
    assert page in text_of(visitor().get(address(code)))
    text = text_of(visitor().get(page))
    assert text.index("Program integracji") < text.index("Program równych szans")
    assert "Inna nazwa." in text


def test_a_task_shows_where_it_belongs_and_when_it_ran_but_not_who_leads_it(tree):
    task = Task.objects.get(name="Koordynacja świadczeń")
    task.lead, task.organisation = (
        UserFactory(full_name="Osoba Prowadząca"),
        OrganisationFactory(name="Ośrodek zmyślony"),
    )
    task.save(update_fields=["lead", "organisation"])
    page = reverse("strategy:task", args=[task.code])
    assert page in text_of(visitor().get(address("2014-P2")))
    text = text_of(visitor().get(page))
    wanted = ("Program integracji", "31.12.2017", "Zlecone.", "Ośrodek zmyślony", address("2014-P2"))
    assert [words for words in wanted if words not in text] == []
    assert "Osoba Prowadząca" not in text
    assert "Osoba Prowadząca" in text_of(visitor(Role.AUDITOR).get(reverse("strategy_office:task", args=[task.code])))


def test_the_pages_of_a_task_and_a_programme_show_their_indicators_to_everybody_and_in_the_office(tree):
    programme, task = Programme.objects.get(code="2014-P2"), Task.objects.get(name="Koordynacja świadczeń")
    DefinitionFactory(indicator=IndicatorFactory(programme=None, task=task, name="Wskaźnik zadania"))
    DefinitionFactory(indicator=IndicatorFactory(programme=programme, name="Wskaźnik programu"))
    pages = {"Wskaźnik zadania": ("task", task.code), "Wskaźnik programu": ("programme", programme.code)}
    for name, (kind, code) in pages.items():
        assert name in text_of(visitor().get(reverse(f"strategy:{kind}", args=[code])))
        office = text_of(visitor(Role.DIRECTOR).get(reverse(f"strategy_office:{kind}", args=[code])))
        assert name in office
        assert f"?dla={kind}:" in office
        assert "?dla=" not in text_of(visitor(Role.AUDITOR).get(reverse(f"strategy_office:{kind}", args=[code])))


def test_a_task_outside_programmes_has_a_page(tree):
    assert visitor().get(reverse("strategy:task", args=[TaskFactory().code])).status_code == 200
    assert visitor().get(reverse("strategy:task", args=[TaskFactory(region="14").code])).status_code == 404


def test_a_nested_programme_names_what_it_is_part_of(tree):
    assert address("2014-P2") in text_of(visitor().get(address("2014-P2-A")))


@pytest.mark.parametrize("path", ["/strategie/nie-ma/", "/programy/nie-ma/", "/strategie/<b>/"])
def test_what_is_not_there_is_not_found(tree, path):
    assert visitor().get(path).status_code == 404


def test_another_regions_strategy_is_not_shown_here(tree):
    other = StrategyFactory(region="14", code="mazowsze", name="Strategia Mazowsza")
    ProgrammeFactory(strategy=other, code="M-1")
    client = visitor()
    assert "Strategia Mazowsza" not in text_of(client.get(reverse("strategy:strategies")))
    assert client.get("/strategie/mazowsze/").status_code == 404
    assert client.get(address("M-1")).status_code == 404


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_is_written_through_a_public_page(tree, method):
    for path in ("/strategie/", "/strategie/2014-2020/", address("2014-P2")):
        assert getattr(visitor(), method)(path).status_code == 405


def grow(strategy):
    """One more programme with tasks, a nested programme, neighbours in time."""
    programme = ProgrammeFactory(strategy=strategy)
    programme.goals.set([GoalFactory(strategy=strategy)])
    TaskFactory(programme=programme)
    ProgrammeFactory(strategy=strategy, parent=programme)
    later = StrategyFactory(from_year=2021, to_year=2030)
    ProgrammeFactory(strategy=later, predecessors=[programme])
    programme.predecessors.add(ProgrammeFactory(strategy=StrategyFactory(from_year=2007, to_year=2013)))
    task = TaskFactory()
    ResultFactory(task=task)
    return programme


def test_the_list_asks_as_often_for_three_strategies_as_for_one():
    ProgrammeFactory()
    one = queries_of(visitor(), "/strategie/")
    for _n in range(2):
        ProgrammeFactory()
    assert queries_of(visitor(), "/strategie/") == one


def test_a_strategy_asks_as_often_for_three_programmes_as_for_one():
    strategy = StrategyFactory(code="2014-2020")
    grow(strategy)
    one = queries_of(visitor(), "/strategie/2014-2020/")
    for _n in range(2):
        grow(strategy)
    assert queries_of(visitor(), "/strategie/2014-2020/") == one


def test_a_programme_asks_as_often_for_three_tasks_as_for_one():
    programme = grow(StrategyFactory())
    one = queries_of(visitor(), address(programme.code))
    for _n in range(2):
        TaskFactory(programme=programme)
        ProgrammeFactory(strategy=programme.strategy, parent=programme)
        programme.predecessors.add(ProgrammeFactory())
    assert queries_of(visitor(), address(programme.code)) == one


def test_a_lineage_asks_as_often_for_three_ancestors_as_for_one():
    programme = grow(StrategyFactory())
    page = reverse("strategy:lineage", args=[programme.code])
    one = queries_of(visitor(), page)
    for _n in range(2):
        programme.predecessors.add(ProgrammeFactory())
    assert queries_of(visitor(), page) == one
