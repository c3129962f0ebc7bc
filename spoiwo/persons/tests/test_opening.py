"""No identity without a purpose, no page without a record, no search that tells of others."""

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.persons.errors import NamesThePerson, PersonErased
from spoiwo.persons.models import GUARDED, NAMES, Person
from spoiwo.persons.services.opening import open_person, search_persons
from spoiwo.persons.services.readings import last_opened, readings_of
from tests.registered import OPENING, TODAY, WRITTEN, care_officer, entered, pesel_of, unit
from tests.visitors import text_of, visitor

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return unit()


@pytest.fixture
def officer(home):
    return care_officer(home)


def readings():
    return Record.objects.filter(reading=True).order_by("sequence")


def test_an_opening_gives_the_values_and_leaves_a_reading_with_purpose_and_fields(home, officer):
    person = entered(home, by=officer)
    found = open_person(person=person, names=["last_name", "pesel"], purpose="sad", words="sygn. 12/26", by=officer)
    assert found == {"last_name": WRITTEN["last_name"], "pesel": ""}
    reading = readings().get()
    assert (reading.deed, reading.by, reading.reason) == ("persons.opened", officer, "sad: sygn. 12/26")
    assert (reading.about_label, reading.facts) == (person.case_number, {"fields": ["last_name", "pesel"]})


@pytest.mark.parametrize("purpose", ["", "ciekawość", "case"])
def test_an_opening_without_a_purpose_of_the_list_is_refused_and_leaves_nothing(home, officer, purpose):
    person = entered(home, by=officer)
    with pytest.raises(ValueError, match=repr(purpose)):
        open_person(person=person, names=list(NAMES), purpose=purpose, words="", by=officer)
    assert not readings().exists()


@pytest.mark.parametrize("words", ["dla Żółw-Wymyślona", "sprawa ZOLW WYMYSLONA", "nr {pesel}", "{pesel}"])
def test_words_that_would_carry_the_person_into_the_record_are_refused(home, officer, words):
    person = entered(home, by=officer, pesel=pesel_of())
    with pytest.raises(NamesThePerson):
        open_person(person=person, names=list(NAMES), purpose="inny", words=words.format(pesel=pesel_of()), by=officer)
    assert not readings().exists()


def test_a_pesel_of_anybody_stands_in_no_words(home, officer):
    person = entered(home, by=officer)
    with pytest.raises(NamesThePerson):
        open_person(person=person, names=["notes"], purpose="inny", words=f"brat {pesel_of(serial=7)}", by=officer)


def test_an_erased_person_cannot_be_opened(home, officer):
    person = entered(home, by=officer)
    person.erased_on = TODAY
    with pytest.raises(PersonErased):
        open_person(person=person, names=list(NAMES), by=officer, **OPENING)


def test_when_the_reading_cannot_be_recorded_there_is_no_page(home, officer):
    person = entered(home, by=officer)
    client = visitor(officer)
    client.raise_request_exception = False
    address = reverse("persons:open", args=[person.uid])
    assert WRITTEN["last_name"] in text_of(client.post(address, OPENING))
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_record RENAME TO audit_record_away")
    response = client.post(address, OPENING)
    assert response.status_code in {500, 503}  # as the database calls it: a fault, or nothing to ask
    assert [value for value in WRITTEN.values() if value and value in response.content.decode()] == []
    with pytest.raises(DatabaseError):
        open_person(person=person, names=["notes"], by=officer, **OPENING)


def test_a_search_finds_the_own_unit_by_exact_name_or_number(home, officer):
    person = entered(home, by=officer, pesel=pesel_of())
    entered(home, by=officer, last_name="Żółw")
    for field, text in (("last_name", "żółw wymyślona"), ("last_name", "ZOLW-WYMYSLONA"), ("pesel", pesel_of())):
        assert search_persons(by_field=field, text=text, by=officer, on=TODAY) == [person]
    for field, text in (("last_name", "Wymyślona"), ("pesel", pesel_of(serial=2)), ("last_name", "–")):
        assert search_persons(by_field=field, text=text, by=officer, on=TODAY) == []


def test_a_search_tells_nothing_of_other_units_and_of_shielded_people(home, officer):
    entered(unit(), pesel=pesel_of())
    entered(home, by=care_officer(home), shielded=True, pesel=pesel_of())
    for field, text in (("last_name", WRITTEN["last_name"]), ("pesel", pesel_of())):
        assert search_persons(by_field=field, text=text, by=officer, on=TODAY) == []
    assert not readings().exists()
    assert {record.facts["found"] for record in Record.objects.filter(deed="persons.searched")} == {0}


def test_a_search_stands_in_the_record_without_what_was_sought_and_by_each_person_found(home, officer):
    persons = [entered(home, by=officer), entered(home, by=officer)]
    search_persons(by_field="last_name", text=WRITTEN["last_name"], by=officer, on=TODAY)
    searched = Record.objects.get(deed="persons.searched")
    assert (searched.about_label, searched.facts) == (str(officer), {"fields": ["last_name"], "found": 2})
    assert {reading.about_label for reading in readings()} == {person.case_number for person in persons}
    assert {(reading.deed, reading.reason) for reading in readings()} == {("persons.found", "wyszukiwanie")}


def test_who_looked_is_told_with_names_to_the_office_and_by_roles_to_the_person(home, officer):
    person = entered(home, by=officer)
    visitor(officer).post(reverse("persons:open", args=[person.uid]), OPENING)
    for with_names, who in ((True, officer.full_name), (False, str(Role.POWIAT_CARE_OFFICER.label))):
        found = readings_of(person, with_names=with_names)
        assert (found.count, found.people, [row.who for row in found.rows]) == (1, 1, [who])
    row = readings_of(person, with_names=True).rows[0]
    assert (row.purpose, row.words) == ("prowadzę sprawę tej osoby", "")
    assert row.fields == ["Imię", "Nazwisko", "PESEL", "Data urodzenia", "Adres", "Telefon i\xa0kontakt", "Uwagi"]


def test_being_found_is_a_reading_and_not_an_opening(home, officer):
    person, other = entered(home, by=officer), entered(home, by=officer, last_name="Inna")
    search_persons(by_field="last_name", text=WRITTEN["last_name"], by=officer, on=TODAY)
    assert last_opened([person, other]) == {}
    open_person(person=other, names=["notes"], by=officer, **OPENING)
    opened = readings().last()
    assert last_opened([person, other]) == {other.pk: opened.at}


def test_of_a_shielded_person_the_address_is_opened_apart(home, officer):
    person = entered(home, by=officer, shielded=True)
    assert (person.guarded, set(person.open_together)) == (GUARDED, set(NAMES) - set(GUARDED))
    open_person(person=person, names=list(GUARDED), by=officer, **OPENING)
    assert readings().get().deed == "persons.address_opened"
    assert entered(home, by=officer).open_together == list(NAMES)


def test_a_queryset_asks_the_same_number_of_questions_for_one_and_three_found(home, officer, django_assert_num_queries):
    asked = []
    for _more in range(2):
        entered(home, by=officer)
        with django_assert_num_queries(1):
            asked.append(len(Person.objects.identifiable_by(officer, TODAY).with_last_name(WRITTEN["last_name"])))
        entered(home, by=officer)
    assert asked == [1, 3]
