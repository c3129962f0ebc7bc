"""What the sign-in service says is not believed unless it said it itself, to this house, now, and for this browser."""

import time

import jwt
import pytest
from allauth.socialaccount.models import SocialAccount
from cryptography.hazmat.primitives.asymmetric import rsa
from django.test import Client
from django.urls import reverse

from spoiwo.access.logs import LinesFormatter
from spoiwo.access.models import User
from spoiwo.access.tests.office_service import (
    CLIENT,
    EMAIL,
    KEYS,
    METADATA,
    SECRET,
    USER,
    is_in,
    leave,
    sealed,
    through,
    way_back,
)
from spoiwo.audit.models import Record
from spoiwo.config.oidc import PROVIDER
from tests.factories import UserFactory
from tests.visitors import says, visitor

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.filterwarnings("ignore:get_jwt_config:DeprecationWarning"),
    pytest.mark.usefixtures("service"),
]
SUB, HOUR = "zofia", 3600
NOT_CONFIRMED = "The sign-in service did not confirm who you are. Try again or use your password."
NO_ANSWER = "The sign-in service does not answer. Try again later or use your password."
FOREIGN_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)
FOREIGN = jwt.algorithms.RSAAlgorithm.to_jwk(FOREIGN_KEY.public_key(), as_dict=True) | {"kid": "inny"}


def rewritten(service, **facts):
    """The service signs a token with other facts; those that are None are left out."""

    def make(right, kid):
        told = {name: value for name, value in (right | facts).items() if value is not None}
        return jwt.encode(told, service.key, "RS256", {"kid": kid})

    service.gives(make)


def under_a_common_secret(service, secret):
    """The token is sealed with something that both sides know, or everybody."""
    service.gives(lambda right, kid: sealed(right, kid, "HS256", secret(service)))


def by_a_foreign_key(service, **header):
    """Somebody else signs, under the name of the key of the service unless another is given."""
    service.gives(lambda right, kid: jwt.encode(right, FOREIGN_KEY, "RS256", {"kid": kid} | header))


def ends_early(service):
    """A token without the part that is the signature."""
    service.gives(lambda right, kid: jwt.encode(right, service.key, "RS256", {"kid": kid}).rpartition(".")[0] + ".")


def shown(service, more, *others):
    """The service shows its key with more facts, and other keys."""
    service.answers[KEYS] = lambda right: {"keys": [key | more for key in right["keys"]] + list(others)}


FORGED = {
    "signed by nobody": lambda s: s.gives(lambda right, kid: jwt.encode(right, None, "none", {"kid": kid})),
    "the signature cut off": ends_early,
    "sealed with the public key": lambda s: under_a_common_secret(s, lambda s: s.public_pem),
    "sealed with the secret of the client": lambda s: under_a_common_secret(s, lambda s: SECRET.encode()),
    "signed by another key": by_a_foreign_key,
    "signed by a key that the service does not name": lambda s: by_a_foreign_key(s, kid="nieznany"),
    "signed by a key that the token brings along": lambda s: by_a_foreign_key(s, kid="moj", jwk=FOREIGN),
    "of another issuer": lambda s: rewritten(s, iss="https://inne-logowanie.example"),
    "of no issuer": lambda s: rewritten(s, iss=None),
    "for another client": lambda s: rewritten(s, aud="inny-program"),
    "for nobody": lambda s: rewritten(s, aud=None),
    "for two, given to the other": lambda s: rewritten(s, aud=[CLIENT, "inny-program"], azp="inny-program"),
    "for two, not said to whom given": lambda s: rewritten(s, aud=[CLIENT, "inny-program"]),
    "expired": lambda s: rewritten(s, iat=int(time.time()) - 2 * HOUR, exp=int(time.time()) - HOUR),
    "without an end": lambda s: rewritten(s, exp=None),
    "not begun": lambda s: rewritten(s, nbf=int(time.time()) + HOUR),
    "made for another sign-in": lambda s: rewritten(s, nonce="znak-z-innego-logowania"),
    "made for no sign-in": lambda s: rewritten(s, nonce=None),
    "about nobody": lambda s: rewritten(s, sub=None),
    "about another than the answer to the house": lambda s: rewritten(s, sub="obcy"),
    "no token": lambda s: s.gives(lambda right, kid: None),
    "not a token": lambda s: s.gives(lambda right, kid: "to-nie-jest-znak"),
    "keys of nobody": lambda s: s.answers.update({KEYS: lambda right: {"keys": []}}),
    "a key for another purpose": lambda s: shown(s, {"use": "enc"}),
    "two keys, and not said which": lambda s: shown(s, {}, FOREIGN),
    "the answer to the house is about another": lambda s: s.answers.update(
        {USER: lambda right: right | {"sub": "obcy"}}
    ),
    "the answer to the house is about nobody": lambda s: s.answers.update({USER: lambda right: {"email": EMAIL}}),
}


