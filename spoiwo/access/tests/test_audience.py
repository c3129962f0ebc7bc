"""The middleware: a view is closed to everybody for whom it is not declared."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from spoiwo.access.audience import PUBLIC, SIGNED_IN, audience, audience_of, declare, may
from spoiwo.access.errors import UndeclaredView
from spoiwo.access.models import Role
from spoiwo.ui import menu
from tests.factories import UserFactory
from tests.visitors import visitor


def answer(request):
    """A view that does nothing and that nobody declared."""
    return HttpResponse("answer")


def declared(who):
    """The same view, declared."""
    return audience(who)(lambda request: HttpResponse("answer"))


urlpatterns = [
    path("otwarte/", declared(PUBLIC)),
    path("dla-zalogowanych/", declared(SIGNED_IN)),
    path("dla-biura/", declared(may("access.enter_office"))),
    path("niczyje/", declared(may("access.no_such_thing"))),
    path("zapomniane/", answer, name="forgotten"),
    path("konto/", include("spoiwo.access.urls")),
]
ELSEWHERE = "/konto/zaloguj/"
OFFICE, REPORTER = Role.EDITOR, Role.GMINA_REPORTER


@pytest.fixture(autouse=True)
def addresses(settings, monkeypatch):
    """The addresses above, without the menu of the whole house."""
    monkeypatch.setattr(menu, "registry", menu.Registry())
    settings.ROOT_URLCONF = __name__


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete", "options"])
@pytest.mark.parametrize(
    ("address", "role", "expected"),
    [
        ("/otwarte/", None, 200),
        ("/otwarte/", REPORTER, 200),
        ("/otwarte/", OFFICE, 200),
        ("/dla-zalogowanych/", None, 302),
        ("/dla-zalogowanych/", REPORTER, 200),
        ("/dla-zalogowanych/", OFFICE, 200),
        ("/dla-biura/", None, 302),
        ("/dla-biura/", REPORTER, 403),
        ("/dla-biura/", OFFICE, 200),
        ("/niczyje/", None, 302),
        ("/niczyje/", REPORTER, 403),
        ("/niczyje/", OFFICE, 403),
    ],
)
def test_a_view_answers_only_its_audience_whatever_the_method(address, role, expected, method):
    response = getattr(visitor(role), method)(address)
    assert response.status_code == expected
    if expected == 302:
        assert response.url == f"{ELSEWHERE}?next={address}"


@pytest.mark.django_db
@pytest.mark.parametrize("role", [None, OFFICE])
def test_a_view_that_nobody_declared_is_closed_to_all(role):
    with pytest.raises(UndeclaredView, match="forgotten"):
        visitor(role).get("/zapomniane/")
    client = visitor(role)
    client.raise_request_exception = False
    assert client.get("/zapomniane/").status_code == 500


def test_a_view_of_a_package_is_declared_by_the_name_of_its_address():
    with pytest.raises(UndeclaredView):
        audience_of(answer, "a-package:page")
    declare(SIGNED_IN, "a-package:page")
    assert audience_of(answer, "a-package:page") == SIGNED_IN


def test_what_stands_at_the_view_comes_before_what_is_declared_by_name():
    declare(PUBLIC, "a-package:other")
    assert audience_of(declared(SIGNED_IN), "a-package:other") == SIGNED_IN


@pytest.mark.django_db
def test_who_is_admitted_is_a_matter_of_the_person_and_the_permission():
    officer, reporter = UserFactory(roles=[OFFICE]), UserFactory(roles=[REPORTER])
    closed = UserFactory(roles=[OFFICE], is_active=False)
    people = (AnonymousUser(), closed, reporter, officer)
    assert [PUBLIC.admits(who) for who in people] == [True, True, True, True]
    assert [SIGNED_IN.admits(who) for who in people] == [False, False, True, True]
    assert [may("access.enter_office").admits(who) for who in people] == [False, False, False, True]


@pytest.mark.django_db
def test_a_page_made_for_one_person_is_stored_nowhere():
    response = visitor(OFFICE).get("/dla-biura/")
    assert {"no-store", "private"} <= set(response.headers["Cache-Control"].split(", "))


@pytest.mark.django_db
def test_a_refusal_is_stored_nowhere_either():
    assert "no-store" in visitor(REPORTER).get("/dla-biura/").headers["Cache-Control"]


@pytest.mark.django_db
def test_an_open_page_may_be_kept_as_it_knows_nobody():
    response = Client().get("/otwarte/")
    assert response.headers["Cache-Control"] == "public, no-cache"
    assert not response.cookies


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/otwarte/", "/dla-biura/", "/nie-ma-takiej/"])
def test_every_answer_forbids_what_the_house_never_needs(address):
    response = Client().get(address)
    assert "camera=()" in response.headers["Permissions-Policy"]
    assert response.headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("address", ["/otwarte/?program=%00", "/otwarte/?q=a%00b", "/otwarte/%00"])
def test_no_address_holds_a_zero_byte(address):
    assert Client().get(address).status_code == 404
