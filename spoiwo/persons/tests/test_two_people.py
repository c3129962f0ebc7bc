"""Two people decide on one record: its shield, opening it again, closing it. The second chooses, and it is saved."""

from datetime import date

import pytest
from django.urls import reverse

from spoiwo.audit.models import Record
from spoiwo.audit.services import record_reading
from spoiwo.persons.models import Caseworker, Person
from spoiwo.persons.services.register import close_person, reopen_person, shield_person
from tests.factories import LONG_AGO
from tests.registered import NOW, TODAY, care_officer, entered, unit
from tests.visitors import as_chosen, text_of, visitor

pytestmark = pytest.mark.django_db
THEIRS, MINE = "Pierwsza osoba tak ustaliła.", "Druga osoba tak ustaliła."
DAYS = {"closed_on": TODAY, "keep_until": date(2071, 12, 31)}


@pytest.fixture
def home():
    return unit()


@pytest.fixture
def second(home):
    return care_officer(home)


@pytest.fixture
def first(home):
    user = care_officer(home)
    user.full_name = "Anna Pierwsza"
    user.save()
    return user


def kept(home, *people, **facts):
    """A person whose case these people run."""
    row = entered(home, **facts)
    for user in people:
        Caseworker.objects.create(person=row, user=user, since=LONG_AGO)
    return row


def deed(name, row, by, **facts):
    """What somebody does to the record as it is now."""
    row.refresh_from_db()
    shield = {"on": TODAY, "reason": THEIRS}
    do, more = {
        "shield": (shield_person, shield | {"shielded": True}),
        "lift": (shield_person, shield | {"shielded": False}),
        "close": (close_person, DAYS),
        "reopen": (reopen_person, {"reason": THEIRS}),
    }[name]
    do(person=row, seen_version=row.version, by=by, now=NOW, **more | facts)


def address(name, row):
    return reverse(f"persons:{name}", args=[row.uid])


def opened(client, name, row):
    """The form of a page as the browser holds it."""
    form = client.get(address(name, row)).context["form"]
    return {bound.html_name: bound.value() or "" for bound in form} | {"reason": MINE}


def state(row):
    row.refresh_from_db()
    return row.shielded, row.closed_on, row.version


def reasons(row):
    return [one.reason for one in Record.objects.about(row) if one.reason]


def overtaken(home, first, second, page, before, meanwhile):
    """A record whose page somebody has open while somebody else acts: the record, the browser, what it holds."""
    row = kept(home, first, second)
    for name in before:
        deed(name, row, first)
    client = visitor(second)
    sent = opened(client, page, row)
    for name in meanwhile:
        deed(name, row, first)
    return row, client, sent


CASES = [
    ("shield", [], ["shield"], (True, None)),
    ("shield", [], ["shield", "lift"], (True, None)),
    ("shield", ["shield"], ["lift"], (False, None)),
    ("shield", ["shield"], ["lift", "shield"], (False, None)),
    ("reopen", ["close"], ["reopen"], (False, None)),
    ("reopen", ["close"], ["reopen", "close"], (False, None)),
]


@pytest.mark.parametrize(("page", "before", "meanwhile", "wanted"), CASES)
def test_who_was_second_saves_what_they_asked_for(home, first, second, page, before, meanwhile, wanted):
    row, client, sent = overtaken(home, first, second, page, before, meanwhile)
    answer = client.post(address(page, row), sent)
    assert answer.status_code == 409
    told = [words in text_of(answer) for words in ("Anna Pierwsza", THEIRS, MINE)]
    assert told == [True, meanwhile[-1] != "close", True]  # closing is done without a reason
    saved = client.post(address(page, row), as_chosen(answer))
    assert (saved.status_code, saved.url) == (302, address("person", row))
    assert state(row)[:2] == wanted
    assert reasons(row)[-1] == MINE


@pytest.mark.parametrize(("page", "before", "meanwhile", "wanted"), CASES)
def test_who_leaves_it_as_it_is_changes_nothing(home, first, second, page, before, meanwhile, wanted):
    row, client, sent = overtaken(home, first, second, page, before, meanwhile)
    held, told = state(row), reasons(row)
    answer = client.post(address(page, row), sent)
    assert client.get(answer.context["back"]).status_code == 200
    assert (state(row), reasons(row)) == (held, told)


def test_a_third_change_while_the_second_chooses_is_shown_once_more(home, first, second):
    row = kept(home, first, second)
    client = visitor(second)
    sent = opened(client, "shield", row)
    deed("shield", row, first)
    answer = client.post(address("shield", row), sent)
    deed("lift", row, first, reason="Trzecia decyzja w sprawie.")
    again = client.post(address("shield", row), as_chosen(answer))
    assert (again.status_code, "Trzecia decyzja w sprawie." in text_of(again)) == (409, True)
    assert client.post(address("shield", row), as_chosen(again)).status_code == 302
    assert (state(row)[0], reasons(row)[-1]) == (True, MINE)


def test_who_only_looked_is_not_named_as_the_one_who_changed_it(home, first, second):
    row, client, sent = overtaken(home, first, second, "shield", [], ["shield"])
    record_reading(by=second, about=row, purpose="sprawa", fields=["first_name"])
    assert client.post(address("shield", row), sent).context["last"].by == first


def test_of_two_who_close_a_record_the_second_may_give_it_other_days(home, first, second):
    row = kept(home, first, second)
    client = visitor(second)
    sent = opened(client, "close", row) | {"closed_on": "16.03.2026", "keep_until": "31.12.2072"}
    deed("close", row, first)
    answer = client.post(address("close", row), sent)
    assert [one.name for one in answer.context["found"]] == ["keep_until"]
    assert client.post(address("close", row), as_chosen(answer, keep_until="mine")).status_code == 302
    assert Person.objects.get().keep_until == date(2072, 12, 31)
