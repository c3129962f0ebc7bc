"""Who comes to the pages in tests, and what a page says to them."""

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import encrypt
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils.crypto import get_random_string
from django.utils.html import escape
from django.utils.translation import gettext

from spoiwo.access.models import Role, User
from spoiwo.access.services.factors import lacks_second_factor
from spoiwo.doors import once
from tests.factories import UserFactory

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"  # of the invented app


def person(*roles: Role, **facts: object) -> User:
    """An invented person who holds these roles today."""
    return UserFactory(roles=list(roles), **facts)


class Browser(Client):
    """A client that sends with every form the key its page holds, as a browser does; one of our own is left alone."""

    def post(self, path, data=None, *args, **extra):
        """Send a form; a page opened anew for each, so that only a key sent twice is a form sent twice."""
        if once.FIELD not in (data or {}):
            data = {**(data or {}), once.FIELD: key_for(self, path)}
        return super().post(path, data, *args, **extra)


def key_for(client: Client, path: str) -> str:
    """The key that `{% sent_once %}` would put into a form for this browser to send to an address."""
    request = RequestFactory().get(path)
    request.user = client_user(client)
    if settings.CSRF_COOKIE_NAME not in client.cookies:
        client.cookies[settings.CSRF_COOKIE_NAME] = get_random_string(32)
    request.META["CSRF_COOKIE"] = client.cookies[settings.CSRF_COOKIE_NAME].value
    return once.new_key(request)


def client_user(client: Client) -> User | AnonymousUser:
    """Who is signed in."""
    pk = client.session.get("_auth_user_id") if settings.SESSION_COOKIE_NAME in client.cookies else None
    return User.objects.get(pk=pk) if pk else AnonymousUser()


def visitor(who: User | Role | None = None, *, proved: bool = True) -> Client:
    """A browser: of a person, of somebody in a role, or of nobody in particular.

    Who needs a second factor has one; `proved`: the person has just signed in with all that they have.
    """
    client = Browser()
    if who is not None:
        user = who if isinstance(who, User) else person(who)
        give_second_factor(user)
        client.force_login(user)
        if proved:
            prove(client, user)
    return client


def give_second_factor(user: User) -> None:
    """An app with a secret, for a person whose roles need a second factor."""
    if lacks_second_factor(user):
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": encrypt(SECRET)})
    user.__dict__.pop("_in_force", None)  # a test may give further roles


def prove(client: Client, user: User, *ways: str, seconds_ago: int = 0) -> None:
    """Let the session say that the person proved who they are; with everything they have, unless ways are named."""
    session, at = client.session, time.time() - seconds_ago
    session["account_authentication_methods"] = [{"method": way, "at": at} for way in ways or ("password", "mfa")]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()


def text_of(response: HttpResponse) -> str:
    """The page as text, hard spaces as plain ones."""
    return response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def says(response: HttpResponse, message: str, **facts: object) -> bool:
    """Whether the page carries a message, given in English as it stands in the code, in its own language."""
    words = gettext(message) % facts if facts else gettext(message)
    return escape(words).replace("\u00a0", " ") in text_of(response)


def as_chosen(response: HttpResponse, **sides: str) -> dict:
    """What the browser would send of the page with both versions: what was typed, and a side for each field named."""
    context = response.context
    typed: dict[str, list[str]] = {}
    for name, value in context["typed"]:
        typed.setdefault(name, []).append(value)
    typed |= {row.bound.html_name: [row.bound.value()] for row in context["found"] if row.bound}
    typed |= {bound.html_name: [bound.value()] for bound in context["also"]}
    ticked = {row.control: sides.get(row.name, row.chosen) for row in context["found"]}
    ticked = {name: side for name, side in ticked.items() if side}
    return typed | ticked | {"seen_version": context["seen_version"], "opened": context["opened"]}
