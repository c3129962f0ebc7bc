"""The mail server, read from one address: what is understood, and what stops the start."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from spoiwo.config.mailurl import MailServer, mail_server

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("smtp://poczta.example", MailServer(SMTP, "poczta.example", 587, "", "", "start")),
        ("smtp://a:b%40c@poczta.example:2525?tls=start", MailServer(SMTP, "poczta.example", 2525, "a", "b@c", "start")),
        ("smtp://a%40x.example:b@poczta.example?tls=whole",
         MailServer(SMTP, "poczta.example", 465, "a@x.example", "b", "whole")),
        ("smtp://localhost?tls=none", MailServer(SMTP, "localhost", 25, "", "", "none")),
        ("smtp://127.0.0.1:1025?tls=none", MailServer(SMTP, "127.0.0.1", 1025, "", "", "none")),
    ],
)  # fmt: skip
def test_an_address_of_a_mail_server_is_understood(url, server):
    assert mail_server(url, plain_http=False) == server


@pytest.mark.parametrize(("plain_http", "kind"), [(True, "console"), (False, "dummy")])
def test_without_an_address_letters_are_printed_on_a_trial_and_otherwise_wait(plain_http, kind):
    assert mail_server("", plain_http=plain_http).backend == f"django.core.mail.backends.{kind}.EmailBackend"


@pytest.mark.parametrize(
    "url",
    [
        "poczta.example", "http://poczta.example", "smtp://", "smtp://poczta.example:abc", "smtp://x?tls=maybe",
        "smtp://x/y", "smtp://x?tls=start&cc=y", "smtp://x?tls", "smtp://poczta.example?tls=none",
    ],
)  # fmt: skip
def test_an_address_that_makes_no_sense_or_leaves_the_machine_in_the_open_stops_the_start(url):
    with pytest.raises(ImproperlyConfigured) as refusal:
        mail_server(url, plain_http=True)
    assert str(refusal.value).startswith("SPOIWO_MAIL_URL: ")
