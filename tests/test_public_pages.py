"""What every public page owes a visitor: no cookie, strict headers, the same words for everybody."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.audience import all_views, audience_of
from spoiwo.access.models import Role
from spoiwo.ledger.services.years import find_year, show_before_final
from spoiwo.reports.services.versions import finalise
from tests.consulting import consulted
from tests.factories import DefinitionFactory, IndicatorFactory, IndicatorValueFactory
from tests.imported import EXAMPLES, imported
from tests.visitors import text_of, visitor

HOSTS = re.compile(rb"""(?:src|href|action)=["'](?:https?:)?//([^/"']+)""")
STRICT = {
    "default-src": "'none'", "style-src": "'self'", "font-src": "'self'", "img-src": "'self'",
    "script-src": "'self'", "connect-src": "'self'", "form-action": "'self'", "base-uri": "'none'",
    "frame-ancestors": "'none'", "object-src": "'none'",
}  # fmt: skip
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
FIGURES = ("total.computed", "source.own.difference", "cell.2014-p2.pfron", "tag.ngo.declared", "share.eu")
PAGES = [
    "/", "/pomoc/", "/dostepnosc/", "/deklaracja-dostepnosci/", "/prywatnosc/", "/mapa-strony/", "/strategie/",
    "/strategie/2014-2020/",
    "/programy/2014-P2/", "/sprawozdania/", "/sprawozdania/jak-liczymy/", "/sprawozdania/2017/",
    "/sprawozdania/2019/", "/sprawozdania/2017/wersje/1/", "/sprawozdania/2017/teraz/", "/pakiet-roku/",
    "/programy/2014-P2/linia/", "/zadania/2014-p2-zaz/", "/wydatki/2019/", "/kwoty-ogloszone/",
    "/wskazniki/", "/wskazniki/jak-oceniamy/", "/wskazniki/w-1/", "/konsultacje/", "/konsultacje/900/",
    "/nie-ma-takiej-strony/", *(f"/sprawozdania/2019/liczby/{figure}/" for figure in FIGURES),
]  # fmt: skip


@pytest.fixture(scope="module")
def _house(django_db_setup, django_db_blocker):
    with (
        django_db_blocker.unblock(),
        imported(EXAMPLES / "lubuskie-2017", EXAMPLES / "lubuskie-2019"),
    ):
        finalise(year=find_year(2017), by=None, now=timezone.localtime())
        show_before_final(year=find_year(2019), shown=True, by=None)
        indicator = IndicatorFactory(code="w-1", region="08", programme=find_year(2019).strategy.programmes.first())
        IndicatorValueFactory(definition=DefinitionFactory(indicator=indicator))
        consulted("2014-2020", 900, "2014-C1")
        yield


pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("_house")]


def test_the_list_of_pages_misses_no_public_view():
    opened = {
        name
        for route, name, view in all_views()
        if audience_of(view, name).kind == "public" and not route.startswith(("konto/", "api/"))
    }
    seen = {visitor().get(page).resolver_match for page in PAGES if not page.startswith("/nie-ma")}
    files = {"reports:download", "reports:version-download", "year-package:template", "published:file"}
    moved = {"reports:chosen", "reports:version-figure"}
    # the form for a remark has its own cookie against forgery, and a receipt is opened by its secret address
    elsewhere = {"consultations:remark", "consultations:receipt"}
    machines = {"health:alive", "health:ready", "health:metrics"}
    assert opened - files - moved - elsewhere - machines == {match.view_name for match in seen}


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_sets_no_cookie_and_starts_no_session(page):
    client = visitor()
    response = client.get(page)
    assert response.status_code == (404 if page.startswith("/nie-ma") else 200)
    assert not response.cookies
    assert not client.cookies
    assert "csrfmiddlewaretoken" not in text_of(response)


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_carries_the_strict_headers(page):
    response = visitor().get(page)
    parts = (part.strip().split(" ", 1) for part in response.headers["Content-Security-Policy"].split(";"))
    policy = {name: value for name, *rest in parts for value in [" ".join(rest)]}
    assert {name: policy.get(name) for name in STRICT} == STRICT
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_asks_no_other_host_for_anything(page):
    hosts = set(HOSTS.findall(visitor().get(page).content))
    needed = {host for host in hosts if b"<link" in host or b"<script" in host}
    assert needed == set()
    assert b"http-equiv" not in visitor().get(page).content


@pytest.mark.parametrize("page", PAGES)
def test_a_public_page_says_the_same_to_everybody(page):
    stranger = visitor()
    stranger.cookies["smakolyk"] = "cudzy"
    assert visitor().get(page).content == stranger.get(page).content


@pytest.mark.parametrize("page", [page for page in PAGES if not page.startswith("/nie-ma")])
def test_a_public_page_may_be_kept_by_who_knows_nobody_but_not_when_somebody_signed_in(page):
    assert "no-store" not in visitor().get(page).headers.get("Cache-Control", "")
    assert "no-store" in visitor(Role.AUDITOR).get(page).headers["Cache-Control"]


@pytest.mark.parametrize("page", PAGES)
def test_the_language_of_a_page_is_said_in_its_head(page):
    response = visitor().get(page)
    assert response.headers["Content-Language"] == "pl"
    assert re.search(r'<html[^>]* lang="pl"', text_of(response))


def test_a_public_file_sets_no_cookie(settings, tmp_path):
    settings.RENDERED_DIR = tmp_path
    for name, values in (("reports:download", [2017, "json"]), ("year-package:template", [])):
        response = visitor().get(reverse(name, args=values))
        assert response.status_code == 200
        assert not response.cookies
        assert response.headers["X-Content-Type-Options"] == "nosniff"
