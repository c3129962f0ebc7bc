"""The pages of data protection: who opens them, what they show, what they hand out."""

import csv
import io
import json
import zipfile
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import translation

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.vault.keyring import MASTERS
from spoiwo.vault.models import Disclosure, RetentionRun, Subject
from spoiwo.vault.services import erase, inventory
from spoiwo.vault.tests.samples import CANARY, sample
from tests.factories import UserFactory
from tests.queries import queries_of
from tests.visitors import person, says, text_of, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("keys")]
OFFICER = Role.DATA_PROTECTION_OFFICER
READERS = [OFFICER, Role.ADMINISTRATOR, Role.AUDITOR, Role.DIRECTOR]
PAGES = ["register", "register-csv", "columns", "columns-csv", "retention", "erasures"]
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


def address(name):
    """The Polish address of a page."""
    return reverse(f"vault:{name}")


def table(response):
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize("name", PAGES)
def test_who_answers_for_data_protection_reads_its_pages(role, name):
    assert visitor(role).get(address(name)).status_code == 200


@pytest.mark.parametrize("name", [*PAGES, "person"])
def test_others_do_not(name):
    assert visitor(Role.ROPS_OFFICER).get(address(name)).status_code == 403
    assert visitor().get(address(name)).status_code == 302


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.DIRECTOR])
def test_only_the_officer_gives_out_data_of_a_person(role):
    assert visitor(role).get(address("person")).status_code == 403
    assert address("person") not in text_of(visitor(role).get(address("register")))
    assert address("person") in text_of(visitor(OFFICER).get(address("register")))


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_cannot_be_written_to(name):
    assert visitor(OFFICER).post(address(name)).status_code == 405


def test_the_register_shows_every_activity_with_its_tables():
    response = visitor(OFFICER).get(address("register"))
    text = text_of(response)
    assert [activity.name for activity in inventory.activities() if activity.name not in text] == []
    assert f"{address('columns')}?q=persons.Person" in text
    assert not says(response, "Tables with data of people that no activity names")


def test_a_table_that_no_activity_names_is_told(monkeypatch):
    monkeypatch.setattr(inventory, "activities", list)
    response = visitor(OFFICER).get(address("register"))
    assert says(response, "Tables with data of people that no activity names")
    assert "access.User" in text_of(response)


def test_the_register_as_a_file_has_the_classes_of_what_it_covers():
    response = visitor(OFFICER).get(address("register-csv"))
    heads, *rows = table(response)
    assert heads[0] == "kod"
    assert len(rows) == len(inventory.activities())
    persons = next(row for row in rows if row[0] == "rejestr-chroniony")
    assert "special" in persons[-1].split()
    assert "attachment" in response["Content-Disposition"]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"q": "persons.Person", "privacy": "special"}, {"first_name", "last_name", "pesel", "born_on", "address"}),
        ({"q": "access.user", "privacy": "secret"}, {"password"}),
        ({"q": "nie ma takiego"}, set()),
    ],
)
def test_fields_are_narrowed_by_words_and_class_on_the_page_and_in_the_file(query, expected):
    client = visitor(OFFICER)
    page = {row.field for row, _words, _tone in client.get(address("columns"), query).context["rows"]}
    file = {row[1] for row in table(client.get(address("columns-csv"), query))[1:]}
    assert page == file
    assert expected <= page
    assert bool(page) is bool(expected)


def test_a_class_that_is_not_there_narrows_nothing_and_says_so():
    response = visitor(OFFICER).get(address("columns"), {"privacy": "x"})
    assert response.context["form"].errors
    assert response.context["page"].paginator.count == len(inventory.columns())


def test_the_page_of_times_tells_rules_what_is_over_and_proofs():
    RetentionRun.objects.create(at=NOW, reached=date(2026, 11, 2), counts={"sessions": 3}, digest="a" * 64)
    response = visitor(OFFICER).get(address("retention"))
    text = text_of(response)
    assert "wygasłe sesje zalogowanych osób: 3" in text
    assert "24 miesięcy" not in text
    assert "2 lata" in text
    assert "nie usuwa się" in text


