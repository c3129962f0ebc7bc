"""The sign-in service of the office opens accounts that exist, by a verified e-mail or a link, and never makes one."""

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.models import Role, User, Visit
from spoiwo.access.services.accounts import close_account, rename
from spoiwo.access.tests.office_service import EMAIL, USER, is_in, leave, through
from spoiwo.audit.models import Record
from spoiwo.audit.tests.reading import refuse_writing
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


def test_after_a_long_time_a_person_proves_anew_and_the_identity_is_linked_then(zofia):
    client = Client()
    client.force_login(zofia)  # without any proof
    _client, response = through("prywatna", client=client, process="connect")
    assert (response.url, SocialAccount.objects.count()) == (reverse("account_reauthenticate"), 0)
    response = client.post(response.url, {"password": PASSWORD})
    assert response.url == reverse("socialaccount_connections")
    assert (SocialAccount.objects.get().user, linked_deeds(zofia)) == (zofia, 1)


def test_a_link_that_cannot_be_recorded_is_not_made(zofia):
    client = visitor(zofia)
    client.raise_request_exception = False
    refuse_writing()
    _client, response = through("prywatna", client=client, process="connect")
    assert response.status_code >= 500
    assert not SocialAccount.objects.exists()


def test_a_link_that_waited_for_a_proof_and_cannot_be_recorded_is_not_made(zofia):
    client = Client(raise_request_exception=False)
    client.force_login(zofia)
    _client, response = through("prywatna", client=client, process="connect")
    refuse_writing()
    assert client.post(response.url, {"password": PASSWORD}).status_code >= 500
    assert not SocialAccount.objects.exists()


def test_a_link_whose_removal_cannot_be_recorded_stays(zofia):
    through("zofia")
    client = visitor(zofia)
    prove(client, zofia)
    client.raise_request_exception = False
    refuse_writing()
    response = client.post(reverse("socialaccount_connections"), {"account": SocialAccount.objects.get().pk})
    assert response.status_code >= 500
    assert SocialAccount.objects.count() == 1


def meanwhile(service, deed):
    """Somebody in the office does something while the service answers."""

    def answer(right):
        deed()
        connection.close()
        return right

    service.answers[USER] = answer


@pytest.mark.django_db(transaction=True)
def test_an_account_closed_while_the_service_answered_is_neither_linked_nor_opened_again(service, zofia):
    client = visitor(zofia)
    facts = {"reason": "odejście zmyślone", "seen_version": None, "now": timezone.now(), "by": None}
    meanwhile(service, lambda: close_account(user=zofia, **facts))
    through("prywatna", client=client, process="connect")
    held = User.objects.get(pk=zofia.pk)
    assert (held.is_active, held.closed_reason, held.version) == (False, "odejście zmyślone", zofia.version)
    assert not SocialAccount.objects.exists()
    assert linked_deeds(zofia) == 0


@pytest.mark.django_db(transaction=True)
def test_what_the_office_changed_while_the_service_answered_stays_beside_the_link(service, zofia):
    client = visitor(zofia)
    facts = {"full_name": "Zofia Nowa-Zmyślona", "seen_version": zofia.version, "by": None}
    meanwhile(service, lambda: rename(user=User.objects.get(pk=zofia.pk), **facts))
    through("prywatna", client=client, process="connect")
    held = User.objects.get(pk=zofia.pk)
    assert (held.full_name, held.version) == ("Zofia Nowa-Zmyślona", zofia.version + 1)
    assert (SocialAccount.objects.get().user, linked_deeds(zofia)) == (zofia, 1)


def linked_deeds(user):
    """How often a link with this account is in the record."""
    return Record.objects.about(user).filter(deed="access.identity_linked").count()


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
