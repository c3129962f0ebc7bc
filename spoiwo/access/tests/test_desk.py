"""The desk: the day, who may see what, and the same number of queries however much there is."""

from datetime import date

import pytest
from django.utils import translation

from spoiwo.access.models import Role
from spoiwo.access.views.desk import passed_share
from spoiwo.audit.services import latest_deeds, record
from spoiwo.ledger import tiles as money_tiles
from spoiwo.ledger.models import LineQuestion
from spoiwo.strategy import tiles as strategy_tiles
from spoiwo.ui import tiles
from spoiwo.ui.tiles import FULL, register_tile
from tests.factories import (
    DeclaredFactory,
    DutyFactory,
    EntryFactory,
    PlanEntryFactory,
    ProgrammeFactory,
    SourceFactory,
    StrategyFactory,
    TaskFactory,
    YearFactory,
)
from tests.queries import queries_of
from tests.visitors import person, text_of, visitor

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 27)
OFFICE = [Role.ROPS_OFFICER, Role.DIRECTOR, Role.TREASURER, Role.EDITOR, Role.AUDITOR, Role.ADMINISTRATOR]


@pytest.mark.parametrize(
    ("day", "share"),
    [
        (date(2026, 1, 1), "0,3 %"),
        (date(2026, 11, 20), "88,8 %"),
        (date(2026, 11, 27), "90,7 %"),
        (date(2026, 12, 31), "100,0 %"),
        (date(2024, 2, 29), "16,4 %"),
        (date(2024, 12, 31), "100,0 %"),
    ],
)
def test_the_share_of_the_year_counts_today_and_leap_years(day, share):
    assert passed_share(day).replace("\u00a0", " ") == share


@pytest.fixture
def region():
    """Two years, one with an open difference, a programme, lines and a duty."""
    strategy = StrategyFactory(from_year=2021, to_year=2030)
    programme = ProgrammeFactory(strategy=strategy, code="P1")
    rows = [YearFactory(strategy=strategy, year=year) for year in (2025, 2026)]
    for row in rows:
        EntryFactory(year=row, programme=programme, task=TaskFactory(programme=programme))
    DeclaredFactory(year=rows[0], amount_gr=150_00)
    return rows


# Every role


@pytest.mark.parametrize("role", OFFICE)
def test_each_role_of_the_office_has_a_desk_and_sees_only_its_tiles(region, role):
    response = visitor(role).get("/biuro/")
    assert response.status_code == 200
    names = {tile.name for tile in response.context["tiles"]}
    assert {tile.name for tile in response.context["tiles"] if tile.failed} == set()
    assert {"money", "differences", "dates"} <= names
    assert ("recent" in names) is (role in {Role.AUDITOR, Role.DIRECTOR, Role.ADMINISTRATOR})


@pytest.mark.parametrize("role", [Role.GMINA_REPORTER, Role.POWIAT_REPORTER, Role.NGO_REPORTER])
def test_a_reporter_of_another_office_has_no_desk_here(role):
    assert visitor(role).get("/biuro/").status_code == 403


def test_a_visitor_is_sent_to_sign_in():
    assert visitor().get("/biuro/").url == "/konto/zaloguj/?next=/biuro/"


def test_the_desk_is_the_first_entry_of_the_menu(region):
    text = text_of(visitor(Role.EDITOR).get("/biuro/lata/"))
    assert text.index('href="/biuro/"') < text.index('href="/biuro/lata/"')


def test_an_empty_house_has_a_desk_too(settings):
    assert visitor(Role.EDITOR).get("/biuro/").status_code == 200


def test_a_room_of_tomorrow_adds_its_tile_by_registering(region, monkeypatch):
    monkeypatch.setattr(tiles, "_tiles", dict(tiles._tiles))
    facts = {"pairs": [("Czeka", "troje dzieci")]}
    register_tile("foster", "Piecza", 1, "ui/parts/kv.html", lambda request, today: facts, width=FULL)
    response = visitor(Role.DIRECTOR).get("/biuro/")
    assert response.context["tiles"][0].name == "foster"
    assert "troje dzieci" in text_of(response)


