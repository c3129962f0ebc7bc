"""The cache of public pages: what it refuses, how long a page is good, and what nobody can push out."""

import gzip
from datetime import date

import brotli
import pytest
from django.contrib.auth import get_user
from django.db import DatabaseError, transaction
from django.http import FileResponse, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.urls import include, path
from django.utils import translation

from spoiwo.access import keeping, public_cache
from spoiwo.access.audience import PUBLIC, SIGNED_IN, audience
from spoiwo.access.models import Role
from spoiwo.access.public_cache import PublicCache, encoding_of, key_of
from spoiwo.access.sessions import SessionStore
from spoiwo.audit.services import record
from spoiwo.ui import menu
from tests.factories import UserFactory
from tests.visitors import visitor

LONG = "treść " * 200
made = []


def page(answer=None, who=PUBLIC):
    """A view that counts how often it was really asked; `answer(request)` may do more."""

    def view(request):
        made.append(request.path)
        return answer(request) if answer else HttpResponse(f"{LONG}{len(made)} {request.GET.urlencode()}")

    return audience(who)(view)


def with_cookie(request):
    """A view that remembers the visitor."""
    response = HttpResponse("cookie")
    response.set_cookie("smakolyk", "1")
    return response


def who_asks(request):
    """A page that differs by person, as a page of Zulip did in March 2021."""
    return HttpResponse(f"dla {get_user(request)}")


def attached(request):
    """A small public file."""
    return HttpResponse(b"PK\x03\x04", headers={"Content-Type": "application/zip", "Content-Disposition": "attachment"})


urlpatterns = [
    path("strona/", page()),
    path("inna/", page()),
    path("en/strona/", page()),
    path("osoba/", page(who_asks)),
    path("ciastko/", page(with_cookie)),
    path("formularz/", page(lambda request: HttpResponse(get_token(request)))),
    path("sesja/", page(lambda request: request.session.update({"a": 1}) or HttpResponse("sesja"))),
    path("niczyja/", page(lambda request: HttpResponse("x", headers={"Cache-Control": "no-store"}))),
    path("prywatna/", page(lambda request: HttpResponse("x", headers={"Cache-Control": "private"}))),
    path("rozna/", page(lambda request: HttpResponse("x", headers={"Vary": "Cookie"}))),
    path("czesc/", page(lambda request: HttpResponse("x", headers={"Vary": "HX-Target"}))),
    path("brak/", page(lambda request: HttpResponse("x", status=404))),
    path("przeniesiona/", page(lambda request: HttpResponse(status=302, headers={"Location": "/strona/"}))),
    path("strumien/", page(lambda request: FileResponse([b"x"]))),
    path("wielka/", page(lambda request: HttpResponse(b"x" * (public_cache.LARGEST_ANSWER + 1)))),
    path("plik/", page(attached)),
    path("zalogowani/", page(who=SIGNED_IN)),
    path("konto/", include("spoiwo.access.urls")),
]


class Clock:
    """Time that moves when told."""

    now = 100.0

    def __call__(self):
        return self.now


@pytest.fixture(autouse=True)
def addresses(settings, monkeypatch):
    """The addresses above and a cache switched on, with time that stands still."""
    made.clear()
    monkeypatch.setattr(menu, "registry", menu.Registry())
    settings.ROOT_URLCONF = __name__
    settings.PUBLIC_CACHE_BYTES = 1_000_000


@pytest.fixture
def clock(monkeypatch):
    """The clock of every cache made in this test."""
    clock = Clock()
    made_by_house = keeping.PublicCache
    monkeypatch.setattr(keeping, "PublicCache", lambda *given, **more: made_by_house(*given, clock=clock, **more))
    return clock


def times(client, address, **more):
    """How often the view was asked in two visits to an address."""
    before = len(made)
    for _visit in range(2):
        client.get(address, **more)
    return len(made) - before


