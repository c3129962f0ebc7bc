"""What every page gets: whose pages these are, the menus, the languages, the person."""

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.functional import cached_property
from django.utils.translation import get_language, get_language_info

from spoiwo.ui import menu
from spoiwo.ui.menu import Entry, grouped, in_order, without_repeats

FOOTER_COLUMNS = 3
COPY_OF = "spoiwo.copy_of"  # in the environment of a request, never from outside: a copy in files is being made


class Shell:
    """The facts around a page; each is worked out when a template first asks, a fragment asks none."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def office(self) -> dict:
        """dict(office, assembly, address, invented); empty until a room has registered it."""
        return menu.registry.office() if menu.registry.office else {}

    @cached_property
    def home(self) -> str:
        """The home page in the language of this page."""
        return _home(get_language(), settings.ROOT_URLCONF)

    @cached_property
    def public_menu(self) -> list[dict]:
        """Links of the public menu."""
        return self._links(menu.registry.public.values())

    @cached_property
    def staff_menu(self) -> list[dict]:
        """Groups of the staff menu, only with what this person may open."""
        allowed = [entry for entry in menu.registry.staff.values() if self._allowed(entry)]
        links = {link["url_name"]: link for link in self._links(allowed)}
        return [
            {"label": label, "links": [links[entry.url_name] for entry in entries]}
            for label, entries in grouped(allowed)
        ]

    @cached_property
    def footer(self) -> list[dict]:
        """Columns of the public footer, at most three."""
        columns = grouped(menu.registry.footer.values())[:FOOTER_COLUMNS]
        return [{"label": label, "links": self._links(entries)} for label, entries in columns]

    @cached_property
    def here(self) -> dict | None:
        """The current entry of the staff menu, for the strip that says where one is."""
        links = [link for group in self.staff_menu for link in group["links"]]
        return next((link for link in links if link["current"]), None)

    @cached_property
    def desk(self) -> dict | None:
        """The first entry of the staff menu for a signed-in person: where their work begins."""
        if not self.signed_in:
            return None
        return next((group["links"][0] for group in self.staff_menu if group["links"]), None)

    @property
    def copy_of(self) -> datetime | None:
        """When this page was copied into a file, if that is what is being made."""
        return self.request.META.get(COPY_OF)

    @cached_property
    def signed_in(self) -> bool:
        """Whether somebody has signed in."""
        user = getattr(self.request, "user", None)
        return bool(user and user.is_authenticated)

    @cached_property
    def person(self) -> dict | None:
        """dict(name, role, initials) of the signed-in person."""
        if not self.signed_in:
            return None
        user = self.request.user
        facts = menu.registry.person(user) if menu.registry.person else {"name": user.get_username(), "role": ""}
        return {**facts, "initials": _initials(facts["name"])}

    @cached_property
    def languages(self) -> list[dict]:
        """The languages of the screens, each with the address of this same page in it."""
        now = get_language()
        return [
            {
                "code": code,
                "name": get_language_info(code)["name_local"].capitalize(),
                "url": self._this_page_in(code),
                "current": code == now,
            }
            for code, _label in settings.LANGUAGES
        ]

    def _this_page_in(self, code: str) -> str:
        """The same page in another language; an address that leads nowhere gives that language's home page."""
        seen = self.request.method in {"GET", "HEAD"}
        here = self.request.get_full_path() if seen else self.request.path
        if code == get_language():
            return here
        there = translate_url(here, code)
        return there if there != here else translate_url("/", code)

    def _allowed(self, entry: Entry) -> bool:
        user = getattr(self.request, "user", None)
        return entry.permission is None or bool(user and user.has_perm(entry.permission))

    def _links(self, entries) -> list[dict]:
        match = getattr(self.request, "resolver_match", None)
        view_name = match.view_name if match else ""
        states = [(entry, entry.stands_for(view_name)) for entry in in_order(entries)]
        return [self._link(entry, state) for entry, state in without_repeats(states)]

    def _link(self, entry: Entry, current: str) -> dict:
        return {
            "label": entry.label,
            "url_name": entry.url_name,
            "url": _address(entry.url_name, get_language(), settings.ROOT_URLCONF),
            "icon": entry.icon,
            "current": current,
            "count": _count(entry.count, self.request),
        }


@lru_cache(maxsize=1000)
def _address(url_name: str, language: str, urls: str) -> str:
    """The address of a view without parameters: it never changes, and every page names some forty."""
    return reverse(url_name)


@lru_cache(maxsize=10)
def _home(language: str, urls: str) -> str:
    """The home page in the language of the page that is being made: as unchanging."""
    return translate_url("/", language)


def shell(request: HttpRequest) -> dict:
    """Context processor: `shell`."""
    return {"shell": Shell(request)}


def _count(ask: Callable | None, request: HttpRequest) -> int:
    return (ask(request) or 0) if ask else 0


def _initials(name: str) -> str:
    words = [word for word in name.replace("@", " ").replace(".", " ").split() if word[:1].isalpha()]
    return "".join(word[0] for word in words[:1] + words[1:][-1:]).upper()
