"""A sign-in service on this computer, who comes back from it, and how its answers are forged."""

import json
import warnings
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import jwt
import requests
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from spoiwo.config.oidc import PROVIDER, oidc_providers

EMAIL = "zofia@przyklad.example"
CLIENT, SECRET = "spoiwo", "tajny-znak-klienta-przykladowego"
PEOPLE = {
    "zofia": {"email": EMAIL, "email_verified": True},
    "wielkie-litery": {"email": EMAIL.upper(), "email_verified": True},
    "niepotwierdzona": {"email": EMAIL, "email_verified": False},
    "slowo": {"email": EMAIL, "email_verified": "true"},  # a text is not a yes
    "bez-adresu": {},
    "obcy": {"email": "obcy@przyklad.example", "email_verified": True},
    "zamknieta": {"email": "zamknieta@przyklad.example", "email_verified": True},
    "pokazowa": {"email": "pokazowa@przyklad.example", "email_verified": True},
    "prywatna": {"email": "zofia.prywatnie@poczta.example", "email_verified": True},
}
METADATA, KEYS, TOKEN, USER = "/.well-known/openid-configuration", "/jwks", "/oauth2/token", "/userinfo"


class OfficeService:
    """The service; a test may change what it answers at an address (`answers`), and the token that it gives out."""

    def __init__(self, server) -> None:
        self.address = f"http://localhost:{server.server_port}"
        self.answers: dict[str, Callable[[dict], dict]] = {}
        self.given: list[str] = []  # tokens, the last at the end
        self.key, self.kid = None, ""
        server.app.after_request(self._answer)

    def settings(self, **others: str) -> dict[str, object]:
        """What the house knows of the service."""
        known = {"issuer": self.address, "client": CLIENT, "secret": SECRET, "name": "Logowanie urzędu"}
        return oidc_providers(**known | others, plain_http=True)

    def gives(self, make: Callable[[dict, str], str | None]) -> None:
        """From now on: a token made of the facts of the right one and the name of its key; None gives none at all."""

        def answer(right: dict) -> dict:
            forged = make(jwt.decode(right.pop("id_token"), options={"verify_signature": False}), self.kid)
            return right if forged is None else right | {"id_token": forged}

        self.answers[TOKEN] = answer

    def _answer(self, response):
        """Remember the key and the token; change what is to be changed."""
        import flask

        if self.key is None:
            key = flask.g.oidc_provider_mock_storage.jwk
            self.key, self.kid = load_pem_private_key(key.as_pem(is_private=True), None), key.thumbprint()
        change = self.answers.get(flask.request.path)
        if change and response.status_code == 200:
            response.set_data(json.dumps(change(response.get_json())))
        if flask.request.path == TOKEN and response.status_code == 200:
            self.given.append(response.get_json().get("id_token"))
        return response

    @property
    def public_pem(self) -> bytes:
        """The key that everybody may know."""
        return self.key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


@contextmanager
def running() -> Iterator[OfficeService]:
    """The service, until the end of the block."""
    with warnings.catch_warnings(record=True):  # what the package says of its own dependencies
        import oidc_provider_mock
    people = [oidc_provider_mock.User(sub=sub, claims=claims) for sub, claims in PEOPLE.items()]
    with oidc_provider_mock.run_server_in_thread(user_claims=people) as server:
        yield OfficeService(server)


def sealed(facts: dict, kid: str, alg: str, key: bytes) -> str:
    """A token under a common secret; by hand, since a careful library refuses to use a public key for that."""
    parts = [_packed(json.dumps(part).encode()) for part in ({"alg": alg, "typ": "JWT", "kid": kid}, facts)]
    seal = jwt.algorithms.HMACAlgorithm(jwt.algorithms.HMACAlgorithm.SHA256).sign(".".join(parts).encode(), key)
    return ".".join([*parts, _packed(seal)])


def _packed(part: bytes) -> str:
    return urlsafe_b64encode(part).rstrip(b"=").decode()


def leave(client: Client, process: str = "login") -> str:
    """Where the house sends a browser that wants to sign in through the service."""
    leaving = client.post(reverse("openid_connect_login", args=[PROVIDER]) + f"?process={process}")
    assert leaving.status_code == 302
    return leaving.url


def way_back(address: str, sub: str) -> str:
    """Where the service sends a browser back, when somebody has said there who they are."""
    at_service = requests.post(address, data={"sub": sub}, allow_redirects=False, timeout=10)
    back = at_service.headers["Location"]
    assert back.startswith("http://testserver" + reverse("openid_connect_callback", args=[PROVIDER]))
    return back.removeprefix("http://testserver")


def through(sub: str, client: Client | None = None, process: str = "login") -> tuple[Client, HttpResponse]:
    """Come back from the service as somebody; (browser, last answer)."""
    client = client or Client()
    return client, client.get(way_back(leave(client, process), sub))


def is_in(client: Client) -> str | None:
    """Whose session the browser carries."""
    return client.session.get("_auth_user_id")
