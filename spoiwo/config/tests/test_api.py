"""The API: lists have pages, refusals one form, and every operation lets in whom it declares."""

import json
from datetime import date

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from spoiwo.access.api import all_operations
from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.config.api import api
from spoiwo.ledger.models import Entry
from spoiwo.ledger.services.years import find_year, show_before_final
from tests.imported import EXAMPLES, imported
from tests.visitors import give_second_factor, person, visitor

OPERATIONS = list(all_operations(api))
LINE = {
    "amount_gr": 123_45,
    "date": "2019-05-06",
    "description": "Szkolenie zmyślone",
    "document": "FV 1/2019 (zmyślona)",
    "source": "own",
}
OFFICE_LINES = "/api/v1/office/years/2019/lines"
TOKEN = "z" * 32  # as a browser keeps it in its cookie
SENTENCES = {
    400: {"Nie da się przeczytać tego, co przysłano."},
    413: {"Przysłano za dużo naraz."},
    415: {"To, co przysłano, nie jest zapisane jako JSON."},
    422: {"Nie da się odczytać tego, co przysłano."},
}


@pytest.fixture(scope="module")
def _house(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), imported(EXAMPLES / "lubuskie-2017", EXAMPLES / "lubuskie-2019"):
        show_before_final(year=find_year(2019), shown=True, by=None)
        yield


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_house")]


def program(who):
    """Somebody's program: it sends JSON, no forms."""
    client = Client()
    if who is not None:
        user = person(who)
        give_second_factor(user)
        client.force_login(user)
    return client


def enter(client, key="klucz-0001", **changes):
    """Send a line, with the key that makes it one."""
    sent = json.dumps(LINE | changes)
    return client.post(OFFICE_LINES, sent, content_type="application/json", headers={"Idempotency-Key": key})


def faults(response):
    """Where the faults are that a refusal names."""
    assert response.headers["Content-Type"] == "application/problem+json"
    return [fault["where"] for fault in response.json()["errors"]]


def test_every_operation_declares_who_may_use_it_and_only_the_public_ones_are_open():
    assert all(who.kind in {"public", "permission"} for _method, _path, _name, who in OPERATIONS)
    office = {path for _method, path, _name, who in OPERATIONS if who.kind == "permission"}
    assert office == {path for _method, path, _name, _who in OPERATIONS if path.startswith("/office/")}
    assert len(OPERATIONS) > 12


def test_a_list_is_read_page_by_page_and_the_pages_make_the_whole():
    first = visitor().get("/api/v1/places?level=powiat&per_page=200").json()
    pages = [
        visitor().get(f"/api/v1/places?level=powiat&per_page=200&page={page}").json()["items"]
        for page in range(1, first["pages"] + 1)
    ]
    codes = [row["code"] for page in pages for row in page]
    assert len(codes) == first["total"] == 380
    assert codes == sorted(set(codes))
    assert visitor().get("/api/v1/places?page=1000").json()["items"] == []


def test_the_lines_of_a_public_year_add_up_to_its_total():
    year = visitor().get("/api/v1/years/2019").json()
    lines = visitor().get("/api/v1/years/2019/lines?per_page=500").json()
    assert lines["total"] == year["lines"] == len(lines["items"])
    assert sum(line["amount_gr"] for line in lines["items"]) == year["total_gr"] == find_year(2019).entries.total_gr()


def test_a_year_that_is_not_public_is_not_there_for_everybody_and_is_for_the_office():
    show_before_final(year=find_year(2019), shown=False, by=None)
    assert visitor().get("/api/v1/years/2019").status_code == 404
    assert visitor().get("/api/v1/years/2019/lines").status_code == 404
    assert visitor(Role.AUDITOR).get(OFFICE_LINES).json()["total"] == find_year(2019).entries.count() > 5