@pytest.mark.django_db
def test_a_public_page_is_made_once_for_two_strangers(clock):
    stranger = Client()
    first, second = stranger.get("/strona/"), stranger.get("/strona/")
    assert first.content == second.content
    assert made == ["/strona/"]
    assert dict(first.headers) == dict(second.headers)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    ["/ciastko/", "/formularz/", "/sesja/", "/niczyja/", "/prywatna/", "/rozna/", "/czesc/", "/brak/",
     "/przeniesiona/", "/strumien/", "/wielka/", "/konto/zaloguj/"],
)  # fmt: skip
def test_an_answer_that_is_not_for_everybody_is_never_kept(clock, address):
    for _visit in range(2):
        visit = Client().get(address)
        assert "ETag" not in visit.headers
    assert address.startswith("/konto/") or made == [address, address]


@pytest.mark.django_db
def test_a_view_for_the_signed_in_is_not_kept_even_if_it_were_answered(clock):
    client = visitor(Role.EDITOR)
    assert times(client, "/zalogowani/") == 2
    assert Client().get("/zalogowani/").status_code == 302


@pytest.mark.django_db
def test_the_page_of_one_person_is_never_shown_to_another(clock):
    """Zulip, 18 March 2021: 149 people were shown the page of somebody else."""
    anna, jan = UserFactory(full_name="Anna Zmyślona"), UserFactory(full_name="Jan Zmyślony")
    house, said = Client(), []
    for who in (anna, jan, None, anna, None):
        house.cookies = visitor(who).cookies  # one memory for all of them, as in life
        said.append(house.get("/osoba/").content.decode())
    assert said == [
        "dla Anna Zmyślona",
        "dla Jan Zmyślony",
        "dla AnonymousUser",
        "dla Anna Zmyślona",
        "dla AnonymousUser",
    ]
    assert len(made) == 4  # only the second stranger was answered from memory


@pytest.mark.django_db
@pytest.mark.parametrize(
    "headers",
    [{"HTTP_COOKIE": "cokolwiek=1"}, {"HTTP_AUTHORIZATION": "Basic eA=="},
     {"HTTP_HX_REQUEST": "true"}, {"HTTP_RANGE": "bytes=0-1"}],
)  # fmt: skip
def test_whoever_shows_a_cookie_of_any_name_or_credentials_goes_past(clock, headers):
    Client().get("/strona/")
    assert times(Client(), "/strona/", **headers) == 2


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_only_reading_is_answered_from_memory(clock, method):
    Client().get("/strona/")
    getattr(Client(), method)("/strona/")
    assert len(made) == 2


@pytest.mark.django_db
def test_a_head_is_answered_from_what_a_get_kept_and_keeps_nothing_itself(clock):
    client = Client()
    client.head("/strona/")
    whole = client.get("/strona/")
    head = client.head("/strona/")
    assert made == ["/strona/", "/strona/"]
    assert (head.content, head.headers["Content-Length"]) == (b"", str(len(whole.content)))
    assert head.headers["ETag"] == whole.headers["ETag"]


@pytest.mark.django_db
def test_a_page_made_before_a_change_is_gone_a_second_after_it(clock):
    client, person = Client(), UserFactory()
    client.get("/strona/")
    with transaction.atomic():
        record(by=None, deed="access.account_opened", about=person)
    clock.now += 0.9
    client.get("/strona/")
    assert len(made) == 1
    clock.now += 0.1
    client.get("/strona/")
    assert len(made) == 2
    client.get("/strona/")
    assert len(made) == 2


@pytest.mark.django_db
def test_a_page_made_while_a_change_was_written_is_not_taken_for_the_one_after(clock):
    """The head is asked before the page is made: a change in between makes the page old at the next question."""
    heads = iter([(1, "a"), (2, "b"), (2, "b")])
    cache = PublicCache(1_000_000, today=lambda: date(2026, 3, 16), clock=clock, head=lambda: next(heads))
    mark = cache.mark()
    request = RequestFactory().get("/strona/")
    request.resolver_match = None
    cache.keep(key_of(request, "host", "pl"), mark, request, HttpResponse("before or after, nobody knows"))
    assert cache.find(key_of(request, "host", "pl"), cache.mark()) is not None
    clock.now += 1
    assert cache.find(key_of(request, "host", "pl"), cache.mark()) is None


