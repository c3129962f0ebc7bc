"""The sign-in service of the office opens accounts that exist, by a verified e-mail or a link, and never makes one."""

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.urls import reverse

from spoiwo.access.models import Role, User, Visit
from spoiwo.access.tests.office_service import EMAIL, is_in, leave, through
from spoiwo.audit.models import Record
from spoiwo.config.oidc import PROVIDER, oidc_providers, origin_of
from tests.factories import PASSWORD, UserFactory
from tests.visitors import give_second_factor, prove, says, text_of, visitor

# the service of the test warns of its own dependencies, in its own thread
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
    pytest.mark.usefixtures("service"),
]


@pytest.mark.parametrize("sub", ["zofia", "wielkie-litery"])
def test_a_verified_e_mail_opens_its_account_and_is_linked_from_then_on(zofia, sub):
    client, response = through(sub)
    assert (response.status_code, response.url) == (302, reverse("access:desk"))
    assert is_in(client) == str(zofia.pk)
    assert SocialAccount.objects.get().user == zofia
    assert User.objects.get(pk=zofia.pk).check_password(PASSWORD)  # the password still opens
    assert set(Record.objects.about(zofia).values_list("deed", flat=True)) == {
        "access.identity_linked", "access.signed_in",
    }  # fmt: skip
    assert Visit.objects.get().way == "socialaccount"


def test_once_linked_it_opens_also_after_the_e_mail_changed(zofia):
    through("zofia")
    User.objects.filter(pk=zofia.pk).update(email="inny@przyklad.example")
    client, _response = through("zofia")
    assert is_in(client) == str(zofia.pk)


def test_an_account_that_is_linked_is_not_opened_by_another_with_the_same_e_mail(zofia):
    through("zofia")
    client, response = through("wielkie-litery")
    assert is_in(client) is None
    assert says(response, "Accounts are given by the office")
    assert SocialAccount.objects.get().uid == "zofia"


@pytest.mark.parametrize("sub", ["niepotwierdzona", "slowo", "bez-adresu", "obcy", "zamknieta", "pokazowa", "prywatna"])
def test_nobody_else_comes_in_and_no_account_is_made(zofia, sub):
    UserFactory(email="zamknieta@przyklad.example", is_active=False)
    UserFactory(email="pokazowa@przyklad.example", invented=True)
    before = User.objects.count()
    client, response = through(sub)
    assert is_in(client) is None
    assert says(response, "Accounts are given by the office")
    assert (User.objects.count(), SocialAccount.objects.count()) == (before, 0)


def test_the_second_factor_is_asked_for_here_too():
    user = UserFactory(email=EMAIL, roles=[Role.DIRECTOR])
    give_second_factor(user)
    client, response = through("zofia")
    assert response.url == reverse("mfa_authenticate")
    assert is_in(client) is None


def test_a_person_links_another_identity_and_comes_in_by_it(zofia):
    client = visitor(zofia)
    _client, response = through("prywatna", client=client, process="connect")
    assert response.url == reverse("socialaccount_connections")
    assert says(client.get(response.url), "linked")
    other, _response = through("prywatna")
    assert is_in(other) == str(zofia.pk)


def test_an_identity_linked_with_one_account_is_not_taken_by_another(zofia):
    through("zofia")
    thief = UserFactory(password=PASSWORD)
    client = visitor(thief)
    through("zofia", client=client, process="connect")
    assert SocialAccount.objects.get().user == zofia


def test_a_link_is_removed_by_its_owner(zofia):
    through("zofia")
    client = visitor(zofia)
    prove(client, zofia)
    row = SocialAccount.objects.get()
    client.post(reverse("socialaccount_connections"), {"account": row.pk})
    assert not SocialAccount.objects.exists()
    assert Record.objects.about(zofia).order_by("sequence").last().deed == "access.identity_unlinked"


def test_who_breaks_off_at_the_service_is_told_so(zofia):
    client = Client()
    denied = requests.post(leave(client), data={"action": "deny"}, allow_redirects=False, timeout=10)
    response = client.get(denied.headers["Location"].removeprefix("http://testserver"), follow=True)
    assert is_in(client) is None
    assert response.status_code == 200


def test_an_answer_that_nobody_asked_for_opens_nothing(zofia):
    address = reverse("openid_connect_callback", args=[PROVIDER])
    client = Client()
    response = client.get(f"{address}?code=podrobiony&state=podrobiony", follow=True)
    assert is_in(client) is None
    assert says(response, "The sign-in service did not confirm who you are. Try again or use your password.")


def test_a_service_that_does_not_answer_leads_back_to_the_sign_in_page(zofia, settings):
    settings.SOCIALACCOUNT_PROVIDERS = oidc_providers(
        issuer="http://127.0.0.1:9", client="spoiwo", secret="tajny-znak-klienta", name="Nieczynne", plain_http=True
    )
    response = Client().post(reverse("openid_connect_login", args=[PROVIDER]), follow=True)
    assert says(response, "The sign-in service does not answer. Try again later or use your password.")


def test_the_sign_in_page_offers_the_service_by_a_form_and_only_when_there_is_one(settings):
    page = text_of(Client().get(reverse("account_login")))
    assert "Zaloguj się przez: Logowanie urzędu" in page
    assert Client().get(reverse("openid_connect_login", args=[PROVIDER])).status_code == 200  # asks before it leaves
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert "Zaloguj się przez" not in text_of(Client().get(reverse("account_login")))
    assert Client().get(reverse("openid_connect_login", args=[PROVIDER])).status_code == 404


@pytest.mark.parametrize(
    "facts",
    [
        {"issuer": "logowanie.example"},
        {"issuer": "http://logowanie.example"},  # not in the open
        {"issuer": "https://"},
        {"client": ""},
        {"secret": ""},
    ],
)
def test_a_service_that_is_half_set_stops_the_start(facts):
    whole = {"issuer": "https://logowanie.example/", "client": "a", "secret": "b", "name": "c", "plain_http": False}
    assert oidc_providers(**whole)["openid_connect"]["APPS"][0]["settings"]["server_url"] == "https://logowanie.example"
    with pytest.raises(ImproperlyConfigured, match="SPOIWO_OIDC"):
        oidc_providers(**whole | facts)


def test_without_a_service_there_is_nothing_to_set():
    assert oidc_providers(issuer="", client="", secret="", name="", plain_http=False) == {}
    assert (origin_of(""), origin_of("https://logowanie.example/realm/a")) == ("", "https://logowanie.example")
