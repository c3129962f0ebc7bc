"""The sample pages as finished HTML, made the way a view makes them."""

from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.urls import resolve

from spoiwo.ui import menu
from spoiwo.ui.tests import samples

PAGES = Path(__file__).parent / "pages"


@dataclass
class Person:
    """Somebody who has signed in and holds the named permissions."""

    name: str = "Anna Przykładowa"
    permissions: frozenset = frozenset()
    is_authenticated = True
    is_active = True

    def get_username(self) -> str:
        """The name of the account."""
        return "anna@example.org"

    def has_perm(self, permission, obj=None) -> bool:
        """Whether the permission was given."""
        return permission in self.permissions


@contextmanager
def rooms():
    """A house with a few rooms that have registered; the real registry comes back afterwards."""
    kept, menu.registry = menu.registry, menu.Registry()
    try:
        menu.register_office(lambda: samples.OFFICE)
        menu.register_person(lambda user: {"name": user.name, "role": "Księgowość"})
        menu.register_public("Pieniądze i wyniki", "money", 10, under=("money", "ledger:*"))
        menu.register_public("Strategia i programy", "strategy", 20)
        menu.register_staff("", "Pulpit", "home", "home", 1)
        menu.register_staff(menu.MONEY, "Strategia", "strategy", "tree", 10)
        menu.register_staff(menu.MONEY, "Rejestr wydatków", "ledger:years", "coins", 20, under=("ledger:*",))
        menu.register_staff(menu.MONEY, "Sprawozdania", "reports", "file", 30, count=lambda request: 2)
        menu.register_staff(menu.UPKEEP, "Wczytanie roku", "import", "upload", 40)
        menu.register_staff(menu.UPKEEP, "Dziennik zmian", "audit", "eye", 50, "audit.view")
        menu.register_footer(menu.THIS_SITE, "Deklaracja dostępności", "home", 10)
        menu.register_footer(menu.DATA, "Otwarte dane", "money", 10)
        menu.register_footer(menu.DATA, "Jak liczymy", "reports", 20)
        menu.register_footer(menu.CONTACT, "Napisz do nas", "strategy", 10)
        menu.register_footer(menu.CONTACT, "Zaloguj się", "account_login", 20)
        yield
    finally:
        menu.registry = kept


def request_for(path: str = "/", user=None):
    """A request as it reaches a view at this address."""
    request = RequestFactory().get(path)
    request.user = user or AnonymousUser()
    request.resolver_match = resolve(request.path_info)
    return request


def page(name: str, context: dict | None = None, *, path: str = "/", user=None) -> str:
    """A page of `pages/`, or a template of the room when the name has a folder or no such file is there."""
    engine = engines["django"]
    file = PAGES / f"{name}.html"
    template = engine.from_string(file.read_text(encoding="utf-8")) if file.exists() else engine.get_template(name)
    return template.render(context or {}, request_for(path, user))


class SignIn(forms.Form):
    """A form as allauth hands it over."""

    login = forms.EmailField(
        label="E-mail", widget=forms.EmailInput(attrs={"placeholder": "E-mail", "autocomplete": "email"})
    )
    password = forms.CharField(label="Hasło", widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}))
    remember = forms.BooleanField(label="Pamiętaj mnie", required=False)
    next = forms.CharField(widget=forms.HiddenInput, required=False)


def sign_in() -> SignIn:
    """Sent with a wrong address and without a password."""
    return SignIn({"login": "x"})


def all_pages() -> dict[str, str]:
    """Every sample page by its short name."""
    anna = Person(permissions=frozenset({"audit.view"}))
    matrix = samples.Matrix(samples.SOURCES, samples.PROGRAMMES, samples.DECLARED)
    facts = [("Wpisy", "12"), ("Policzone", "90 363,35 zł"), ("Zadeklarowane", "–")]
    rows = samples.entries(14)
    staff = {"user": anna, "path": "/ledger/entry/5/"}
    invented = {"invented": True, "notice": "Województwo pokazowe: kwoty, osoby i wydarzenia są zmyślone."}
    return {
        "gallery": page("ui/gallery.html", samples.gallery_context(), path="/money/"),
        "matrix": page(
            "matrix",
            {"matrix": matrix, "matrices": [matrix, samples.second_region()], **invented},
            path="/ledger/",
        ),
        "ledger": page(
            "ledger",
            {
                "entries": rows,
                "filter": samples.EntryFilter({}),
                "page": Paginator(range(480), 48).page(2),
                **invented,
            },
            user=anna,
            path="/ledger/",
        ),
        "entry": page("entry", {"form": samples.wrong_form(), "facts": facts}, **staff),
        "records": page("records", {"faults": samples.FAULTS, "print": samples.FINGERPRINT}, **staff),
        "400": page("400.html"),
        "403": page("403.html", user=anna),
        "404": page("404.html"),
        "500": page("500.html"),
    }
