"""The pages of the register: lists without names, identity for a purpose, nothing typed lost, two people at once."""

import pytest
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.persons.models import GUARDED, NAMES, Person
from spoiwo.vault.services import unsealed
from tests.queries import queries_of
from tests.registered import OPENING, WRITTEN, care_officer, entered, pesel_of, unit
from tests.visitors import as_chosen, person, says, text_of, visitor

pytestmark = pytest.mark.django_db
REASON = "Zgłoszone zagrożenie, notatka z 3 marca."
SHIELD = {"seen_version": 1, "wanted": "shield", "reason": REASON}
LIFT = SHIELD | {"wanted": "lift"}
TYPED = {**WRITTEN, "born_on": "17.05.2014", "basis": "foster_care", "since": "16.03.2026"}


@pytest.fixture
def home():
    return unit()


@pytest.fixture
def officer(home):
    return care_officer(home)


def at(name, row, **more):
    return reverse(f"persons:{name}", kwargs={"uid": row.uid} | more)


def protected_in(response) -> list[str]:
    """Which protected texts stand on a page."""
    return [text for text in WRITTEN.values() if text and text in response.content.decode()]


def test_the_list_and_the_case_show_no_name(home, officer):
    row = entered(home, by=officer)
    client = visitor(officer)
    for response in (client.get(reverse("persons:list")), client.get(at("person", row))):
        assert response.status_code == 200
        assert row.case_number in text_of(response)
        assert protected_in(response) == []


def test_the_region_sees_cases_without_identity_without_workers_and_without_the_shield(home, officer):
    row = entered(home, by=officer, shielded=True)
    for role in (Role.FOSTER_OFFICER, Role.DIRECTOR, Role.AUDITOR, Role.DATA_PROTECTION_OFFICER):
        client = visitor(role)
        for response in (client.get(reverse("persons:list")), client.get(at("person", row))):
            assert (response.status_code, protected_in(response)) == (200, [])
            assert row.case_number in text_of(response)
            assert officer.full_name not in text_of(response)
            assert not says(response, "shielded")
        assert client.post(at("open", row), OPENING).status_code == 403


def test_a_purpose_opens_the_identity_and_no_browser_keeps_the_page(home, officer):
    row = entered(home, by=officer)
    client = visitor(officer)
    assert protected_in(client.get(at("open", row))) == []
    response = client.post(at("open", row), OPENING)
    shown = [text for name, text in WRITTEN.items() if name not in {"born_on"} and text]
    assert [text for text in shown if text not in text_of(response)] == []
    assert "17 maja 2014" in text_of(response)
    assert "no-store" in response.headers["Cache-Control"]
    assert Record.objects.get(reading=True).facts["fields"] == sorted(NAMES)


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({}, "Choose for what you open the data."),
        ({"purpose": "inny"}, "Say for what, or for whom."),
        (
            {"purpose": "sprawa", "words": "dla Żółw-Wymyślona"},
            "Leave out the person's name and PESEL: these words stay in the record of deeds.",
        ),
    ],
)
def test_without_a_purpose_that_holds_there_is_no_identity(home, officer, sent, message):
    row = entered(home, by=officer)
    response = visitor(officer).post(at("open", row), sent)
    assert response.status_code == 422
    assert says(response, message)
    assert [text for text in protected_in(response) if text not in sent.get("words", "")] == []
    assert not Record.objects.filter(reading=True).exists()


def test_another_units_person_is_not_found_on_any_page(home, officer):
    row = entered(unit(), by=None, pesel=pesel_of())
    client = visitor(officer)
    names = [
        *("person", "open", "address", "change", "change-address", "readings", "close", "reopen", "shield"),
        *("caseworkers", "paper-new", "erasure-ask"),
    ]
    for name in names:
        assert (name, client.get(at(name, row)).status_code) == (name, 404)
        assert (name, client.post(at(name, row), OPENING | TYPED).status_code) in [(name, 404), (name, 405)]
    assert row.case_number not in text_of(client.get(reverse("persons:list")))
    found = client.post(reverse("persons:search"), {"pesel": pesel_of()})
    assert says(found, "Nobody found")
    assert row.case_number not in text_of(found)


