"""One Chromium and one small site for all browser tests of the room."""

import pytest
from django.test import override_settings
from django.utils import translation
from playwright.sync_api import sync_playwright

from spoiwo.ui.tests import render
from spoiwo.ui.tests.browser.site import serving
from tests.plugin import chromium

QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def site(django_db_setup, django_db_blocker):
    """The address of the sample pages; the page of signing in asks the database which services of offices there are."""
    with (
        django_db_blocker.unblock(),
        render.rooms(),
        override_settings(ROOT_URLCONF="spoiwo.ui.tests.urls"),
        translation.override("pl"),
    ):
        pages = render.all_pages()
        pages["login"] = render.page("account/login.html", {"form": render.sign_in()}, path="/accounts/login/")
        pages["password"] = render.page(
            "account/password_change.html", {"form": render.sign_in()}, user=render.Person()
        )
    with serving(pages) as address:
        yield address


@pytest.fixture(scope="module")
def browser(site):
    """Chromium of the system, without its own conversations; started last, for its loop allows no query."""
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium(), args=QUIET)
        yield running
        running.close()


@pytest.fixture
def visit(browser, site):
    """Open a page in a window; its complaints and its requests to others are collected and must be none."""
    contexts, trouble = [], []

    def go(name, width=1280, scheme="light", **options):
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme=scheme,
            locale="pl-PL",
            reduced_motion="reduce",  # a smooth scroll would be measured half way
            **options,
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda message: trouble.append(message.text))
        page.on("pageerror", lambda error: trouble.append(str(error)))
        page.on("request", lambda request: request.url.startswith(site) or trouble.append(request.url))
        page.goto(f"{site}/{name}")
        page.wait_for_load_state("networkidle")
        return page

    yield go
    for context in contexts:
        context.close()
    assert trouble == []
