"""The legal year: days, the shipped table, marks, changes by an administrator, pages."""

import csv
from datetime import date

import pytest
from django.utils import timezone

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.kernel.days import easter, is_working, next_working
from spoiwo.strategy.domain.duties import State, day_in, term
from spoiwo.strategy.errors import DutyFrozen
from spoiwo.strategy.models import Duty, DutyDone
from spoiwo.strategy.readiness import register_readiness
from spoiwo.strategy.services.duties import (
    SHIPPED_DUTIES,
    as_facts,
    change_duty,
    coming,
    due_in,
    find_duty,
    late,
    load_duties,
    mark_done,
    take_back,
)
from tests.factories import DutyFactory
from tests.queries import queries_of
from tests.visitors import as_chosen, person, says, text_of, visitor

TODAY = date(2026, 11, 27)
THIS_YEAR = timezone.localdate().year  # the pages show the year of the clock


@pytest.fixture
def empty(db):
    """A house without duties: the shipped ones are read at its start."""
    Duty.objects.all().delete()


@pytest.fixture
def officer():
    """Who marks duties as done."""
    return person(Role.ROPS_OFFICER)


# Days


@pytest.mark.parametrize(
    ("year", "month", "day", "expected"),
    [
        (2026, 1, 31, date(2026, 1, 31)),
        (2026, 12, 31, date(2026, 12, 31)),
        (2024, 2, 29, date(2024, 2, 29)),
        (2026, 2, 29, date(2026, 2, 28)),
        (2100, 2, 29, date(2100, 2, 28)),
        (2026, 6, 31, date(2026, 6, 30)),
    ],
)
def test_a_day_that_the_month_lacks_is_its_last_one(year, month, day, expected):
    assert day_in(year, month, day) == expected


@pytest.mark.parametrize(
    ("year", "expected"),
    [(2019, date(2019, 4, 21)), (2024, date(2024, 3, 31)), (2026, date(2026, 4, 5)), (2038, date(2038, 4, 25))],
)
def test_easter_moves(year, expected):
    assert easter(year) == expected


@pytest.mark.parametrize(
    ("day", "working"),
    [
        (date(2026, 1, 30), True),
        (date(2026, 1, 31), False),  # a Saturday
        (date(2026, 2, 1), False),  # a Sunday
        (date(2026, 1, 6), False),
        (date(2026, 4, 6), False),  # Easter Monday
        (date(2026, 6, 4), False),  # Corpus Christi
        (date(2026, 11, 11), False),
        (date(2024, 12, 24), True),
        (date(2026, 12, 24), False),
    ],
)
def test_free_days_are_saturdays_sundays_and_holidays(day, working):
    assert is_working(day) is working


def test_the_next_working_day_comes_after_all_free_ones():
    assert next_working(date(2026, 12, 24)) == date(2026, 12, 28)
    assert next_working(date(2026, 1, 31)) == date(2026, 2, 2)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 1, 16), State.AHEAD),  # 15 days
        (date(2026, 1, 17), State.SOON),  # 14 days
        (date(2026, 1, 31), State.SOON),  # a Saturday: the term moves to Monday
        (date(2026, 2, 2), State.SOON),
        (date(2026, 2, 3), State.LATE),
    ],
)
def test_a_duty_is_late_only_after_the_working_day_that_follows(today, state):
    found = term(year=2026, month=1, day=31, today=today)
    assert (found.on, found.moved_to) == (date(2026, 1, 31), date(2026, 2, 2))
    assert found.state(done=False) is state
    assert found.state(done=True) is State.DONE


# The shipped table


def test_the_shipped_table_is_read_once_and_holds_what_was_found_in_acts(empty):
    assert load_duties()["new"] == 13
    assert load_duties() == {"new": 0, "changed": 0, "kept": 13}
    assert find_duty("ozps-sejmik", 2026).basis.endswith("art. 16a ust. 4")
    assert (find_duty("ozps-sejmik", 2026).month, find_duty("ozps-sejmik", 2026).day) == (6, 30)
    assert find_duty("ozps-sejmik", 2025) is None
    assert Record.objects.about_any(Duty.objects.all()).count() == 13


def test_every_row_of_the_shipped_table_has_the_cells_of_its_head():
    with SHIPPED_DUTIES.open(encoding="utf-8", newline="") as source:
        head, *rows = csv.reader(source, delimiter=";")
    assert {len(row) for row in rows} == {len(head)}


def test_what_is_not_read_in_an_act_says_that_it_is_to_be_confirmed(empty):
    load_duties()
    doubtful = {duty.code for duty in Duty.objects.all() if "do potwierdzenia" in duty.note.lower()}
    assert doubtful == {"rb-28s-grudzien", "wykonanie-budzetu", "sprawozdanie-ze-strategii"}


