"""What is sensitive asks for a fresh proof, with the strongest means the person has, and loses nothing typed."""

import pytest
from django.http import HttpResponse
from django.urls import include, path, reverse

from spoiwo.access.audience import audience, may
from spoiwo.access.models import Role
from spoiwo.ui import menu
from tests.factories import PASSWORD, UserFactory
from tests.visitors import give_second_factor, prove, text_of, visitor

pytestmark = pytest.mark.django_db
TEN_MINUTES = 600


def declared(who):
    """A view that says what reached it."""
    return audience(who)(lambda request: HttpResponse(f"{request.method} answered"))


urlpatterns = [
    path("wrazliwe/", declared(may("access.enter_office", step_up=True))),
    path("zwykle/", declared(may("access.enter_office"))),
    path("konto/", include("spoiwo.access.urls")),
]


@pytest.fixture(autouse=True)
def addresses(settings, monkeypatch):
    """The addresses above, without the menu of the whole house."""
    monkeypatch.setattr(menu, "registry", menu.Registry())
    settings.ROOT_URLCONF = __name__


def proved(role, seconds_ago, *ways):
    """A visitor who proved who they are so long ago, in these ways."""
    user = UserFactory(roles=[role], password=PASSWORD)
    client = visitor(user, proved=False)
    prove(client, user, *ways, seconds_ago=seconds_ago)
    return client


@pytest.mark.parametrize("method", ["get", "head", "post", "put", "delete"])
@pytest.mark.parametrize(
    ("role", "ago", "ways", "passes"),
    [
        (Role.EDITOR, 0, (), True),
        (Role.EDITOR, TEN_MINUTES - 5, (), True),
        (Role.EDITOR, TEN_MINUTES + 1, (), False),
        (Role.EDITOR, -60, (), False),  # a proof of tomorrow
        (Role.EDITOR, 0, ("password",), True),  # has nothing stronger
        (Role.DIRECTOR, 0, ("password",), False),  # has an app, so the password is not enough
        (Role.DIRECTOR, 0, ("mfa",), True),
    ],
)
def test_only_a_fresh_proof_opens_what_is_sensitive_whatever_the_method(role, ago, ways, passes, method):
    client = proved(role, ago, *ways)
    assert client.get("/zwykle/").status_code == 200
    response = getattr(client, method)("/wrazliwe/")
    refused = 302 if method in {"get", "head"} else 403
    assert response.status_code == (200 if passes else refused)


def test_a_session_without_any_proof_passes_nowhere():
    client = visitor(UserFactory(roles=[Role.EDITOR], password=PASSWORD), proved=False)
    assert client.get("/wrazliwe/").status_code == 302


def test_who_may_not_open_the_page_is_refused_and_not_asked():
    client = proved(Role.GMINA_REPORTER, TEN_MINUTES + 1)
    assert client.get("/wrazliwe/").status_code == 403


def test_the_page_asks_for_the_password_and_leads_back():
    client = proved(Role.EDITOR, TEN_MINUTES + 1)
    response = client.get("/wrazliwe/?rok=2026")
    assert response.url == f"{reverse('account_reauthenticate')}?next=%2Fwrazliwe%2F%3Frok%3D2026"
    wrong = client.post(response.url, {"password": "inne-haslo-123"})
    assert wrong.status_code == 200
    back = client.post(response.url, {"password": PASSWORD})
    assert (back.status_code, back.url) == (302, "/wrazliwe/?rok=2026")
    assert client.get(back.url).content == b"GET answered"


def test_who_has_an_app_is_asked_for_its_code_and_not_for_the_password():
    client = proved(Role.DIRECTOR, TEN_MINUTES + 1)
    response = client.get("/wrazliwe/")
    assert response.url == f"{reverse('mfa_reauthenticate')}?next=%2Fwrazliwe%2F"
    page = client.get(response.url)
    assert 'name="code"' in text_of(page)
    assert page.context["reauthentication_alternatives"] == []
    assert client.get(reverse("account_reauthenticate")).url.startswith(reverse("mfa_reauthenticate"))


def test_what_was_sent_is_shown_to_be_copied_and_is_not_done():
    client = proved(Role.EDITOR, TEN_MINUTES + 1)
    response = client.post("/wrazliwe/", {"reason": "Powód <i>", "password": "tajne-haslo-9", "empty": "  "})
    assert response.status_code == 403
    page = text_of(response)
    assert "Powód &lt;i&gt;" in page
    assert "tajne-haslo-9" not in page
    assert f"{reverse('account_reauthenticate')}?next=%2Fwrazliwe%2F" in page
    assert "answered" not in page


def test_a_person_whom_only_a_service_proves_signs_in_through_it_again():
    user = UserFactory(roles=[Role.EDITOR])
    user.set_unusable_password()
    user.save()
    client = visitor(user, proved=False)
    response = client.get("/wrazliwe/")
    assert response.url.startswith(reverse("account_logout") + "?next=")


def test_a_second_factor_added_today_counts_from_then_on():
    user = UserFactory(roles=[Role.DIRECTOR], password=PASSWORD)
    give_second_factor(user)
    client = visitor(user)
    assert client.get("/wrazliwe/").status_code == 200
