"""Money on the pages of a task, a programme and a lineage: by year and source, and only what may be seen."""

import pytest
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.strategy.models import Task
from tests.factories import (
    EntryFactory,
    PlanEntryFactory,
    ProgrammeFactory,
    ReportFactory,
    SourceFactory,
    StrategyFactory,
    TaskFactory,
    YearFactory,
)
from tests.queries import queries_of
from tests.visitors import text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    """Disability in two strategies: 2019 final, 2025 shown as a draft, 2026 seen only in the office."""
    old = StrategyFactory(code="2014-2020")
    new = StrategyFactory(code="2021-2030", from_year=2021, to_year=2030)
    before = ProgrammeFactory(strategy=old, code="2014-P2", short_name="Integracja")
    after = ProgrammeFactory(strategy=new, code="2021-P3", predecessors=[before])
    task = TaskFactory(code="zaz", programme=after, name="Zakłady zmyślone")
    final = YearFactory(year=2019, strategy=old)
    ReportFactory(year=final)
    shown = YearFactory(year=2025, strategy=new, shown_before_final=True, invented=True)
    hidden = YearFactory(year=2026, strategy=new)
    own, pfron = SourceFactory(code="own"), SourceFactory(code="pfron")
    EntryFactory(year=final, programme=before, source=pfron, amount_gr=3_450_312_81)
    for amount_gr in (100_00, 25_50):
        EntryFactory(year=shown, programme=after, task=task, source=own, amount_gr=amount_gr)
    EntryFactory(year=shown, programme=after, source=pfron, amount_gr=7_00)
    EntryFactory(year=hidden, programme=after, task=task, source=own, amount_gr=999_99, description="Wydatek ukryty")
    return {"old": before, "new": after, "task": task}


def rows_of(address, who=None):
    """The money panel of a page: (year, of another programme, amounts, total, plan)."""
    (panel,) = visitor(who).get(address).context["panels"]
    return [
        (
            row["year"].year,
            row["other"].code if row["other"] else None,
            [cell["gr"] for cell in row["cells"]],
            row["total"]["gr"],
            row["plan"]["gr"],
        )
        for row in panel.facts["rows"]
    ]


def test_a_programme_shows_its_years_and_those_of_what_it_continues(house):
    assert rows_of("/programy/2021-P3/") == [
        (2025, None, [125_50, 7_00], 132_50, None),
        (2019, "2014-P2", [None, 3_450_312_81], 3_450_312_81, None),
    ]
    text = text_of(visitor().get("/programy/2021-P3/"))
    assert [words for words in ("132,50", "3 450 312,81", "Integracja", "dane wymyślone") if words not in text] == []


def test_a_predecessor_does_not_show_what_came_later_but_its_lineage_does(house):
    assert [row[0] for row in rows_of("/programy/2014-P2/")] == [2019]
    assert [row[:2] for row in rows_of("/programy/2014-P2/linia/")] == [(2025, "2021-P3"), (2019, None)]


def test_a_year_that_is_not_shown_stays_in_the_office(house):
    assert rows_of("/zadania/zaz/") == [(2025, None, [125_50], 125_50, None)]
    office = rows_of(reverse("strategy_office:task", args=["zaz"]), Role.AUDITOR)
    assert office == [(2026, None, [999_99], 999_99, None), (2025, None, [125_50], 125_50, None)]
    assert "999,99" not in text_of(visitor().get("/programy/2021-P3/"))
    assert visitor().get("/wydatki/2026/?zadanie=zaz").status_code == 404
    assert "Wydatek ukryty" in text_of(visitor(Role.AUDITOR).get("/biuro/rok/2026/wydatki/?zadanie=zaz"))


def test_a_draft_that_is_shown_is_marked_and_a_final_year_is_not(house):
    (panel,) = visitor().get("/programy/2021-P3/").context["panels"]
    assert [(row["year"].year, row["published"]) for row in panel.facts["rows"]] == [(2025, False), (2019, True)]


def test_a_year_without_a_line_is_no_amount_and_not_zero(house):
    ProgrammeFactory(strategy=house["old"].strategy, code="2014-P3")
    assert rows_of("/programy/2014-P3/") == [(2019, None, [], None, None)]
    text = text_of(visitor().get("/programy/2014-P3/"))
    assert ("brak kwoty" in text, "0,00" in text) == (True, False)


def test_a_task_that_nothing_places_in_time_shows_no_years_and_no_panel(house):
    TaskFactory(code="luzne")
    assert visitor().get("/zadania/luzne/").context["panels"] == []


def test_the_plan_and_its_changes_stand_beside_what_was_spent(house):
    year = house["task"].entries.get(amount_gr=100_00).year
    PlanEntryFactory(year=year, programme=house["new"], task=house["task"], amount_gr=200_00)
    PlanEntryFactory(year=year, programme=house["new"], task=house["task"], kind="change", amount_gr=-50_00)
    PlanEntryFactory(year=year, programme=house["new"], task=house["task"], kind="commitment", amount_gr=1_00)
    assert rows_of("/zadania/zaz/") == [(2025, None, [125_50], 125_50, 150_00)]
    lines = visitor().get("/wydatki/2025/?zadanie=zaz")
    assert ([line.amount_gr for line in lines.context["plan"]], lines.context["plan_gr"]) == ([200_00, -50_00], 150_00)


def test_each_amount_opens_the_lines_it_is_made_of(house):
    client = visitor()
    for address in ("/programy/2021-P3/", "/zadania/zaz/", "/programy/2014-P2/linia/"):
        (panel,) = client.get(address).context["panels"]
        for row in panel.facts["rows"]:
            for amount in [*row["cells"], row["total"]]:
                page = client.get(amount["url"])
                assert page.context["sum_gr"] == amount["gr"]
                assert sum(entry.amount_gr for entry in page.context["page"]) == (amount["gr"] or 0)


@pytest.mark.parametrize("query", ["zadanie=nie-ma", "program=nie-ma", "zrodlo=nie-ma"])
def test_lines_of_what_is_not_there_are_not_found(house, query):
    assert visitor().get("/wydatki/2025/").status_code == 200
    assert visitor().get(f"/wydatki/2025/?{query}").status_code == 404
    assert visitor().get("/wydatki/1999/").status_code == 404


def test_a_page_asks_as_often_for_three_years_as_for_one(house):
    pages = ["/programy/2021-P3/", "/zadania/zaz/", "/programy/2014-P2/linia/", "/wydatki/2025/"]
    one = [queries_of(visitor(), page) for page in pages]
    shown = house["task"].entries.get(amount_gr=100_00).year
    for number in (2021, 2022):
        year = YearFactory(year=number, strategy=house["new"].strategy, shown_before_final=True)
        EntryFactory(year=year, programme=house["new"], task=house["task"], source=SourceFactory(code=f"eu-{number}"))
        EntryFactory(year=shown, programme=house["new"], task=TaskFactory(), source=SourceFactory(code="state"))
    assert Task.objects.count() == 3
    assert [queries_of(visitor(), page) for page in pages] == one