def test_what_an_administrator_changed_is_never_overwritten(empty):
    load_duties()
    duty = find_duty("ozps-sejmik", 2026)
    change(duty, day=15)
    assert load_duties() == {"new": 0, "changed": 0, "kept": 13}
    assert find_duty("ozps-sejmik", 2026).day == 15


def test_a_later_release_corrects_what_nobody_touched(empty, tmp_path):
    load_duties()
    shipped = tmp_path / "duties.csv"
    shipped.write_text(
        "code;name;recipient;basis;month;day;from_year;check;note\nozps-sejmik;Ocena;Sejmik;ustawa;6;29;2026;;\n",
        encoding="utf-8",
    )
    assert load_duties(file=shipped) == {"new": 0, "changed": 1, "kept": 0}
    assert find_duty("ozps-sejmik", 2026).day == 29
    assert Record.objects.filter(deed="strategy.duty_reread").count() == 1


# What is due


def test_what_comes_next_reaches_into_the_next_year(empty):
    DutyFactory(code="listopad", month=11, day=30)
    DutyFactory(code="styczen", month=1, day=31)
    rows = [(due.duty.code, due.year, due.term.days_left) for due in coming(TODAY, many=5)]
    assert rows == [("listopad", 2026, 3), ("styczen", 2027, 65), ("listopad", 2027, 368)]
    assert [due.duty.code for due in coming(TODAY, many=1)] == ["listopad"]


def test_what_is_done_or_ended_is_neither_next_nor_late(empty, officer):
    done = DutyFactory(code="zrobione", month=11, day=30)
    DutyFactory(code="dawne", month=3, day=1, valid_to_year=2025)
    DutyFactory(code="spoznione", month=3, day=2)
    mark_done(duty=done, year=2026, on=TODAY, by=officer)
    assert [(due.duty.code, due.year) for due in late(TODAY)] == [("spoznione", 2026)]
    assert [(due.duty.code, due.year) for due in coming(TODAY, many=9)] == [("spoznione", 2027), ("zrobione", 2027)]


def test_a_changed_law_is_a_later_row_of_the_same_code(empty):
    DutyFactory(code="ocena", month=4, day=30, valid_from_year=2024)
    DutyFactory(code="ocena", month=5, day=31, valid_from_year=2026)
    days = [[due.term.on for due in due_in(year, TODAY)] for year in (2025, 2026)]
    assert days == [[date(2025, 4, 30)], [date(2026, 5, 31)]]
    assert find_duty("ocena", 2025).month == 4


def test_readiness_is_told_by_whoever_registered_it(empty):
    register_readiness("probna", lambda year: f"gotowe za {year}")
    DutyFactory(code="a", month=1, day=2, check_name="probna")
    DutyFactory(code="b", month=1, day=3, check_name="nikt-nie-zna")
    assert [due.ready for due in due_in(2026, TODAY)] == ["gotowe za 2026", ""]


# Marks and changes


def test_a_mark_is_given_once_and_can_be_taken_back(empty, officer):
    duty = DutyFactory()
    first = mark_done(duty=duty, year=2026, on=TODAY, note="pismo 7", by=officer)
    assert mark_done(duty=duty, year=2026, on=date(2026, 1, 1), by=officer) == first
    take_back(duty=duty, year=2026, by=officer)
    take_back(duty=duty, year=2026, by=officer)
    assert DutyDone.objects.count() == 0
    assert list(Record.objects.about(duty).values_list("deed", flat=True)) == [
        "strategy.duty_done",
        "strategy.duty_undone",
    ]


def change(duty, seen=None, **values):
    """Change some columns of a duty."""
    facts = as_facts(duty) | values
    seen = duty.version if seen is None else seen
    return change_duty(duty=duty, seen_version=seen, values=facts, reason="Zmiana ustawy od lipca", by=None)


def test_a_change_keeps_the_old_values_in_the_history(empty):
    duty = DutyFactory(day=30)
    change(duty, day=15)
    assert Record.objects.about(duty).get().facts["changed"] == {"day": [30, 15]}
    with pytest.raises(ChangedMeanwhile) as refusal:
        change(duty, day=16, seen=1)
    assert refusal.value.current.day == 15


def test_a_duty_does_not_end_before_a_year_in_which_it_was_done(empty, officer):
    duty = DutyFactory()
    mark_done(duty=duty, year=2026, on=TODAY, by=officer)
    with pytest.raises(DutyFrozen) as refusal:
        change(duty, valid_to_year=2025)
    assert refusal.value.year == 2026
    assert change(duty, valid_to_year=2026).valid_to_year == 2026


