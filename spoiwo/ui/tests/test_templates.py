"""The pages as wholes: shell, errors, sign-in; and that what they point to exists."""

import re
from pathlib import Path

import allauth
import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message
from django.contrib.staticfiles import finders
from django.template.loader import get_template, render_to_string
from django.test import override_settings
from django.urls import NoReverseMatch, reverse
from django.utils import translation

from spoiwo.ui import text
from spoiwo.ui.tests import render, samples
from spoiwo.ui.tests.render import Person, request_for

ROOM = Path(__file__).resolve().parent.parent
STATIC = ROOM / "static"
TEMPLATES = ROOM / "templates"
STYLES = ["base/spoiwo-govuk.css", "tokens.css", "shell.css", "parts.css", "records.css", "work.css", "states.css"]
ALLAUTH = sorted(
    f"account/{path.name}"
    for path in (Path(allauth.__file__).parent / "templates" / "account").glob("*.html")
    if not path.name.startswith("base_")
)
SWITCHED_OFF = {"account/confirm_password_reset_code.html", "account/confirm_phone_verification_code.html"}


@pytest.fixture(scope="module")
def pages():
    with render.rooms(), override_settings(ROOT_URLCONF="spoiwo.ui.tests.urls"), translation.override("pl"):
        yield render.all_pages()


def test_a_page_loads_the_style_sheets_in_the_order_of_their_layers(pages):
    for name in ("gallery", "ledger"):
        assert re.findall(r'stylesheet" href="/static/ui/([^"]+)"', pages[name]) == STYLES


def test_everything_a_page_loads_is_our_own_and_exists(pages):
    for name, html in pages.items():
        loaded = re.findall(r'(?:<link[^>]+href|<script[^>]+src|<img[^>]+src)="([^"]+)"', html)
        assert loaded, name
        assert [url for url in loaded if not finders.find(url.removeprefix("/static/"))] == []


def test_only_staff_pages_carry_a_script_and_it_may_do_little(pages):
    assert [name for name, html in pages.items() if "<script" in html] == ["ledger", "entry", "records"]
    assert '"allowEval":false' in pages["ledger"]
    assert all("<script src=" in html for html in pages.values() if "<script" in html)


def test_every_file_named_in_a_style_sheet_exists_and_no_other_host_is_asked():
    for style in STYLES:
        file = STATIC / "ui" / style
        css = file.read_text(encoding="utf-8")
        urls = re.findall(r"url\(([^)]+)\)", css)
        assert [url for url in urls if not (file.parent / url.strip("\"'")).exists()] == []
        assert re.findall(r"(?:url\(|@import)[^;)]*//", css) == []


def test_every_class_of_the_house_that_a_page_uses_has_a_style(pages):
    css = "".join((STATIC / "ui" / style).read_text(encoding="utf-8") for style in STYLES)
    styled = set(re.findall(r"\.((?:sp|govuk)-[\w-]+)", css))
    named = [
        word for html in pages.values() for words in re.findall(r'class="([^"]*)"', html) for word in words.split()
    ]
    used = {word for word in named if word.startswith(("sp-", "govuk-"))}
    assert (
        used - styled - {"sp-tag--calm", "govuk-radios", "govuk-checkboxes"} == set()
    )  # the plain form of their block
    assert len(used) > 80


def test_a_title_ends_with_the_name_of_the_house_and_tells_of_errors(pages):
    assert "<title>Rejestr wydatków 2019 – Spoiwo</title>" in pages["ledger"]
    assert re.search(r"<title>\w+: Nowy wpis – Spoiwo</title>", pages["entry"])


def test_the_head_names_the_office_and_marks_a_demonstration(pages):
    assert text.keep_together(samples.OFFICE["office"]) in pages["gallery"]
    assert "sp-demo" in pages["gallery"]
    assert "sp-demo" in pages["ledger"]


def test_a_page_of_invented_figures_says_so_and_others_do_not(pages):
    assert samples.OFFICE["address"] in pages["matrix"]
    for name in ("matrix", "ledger"):
        assert "sp-invented" in pages[name]
    assert "sp-invented" not in pages["records"]


def test_the_person_their_role_and_the_way_out_are_on_every_staff_page(pages):
    html = pages["ledger"]
    assert "Anna Przykładowa" in html
    assert "Księgowość" in html
    outs = re.findall(
        rf'<form method="post" action="{reverse("account_logout")}"><input type="hidden" name="csrf', html
    )
    assert len(outs) == 2  # in the bar, and in the menu of narrow screens


def test_a_visitor_sees_no_staff_menu_and_a_clerk_finds_the_desk(house):
    desk = '<div class="sp-top__ends"><a href="/">'
    assert desk not in render.page("404.html")
    assert "Dziennik zmian" not in render.page("404.html")
    assert desk in render.page("404.html", user=Person())


@pytest.mark.parametrize("name", ["400.html", "500.html", "403_csrf.html"])
def test_an_error_page_needs_nothing_at_all(name, settings):
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": "not.there.Storage"}}
    html = get_template(name).render()
    assert '<link rel="stylesheet" href="/static/ui/shell.css">' in html
    assert "<h1>" in html


@pytest.mark.parametrize(
    ("level", "css", "role"),
    [
        (constants.SUCCESS, "sp-note--good", "status"),
        (constants.WARNING, "sp-note--warn", "status"),
        (constants.ERROR, "sp-note--bad", "alert"),
        (constants.INFO, "sp-note--line", "status"),
    ],
)
def test_a_message_has_its_colour_its_shape_and_its_role(level, css, role):
    html = render_to_string("ui/_messages.html", {"messages": [Message(level, "Zapisano <wpis> w rejestrze")]})
    assert css in html
    assert f'role="{role}"' in html
    assert "&lt;wpis&gt;" in html
    assert "<svg" in html


@pytest.mark.django_db
@pytest.mark.parametrize("name", ALLAUTH)
def test_no_page_of_the_account_is_without_our_style(name, house):
    form = render.sign_in()
    context = {"form": form, "verify_form": form, "email": "a@example.org", "action_url": "/x"}
    template = get_template(name)
    if name in SWITCHED_OFF:  # a feature that is off has no address to send its form to
        with pytest.raises(NoReverseMatch):
            template.render(context, request_for(user=Person()))
        return
    html = template.render(context, request_for(user=Person()))
    assert 'href="/static/ui/shell.css"' in html
    assert "sp-logo" in html
    controls = re.findall(r"<(?:input|select|textarea)\b[^>]*>", html)
    bare = [control for control in controls if "govuk-" not in control and 'type="hidden"' not in control]
    assert bare == []
    assert re.findall(r"<button(?![^>]*(?:govuk-button|sp-))[^>]*>", html) == []
    assert "<h1" in html


def test_there_are_pages_of_the_account_to_look_at():
    assert len(ALLAUTH) > 15
    ours = {path.name for path in (TEMPLATES / "account").glob("*.html")}
    assert {"login.html", "logout.html", "password_change.html", "reauthenticate.html"} <= ours


@pytest.mark.django_db
def test_signing_in_shows_errors_beside_the_fields_and_no_way_to_open_an_account(house):
    html = render.page("account/login.html", {"form": render.sign_in()}, path="/accounts/login/")
    assert "govuk-error-summary" in html
    assert "placeholder" not in html
    assert "signup" not in html