def test_erasures_are_shown_with_their_state_and_no_name():
    erased, interrupted, _living = sample(), sample(), sample()
    erase(erased.subject, reason="żądanie osoby", now=NOW, by=None)
    Subject.objects.filter(pk=interrupted.subject_id).update(erasure_began_at=NOW)
    response = visitor(OFFICER).get(address("erasures"))
    text = text_of(response)
    assert (str(erased.subject_id) in text, str(interrupted.subject_id) in text) == (True, True)
    assert "żądanie osoby" in text
    assert says(response, "interrupted")
    assert CANARY not in text
    assert "1 osoba ma własny klucz" in text


@pytest.mark.parametrize("name", ["retention", "erasures"])
def test_a_list_asks_as_often_for_three_rows_as_for_one(name):
    client = visitor(OFFICER)

    def one_more():
        RetentionRun.objects.create(at=NOW, by=UserFactory(), reached=date(2026, 11, 2), counts={}, digest="a" * 64)
        Subject.objects.create(created_at=NOW, erasure_began_at=NOW)

    one_more()
    once = queries_of(client, address(name))
    one_more()
    one_more()
    assert queries_of(client, address(name)) == once


def test_givings_are_listed_with_the_same_number_of_queries():
    client = visitor(OFFICER)

    def one_more():
        Disclosure.objects.create(at=NOW, by=UserFactory(), purpose="cel", sought="a", digest="a" * 64)

    one_more()
    once = queries_of(client, address("person"))
    one_more()
    one_more()
    assert queries_of(client, address("person")) == once


def test_the_file_of_a_person_is_handed_out_and_recorded():
    officer = person(OFFICER)
    UserFactory(email="zdzislawa@przyklad.example", full_name="Zdzisława Zmyślona")
    sent = {"email": "zdzislawa@przyklad.example", "purpose": "wniosek osoby"}
    response = visitor(officer).post(address("person"), sent)
    assert (response.status_code, response["Content-Type"]) == (200, "application/zip")
    assert "no-store" in response["Cache-Control"]
    with zipfile.ZipFile(io.BytesIO(response.content)) as pack:
        assert "Zdzisława Zmyślona" in str(json.loads(pack.read("dane.json")))
    deed = Record.objects.get(deed="vault.person_exported")
    assert (deed.by, deed.reason) == (officer, "wniosek osoby")


def test_the_file_of_a_person_of_the_register_has_what_was_sealed():
    row = sample()
    response = visitor(OFFICER).post(address("person"), {"subject": str(row.subject_id), "purpose": "wniosek"})
    with zipfile.ZipFile(io.BytesIO(response.content)) as pack:
        assert CANARY in pack.read("dane.txt").decode()


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({"purpose": "cel"}, "email"),
        ({"email": "to nie adres", "purpose": "cel"}, "email"),
        ({"email": "a@przyklad.example"}, "purpose"),
        ({"email": "a@przyklad.example", "purpose": "   "}, "purpose"),
        ({"subject": "x", "purpose": "cel"}, "subject"),
    ],
)
def test_a_form_that_is_not_whole_gives_nothing_and_says_why(sent, field):
    response = visitor(OFFICER).post(address("person"), sent)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not Disclosure.objects.exists()


def test_an_erased_person_has_nothing_to_give():
    row = sample()
    keys = row.subject_id
    erase(row.subject, reason="żądanie", now=NOW, by=None)
    response = visitor(OFFICER).post(address("person"), {"subject": str(keys), "purpose": "wniosek"})
    assert response.status_code in {200, 422}
    assert CANARY.encode() not in response.content


def test_keys_that_cannot_be_used_give_a_page_and_not_a_fault(keys):
    row, client = sample(), visitor(OFFICER)
    (keys.folder / MASTERS).write_text("nic")
    response = client.post(address("person"), {"subject": str(row.subject_id), "purpose": "wniosek"})
    assert response.status_code == 422
    assert says(response, "The keys cannot be used now, so nothing was opened. Tell the administrator of the server.")


def test_the_number_of_a_person_comes_from_the_page_of_the_register():
    uid = uuid4()
    assert str(uid) in text_of(visitor(OFFICER).get(address("person"), {"osoba": str(uid)}))


def test_the_pages_are_in_english_too():
    with translation.override("en"):
        assert "Register of processing activities" in text_of(visitor(OFFICER).get(address("register")))


def test_data_of_a_person_are_given_only_to_who_has_just_proved_who_they_are():
    response = visitor(OFFICER, proved=False).post(address("person"), {"email": "a@przyklad.example", "purpose": "cel"})
    assert response.status_code in {302, 403}
    assert not Disclosure.objects.exists()