# What is also tried where there is no link yet, and by a person who is signed in and wants to link.
CHOSEN = [
    "signed by nobody",
    "for another client",
    "made for another sign-in",
    "the answer to the house is about another",
]


@pytest.fixture
def linked(zofia):
    """Zofia's linked, opened by the identity that comes back, so that nothing but the proof is missing."""
    SocialAccount.objects.create(user=zofia, provider=PROVIDER, uid=SUB, extra_data={"userinfo": {"sub": SUB}})
    return zofia


def everything():
    """All that a sign-in could change: accounts, links and the record."""
    return [list(rows.order_by("pk").values()) for rows in (User.objects, SocialAccount.objects, Record.objects)]


def is_turned_away(client, response, before, message=NOT_CONFIRMED):
    """Led to the sign-in page, which says it; not signed in, nothing changed."""
    page = client.get(response.url) if response.status_code == 302 else response
    assert (response.status_code, response.url) == (302, reverse("account_login"))
    assert (page.status_code, says(page, message)) == (200, True)
    assert is_in(client) is None
    assert everything() == before


@pytest.mark.parametrize("forged", FORGED)
def test_what_is_not_right_in_everything_opens_nothing(service, linked, forged):
    leave(Client())  # the service has shown its key
    FORGED[forged](service)
    before = everything()
    client, response = through(SUB)
    is_turned_away(client, response, before)


@pytest.mark.parametrize("forged", CHOSEN)
def test_what_is_not_right_links_no_account_by_its_e_mail(service, zofia, forged):
    FORGED[forged](service)
    before = everything()
    client, response = through(SUB)
    is_turned_away(client, response, before)


@pytest.mark.parametrize("forged", CHOSEN)
def test_what_is_not_right_links_nothing_for_a_person_who_is_signed_in(service, zofia, forged):
    client = visitor(zofia)
    FORGED[forged](service)
    before = everything()
    _client, response = through(SUB, client=client, process="connect")
    assert says(client.get(response.url, follow=True), NOT_CONFIRMED)
    assert everything() == before
    assert is_in(client) == str(zofia.pk)


def test_the_right_token_signed_again_by_the_service_opens(service, linked):
    """The forgeries above are refused for what is wrong with them, and for nothing else."""
    rewritten(service, azp=CLIENT)
    client, _response = through(SUB)
    assert is_in(client) == str(linked.pk)


@pytest.mark.parametrize("seconds", [-20, 20])
def test_a_clock_may_be_off_by_a_little(service, linked, seconds):
    now = int(time.time())
    rewritten(service, iat=now + seconds, exp=now + HOUR)
    client, _response = through(SUB)
    assert is_in(client) == str(linked.pk)


def test_a_token_of_an_earlier_sign_in_is_not_taken_again(service, linked):
    through(SUB)
    (*_earlier, stolen) = service.given
    service.gives(lambda right, kid: stolen)
    before = everything()
    client, response = through(SUB)
    is_turned_away(client, response, before)


def test_every_sign_in_asks_for_a_token_of_its_own():
    asked = {leave(Client()).partition("nonce=")[2].partition("&")[0] for _time in range(3)}
    assert len(asked) == 3
    assert min(len(nonce) for nonce in asked) >= 32


def test_the_visitor_does_not_choose_the_sign_that_the_token_must_carry(linked):
    start = reverse("openid_connect_login", args=[PROVIDER]) + "?auth_params=nonce%3Dznak-zlodzieja"
    assert "znak-zlodzieja" not in Client().post(start).url


