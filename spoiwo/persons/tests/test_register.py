"""Entering, changing, closing and shielding a record of a person; who runs the case."""

from datetime import date, timedelta

import pytest

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.persons import services
from spoiwo.persons.errors import (
    KnownPesel,
    LastCaseworker,
    NotInUnit,
    NotOneself,
    PersonClosed,
    PersonErased,
    WrongDay,
)
from spoiwo.persons.models import NAMES, Person
from spoiwo.persons.services.caseworkers import assign_caseworker, end_caseworker
from spoiwo.persons.services.register import change_person, close_person, reopen_person, shield_person
from spoiwo.vault.services import unsealed
from tests.registered import NOW, TODAY, WRITTEN, care_officer, entered, pesel_of, unit

pytestmark = pytest.mark.django_db
DONE = {"now": NOW}


def change(person, seen_version, by, **values):
    return change_person(person=person, seen_version=seen_version, values=values, plain={}, by=by, on=TODAY, **DONE)


def last_record():
    return Record.objects.order_by("sequence").last()


def test_what_is_entered_is_sealed_and_comes_back():
    person = entered(unit(), pesel=pesel_of())
    held = Person.objects.get(pk=person.pk)
    assert unsealed(held, list(NAMES)) == WRITTEN | {"pesel": pesel_of()}
    assert {str(getattr(held, name)) for name in NAMES} == {"•••"}
    assert (held.birth_year, held.birth_month, held.version) == (2014, 5, 1)


def test_a_person_is_entered_with_a_record_of_fields_and_not_of_values():
    officer = care_officer(home := unit())
    person = entered(home, by=officer)
    record = last_record()
    assert (record.deed, record.by, record.about_label) == ("persons.added", officer, person.case_number)
    assert record.facts == {"fields": [name for name in NAMES if name != "pesel"]}


def test_other_rooms_learn_that_there_is_a_case_and_not_whose():
    person = entered(unit())
    case = services.find_case(f" {person.case_number.lower()} ", on=date(2024, 6, 1))
    assert (case.case_number, case.unit_id, case.since, str(case.band)) == (
        person.case_number,
        person.unit_id,
        TODAY,
        "10–13",
    )
    assert not set(vars(case)) & set(NAMES)
    assert services.exists(person.case_number)
    assert not services.exists("PCPR-2026-NIEMATAKIEJ")
    assert services.find_case("PCPR-2026-NIEMATAKIEJ", on=TODAY) is None


def test_a_unit_keeps_a_pesel_once():
    officer = care_officer(home := unit())
    first = entered(home, by=officer, pesel=pesel_of())
    with pytest.raises(KnownPesel) as refusal:
        entered(home, by=officer, pesel=pesel_of())
    assert refusal.value.case_number == first.case_number
    other = entered(home, by=officer, pesel=pesel_of(serial=2))
    with pytest.raises(KnownPesel):
        change(other, 1, officer, pesel=pesel_of())
    assert Person.objects.count() == 2


def test_a_unit_keeps_a_pesel_once_also_when_an_old_case_is_entered_by_a_new_officer():
    home = unit()
    entered(home, pesel=pesel_of())
    officer = care_officer(home, since=TODAY)
    facts = {"unit": home, "basis": "foster_care", "by": officer, "now": NOW, "shielded": False}
    with pytest.raises(KnownPesel):
        services.register.add_person(values=WRITTEN | {"pesel": pesel_of()}, since=TODAY - timedelta(days=900), **facts)


def test_that_another_unit_keeps_a_pesel_is_not_told():
    entered(unit(), pesel=pesel_of())
    officer = care_officer(home := unit())
    assert entered(home, by=officer, pesel=pesel_of()).unit == home


def test_that_a_shielded_person_is_kept_is_not_told_to_who_may_not_open_them():
    home = unit()
    entered(home, by=care_officer(home), shielded=True, pesel=pesel_of())
    assert entered(home, by=care_officer(home), pesel=pesel_of()).version == 1


def test_a_change_keeps_the_names_of_fields_and_changes_only_them():
    officer = care_officer(home := unit())
    person = entered(home, by=officer)
    changed = change(person, 1, officer, last_name="Nowa-Zmyślona", notes=WRITTEN["notes"], born_on="2010-11-30")
    assert unsealed(changed, list(NAMES)) == WRITTEN | {"last_name": "Nowa-Zmyślona", "born_on": "2010-11-30"}
    assert (changed.version, changed.birth_year, changed.birth_month) == (2, 2010, 11)
    assert last_record().facts == {"fields": ["born_on", "last_name"]}
    assert list(Person.objects.with_last_name("nowa zmyslona")) == [changed]
    assert not Person.objects.with_last_name(WRITTEN["last_name"]).exists()


def test_a_change_of_nothing_changes_nothing():
    officer = care_officer(home := unit())
    person = entered(home, by=officer)
    before = Record.objects.count()
    assert change(person, 1, officer, **WRITTEN).version == 1
    assert Record.objects.count() == before


def test_of_two_changes_the_second_is_refused():
    officer = care_officer(home := unit())
    person = entered(home, by=officer)
    change(person, 1, officer, first_name="Pierwsza")
    with pytest.raises(ChangedMeanwhile) as refusal:
        change(person, 1, officer, first_name="Druga")
    assert refusal.value.current.version == 2
    assert unsealed(refusal.value.current, ["first_name"]) == {"first_name": "Pierwsza"}


