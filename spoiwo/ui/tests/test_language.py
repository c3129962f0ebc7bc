"""The language of the screens: Polish until somebody chooses."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory
from django.utils import translation

from spoiwo.ui.context import Shell
from spoiwo.ui.language import language


def visit(path="/", *, cookie="", method="get", **headers):
    """What the middleware answers, and the language the page was made in."""
    seen = []
    request = getattr(RequestFactory(), method)(path, headers=headers)
    if cookie:
        request.COOKIES["django_language"] = cookie
    with translation.override(None):
        response = language(lambda r: seen.append(translation.get_language()) or HttpResponse())(request)
    return response, seen


def test_a_page_is_polish_whatever_the_browser_prefers():
    response, seen = visit(**{"Accept-Language": "en-GB,de"})
    assert seen == ["pl"]
    assert response["Content-Language"] == "pl"
    assert "Cookie" in response["Vary"]


@pytest.mark.parametrize(("cookie", "made_in"), [("en", "en"), ("pl", "pl"), ("xx", "pl"), ("../en", "pl")])
def test_a_choice_is_remembered_and_an_unknown_one_is_not(cookie, made_in):
    assert visit(cookie=cookie)[1] == [made_in]


def test_the_link_of_a_language_keeps_the_filter_and_gives_the_address_back_clean():
    response, seen = visit("/lata/2019/?sort=-date&language=en&q=%C5%BC%26b")
    assert response.status_code == 302
    assert response["Location"] == "/lata/2019/?sort=-date&q=%C5%BC%26b"
    assert response.cookies["django_language"].value == "en"
    assert seen == []


@pytest.mark.parametrize(
    ("path", "where"),
    [
        ("//example.org/a?language=en", "/example.org/a"),
        ("/a%3Fb/%23c?language=en", "/a%3Fb/%23c"),
        ("/%5Cexample.org?language=en", "/%5Cexample.org"),
    ],
)
def test_the_way_back_never_leaves_the_site(path, where):
    request = RequestFactory().get("/", {"language": "en"})
    from urllib.parse import unquote

    request.path = unquote(path.split("?")[0])
    assert language(lambda r: HttpResponse())(request)["Location"] == where


def test_an_unknown_language_or_a_form_that_is_sent_changes_nothing():
    assert visit("/?language=xx")[1] == ["pl"]
    assert visit("/?language=en", method="post")[1] == ["pl"]


def test_the_shell_links_this_page_in_each_language():
    request = RequestFactory().get("/lata/ż/?sort=-date")
    links = Shell(request).languages
    assert [(link["code"], link["name"], link["current"]) for link in links] == [
        ("pl", "Polski", True),
        ("en", "English", False),
    ]
    assert links[1]["url"] == "/lata/%C5%BC/?sort=-date&language=en"