def test_a_search_is_sent_in_the_body_and_its_text_stands_in_no_address(home, officer):
    row = entered(home, by=officer)
    client = visitor(officer)
    response = client.post(reverse("persons:search"), {"last_name": WRITTEN["last_name"].upper()})
    assert row.case_number in text_of(response)
    assert response.wsgi_request.get_full_path() == reverse("persons:search")
    assert row.case_number not in text_of(client.get(reverse("persons:search"), {"last_name": WRITTEN["last_name"]}))
    assert client.post(reverse("persons:search"), {}).status_code == 422
    assert client.post(reverse("persons:search"), {"last_name": "A", "pesel": pesel_of()}).status_code == 422


def test_a_person_is_entered_in_one_form(home, officer):
    response = visitor(officer).post(reverse("persons:new"), TYPED | {"unit": home.pk, "pesel": "", "shielded": "on"})
    row = Person.objects.get()
    assert (response.status_code, response.url) == (302, at("person", row))
    assert unsealed(row, list(NAMES)) == WRITTEN
    assert (row.unit, row.created_by, row.shielded) == (home, officer, True)


def test_of_a_pesel_alone_the_day_of_birth_is_taken(home, officer):
    visitor(officer).post(reverse("persons:new"), TYPED | {"unit": home.pk, "pesel": pesel_of(), "born_on": ""})
    assert unsealed(Person.objects.get(), ["born_on"]) == {"born_on": "1801-05-17"}


@pytest.mark.parametrize(
    ("name", "typed", "message"),
    [
        ("last_name", "", "Enter the last name."),
        ("pesel", "123", "A PESEL has eleven digits. Check whether one is missing or too many."),
        (
            "pesel",
            pesel_of()[:-1] + str((int(pesel_of()[-1]) + 1) % 10),
            "The check digit does not agree. One of the digits is wrong, or two are swapped.",
        ),
        ("pesel", "99999999999", "The first six digits are no day of birth. Check them."),
        ("pesel", pesel_of(), "The PESEL says another day of birth. Check both."),
        ("born_on", "17.05.1814", "Check the year of birth."),
        ("born_on", "17.05.2999", "The day of birth has not come yet."),
        ("born_on", "maj", "Write the day as 17.05.2019."),
        ("since", "17.05.2999", "This day has not come yet."),
    ],
)
def test_what_is_wrong_is_said_by_its_field_and_nothing_typed_is_lost(home, officer, name, typed, message):
    response = visitor(officer).post(reverse("persons:new"), TYPED | {"unit": home.pk, name: typed})
    assert response.status_code == 422
    assert says(response, message)
    kept = {key: text for key, text in TYPED.items() if key != name and text}
    assert [key for key, text in kept.items() if text not in text_of(response)] == []
    assert not Person.objects.exists()


def test_a_unit_of_others_takes_no_person_of_mine(home, officer):
    response = visitor(officer).post(reverse("persons:new"), TYPED | {"unit": unit().pk})
    assert response.status_code == 422
    assert not Person.objects.exists()


def test_the_same_form_sent_twice_enters_one_person(home, officer):
    client = visitor(officer)
    page = client.get(reverse("persons:new"))
    key = page.content.decode().partition('name="sent_once" value="')[2].partition('"')[0]
    sent = TYPED | {"unit": home.pk, "sent_once": key}
    first, second = client.post(reverse("persons:new"), sent), client.post(reverse("persons:new"), sent)
    assert first.url == second.url == at("person", Person.objects.get())


def test_a_known_pesel_is_said_with_the_number_of_its_case(home, officer):
    row = entered(home, by=officer, pesel=pesel_of())
    response = visitor(officer).post(
        reverse("persons:new"), TYPED | {"unit": home.pk, "pesel": pesel_of(), "born_on": ""}
    )
    assert says(response, "Your unit already keeps a person with this PESEL: %(number)s.", number=row.case_number)
    assert Person.objects.count() == 1


def form_of_change(client, row, name="change"):
    """The form as the browser would send it back, unchanged."""
    page = client.post(at(name, row), OPENING)
    form = page.context["form"]
    sent = {field.html_name: field.value() or "" for field in form}
    if "born_on" in form.fields and sent["born_on"]:
        sent["born_on"] = sent["born_on"].strftime("%d.%m.%Y")
    return sent | {"since": "16.03.2026", "opened": opened_in(page)}


def opened_in(page) -> str:
    return page.content.decode().partition('name="opened" value="')[2].partition('"')[0]