def test_a_closed_record_takes_no_change_until_it_is_opened_again():
    officer = care_officer(home := unit())
    person = entered(home, by=officer)
    days = {"closed_on": TODAY, "keep_until": date(2051, 12, 31)}
    closed = close_person(person=person, seen_version=1, by=officer, **days, **DONE)
    with pytest.raises(PersonClosed):
        change(closed, 2, officer, first_name="Inna")
    opened = reopen_person(person=closed, seen_version=2, reason="zamknięta przez pomyłkę", by=officer, **DONE)
    assert (opened.closed_on, opened.keep_until, opened.version) == (None, None, 3)
    assert change(opened, 3, officer, first_name="Inna").version == 4


@pytest.mark.parametrize(
    ("closed_on", "keep_until", "earliest"),
    [(TODAY - timedelta(days=1), TODAY, TODAY), (TODAY, TODAY - timedelta(days=1), TODAY)],
)
def test_a_record_is_closed_and_kept_not_before_it_began(closed_on, keep_until, earliest):
    person = entered(unit())
    with pytest.raises(WrongDay) as refusal:
        close_person(person=person, seen_version=1, closed_on=closed_on, keep_until=keep_until, by=None, **DONE)
    assert refusal.value.earliest == earliest
    assert Person.objects.get().closed_on is None


def test_who_enters_or_shields_a_person_is_the_first_caseworker():
    home = unit()
    first, second = care_officer(home), care_officer(home)
    born_shielded = entered(home, by=first, shielded=True)
    later = entered(home, by=first)
    facts = {"reason": "zgłoszone zagrożenie", "on": TODAY, "by": second}
    shield_person(person=later, seen_version=1, shielded=True, **facts, **DONE)
    assert list(Person.objects.identifiable_by(first, TODAY)) == [born_shielded]
    assert list(Person.objects.identifiable_by(second, TODAY)) == [later]
    shield_person(person=later, seen_version=2, shielded=False, **facts, **DONE)
    assert set(Person.objects.identifiable_by(first, TODAY)) == {born_shielded, later}
    assert last_record().deed == "persons.shield_lifted"


def test_a_case_is_given_to_care_officers_of_the_unit_only():
    home = unit()
    person = entered(home, by=(officer := care_officer(home)))
    for stranger in (
        care_officer(unit()),
        care_officer(home, roles=(Role.DIRECTOR,)),
        care_officer(home, until=date(2026, 3, 15)),
    ):
        with pytest.raises(NotInUnit):
            assign_caseworker(person=person, user=stranger, on=TODAY, by=officer)
    colleague = care_officer(home, until=TODAY)
    first = assign_caseworker(person=person, user=colleague, on=TODAY, by=officer)
    assert assign_caseworker(person=person, user=colleague, on=TODAY, by=officer) == first
    assert list(Person.objects.run_by(colleague, TODAY)) == [person]


def test_nobody_lets_themselves_in_to_a_shielded_person():
    home = unit()
    head, other = care_officer(home, administers=True), care_officer(home)
    person = entered(home, by=care_officer(home), shielded=True)
    assert list(Person.objects.assignable_by(head, TODAY)) == [person]
    assert list(Person.objects.assignable_by(other, TODAY)) == []
    with pytest.raises(NotOneself):
        assign_caseworker(person=person, user=head, on=TODAY, by=head)
    assign_caseworker(person=person, user=other, on=TODAY, by=head)
    assert list(Person.objects.identifiable_by(other, TODAY)) == [person]


def test_a_case_is_taken_away_at_once_and_the_last_caseworker_of_a_shielded_person_stays():
    home = unit()
    first, second = care_officer(home), care_officer(home)
    person = entered(home, by=first, shielded=True)
    with pytest.raises(LastCaseworker):
        end_caseworker(person=person, user=first, on=TODAY, by=first)
    assign_caseworker(person=person, user=second, on=TODAY, by=first)
    end_caseworker(person=person, user=first, on=TODAY, by=second)
    end_caseworker(person=person, user=first, on=TODAY, by=second)
    assert list(Person.objects.identifiable_by(first, TODAY)) == []
    assert list(Person.objects.identifiable_by(second, TODAY)) == [person]
    assert Record.objects.filter(deed="persons.caseworker_ended").count() == 1


def test_an_erased_person_takes_no_deed():
    officer = care_officer(home := unit())
    person = entered(home, by=officer)
    Person.objects.update(erased_on=TODAY)
    facts = {"person": person, "by": officer}
    for deed in (
        lambda: change(person, 1, officer, first_name="Inna"),
        lambda: close_person(seen_version=1, closed_on=TODAY, keep_until=TODAY, **facts, **DONE),
        lambda: reopen_person(seen_version=1, reason="pomyłka", **facts, **DONE),
        lambda: shield_person(seen_version=1, shielded=True, reason="pomyłka", on=TODAY, **facts, **DONE),
        lambda: assign_caseworker(user=officer, on=TODAY, **facts),
    ):
        with pytest.raises(PersonErased):
            deed()