# Pages


@pytest.fixture
def duty(empty):
    """A duty of 31 January that holds in every year a page may show."""
    return DutyFactory(code="ocena", name="Ocena zmyślona", month=1, day=31, valid_from_year=2020)


ADDRESS = f"/biuro/terminy/{THIS_YEAR}/ocena/"


def test_the_list_says_what_is_due_and_what_was_done(duty, officer):
    assert says(visitor(Role.AUDITOR).get("/biuro/terminy/"), "Last day")
    response = visitor(officer).post(f"{ADDRESS}zrobione/", {"on": "31.01.2021", "note": "pismo 7"})
    assert (response.status_code, response.url) == (302, f"/biuro/terminy/?rok={THIS_YEAR}")
    text = text_of(visitor(Role.AUDITOR).get("/biuro/terminy/"))
    assert "31 stycznia 2021" in text
    assert "pismo 7" in text


@pytest.mark.parametrize("on", ["", "jutro", "31.02.2021", "31.12.2099"])
def test_a_day_that_is_none_or_has_not_come_is_refused_by_its_field(duty, officer, on):
    response = visitor(officer).post(f"{ADDRESS}zrobione/", {"on": on})
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {"on"}
    assert DutyDone.objects.count() == 0


def test_a_mark_is_taken_back_on_the_page_of_the_duty(duty, officer):
    mark_done(duty=duty, year=THIS_YEAR, on=date(2021, 1, 31), by=officer)
    assert f"{ADDRESS}cofnij/" in text_of(visitor(officer).get(ADDRESS))
    assert visitor(officer).post(f"{ADDRESS}cofnij/").status_code == 302
    assert DutyDone.objects.count() == 0


CHANGE = {
    "name": "Ocena zmyślona", "recipient": "Sejmik", "basis": "ustawa", "day": "30", "month": "4", "valid_to_year": "",
    "note": "", "reason": "Zmiana ustawy od lipca", "seen_version": "1",
}  # fmt: skip


def test_an_administrator_changes_a_term(duty):
    response = visitor(Role.ADMINISTRATOR).post(f"{ADDRESS}zmien/", CHANGE)
    assert (response.status_code, response.url) == (302, ADDRESS)
    duty.refresh_from_db()
    assert (duty.day, duty.month, duty.version) == (30, 4, 2)


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"day": "30", "month": "2"}, "day"),
        ({"day": "0"}, "day"),
        ({"month": "13"}, "month"),
        ({"valid_to_year": "2019"}, "valid_to_year"),
        ({"reason": "krótko"}, "reason"),
        ({"name": ""}, "name"),
    ],
)
def test_a_change_that_cannot_be_is_refused_by_its_field(duty, typed, field):
    response = visitor(Role.ADMINISTRATOR).post(f"{ADDRESS}zmien/", CHANGE | typed)
    assert response.status_code == 422
    assert response.context["form"].errors.keys() == {field}
    duty.refresh_from_db()
    assert duty.version == 1


def test_two_administrators_see_both_versions_and_the_second_chooses(duty):
    first, second = visitor(Role.ADMINISTRATOR), visitor(Role.ADMINISTRATOR)
    assert first.post(f"{ADDRESS}zmien/", CHANGE).status_code == 302
    response = second.post(f"{ADDRESS}zmien/", CHANGE | {"day": "15", "recipient": "Wojewoda"})
    assert response.status_code == 409
    rows = [(row.name, row.now, row.mine) for row in response.context["found"]]
    assert rows == [("recipient", "Sejmik", "Wojewoda"), ("day", "30", "15")]
    chosen = as_chosen(response, recipient="now", day="mine")
    assert second.post(f"{ADDRESS}zmien/", chosen).status_code == 302
    duty.refresh_from_db()
    assert (duty.day, duty.version) == (15, 3)


@pytest.mark.parametrize("address", ["/biuro/terminy/2017/nie-ma/", "/biuro/terminy/99999/ocena/"])
def test_a_duty_that_is_not_there_has_no_page(duty, address):
    assert visitor(Role.AUDITOR).get(address).status_code == 404


def test_the_list_asks_as_often_for_three_duties_as_for_one(duty, officer):
    client = visitor(Role.AUDITOR)
    client.get("/biuro/terminy/")
    one = queries_of(client, "/biuro/terminy/")
    for month in (2, 3):
        mark_done(duty=DutyFactory(month=month, valid_from_year=2020), year=THIS_YEAR, on=date(2021, 1, 1), by=officer)
    assert queries_of(client, "/biuro/terminy/") == one