def test_a_new_day_is_a_new_page_even_within_the_second():
    day = [date(2026, 12, 31)]
    cache = PublicCache(1000, today=lambda: day[0], clock=Clock(), head=lambda: (7, "h"))
    evening = cache.mark()
    day[0] = date(2027, 1, 1)
    assert (evening, cache.mark()) == ((7, "h", date(2026, 12, 31)), (7, "h", date(2027, 1, 1)))


@pytest.mark.django_db
def test_nothing_lives_longer_than_five_minutes_even_without_a_deed(clock):
    client = Client()
    client.get("/strona/")
    clock.now += public_cache.LONGEST_LIFE
    client.get("/strona/")
    assert len(made) == 1
    clock.now += 1
    client.get("/strona/")
    assert len(made) == 2


@pytest.mark.django_db
def test_languages_hosts_and_schemes_do_not_mix(clock, settings):
    settings.ALLOWED_HOSTS = ["a.example", "b.example"]
    client = Client()
    said = {
        client.get(address, headers={"host": host}, secure=secure).content
        for address in ("/strona/", "/en/strona/")
        for host in ("a.example", "b.example")
        for secure in (False, True)
    }
    assert len(said) == len(made) == 8


@pytest.mark.django_db
def test_the_browsers_language_chooses_no_page(clock):
    client = Client()
    with translation.override("pl"):
        pages = {client.get("/strona/", headers={"accept-language": code}).content for code in ("pl", "en", "de;q=0.5")}
    assert len(pages) == len(made) == 1


@pytest.mark.django_db
def test_the_order_of_a_question_makes_no_difference_but_the_order_of_equal_names_does(clock):
    client = Client()
    for query in ("a=1&b=2", "b=2&a=1", "a=1&a=2", "a=2&a=1", "", "a="):
        client.get(f"/strona/?{query}")
    assert len(made) == 5


@pytest.mark.django_db
def test_a_question_too_long_is_answered_anew_each_time(clock):
    assert times(Client(), "/strona/?q=" + "x" * public_cache.LONGEST_QUERY) == 2
    assert times(Client(), "/strona/?q=" + "x" * (public_cache.LONGEST_QUERY - 2)) == 1


@pytest.mark.django_db
def test_a_flood_of_invented_questions_pushes_out_nothing_but_itself(clock):
    client = Client()
    for address in ("/strona/", "/inna/", "/inna/?rok=2019"):
        client.get(address)
    for number in range(300):
        client.get(f"/strona/?x={number}")
    before = len(made)
    for address in ("/strona/", "/inna/", "/inna/?rok=2019", "/strona/?x=299"):
        client.get(address)
    assert len(made) == before
    client.get("/strona/?x=0")
    assert len(made) == before + 1


def test_the_memory_is_bounded_and_the_least_wanted_leaves_first():
    cache = PublicCache(4000, today=lambda: date(2026, 3, 16), clock=Clock(), head=lambda: (7, "h"))
    mark, asked = cache.mark(), {}
    for name in "abc":
        asked[name] = RequestFactory().get(f"/{name}/")
        asked[name].resolver_match = None
        cache.keep(key_of(asked[name], "h", "pl"), mark, asked[name], HttpResponse(b"x" * 600))
        cache.find(key_of(asked["a"], "h", "pl"), mark)
    assert [name for name in "abc" if cache.find(key_of(asked[name], "h", "pl"), mark)] == ["a", "c"]
    assert cache.shelves[False].size == 1800
    cache.keep(key_of(asked["b"], "h", "pl"), mark, asked["b"], HttpResponse(b"x" * 3000))
    assert [name for name in "abc" if cache.find(key_of(asked[name], "h", "pl"), mark)] == ["a", "c"]