def test_a_tile_that_cannot_be_read_says_so_and_the_page_stands(region, monkeypatch):
    monkeypatch.setattr(tiles, "_tiles", dict(tiles._tiles))
    register_tile("broken", "Zepsuty", 1, "ui/parts/kv.html", lambda request, today: 1 // 0)
    response = visitor(Role.DIRECTOR).get("/biuro/")
    assert response.status_code == 200
    assert [tile.name for tile in response.context["tiles"] if tile.failed] == ["broken"]
    assert "Zepsuty" in text_of(response)


def test_the_desk_asks_as_often_for_three_of_everything_as_for_one(region):
    client = visitor(person(*OFFICE))
    client.get("/biuro/")
    one = queries_of(client, "/biuro/")
    strategy = region[0].strategy
    for number in (2, 3):
        programme = ProgrammeFactory(strategy=strategy, code=f"P{number}", to_year=2024)
        source = SourceFactory(code=("state", "eu")[number - 2])
        year = YearFactory(strategy=strategy, year=2020 + number)
        DeclaredFactory(year=year, amount_gr=7)
        for row in (*region, year):
            EntryFactory(year=row, programme=programme, source=source, task=TaskFactory(programme=programme))
        DutyFactory(month=number)
    assert queries_of(client, "/biuro/") == one


# What the tiles say


def facts_of(tile):
    """The facts of a tile on the day of the tests."""
    return tile(None, TODAY)


def test_money_of_a_year_without_a_plan_is_what_was_spent(region):
    facts = facts_of(money_tiles.money)
    assert (facts["year"].year, facts["keeps_plan"], facts["total"].spent_gr) == (2026, False, 100_00)
    assert [row["standing"].spent_gr for row in facts["sources"]] == [100_00]


def test_money_of_a_year_with_a_plan_is_told_by_source_and_programme(region):
    programme, year = region[1].entries.get().programme, region[1]
    where = {"year": year, "programme": programme, "source": year.entries.get().source}
    PlanEntryFactory(**where, kind="plan", amount_gr=400_00)
    PlanEntryFactory(**where, kind="commitment", amount_gr=50_00, due_on=date(2026, 9, 30))
    facts = facts_of(money_tiles.money)
    (source,), (row,) = facts["sources"], facts["programmes"]
    for told in (source, row):
        standing = told["standing"]
        amounts = (standing.plan_gr, standing.committed_gr, standing.spent_gr, standing.left_gr)
        assert amounts == (400_00, 50_00, 100_00, 250_00)
    assert (source["spent_width"], source["used_width"], facts["mark"]) == ("25.0%", "37.5%", "90.7%")
    assert source["share"].replace("\u00a0", " ") == "25,0 %"


def test_a_commitment_past_its_day_is_at_risk_with_how_much_and_since_when(region):
    year = region[1]
    where = {"year": year, "programme": year.entries.get().programme, "source": year.entries.get().source}
    PlanEntryFactory(**where, kind="plan", amount_gr=100_00)
    PlanEntryFactory(**where, kind="commitment", amount_gr=50_00, due_on=date(2026, 9, 30), description="Umowa")
    with translation.override("pl"):
        facts = facts_of(money_tiles.at_risk)
        (row,) = facts["rows"]
        reason = row["reason"].replace("\u00a0", " ")
    assert (row["what"], row["tone"], facts["count"]) == ("Umowa", "bad", 1)
    assert reason == "50,00 zł miało być zapłacone do 30 września 2026."
    assert money_tiles.at_risk(None, date(2031, 5, 1)) is None, "a year that is over is no risk of today"


def test_a_bar_never_leaves_its_rail(region):
    year = region[1]
    where = {"year": year, "programme": year.entries.get().programme, "source": year.entries.get().source}
    PlanEntryFactory(**where, kind="plan", amount_gr=60_00)
    assert facts_of(money_tiles.money)["sources"][0]["spent_width"] == "100%"


def test_between_two_years_the_desk_shows_the_latest_that_there_is(region):
    assert money_tiles.money(None, date(2031, 5, 1))["year"].year == 2026
    assert money_tiles.money(None, date(2025, 5, 1))["year"].year == 2025
    assert money_tiles.money(None, date(2020, 5, 1))["year"].year == 2025


def test_differences_of_every_year_are_counted_where_they_are(region):
    facts = facts_of(money_tiles.differences)
    assert [(row.year.year, len(row.open), row.largest_gr) for row in facts["years"]] == [(2025, 1, 50_00)]
    assert facts["count"] == 1


def test_questions_without_an_answer_are_counted_by_year(region):
    assert facts_of(money_tiles.questions) is None
    for row in region:
        LineQuestion.objects.create(entry=row.entries.get(), rule="probna")
    assert facts_of(money_tiles.questions) == {"counts": {2026: 1, 2025: 1}, "count": 2}


def test_programmes_that_ended_inside_their_strategy_wait_for_a_decision(region):
    assert facts_of(strategy_tiles.waiting_programmes) is None
    ProgrammeFactory(strategy=region[0].strategy, code="LPRES", from_year=2021, to_year=2023)
    (row,) = facts_of(strategy_tiles.waiting_programmes)["rows"]
    assert (row.programme.code, row.since) == ("LPRES", 2024)


def test_equal_deeds_of_one_minute_are_told_once(region):
    by = person(Role.DIRECTOR)
    for _ in range(3):
        record(by=by, deed="ledger.entry_imported", about=region[0])
    record(by=by, deed="ledger.draft_shown", about=region[0])
    groups = [(group["record"].deed, group["count"]) for group in latest_deeds(2)]
    assert groups == [("ledger.draft_shown", 1), ("ledger.entry_imported", 3)]
