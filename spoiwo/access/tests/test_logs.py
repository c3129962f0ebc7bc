"""Lines of the log: everything an operator needs, and no trace of anybody."""

import io
import json
import logging

import pytest
from django.conf import settings as house
from django.http import HttpResponse
from django.test import Client
from django.urls import path

from spoiwo.access.audience import PUBLIC, SIGNED_IN, audience
from spoiwo.access.logs import JsonLines, PlainLines, event_of
from spoiwo.access.observing import mark_of
from spoiwo.ui import menu
from tests.factories import UserFactory
from tests.visitors import visitor

NAME, EMAIL, TELEPHONE = "Kanarkowska", "kanarek@persons.example", "600 111 222"
NUMBER = "44051" + "401359"
CANARIES = (NAME, EMAIL, NUMBER, TELEPHONE, TELEPHONE.replace(" ", "%20"), "kanarek", "Kanark")


class Unreadable(Exception):
    """A fault that tells all it knows."""


def broken(request, word=""):
    """A view that fails and tells everything it was given."""
    secret = f"{NAME} {EMAIL} {NUMBER} {request.GET} {request.POST} {request.headers} {word}"
    try:
        raise ValueError(secret)
    except ValueError as problem:
        raise Unreadable(f"nie da się odczytać: {secret}") from problem


handler500 = "spoiwo.access.failures.server_error"
urlpatterns = [
    path("cisza/", audience(PUBLIC)(lambda request: HttpResponse("cisza")), name="quiet"),
    path("blad/<str:word>/", audience(PUBLIC)(broken), name="broken"),
    path("moje/", audience(SIGNED_IN)(lambda request: HttpResponse("moje")), name="mine"),
]


@pytest.fixture(autouse=True)
def addresses(settings, monkeypatch):
    """The addresses above, without the menu of the whole house."""
    monkeypatch.setattr(menu, "registry", menu.Registry())
    settings.ROOT_URLCONF = __name__


@pytest.fixture(params=["json", "plain"])
def written(request):
    """What a server would write, in both forms, everything at the level of a server."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter({"json": JsonLines, "plain": PlainLines}[request.param]())
    before = {name: logging.getLogger(name).level for name in ("", "spoiwo.access.observing")}
    logging.getLogger().addHandler(handler)
    logging.getLogger("spoiwo.access.observing").setLevel("INFO")
    yield lines
    logging.getLogger().removeHandler(handler)
    for name, level in before.items():
        logging.getLogger(name).setLevel(level)


def ask(client, method, address, **more):
    """A request whose fault is answered, as on a server."""
    client.raise_request_exception = False
    return getattr(client, method)(address, **more)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("address", [f"/cisza/?q={NAME}&mail={EMAIL}&nr={NUMBER}", f"/blad/{NAME}/?q={EMAIL}",
                                     f"/nie-ma/{NAME}/{NUMBER}/?tel={TELEPHONE}", f"/moje/?{NAME}"])  # fmt: skip
def test_no_trace_of_what_was_asked_sent_or_said_by_a_fault(written, method, address):
    user = UserFactory(full_name=NAME, email=EMAIL)
    sent = {"data": {"nazwisko": NAME, "tel": TELEPHONE}} if method == "post" else {}
    headers = {"user-agent": NAME, "referer": f"https://{NAME}.example/", "x-forwarded-for": NUMBER}
    ask(visitor(user), method, address, headers=headers, **sent)
    found = written.getvalue()
    assert [canary for canary in CANARIES if canary.lower() in found.lower()] == []
    assert "answer" in found


@pytest.mark.django_db
def test_a_fault_is_told_by_its_kind_and_its_places(written):
    response = ask(Client(), "get", "/blad/x/")
    assert response.status_code == 500
    found = written.getvalue()
    assert "Unreadable < ValueError" in found
    assert "spoiwo/access/tests/test_logs.py:" in found
    assert "/site-packages" not in found
    assert str(house.PROJECT_DIR) not in found


@pytest.mark.django_db
def test_every_answer_has_one_line_with_its_view_status_and_time(written):
    Client().get("/cisza/?x=1")
    (line,) = written.getvalue().splitlines()
    if line.startswith("{"):
        facts = json.loads(line)
        assert (facts["event"], facts["view"], facts["method"], facts["status"]) == ("answer", "quiet", "GET", 200)
        assert 0 <= facts["ms"] < 60_000
        assert len(facts["request"]) == 16
        assert set(facts) == {"time", "level", "event", "logger", "request", "view", "method", "status", "ms"}
    else:
        assert "view=quiet method=GET status=200 ms=" in line


@pytest.mark.django_db
def test_lines_of_one_person_bear_one_mark_that_tells_nobody_who(written):
    anna, jan = UserFactory(), UserFactory()
    for user in (anna, anna, jan):
        visitor(user).get("/moje/")
    marks = [mark_of(user) for user in (anna, jan)]
    found = written.getvalue()
    assert [found.count(mark) for mark in marks] == [2, 1]
    assert mark_of(None) is None
    assert f"user={anna.pk} " not in found


def test_a_page_shows_the_number_that_stands_in_the_log(written):
    response = ask(Client(), "get", "/blad/x/")
    (number,) = [word for word in response.content.decode().replace("<", ">").split(">") if len(word) == 16]
    assert number in written.getvalue()


def record(name, message, *given, **more):
    """A record of the log."""
    return logging.LogRecord(name, logging.WARNING, __file__, 1, message, given, None, **more)


@pytest.mark.parametrize(
    ("name", "message", "given", "expected"),
    [
        ("spoiwo.doors", "letter %s to %s", ("7", EMAIL), "letter 7 to […]"),
        ("gunicorn.error", "Booting worker with pid: %s", (77,), "Booting worker with pid: 77"),
        ("gunicorn.error", "Error handling request %s", (f"/blad/{NAME}/",), "Error handling request …"),
        ("foreign", "%(who)s", ({"who": NAME},), "…"),
        ("foreign", "%s %5.2f %d", (NAME, 1.5, 2), "… 1.5 2"),
        ("foreign", f"two lines\n{NAME}", (), "two lines"),
        ("foreign", "one argument %s", ([NAME],), "one argument …"),
        ("spoiwo-like", "%s", (NAME,), "…"),
        ("django.security.DisallowedHost", f"Invalid HTTP_HOST header: '{NAME}.example'", (), "refused"),
    ],
)
def test_words_of_foreign_packages_lose_what_they_would_tell(name, message, given, expected):
    assert event_of(record(name, message, *given)) == expected


def test_fields_that_nobody_agreed_on_are_not_written():
    line = record("spoiwo.doors", "sent")
    line.count, line.probe, line.recipient, line.view = 3, EMAIL, EMAIL, {"x": NAME}
    facts = json.loads(JsonLines().format(line))
    assert (facts["count"], facts["probe"]) == (3, "[…]")
    assert "recipient" not in facts
    assert "view" not in facts