@pytest.mark.parametrize(
    ("who", "status"),
    [(None, 401), (Role.COUNCILLOR, 403), (Role.NGO_REPORTER, 403), (Role.AUDITOR, 200), (Role.ROPS_OFFICER, 200)],
)
def test_lines_of_the_office_are_read_by_whom_the_operation_declares(who, status):
    assert visitor(who).get(OFFICE_LINES).status_code == status


@pytest.mark.parametrize(("who", "status"), [(None, 401), (Role.AUDITOR, 403), (Role.ROPS_OFFICER, 200)])
def test_a_line_is_entered_by_whom_the_operation_declares(who, status):
    before = Entry.objects.count()
    assert enter(program(who)).status_code == status
    assert Entry.objects.count() - before == (1 if status == 200 else 0)


def test_the_same_key_twice_enters_one_line_and_another_person_has_keys_of_their_own():
    before = Entry.objects.count()
    officer = program(Role.ROPS_OFFICER)
    first, second = enter(officer), enter(officer)
    assert first.json() == second.json()
    assert Entry.objects.count() == before + 1
    assert enter(program(Role.TREASURER)).json()["key"] != first.json()["key"]
    assert Entry.objects.count() == before + 2


def test_a_line_that_was_entered_is_recorded_under_its_person():
    enter(program(Role.ROPS_OFFICER))
    row = Record.objects.order_by("-sequence").filter(deed="ledger.entry_entered").first()
    assert row.facts["amount_gr"] == 123_45
    assert row.by is not None


@pytest.mark.parametrize(
    ("wrong", "where"),
    [
        ({"amount_gr": -1}, ["sent.amount_gr"]),
        ({"amount_gr": "sto"}, ["sent.amount_gr"]),
        ({"date": "2019-02-30"}, ["sent.date"]),
        ({"date": "2018-05-06"}, ["date"]),
        ({"source": "nie-ma"}, ["source"]),
        ({"programme": "nie-ma", "task": "nie-ma"}, ["programme", "task"]),
        ({"description": ""}, ["sent.description"]),
        ({"description": "a\x00b"}, ["sent.description"]),
        ({"chapter": "85"}, ["sent.chapter"]),
        ({"pesel": "1"}, ["sent.pesel"]),
    ],
)
def test_a_wrong_line_is_refused_with_its_place_and_nothing_is_saved(wrong, where):
    before = Entry.objects.count()
    response = enter(program(Role.ROPS_OFFICER), **wrong)
    assert response.status_code == 422
    assert faults(response) == where
    assert Entry.objects.count() == before


def test_a_line_without_a_key_is_refused():
    client = program(Role.ROPS_OFFICER)
    response = client.post(OFFICE_LINES, json.dumps(LINE), content_type="application/json")
    assert response.status_code == 422
    assert faults(response) == ["Idempotency-Key"]


BOUNDARY_LOST = "multipart/form-data"
FORM, FORM_WITH_FILE = "application/x-www-form-urlencoded", "multipart/form-data; boundary=xx"
PART = b'--xx\r\nContent-Disposition: form-data; name="amount_gr"\r\n\r\n1\r\n--xx--\r\n'
WHOLE = json.dumps(LINE).encode()


