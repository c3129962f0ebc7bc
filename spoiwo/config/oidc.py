"""The sign-in service of an office (OpenID Connect), as the settings of allauth."""

from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

PROVIDER = "urzad"  # part of the address that the service sends people back to; never changed


def oidc_providers(*, issuer: str, client: str, secret: str, name: str, plain_http: bool) -> dict[str, object]:
    """SOCIALACCOUNT_PROVIDERS for one service; empty when none is named. Raises: ImproperlyConfigured."""
    if not issuer:
        return {}
    parts = urlsplit(issuer)
    schemes = {"https", "http"} if plain_http else {"https"}
    if parts.scheme not in schemes or not parts.hostname:
        raise ImproperlyConfigured("SPOIWO_OIDC_ISSUER: expected https://address-of-the-service")
    if not client or not secret:
        raise ImproperlyConfigured("SPOIWO_OIDC_ISSUER is set: SPOIWO_OIDC_CLIENT_ID and _CLIENT_SECRET are needed too")
    app = {
        "provider_id": PROVIDER,
        "name": name,
        "client_id": client,
        "secret": secret,
        "settings": {"server_url": issuer.rstrip("/")},
    }
    return {"openid_connect": {"APPS": [app], "OAUTH_PKCE_ENABLED": True}}


def origin_of(issuer: str) -> str:
    """Where a form may lead when it is sent to the service; empty without one."""
    parts = urlsplit(issuer)
    return f"{parts.scheme}://{parts.netloc}" if issuer else ""