def test_a_service_that_calls_itself_otherwise_is_not_gone_to(service, linked):
    service.answers[METADATA] = lambda right: right | {"issuer": "https://inne-logowanie.example"}
    client, before = Client(), everything()
    response = client.post(reverse("openid_connect_login", args=[PROVIDER]))
    is_turned_away(client, response, before)


def test_a_service_that_calls_itself_otherwise_on_the_way_back_is_not_believed(service, linked):
    client, before = Client(), everything()
    back = way_back(leave(client), SUB)
    service.answers[METADATA] = lambda right: right | {"issuer": "https://inne-logowanie.example"}
    is_turned_away(client, client.get(back), before)


@pytest.mark.parametrize("lost", ["issuer", "token_endpoint", "jwks_uri", "userinfo_endpoint"])
def test_a_service_that_does_not_say_where_its_things_are_is_told_so(service, linked, lost):
    client, before = Client(), everything()
    back = way_back(leave(client), SUB)
    service.answers[METADATA] = lambda right: {name: value for name, value in right.items() if name != lost}
    is_turned_away(client, client.get(back), before, NOT_CONFIRMED if lost == "issuer" else NO_ANSWER)


def test_a_service_that_fell_silent_meanwhile_is_told_so(service, settings, linked):
    client, before = Client(), everything()
    back = way_back(leave(client), SUB)
    settings.SOCIALACCOUNT_PROVIDERS = service.settings(issuer="http://127.0.0.1:9")
    is_turned_away(client, client.get(back), before, NO_ANSWER)


def test_where_there_is_no_service_there_is_no_way_back(settings):
    settings.SOCIALACCOUNT_PROVIDERS = {}
    assert Client().get(reverse("openid_connect_callback", args=[PROVIDER])).status_code == 404


def test_who_runs_the_server_reads_what_was_wrong_and_nothing_of_the_person(service, linked, caplog):
    FORGED["for another client"](service)
    through(SUB)
    (line,) = [record for record in caplog.records if record.name == "spoiwo.access.identity"]
    facts = LinesFormatter().facts(line)
    assert facts["event"] == "the sign-in service was not believed"
    assert "jwt.exceptions.InvalidAudienceError" in facts["fault"]
    assert EMAIL not in str(facts)


def test_the_way_back_belongs_to_the_browser_that_left(linked):
    back = way_back(leave(Client()), SUB)
    stranger, before = Client(), everything()
    leave(stranger)
    is_turned_away(stranger, stranger.get(back), before)


def test_the_way_back_is_gone_once(linked):
    client = Client()
    back = way_back(leave(client), SUB)
    client.get(back)
    client.post(reverse("account_logout"))
    before = everything()
    is_turned_away(client, client.get(back), before)


def test_the_code_of_another_sign_in_does_not_fit(linked):
    """Somebody slips the answer that they were given into the sign-in of another."""
    stolen = way_back(leave(Client()), SUB)
    client, before = Client(), everything()
    own = way_back(leave(client), "obcy")
    mixed = stolen.partition("state=")[0] + "state=" + own.partition("state=")[2]
    is_turned_away(client, client.get(mixed), before)


@pytest.mark.parametrize("sub", ["niepotwierdzona", "slowo"])
def test_an_e_mail_of_an_account_that_the_service_did_not_verify_opens_and_links_nothing(zofia, sub):
    before = everything()
    client, response = through(sub)
    assert says(response, "Accounts are given by the office")
    assert is_in(client) is None
    assert everything() == before


def test_an_e_mail_that_only_the_token_calls_verified_opens_nothing(service, zofia):
    rewritten(service, email=EMAIL, email_verified=True)
    before = everything()
    client, _response = through("niepotwierdzona")
    assert is_in(client) is None
    assert everything() == before


def test_an_account_of_another_e_mail_that_was_never_linked_is_neither_opened_nor_linked(zofia):
    UserFactory(email="inna@przyklad.example")
    before = everything()
    client, response = through("prywatna")
    assert says(response, "Accounts are given by the office")
    assert is_in(client) is None
    assert everything() == before
