"""The sign-in service of the office as a provider of allauth: what it says is believed when all of it is proved.

allauth trusts the line to the service: it reads a token without its signature, sends no nonce, and does not ask whether
the facts of a person are about the person of the token. Here each is asked. allauth looks for a module of this name in
every application; this one takes the place of its own, because the room stands after it in INSTALLED_APPS.
"""

from secrets import token_urlsafe

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest, HttpResponse

# A signature that only the service can make: never "none", never a secret that two sides know.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
REQUIRED = ["iss", "aud", "sub", "exp", "iat", "nonce"]
CLOCKS_DIFFER = 30  # seconds


class OfficeAnswers(OpenIDConnectOAuth2Adapter):
    """What the service answers. What is not right raises OAuth2Error, and the person is told on the sign-in page."""

    nonce = ""  # of the sign-in that the answer belongs to

    @property
    def openid_config(self) -> dict:
        """The facts of the service about itself, if they are those of the issuer that the office has set."""
        config = super().openid_config
        if str(config.get("issuer")).rstrip("/") != self.get_provider().app.settings["server_url"]:
            raise OAuth2Error("the service calls itself otherwise")
        return config

    def complete_login(self, request: HttpRequest, app, token, **kwargs) -> SocialLogin:
        """The person of a token that was proved, with the facts that the service tells of the same person."""
        told = self._proved(kwargs["response"].get("id_token"), app.client_id)
        person = self._fetch_user_info(token.token)
        if person.get("sub") != told["sub"]:
            raise OAuth2Error("facts about another person")
        return self.get_provider().sociallogin_from_response(request, {"userinfo": person, "id_token": told})

    def _proved(self, token: str | None, client: str) -> dict:
        """What a token says: signed by the service, for this house, in its time, for this sign-in."""
        try:
            told = jwt.decode(
                token,
                self._key(jwt.get_unverified_header(token).get("kid")),
                algorithms=ALGORITHMS,
                issuer=self.openid_config["issuer"],
                audience=client,
                leeway=CLOCKS_DIFFER,
                options={"require": REQUIRED},
            )
        except jwt.PyJWTError as problem:
            raise OAuth2Error("a token that is not right") from problem
        alone = told["aud"] in (client, [client])
        if told.get("azp", client if alone else None) != client:
            raise OAuth2Error("a token that was given to another client")
        if not self.nonce or told["nonce"] != self.nonce:
            raise OAuth2Error("a token of another sign-in")
        return told

    def _key(self, name: str | None) -> jwt.PyJWK:
        """The key that the service shows under this name; a token that names none may be signed by the only key."""
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
            answer.raise_for_status()
        keys = [key for key in jwt.PyJWKSet.from_dict(answer.json()).keys if key.public_key_use in (None, "sig")]
        fitting = [key for key in keys if name in (None, key.key_id)]
        if len(fitting) != 1:
            raise OAuth2Error("a key that the service does not show")
        return fitting[0]


class OfficeService(OpenIDConnectProvider):
    """The way to the service: with a nonce of this sign-in, and with nothing that a link would like to add."""

    oauth2_adapter_class = OfficeAnswers

    def redirect(self, request: HttpRequest, process, next_url=None, data=None, **kwargs) -> HttpResponse:
        """Leave; the nonce waits in the session beside the state."""
        nonce = token_urlsafe(32)
        asked = self.get_auth_params() | {"nonce": nonce}
        return super().redirect(request, process, next_url, data, **kwargs | {"auth_params": asked, "nonce": nonce})


class WayBack(OAuth2CallbackView):
    """The way back from the service."""

    def _get_state(self, request: HttpRequest, provider) -> tuple[dict | None, HttpResponse | None]:
        """What waits in the session for this answer, and with it the nonce."""
        state, response = super()._get_state(request, provider)
        self.adapter.nonce = (state or {}).get("nonce", "")
        return state, response


provider_classes = [OfficeService]