def test_a_change_asks_for_a_purpose_first_and_is_saved(home, officer):
    row = entered(home, by=officer)
    client = visitor(officer)
    assert protected_in(client.get(at("change", row))) == []
    sent = form_of_change(client, row)
    assert sent["last_name"] == WRITTEN["last_name"]
    response = client.post(at("change", row), sent | {"last_name": "Nowa-Zmyślona"})
    assert (response.status_code, response.url) == (302, at("person", row))
    row.refresh_from_db()
    assert unsealed(row, ["last_name"]) == {"last_name": "Nowa-Zmyślona"}
    assert Record.objects.filter(reading=True).count() == 1


def test_a_wrong_change_keeps_what_was_typed(home, officer):
    row = entered(home, by=officer)
    client = visitor(officer)
    response = client.post(at("change", row), form_of_change(client, row) | {"last_name": "", "notes": "Nowa uwaga."})
    assert response.status_code == 422
    assert "Nowa uwaga." in text_of(response)
    row.refresh_from_db()
    assert row.version == 1


def test_of_two_people_the_second_sees_both_versions_and_chooses(home, officer):
    row = entered(home, by=officer)
    first, second = visitor(officer), visitor(care_officer(home))
    sent = form_of_change(second, row)
    first.post(at("change", row), form_of_change(first, row) | {"address": "ulica Pierwsza 1"})
    response = second.post(at("change", row), sent | {"address": "ulica Druga 2", "contact": "mój telefon"})
    assert response.status_code == 409
    assert [text for text in ("ulica Pierwsza 1", "ulica Druga 2") if text not in text_of(response)] == []
    assert text_of(response).partition("<main")[2].count(officer.full_name) > 0  # who changed, not who opens to choose
    reading = Record.objects.filter(reading=True).last()
    assert (reading.deed, reading.about_label) == ("persons.opened", row.case_number)
    answer = second.post(at("change", row), as_chosen(response, address="mine"))
    assert (answer.status_code, answer.url) == (302, at("person", row))
    row.refresh_from_db()
    assert unsealed(row, ["address", "contact"]) == {"address": "ulica Druga 2", "contact": "mój telefon"}


def test_of_a_shielded_person_the_address_has_pages_of_its_own(home, officer):
    row = entered(home, by=officer, shielded=True)
    client = visitor(officer)
    opened = client.post(at("open", row), OPENING)
    assert [WRITTEN[name] for name in GUARDED if WRITTEN[name] in text_of(opened)] == []
    address = client.post(at("address", row), OPENING)
    assert [WRITTEN[name] for name in GUARDED if WRITTEN[name] not in text_of(address)] == []
    assert WRITTEN["last_name"] not in text_of(address)
    assert [name for name in GUARDED if name in form_of_change(client, row)] == []
    sent = form_of_change(client, row, "change-address")
    client.post(at("change-address", row), sent | {"address": "ulica Nowa 3"})
    row.refresh_from_db()
    assert unsealed(row, ["address", "last_name"]) == {"address": "ulica Nowa 3", "last_name": WRITTEN["last_name"]}


@pytest.mark.parametrize("name", ["address", "change-address", "shield"])
def test_what_touches_a_shield_asks_once_more_who_it_is(home, officer, name):
    row = entered(home, by=officer, shielded=True)
    client = visitor(officer, proved=False)
    response = client.get(at(name, row))
    assert response.status_code == 302
    assert response.url != at("person", row)
    assert protected_in(client.post(at(name, row), OPENING)) == []
    assert not Record.objects.filter(reading=True).exists()


def test_an_unassigned_colleague_sees_that_a_person_is_shielded_and_opens_nothing(home, officer):
    row = entered(home, by=officer, shielded=True)
    client = visitor(care_officer(home))
    assert says(client.get(at("person", row)), "The data of this person is shielded")
    for name in ("open", "address", "change", "change-address", "readings", "close", "shield", "caseworkers"):
        assert (name, client.get(at(name, row)).status_code) == (name, 404)


