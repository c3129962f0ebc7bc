"""The record of deeds as an auditor reads it."""

import re
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from spoiwo.access.models import Role
from spoiwo.audit.acting import Circumstances, acting_in
from spoiwo.audit.services import Deed, chain_head, record, record_all, record_reading
from spoiwo.audit.templatetags.audit import changes, field_called, initials
from spoiwo.audit.words import in_words, register, register_fields
from tests.factories import TaskFactory, UserFactory
from tests.queries import queries_of
from tests.visitors import person, text_of, visitor

pytestmark = pytest.mark.django_db
ADDRESS = "/biuro/dziennik/"


def rows(response):
    """The deeds on the page, by the reasons that tests gave them."""
    return [record.reason for record in response.context["page"].object_list if record.reason]


@pytest.fixture
def about():
    """A person about whom things are done."""
    return UserFactory(full_name="Zdzisława Zmyślona")


def test_the_latest_deed_stands_first_with_the_head_of_the_chain(about):
    record(by=about, deed="tests.first", about=about, reason="pierwszy")
    record(by=about, deed="tests.second", about=about, reason="drugi")
    response = visitor(Role.AUDITOR).get(ADDRESS)
    assert rows(response) == ["drugi", "pierwszy"]
    shown = re.search(r'class="sp-fingerprint">([^<]*)<', text_of(response))[1].replace(" ", "")
    assert len(shown) >= 16
    assert chain_head()[1].startswith(shown.rstrip("…"))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["c", "b", "a"]),
        ({"q": "zdzisława"}, ["b", "a"]),  # who did it
        ({"q": "tests.other"}, ["c"]),
        ({"q": "jan pokrzywdzony"}, ["b"]),  # what it was about
        ({"q": "nie ma"}, []),
        ({"since": "2019-05-02"}, ["c", "b"]),
        ({"until": "2019-05-02"}, ["b", "a"]),
        ({"since": "2019-05-02", "until": "2019-05-02"}, ["b"]),
        ({"since": "wczoraj"}, ["c", "b", "a"]),  # a wrong day narrows nothing and says so
    ],
)
def test_the_record_is_narrowed_by_words_and_days(about, query, expected):
    harmed = UserFactory(full_name="Jan Pokrzywdzony")
    stranger = UserFactory(full_name="Obca Osoba")

    def done(by, deed, row, reason, day):
        at = datetime(2019, 5, day, 12, tzinfo=UTC)
        record_all(by=by, deeds=[Deed(deed, row, {}, reason)], at=at)

    done(about, "tests.deed", stranger, "a", 1)
    done(about, "tests.deed", harmed, "b", 2)
    done(stranger, "tests.other", stranger, "c", 3)
    response = visitor(Role.AUDITOR).get(ADDRESS, query)
    assert rows(response) == expected
    assert ("wczoraj" in query.values()) is bool(response.context["form"].errors)


def test_a_deed_is_found_by_the_words_under_which_it_stands_on_the_page(about):
    register({"tests.spoken": "Zrobiono coś niezwykłego"})
    record(by=about, deed="tests.spoken", about=about, reason="znaleziony")
    client = visitor(Role.AUDITOR)
    assert "Zrobiono coś niezwykłego" in text_of(client.get(ADDRESS))
    assert rows(client.get(ADDRESS, {"q": "niezwykłego"})) == ["znaleziony"]


def shown(response):
    """The numbers of the entries on the page."""
    return [record.sequence for record in response.context["page"].object_list]


def test_the_list_goes_from_page_to_page_by_the_number_of_the_entry(about):
    rows = record_all(by=None, deeds=[Deed("tests.paged", about)] * 120)
    numbers = [row.sequence for row in reversed(rows)]
    client, narrow = visitor(Role.AUDITOR), {"deed": "tests.paged"}
    first = client.get(ADDRESS, narrow)
    assert shown(first) == numbers[:50]
    assert (first.context["page"].newer, first.context["page"].older) == (None, numbers[49])
    second = client.get(ADDRESS, narrow | {"przed": numbers[49]})
    assert shown(second) == numbers[50:100]
    last = client.get(ADDRESS, narrow | {"przed": second.context["page"].older})
    assert shown(last) == numbers[100:]
    assert last.context["page"].older is None
    back = client.get(ADDRESS, narrow | {"po": last.context["page"].newer})
    assert shown(back) == numbers[50:100]
    assert shown(client.get(ADDRESS, narrow | {"po": back.context["page"].newer})) == numbers[:50]


