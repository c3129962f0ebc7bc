"""What the weekly review asks of the register: one's own family name, and cases that others run."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest

from spoiwo.audit.domain.reviews import Event, Kind
from spoiwo.audit.services.reviews import events_of, find_hits, week_of
from spoiwo.persons.models import NAMES, Caseworker
from spoiwo.persons.services.opening import open_person, search_persons
from spoiwo.persons.services.review import not_assigned, own_family_name
from tests.factories import UserFactory
from tests.queries import queries_in
from tests.registered import OPENING, TODAY, care_officer, entered, unit

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 3, 18, 12, 0, tzinfo=ZoneInfo("Europe/Warsaw"))


@pytest.fixture
def home():
    return unit()


def event(person, by, kind=Kind.READING, number=1):
    """One opening on 18 March."""
    return Event(number, NOON, by.pk, str(by), "persons.opened", "persons.person", str(person.pk), kind)


@pytest.mark.parametrize(
    ("family", "reader", "found"),
    [
        ("Wymyślona", "Anna Wymyślona", True),
        ("wymyslona", "Anna WYMYŚLONA", True),
        ("Wymyślona", "Anna Maria Wymyślona", True),
        ("Wymyślona", "Anna Zmyślona-Wymyślona", True),
        ("Żółw-Wymyślona", "Anna Żółw-Wymyślona", True),
        ("Wymyślona", "Anna Inna", False),
        ("Anna", "Anna Inna", False),  # a first name is no family name
        ("Wymyślona", "Wymyślona", False),
    ],
)
def test_an_opening_of_a_person_with_ones_own_family_name_is_found(home, family, reader, found):
    person, by = entered(home, last_name=family), UserFactory(full_name=reader)
    assert list(own_family_name([event(person, by)])) == ([1] if found else [])
    assert list(own_family_name([event(person, by, Kind.LISTING)])) == []


def test_an_opening_of_a_case_that_somebody_else_runs_is_found(home):
    person, nobody_runs = entered(home), entered(home)
    runs, former, other = UserFactory(), UserFactory(), UserFactory()
    Caseworker.objects.create(person=person, user=runs, since=TODAY)
    Caseworker.objects.create(person=person, user=former, since=TODAY, ended_on=date(2026, 3, 18))
    openings = [event(person, by, number=n) for n, by in enumerate([runs, former, other], start=1)]
    assert list(not_assigned([*openings, event(nobody_runs, other, number=4)])) == [2, 3]


def test_the_questions_ask_as_often_for_three_openings_as_for_one(home):
    one = [event(entered(home), UserFactory())]
    three = [*one, *(event(entered(home), UserFactory(), number=n) for n in (2, 3))]
    for ask in (own_family_name, not_assigned):
        assert queries_in(lambda ask=ask: list(ask(three))) == queries_in(lambda ask=ask: list(ask(one)))


def test_a_search_is_no_opening_and_an_opening_is_asked_about(home):
    officer = care_officer(home)
    officer.full_name = "Anna Żółw-Wymyślona"
    officer.save()
    person = entered(home, by=officer)
    search_persons(by_field="last_name", text="Żółw-Wymyślona", by=officer, on=TODAY)
    open_person(person=person, names=list(NAMES), by=officer, **OPENING)
    week = week_of(datetime.now(ZoneInfo("Europe/Warsaw")).date())
    assert [one.kind for one in events_of(week)] == [Kind.SEARCH, Kind.LISTING, Kind.READING]
    assert "own-family-name" in {hit.rule for hit in find_hits(week)}