@pytest.mark.django_db
def test_a_page_goes_out_compressed_as_the_browser_takes_it(clock):
    client = Client()
    bodies = {
        wanted: client.get("/strona/", headers={"accept-encoding": wanted})
        for wanted in ("gzip, deflate, br", "gzip", "br;q=0, gzip;q=0.5", "deflate", "")
    }
    plain = bodies[""].content
    assert [answer.headers.get("Content-Encoding") for answer in bodies.values()] == ["br", "gzip", "gzip", None, None]
    assert brotli.decompress(bodies["gzip, deflate, br"].content) == plain
    assert gzip.decompress(bodies["gzip"].content) == plain
    assert len(bodies["gzip"].content) < len(plain) / 2
    assert {answer.headers["Vary"] for answer in bodies.values()} == {"Accept-Encoding, Cookie"}
    assert len(made) == 1


@pytest.mark.django_db
def test_who_has_the_page_already_is_told_so(clock):
    client = Client()
    tag = client.get("/strona/").headers["ETag"]
    again = client.get("/strona/", headers={"if-none-match": f'"other", {tag}'})
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert "Content-Type" not in again.headers
    assert again.headers["Cache-Control"] == "public, no-cache"
    assert client.get("/strona/", headers={"if-none-match": '"other"'}).status_code == 200


@pytest.mark.django_db
def test_a_small_public_file_is_kept_and_not_compressed_again(clock):
    client = Client()
    first = client.get("/plik/", headers={"accept-encoding": "br"})
    assert (first.content, first.headers["Content-Disposition"]) == (b"PK\x03\x04", "attachment")
    assert "Content-Encoding" not in first.headers
    assert times(client, "/plik/") == 0


@pytest.mark.django_db
def test_a_database_that_does_not_answer_is_not_covered_up_by_what_was_kept(clock, monkeypatch):
    heads = [(7, "h"), (7, "h"), None]

    def head():
        if heads[0] is None:
            raise DatabaseError
        return heads.pop(0)

    made_by_house = keeping.PublicCache
    monkeypatch.setattr(keeping, "PublicCache", lambda *given, **more: made_by_house(*given, head=head, **more))
    client = Client()
    assert times(client, "/strona/") == 1
    clock.now += 1
    assert times(client, "/strona/") == 0
    clock.now += 1
    assert times(client, "/strona/") == 2


def test_a_cache_of_no_size_is_no_cache(settings):
    settings.PUBLIC_CACHE_BYTES = 0
    assert times(Client(), "/strona/") == 2


def test_a_foreign_host_is_refused_as_without_a_cache(settings):
    assert Client().get("/strona/", headers={"host": "obcy.example"}).status_code == 400


@pytest.mark.parametrize(
    ("sent", "kind", "expected"),
    [("br", "text/html; charset=utf-8", "br"), ("BR;q=0.1", "text/css", "br"), ("br;q=0", "text/html", ""),
     ("*", "text/html", ""), ("gzip", "application/pdf", ""), ("gzip", "image/svg+xml", "gzip")],
)  # fmt: skip
def test_the_encoding_is_chosen_by_the_browser_and_the_kind_of_file(sent, kind, expected):
    assert encoding_of(RequestFactory().get("/", headers={"accept-encoding": sent}), kind) == expected


def test_a_session_that_does_not_exist_is_asked_without_a_trace_and_written_with_one():
    session = SessionStore()
    assert session.get("a") is None
    assert (session.accessed, session.modified) == (False, False)
    session["a"] = 1
    assert session.modified
    assert session["a"] == 1
    assert session.accessed
    assert SessionStore("there-is-a-key")._session_key == "there-is-a-key"


@pytest.mark.django_db
def test_a_session_that_exists_is_asked_with_a_trace():
    session = SessionStore()
    session["a"] = 1
    session.save()
    again = SessionStore(session.session_key)
    assert again["a"] == 1
    assert again.accessed