@pytest.mark.parametrize("page", ["", "0", "999999999999999", "9" * 40, "-1", "x", "²"])
@pytest.mark.parametrize("name", ["przed", "po"])
def test_any_number_leads_to_a_page(about, name, page):
    record(by=None, deed="tests.deed", about=about)
    assert visitor(Role.AUDITOR).get(ADDRESS, {name: page}).status_code == 200


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"kind": "readings"}, ["odczyt"]),
        ({"kind": "changes"}, ["inny", "zmiana"]),
        ({"kind": "nie ma"}, ["inny", "odczyt", "zmiana"]),
        ({"deed": "tests.narrowed"}, ["odczyt", "zmiana"]),
        ({"person": "{about}"}, ["odczyt"]),
        ({"person": "0"}, ["inny", "odczyt", "zmiana"]),
        ({"about": "access.user:{about}"}, ["odczyt", "zmiana"]),
        ({"about": "access.user:{about}", "kind": "readings"}, ["odczyt"]),
        ({"about": "access.user:0"}, []),
        ({"about": "access.user"}, ["inny", "odczyt", "zmiana"]),
    ],
)
def test_the_record_is_narrowed_by_kind_person_deed_and_row(about, query, expected):
    record(by=None, deed="tests.narrowed", about=about, reason="zmiana")
    record_all(by=about, deeds=[Deed("tests.narrowed", about, {"fields": []}, "odczyt", reading=True)])
    record(by=None, deed="tests.else", about=UserFactory(), reason="inny")
    filled = {name: value.format(about=about.pk) for name, value in query.items()}
    assert rows(visitor(Role.AUDITOR).get(ADDRESS, filled)) == expected


def test_what_links_narrow_to_is_said_in_words(about):
    register({"tests.said": "Powiedziano"})
    record(by=about, deed="tests.said", about=about)
    asked = {"person": about.pk, "deed": "tests.said", "about": f"access.user:{about.pk}"}
    response = visitor(Role.AUDITOR).get(ADDRESS, asked)
    values = [value for _label, value in response.context["chosen"]]
    assert values[:2] == ["Zdzisława Zmyślona", "Powiedziano"]
    assert values[2].endswith(f" {about.pk}")
    unknown = visitor(Role.AUDITOR).get(ADDRESS, {"person": "987654", "about": "tests.gone:7"})
    assert [value for _label, value in unknown.context["chosen"]] == ["987654", "tests.gone 7"]


def test_a_reading_shows_purpose_names_of_fields_roles_and_request(about):
    register_fields({"tests_street": "ulica próbna"})
    with acting_in(Circumstances("0123456789abcdef", "192.0.2.7")):
        by = person(Role.EDITOR)
        record_reading(by=by, about=about, purpose="cel próbny", fields=["tests_street"])
    page = text_of(visitor(Role.AUDITOR).get(ADDRESS))
    for words in ("cel próbny", "ulica próbna", "redaktor", "0123456789abcdef"):
        assert words in page
    assert "192.0.2.7" not in page


def test_the_list_asks_as_often_for_three_records_as_for_one(about):
    client = visitor(Role.AUDITOR)
    record(by=about, deed="tests.deed", about=about)
    one = queries_of(client, ADDRESS)
    for _n in range(2):
        record(by=UserFactory(), deed="tests.deed", about=UserFactory())
    assert queries_of(client, ADDRESS) == one


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.DIRECTOR, Role.ADMINISTRATOR])
def test_the_record_is_read_by_who_answers_for_it(role):
    assert visitor(role).get(reverse("audit:records")).status_code == 200


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_record_cannot_be_written_from_the_web(method):
    assert getattr(visitor(Role.ADMINISTRATOR), method)(ADDRESS).status_code == 405


def test_a_change_is_shown_with_both_values_and_amounts_in_zlote(about):
    facts = {
        "amount_gr": [100, 12_345_67],
        "document": ["", "Umowa 1"],
        "tags": [["ngo"], []],
        "programme": [None, "P1"],
    }
    row = record(by=None, deed="tests.deed", about=about, changed=facts)
    assert changes(row) == [
        {"field": "amount_gr", "before": "1,00\u00a0zł", "after": "12\u00a0345,67\u00a0zł"},
        {"field": "document", "before": "–", "after": "Umowa 1"},
        {"field": "tags", "before": "ngo", "after": "–"},
        {"field": "programme", "before": "–", "after": "P1"},
    ]


def test_a_day_a_code_and_a_yes_are_shown_as_the_screen_calls_them():
    facts = {"kind": ["task", "project"], "to_date": [None, "2026-11-30"], "shown": [False, True]}
    row = record(by=None, deed="tests.deed", about=TaskFactory(), changed=facts)
    with translation.override("pl"):
        shown = [(item["before"], item["after"]) for item in changes(row)]
    assert shown == [("zadanie", "projekt"), ("–", "30.11.2026"), ("nie", "tak")]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Anna Zmyślona", "A.\u00a0Zmyślona"),
        ("Anna Maria Zmyślona", "A.\u00a0Maria Zmyślona"),
        ("Anna", "Anna"),
    ],
)
def test_a_public_page_names_a_person_as_much_as_is_needed(name, expected):
    assert initials(name) == expected


def test_the_command_line_has_words_instead_of_a_name():
    assert initials("") == gettext("command line")


def test_a_deed_without_words_is_shown_as_it_is_stored():
    assert in_words("tests.unheard_of") == "tests.unheard_of"


def test_a_field_without_words_is_shown_as_it_is_stored():
    assert field_called("unheard_of") == "unheard_of"


def test_a_changed_field_is_named_in_the_words_of_the_screen():
    register_fields({"tests_field": "field of a test"})
    assert field_called("tests_field") == "field of a test"
