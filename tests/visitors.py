"""Who comes to the pages in tests, and what a page says to them."""

from django.http import HttpResponse
from django.test import Client
from django.utils.html import escape
from django.utils.translation import gettext

from spoiwo.access.models import Role, User
from tests.factories import UserFactory


def person(*roles: Role, **facts: object) -> User:
    """An invented person who holds these roles today."""
    return UserFactory(roles=list(roles), **facts)


def visitor(who: User | Role | None = None) -> Client:
    """A browser: of a person, of somebody in a role, or of nobody in particular."""
    client = Client()
    if who is not None:
        client.force_login(who if isinstance(who, User) else person(who))
    return client


def text_of(response: HttpResponse) -> str:
    """The page as text, hard spaces as plain ones."""
    return response.content.decode().replace("\u00a0", " ").replace("&nbsp;", " ")


def says(response: HttpResponse, message: str, **facts: object) -> bool:
    """Whether the page carries a message, given in English as it stands in the code, in its own language."""
    words = gettext(message) % facts if facts else gettext(message)
    return escape(words).replace("\u00a0", " ") in text_of(response)
