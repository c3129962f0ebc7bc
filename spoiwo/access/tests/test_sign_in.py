"""Signing in: by e-mail and password; nobody signs up, and demonstration accounts open only a trial."""

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import Role, User
from spoiwo.doors.posting import send_waiting_letters
from tests.factories import PASSWORD, UserFactory
from tests.visitors import says, text_of, visitor

pytestmark = pytest.mark.django_db
REFUSED = "The email address and/or password you specified are not correct."


@pytest.fixture
def officer():
    """An officer who can sign in."""
    return UserFactory(email="zofia@przyklad.example", roles=[Role.ROPS_OFFICER], password=PASSWORD)


def sign_in(client, *, email="zofia@przyklad.example", password=PASSWORD, **facts):
    """Send the form of the sign-in page."""
    return client.post(reverse("account_login"), {"login": email, "password": password} | facts)


def signed_in(client):
    """The key of the account whose session this browser carries, or None."""
    return client.session.get("_auth_user_id")


@pytest.mark.parametrize("email", ["zofia@przyklad.example", "ZOFIA@Przyklad.example", " zofia@przyklad.example "])
def test_an_officer_signs_in_and_comes_to_the_office(client, officer, email):
    response = sign_in(client, email=email)
    assert (response.status_code, response.url) == (302, reverse("access:desk"))
    assert signed_in(client) == str(officer.pk)


def test_a_reporter_of_a_gmina_comes_to_the_home_page(client):
    UserFactory(email="zofia@przyklad.example", roles=[Role.GMINA_REPORTER], password=PASSWORD)
    assert sign_in(client).url == "/"


def test_sign_in_leads_back_to_the_page_that_was_asked_for(client, officer):
    wanted = reverse("ledger:import")
    refused = client.get(wanted)
    assert refused.status_code == 302
    assert refused.url == f"{reverse('account_login')}?next={wanted}"
    assert sign_in(client, next=wanted).url == wanted


@pytest.mark.parametrize("away", ["https://zly.example/", "//zly.example/", "javascript:alert(1)"])
def test_sign_in_never_leads_to_another_site(client, officer, away):
    assert sign_in(client, next=away).url == reverse("access:desk")


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("zofia@przyklad.example", "inne-haslo-123"),
        ("nikt@przyklad.example", PASSWORD),  # the same words for an account that is not there
    ],
)
def test_a_wrong_password_is_told_in_words_and_opens_nothing(client, officer, email, password):
    response = sign_in(client, email=email, password=password)
    assert response.status_code == 200
    assert says(response, REFUSED)
    assert "govuk-error-summary" in text_of(response)
    assert signed_in(client) is None


@pytest.mark.parametrize(
    "typed",
    [
        f" {PASSWORD}",
        f"{PASSWORD} ",
        PASSWORD.upper(),
        PASSWORD.capitalize(),
        PASSWORD[:-1],
        f"{PASSWORD}\N{ZERO WIDTH SPACE}",
    ],
)
def test_a_password_is_compared_sign_by_sign(client, officer, typed):
    assert typed != PASSWORD
    assert sign_in(client, password=typed).status_code == 200
    assert signed_in(client) is None


def test_spaces_and_signs_past_a_hundred_belong_to_the_password(client):
    password = " Spacja na początku, Łódź w środku, " + "i długo, długo " * 6 + "koniec "
    UserFactory(email="zofia@przyklad.example", roles=[Role.ROPS_OFFICER], password=password)
    for typed in (password.strip(), password[:100], password[:72], password.casefold()):
        assert sign_in(client, password=typed).status_code == 200
    assert sign_in(client, password=password).status_code == 302


def test_many_wrong_passwords_close_the_door_for_a_while(client, officer):
    for _attempt in range(5):
        sign_in(client, password="inne-haslo-123")
    response = sign_in(client)
    assert signed_in(client) is None
    assert says(response, "Too many failed login attempts. Try again later.")


def test_a_closed_account_does_not_open(client, officer):
    User.objects.filter(pk=officer.pk).update(is_active=False)
    response = sign_in(client)
    assert (response.status_code, response.url) == (302, reverse("account_inactive"))
    assert signed_in(client) is None


def test_closing_an_account_ends_its_session(officer):
    client = visitor(officer)
    assert client.get(reverse("ledger:years")).status_code == 200
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get(reverse("ledger:years")).status_code == 302


def test_signing_out_is_asked_for_and_then_done(officer):
    client = visitor(officer)
    assert client.get(reverse("account_logout")).status_code == 200
    assert signed_in(client) == str(officer.pk)
    assert client.post(reverse("account_logout")).url == "/"
    assert signed_in(client) is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_opens_an_account_alone(client, method):
    before = User.objects.count()
    facts = {"email": "nowa@przyklad.example", "password1": PASSWORD, "password2": PASSWORD}
    response = getattr(client, method)(reverse("account_signup"), facts)
    assert response.status_code == 200
    assert "<form" not in text_of(response).split("<main", 1)[1]
    assert User.objects.count() == before


@pytest.fixture
def invented():
    """A demonstration account, whose password everybody knows."""
    return UserFactory(email="zofia@przyklad.example", roles=[Role.DIRECTOR], password=PASSWORD, invented=True)


def test_a_demonstration_account_works_on_a_computer_of_ones_own(client, invented, settings):
    settings.PLAIN_HTTP = True
    sign_in(client)
    assert signed_in(client) == str(invented.pk)


def test_a_demonstration_account_is_refused_elsewhere(client, invented, settings):
    settings.PLAIN_HTTP = False
    response = sign_in(client)
    assert (response.status_code, response.url) == (302, reverse("account_login"))
    assert signed_in(client) is None
    assert says(client.get(response.url), "Demonstration accounts do not work here.")


def test_the_password_is_changed_by_who_knows_the_present_one(officer):
    client = visitor(officer)
    new = "zupelnie-nowe-haslo"
    facts = {"oldpassword": "inne-haslo-123", "password1": new, "password2": new}
    client.post(reverse("account_change_password"), facts)
    assert User.objects.get(pk=officer.pk).check_password(PASSWORD)
    client.post(reverse("account_change_password"), facts | {"oldpassword": PASSWORD})
    assert User.objects.get(pk=officer.pk).check_password(new)


def test_a_forgotten_password_is_replaced_by_a_letter_that_works_once(client, officer):
    client.post(reverse("account_reset_password"), {"email": officer.email})
    send_waiting_letters(timezone.now())
    (letter,) = mail.outbox
    assert letter.to == [officer.email]
    address = next(word for word in letter.body.split() if "/haslo/nowe/" in word)
    form = client.get(address, follow=True)
    place = form.redirect_chain[-1][0]
    new = "zupelnie-nowe-haslo"
    client.post(place, {"password1": new, "password2": new})
    assert User.objects.get(pk=officer.pk).check_password(new)
    assert client.get(address, follow=True).status_code == 200
    client.post(place, {"password1": "jeszcze-inne-haslo", "password2": "jeszcze-inne-haslo"})
    assert User.objects.get(pk=officer.pk).check_password(new)


def test_asking_for_a_password_does_not_tell_which_accounts_there_are(client, officer):
    there = client.post(reverse("account_reset_password"), {"email": officer.email})
    not_there = client.post(reverse("account_reset_password"), {"email": "nikt@przyklad.example"})
    assert (there.status_code, there.url) == (not_there.status_code, not_there.url)