@pytest.mark.parametrize("with_token", [True, False])
@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        (FORM_WITH_FILE, PART, 415),
        (FORM_WITH_FILE, WHOLE, 415),
        (BOUNDARY_LOST, PART, 415),
        (FORM, b"amount_gr=1", 415),
        (f"{FORM}; charset=iso-8859-2", b"amount_gr=1", 415),
        ("text/plain", WHOLE, 415),
        ("application/xml", b"<line/>", 415),
        ("", WHOLE, 415),
        ("application/json; charset=iso-8859-2", WHOLE, 415),
        ("application/json; charset=nie-ma-takiego", WHOLE, 415),
        ("application/json", b"{", 400),
        ("application/json", b"\xff\xfe\xfa", 400),
        ("application/json; charset=utf-8", '{"description": "ż"}'.encode("iso-8859-2"), 400),
        ("application/json", b"[" * 100_000, 400),
        ("application/json", b"9" * 5000, 400),
        ("", b"", 415),
        ("application/json", b"null", 422),
        ("application/json", b'"tekst"', 422),
        ("application/json", b'{"amount_gr": NaN}', 422),
        ("application/json", b'{"\\ud800": "\\ud800"}', 422),
        ("application/json", b" " * 5_000_001, 413),
    ],
)
def test_what_is_not_a_line_in_json_is_refused_in_the_one_form_and_as_described(content_type, body, status, with_token):
    client, before = program(Role.ROPS_OFFICER), Entry.objects.count()
    headers = {"Idempotency-Key": "klucz-0001"}
    if with_token:
        client.handler.enforce_csrf_checks = True
        client.cookies[settings.CSRF_COOKIE_NAME] = headers["X-CSRFToken"] = TOKEN
    response = client.generic("POST", OFFICE_LINES, body, content_type=content_type, headers=headers)
    assert response.status_code == status
    assert response.headers["Content-Type"] == "application/problem+json"
    assert (response.json()["status"], Entry.objects.count()) == (status, before)
    assert response.json()["title"] in SENTENCES[status]
    operation = visitor().get(reverse("api:openapi-json")).json()["paths"]["/api/v1/office/years/{year}/lines"]["post"]
    assert list(operation["responses"][str(status)]["content"]) == ["application/problem+json"]


def test_a_line_with_the_token_against_forged_forms_is_entered():
    """The refusals above are for what was sent, not for the token."""
    client, before = program(Role.ROPS_OFFICER), Entry.objects.count()
    client.handler.enforce_csrf_checks = True
    client.cookies[settings.CSRF_COOKIE_NAME] = TOKEN
    headers = {"Idempotency-Key": "klucz-0001", "X-CSRFToken": TOKEN}
    response = client.generic(
        "POST", OFFICE_LINES, WHOLE, content_type="application/json; charset=UTF-8", headers=headers
    )
    assert (response.status_code, Entry.objects.count()) == (200, before + 1)


def test_a_form_of_another_site_enters_nothing():
    client = program(Role.ROPS_OFFICER)
    client.handler.enforce_csrf_checks = True
    before = Entry.objects.count()
    assert enter(client).status_code == 403
    assert Entry.objects.count() == before


def test_a_refusal_says_in_polish_what_was_found_and_what_was_expected():
    body = visitor().get("/api/v1/places?per_page=9000").json()
    assert body["title"] == "Nie da się odczytać tego, co przysłano."
    assert body["errors"] == [{"where": "per_page", "message": "Oczekiwano liczby nie większej niż 500."}]


@pytest.mark.parametrize("path", ["years/1950", "strategies/nie-ma", "places?name=%00", "reports/2019/versions"])
def test_what_is_not_there_is_said_in_the_same_form(path):
    response = visitor().get(f"/api/v1/{path}")
    assert response.status_code in {404, 422}
    assert response.headers["Content-Type"] == "application/problem+json"


def test_the_description_names_every_operation_and_its_refusals():
    described = visitor().get(reverse("api:openapi-json")).json()["paths"]
    assert {(method.upper(), path.removeprefix("/api/v1")) for path, row in described.items() for method in row} == {
        (method, path) for method, path, _name, _who in OPERATIONS
    }
    answers = described["/api/v1/office/years/{year}/lines"]["post"]["responses"]
    assert set(answers) == {"200", "400", "401", "403", "404", "409", "413", "415", "422"}


def test_a_line_shows_its_day_as_written():
    enter(program(Role.ROPS_OFFICER), key="klucz-0002", date="2019-12-31")
    rows = visitor().get("/api/v1/years/2019/lines?per_page=500&source=own").json()["items"]
    assert date(2019, 12, 31).isoformat() in {row["date"] for row in rows}
