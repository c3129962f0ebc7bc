"""A reader of the served house: plain HTTP, links and forms, no script. No Django."""

import re
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urljoin
from urllib.request import HTTPCookieProcessor, Request, build_opener

from lxml import html

from tests.acceptance.editions import plain

PATIENCE = 60  # seconds one page may take on a busy machine
PASSWORD = "spoiwo-pokaz-2026"


class Page:
    """One answer of the server: its status, its address and its main part."""

    def __init__(self, status: int, url: str, content: bytes):
        self.status, self.url, self.content = status, url, content

    @property
    def main(self) -> html.HtmlElement:
        """The part a person came to read."""
        (main,) = html.document_fromstring(self.content.decode(), base_url=self.url).xpath("//main")
        return main

    @property
    def text(self) -> str:
        """The words of the main part."""
        return plain(" ".join(self.main.itertext()))

    @property
    def complaint(self) -> str:
        """What the page says is wrong at its top; empty when it says nothing."""
        boxes = self.main.xpath(".//*[contains(@class, 'govuk-error-summary') or contains(@class, 'sp-note--bad')]")
        return plain(" ".join(" ".join(box.itertext()) for box in boxes))

    def link(self, path: str) -> str:
        """The words of the one link to an address."""
        (link,) = self.main.xpath(".//a[@href=$path]", path=path)
        return plain(link.text_content())

    def links(self, pattern: str) -> list[str]:
        """Addresses in the main part that fit."""
        return [href for href in self.main.xpath(".//a/@href") if re.fullmatch(pattern, href)]

    def terms(self) -> dict[str, str]:
        """Names and values of the lists of facts."""
        names = self.main.xpath(".//dt")
        return {plain(name.text_content()): plain(name.getnext().text_content()) for name in names}


class Reader:
    """A person with a browser of their own; signs in when given an address."""

    def __init__(self, house: str, email: str = ""):
        self.house = house
        self._open = build_opener(HTTPCookieProcessor(CookieJar()))
        if email:
            arrived = self.fill("/konto/zaloguj/", login=email, password=PASSWORD)
            assert arrived.url == house + "/biuro/", arrived.complaint

    def page(self, path: str) -> Page:
        """Open an address."""
        return self._ask(Request(urljoin(self.house, path)))

    def fill(self, path: str | Page, **typed: str) -> Page:
        """Open a form, type into it what was given, leave the rest as it stands, and send it.

        A choice is named by its value or by the words beside it; a field that is not there is an error.
        """
        page = self.page(path) if isinstance(path, str) else path
        form = next(form for form in page.main.forms if form.method == "POST")
        for name, value in typed.items():
            form.fields[name] = _choice(form.inputs[name], value)
        address = urljoin(page.url, form.action or "")
        return self._ask(Request(address, urlencode(form.form_values()).encode(), {"Referer": page.url}))

    def _ask(self, request: Request) -> Page:
        try:
            answer = self._open.open(request, timeout=PATIENCE)
        except HTTPError as error:
            answer = error
        with answer:
            return Page(answer.status, answer.url, answer.read())


def _choice(field: html.HtmlElement, value: str) -> str:
    """The value of the only option called so; what is typed elsewhere stays as it is."""
    if not isinstance(field, html.SelectElement):
        return value
    called = [option.get("value") for option in field.iter("option") if plain(option.text_content()) == value]
    assert len(called) <= 1, f"{value}: {len(called)} options are called so and nobody can tell them apart"
    return called[0] if called else value