def test_a_shield_is_put_on_and_lifted_for_a_reason(home, officer):
    row = entered(home, by=officer)
    client = visitor(officer)
    assert client.post(at("shield", row), SHIELD | {"reason": "krótko"}).status_code == 422
    assert client.post(at("shield", row), {"seen_version": 1, "reason": REASON}).status_code == 422  # shield or lift?
    client.post(at("shield", row), SHIELD)
    row.refresh_from_db()
    assert (row.shielded, [one.user for one in row.caseworkers.all()]) == (True, [officer])
    lift = client.get(at("shield", row)).context["form"]
    assert (lift["wanted"].value(), lift["seen_version"].value()) == ("lift", 2)
    named = client.post(at("shield", row), LIFT | {"seen_version": 2, "reason": "mąż pani Żółw-Wymyślona"})
    assert named.status_code == 422
    client.post(at("shield", row), LIFT | {"seen_version": 2})
    row.refresh_from_db()
    assert row.shielded is False


def test_a_record_is_closed_kept_and_opened_again(home, officer):
    row = entered(home, by=officer)
    client = visitor(officer)
    assert (
        client.post(
            at("close", row), {"seen_version": 1, "closed_on": "01.01.2020", "keep_until": "31.12.2051"}
        ).status_code
        == 422
    )
    client.post(at("close", row), {"seen_version": 1, "closed_on": "17.03.2026", "keep_until": "31.12.2051"})
    assert client.get(at("change", row)).status_code == 302
    row.refresh_from_db()
    assert (row.closed_on.isoformat(), row.keep_until.isoformat()) == ("2026-03-17", "2051-12-31")
    client.post(at("reopen", row), {"seen_version": 2, "reason": REASON})
    row.refresh_from_db()
    assert row.closed_on is None


def test_a_case_is_given_and_taken_on_one_page(home, officer):
    row = entered(home, by=officer)
    client, colleague = visitor(officer), care_officer(home)
    client.post(at("caseworkers", row), {"user": colleague.pk})
    page = client.get(at("caseworkers", row))
    assert colleague.full_name in text_of(page)
    caseworker = row.caseworkers.get()
    client.post(at("caseworker-end", row, pk=caseworker.pk))
    assert not row.caseworkers.held_on(timezone.localdate()).exists()
    stranger = care_officer(unit())
    assert client.post(at("caseworkers", row), {"user": stranger.pk}).status_code == 422


def test_who_looked_has_a_version_without_names_of_staff(home, officer):
    row = entered(home, by=officer)
    client = visitor(officer)
    client.post(at("open", row), {"purpose": "sad", "words": "sygn. 12/26"})
    office, for_person = client.get(at("readings", row)), client.get(at("readings", row) + "?dla=osoby")
    assert officer.full_name in text_of(office).partition("<main")[2]
    assert "sygn. 12/26" in text_of(office)
    assert officer.full_name not in text_of(for_person).partition("<main")[2]
    assert "sygn. 12/26" not in text_of(for_person)
    assert visitor(Role.DATA_PROTECTION_OFFICER).get(at("readings", row)).status_code == 200
    assert visitor(Role.AUDITOR).get(at("readings", row)).status_code == 403


def test_the_list_asks_as_much_for_one_as_for_three(home, officer):
    client = visitor(officer)
    entered(home, by=officer, shielded=True)
    client.get(reverse("persons:list"))
    asked = queries_of(client, reverse("persons:list"))
    for _more in range(2):
        entered(home, by=officer, shielded=True)
    assert queries_of(client, reverse("persons:list")) == asked


def test_the_filter_narrows_and_a_wrong_choice_finds_nothing(home, officer):
    first, second = entered(home, by=officer), entered(home, by=officer, shielded=True)
    Person.objects.filter(pk=first.pk).update(closed_on=first.since, keep_until=first.since)
    client = visitor(officer)
    for query, found in {
        "stan=otwarte": {second},
        "stan=zamkniete": {first},
        "stan=po-terminie": {first},
        "stan=do-usuniecia": set(),
        "stan=usuniete": set(),
        "moje=on": {second},
        "stan=nic": set(),
        "": {first, second},
    }.items():
        page = client.get(reverse("persons:list") + "?" + query)
        assert (query, {row.person for row in page.context["rows"]}) == (query, found)


def test_the_administrator_of_the_installation_has_nothing_here(home, officer):
    row = entered(home, by=officer)
    client = visitor(person(Role.ADMINISTRATOR))
    for name in ("person", "open", "readings", "export", "erasure"):
        assert client.get(at(name, row)).status_code == 403
    assert client.get(reverse("persons:list")).status_code == 403
    assert client.get(reverse("persons:search")).status_code == 403
