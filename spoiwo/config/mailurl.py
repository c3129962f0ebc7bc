"""The mail server, read from one address: smtp://user:password@host:port?tls=start."""

from dataclasses import dataclass
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

EXPECTED = "SPOIWO_MAIL_URL: expected smtp://user:password@host:port?tls=start|whole|none"
PORTS = {"start": 587, "whole": 465, "none": 25}
LOOPBACK = {"localhost", "127.0.0.1", "::1"}


@dataclass(frozen=True)
class MailServer:
    """Where letters are handed over. `tls`: "start" (STARTTLS), "whole" (from the first byte) or "none"."""

    backend: str
    host: str = "localhost"
    port: int = 25
    user: str = ""
    password: str = ""
    tls: str = "none"


def mail_server(url: str, *, plain_http: bool) -> MailServer:
    """The mail server of an address. Without one, letters are printed on a trial and otherwise wait.

    Raises: ImproperlyConfigured for an address that makes no sense, and for a connection without TLS that leaves
    this machine: a letter holds links that open an account.
    """
    if not url:
        return MailServer(f"django.core.mail.backends.{'console' if plain_http else 'dummy'}.EmailBackend")
    try:
        parts = urlsplit(url)
        port, asked = parts.port, parse_qs(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
    except ValueError:
        raise ImproperlyConfigured(EXPECTED) from None
    tls = asked.pop("tls", ["start"])[-1]
    if parts.scheme != "smtp" or not parts.hostname or tls not in PORTS or asked or parts.path.strip("/"):
        raise ImproperlyConfigured(EXPECTED)
    if tls == "none" and parts.hostname not in LOOPBACK:
        raise ImproperlyConfigured("SPOIWO_MAIL_URL: tls=none only for a mail server on this machine")
    return MailServer(
        "django.core.mail.backends.smtp.EmailBackend",
        parts.hostname,
        port or PORTS[tls],
        unquote(parts.username or ""),
        unquote(parts.password or ""),
        tls,
    )
