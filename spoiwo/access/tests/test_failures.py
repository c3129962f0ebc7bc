"""What a visitor sees when something cannot be done, also when nothing can be asked."""

import pytest
from django.conf import settings as house
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError, ProgrammingError
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path
from django.views.decorators.http import require_POST

from spoiwo.access.audience import PUBLIC, audience
from spoiwo.access.failures import LONGEST_ADDRESS
from spoiwo.access.models import Role
from spoiwo.ui import menu
from tests.visitors import text_of, visitor


def failing(problem):
    """A view that ends so."""

    def view(request):
        raise problem

    return audience(PUBLIC)(view)


handler400 = "spoiwo.access.failures.bad_request"
handler500 = "spoiwo.access.failures.server_error"
urlpatterns = [
    path("500/", failing(ValueError("nic"))),
    path("programme/", failing(ProgrammingError("nic"))),
    path("400/", failing(SuspiciousOperation("nic"))),
    path("413/", failing(RequestDataTooBig("nic"))),
    path("503/", failing(OperationalError("nic"))),
    path("connection/", failing(InterfaceError("nic"))),
    path("405/", audience(PUBLIC)(require_POST(lambda request: HttpResponse("x")))),
    path("ok/", audience(PUBLIC)(lambda request: HttpResponse("x"))),
    path("konto/", include("spoiwo.access.urls")),
]


@pytest.fixture(autouse=True)
def addresses(settings, monkeypatch):
    """The addresses above, without the menu of the whole house."""
    monkeypatch.setattr(menu, "registry", menu.Registry())
    settings.ROOT_URLCONF = __name__


def asked(address, client=None, language="pl"):
    """An answer as a server gives it."""
    client = client or Client()
    client.raise_request_exception = False
    return client.get(address, headers={"accept-language": language})


@pytest.mark.parametrize(
    ("address", "status"),
    [("/500/", 500), ("/programme/", 500), ("/400/", 400), ("/413/", 413), ("/503/", 503), ("/connection/", 503),
     ("/405/", 405), ("/ok/?" + "x" * LONGEST_ADDRESS, 414), ("/ok/?" + "x" * 100, 200)],
)  # fmt: skip
def test_a_failure_has_its_own_page_without_the_database(address, status):
    response = asked(address)
    assert response.status_code == status
    if status != 200:
        assert f'<p class="sp-lost__code">{status}</p>' in text_of(response)
        assert response.headers["Cache-Control"] == "private, no-store"


def test_a_failure_speaks_the_language_of_the_address():
    spoken = {code: text_of(asked("/503/", language=code)) for code in ("pl", "en")}
    assert [f'<html lang="{code}"' in text for code, text in spoken.items()] == [True, True]
    assert "We will be back" in spoken["en"]


def test_soon_again_says_when():
    assert asked("/503/").headers["Retry-After"] == "30"


def test_a_refused_method_says_which_are_taken():
    assert asked("/405/").headers["Allow"] == "POST"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/500/", "/400/", "/413/", "/503/", "/405/", "/nie-ma/", "/ok/"])
def test_what_a_signed_in_person_is_told_is_stored_nowhere(address):
    response = asked(address, visitor(Role.DIRECTOR))
    assert response.headers["Cache-Control"] == "private, no-store"


def test_the_house_itself_uses_these_pages():
    from spoiwo.config import urls

    assert (urls.handler400, urls.handler500) == (handler400, handler500)
    assert house.MIDDLEWARE[:2] == [
        "spoiwo.access.observing.ObservingMiddleware",
        "spoiwo.access.headers.HeadersMiddleware",
    ]
