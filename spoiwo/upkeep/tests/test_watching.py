"""The addresses for machines: what they tell, and to whom."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import OperationalError, transaction
from django.test import Client

from spoiwo.access import health, probes
from spoiwo.access.health import Finding, findings, register_probe
from spoiwo.audit.services import record
from spoiwo.upkeep import views
from spoiwo.upkeep.models import ChoreRun
from spoiwo.upkeep.probes import chores_done
from tests.factories import UserFactory

NOW = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
HERE = {"headers": {"host": "localhost"}, "REMOTE_ADDR": "127.0.0.1"}
THROUGH_A_PROXY = {"headers": {"host": "spoiwo.example", "x-forwarded-for": "203.0.113.7"}, "REMOTE_ADDR": "127.0.0.1"}
STRANGERS = [
    THROUGH_A_PROXY,
    {"headers": {"host": "localhost", "x-forwarded-for": "127.0.0.1"}, "REMOTE_ADDR": "127.0.0.1"},
    {"headers": {"host": "localhost", "forwarded": "for=127.0.0.1"}, "REMOTE_ADDR": "127.0.0.1"},
    {"headers": {"host": "localhost", "x-real-ip": "127.0.0.1"}, "REMOTE_ADDR": "127.0.0.1"},
    {"headers": {"host": "spoiwo.example"}, "REMOTE_ADDR": "127.0.0.1"},
    {"headers": {"host": "localhost"}, "REMOTE_ADDR": "203.0.113.7"},
    {"headers": {"host": "localhost"}, "REMOTE_ADDR": ""},
]


@pytest.fixture(autouse=True)
def only_these(monkeypatch):
    """A list of probes of the test's own, asked each time."""
    monkeypatch.setattr(health, "_probes", {})
    monkeypatch.setattr(views, "_last", {})
    register_probe("backup", lambda now: Finding(well=True, word="fresh", number=60, unit="seconds"))


def failing(now):
    """A probe that cannot look."""
    raise OperationalError("hasło bazy: kanarek")


def test_the_process_lives_without_a_database_a_session_or_a_known_host():
    response = Client().get("/healthz", **THROUGH_A_PROXY)
    assert (response.status_code, response.content) == (200, b"ok\n")
    assert not response.cookies


@pytest.mark.parametrize("address", ["/healthz", "/readyz", "/metrics"])
def test_machines_only_read_and_nothing_is_stored(address):
    assert Client().post(address, **HERE).status_code == 405
    assert Client().get(address, **HERE).headers["Cache-Control"] == "no-store"


def test_a_house_that_is_ready_says_so_and_why_to_this_machine():
    response = Client().get("/readyz", **HERE)
    assert response.status_code == 200
    fresh = {"well": True, "word": "fresh", "number": 60, "unit": "seconds"}
    assert json.loads(response.content) == {"ready": True, "checks": {"backup": fresh}}


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_learns_whether_but_not_why(stranger):
    register_probe("letters", failing)
    response = Client().get("/readyz", **stranger)
    assert (response.status_code, json.loads(response.content)) == (503, {"ready": False})


def test_a_watcher_with_the_token_learns_why(settings):
    settings.HEALTH_TOKEN = "umowione-haslo"
    shown = {"headers": {"host": "spoiwo.example", "authorization": "Bearer umowione-haslo"}}
    assert "checks" in json.loads(Client().get("/readyz", **shown).content)
    shown["headers"]["authorization"] = "Bearer inne"
    assert "checks" not in json.loads(Client().get("/readyz", **shown).content)


def test_no_token_agreed_opens_to_nobody():
    assert "checks" not in json.loads(
        Client().get("/readyz", headers={"host": "a.b", "authorization": "Bearer "}).content
    )


def test_a_probe_that_fails_makes_the_house_unready_and_tells_nothing_it_heard():
    register_probe("letters", failing)
    response = Client().get("/readyz", **HERE)
    assert response.status_code == 503
    assert json.loads(response.content)["checks"]["letters"]["word"] == "failed"
    assert b"kanarek" not in response.content


def test_the_probes_are_asked_once_in_five_seconds():
    asked = []
    register_probe("backup", lambda now: asked.append(now) or Finding(well=True, word="fresh"))
    for seconds in (0, 4.9, 5, 6, 1):
        views.recent_findings(NOW + timedelta(seconds=seconds))
    assert [(moment - NOW).total_seconds() for moment in asked] == [0, 5, 1]  # a clock put back asks anew


def test_counters_are_for_this_machine_alone():
    response = Client().get("/metrics", **HERE)
    assert response.status_code == 200
    assert b'spoiwo_probe_number{probe="backup",unit="seconds"} 60.0' in response.content
    assert b'spoiwo_probe_well{probe="backup"} 1.0' in response.content
    assert b"spoiwo_request_seconds_bucket" in response.content


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_finds_no_counters(stranger):
    response = Client().get("/metrics", **stranger)
    assert (response.status_code, response.content) == (404, b"not found\n")


@pytest.mark.django_db
def test_counters_name_no_address_and_no_question():
    Client().get("/nie-ma/kanarek/?q=kanarek", **HERE)
    counted = Client().get("/metrics", **HERE).content
    assert b'spoiwo_requests_total{status="4xx",view="-"}' in counted
    assert b"kanarek" not in counted


@pytest.mark.django_db
def test_the_probe_of_the_database_writes_and_takes_it_back():
    before = Session.objects.count()
    assert probes.database_writes(NOW) == Finding(well=True, word="writes")
    assert Session.objects.count() == before


@pytest.mark.django_db
def test_all_migrations_are_applied_here():
    probes._migrated.clear()
    assert probes.migrations_applied(NOW) == Finding(well=True, word="applied", number=0, unit="migrations")
    assert probes.migrations_applied(NOW).well


@pytest.mark.parametrize(("free", "well", "word"), [(15, False, "full"), (16, True, "free"), (0, False, "full")])
def test_a_disk_is_full_when_no_more_than_15_per_cent_are_free(monkeypatch, free, well, word):
    usage = type("Usage", (), {"total": 1000, "free": free * 10})
    monkeypatch.setattr(probes.shutil, "disk_usage", lambda place: usage)
    assert probes.disk_free(NOW) == Finding(well=well, word=word, number=free, unit="pct")


@pytest.mark.django_db
@pytest.mark.parametrize(("moved", "word"), [(0, "forward"), (-60, "forward"), (-61, "back"), (3600, "forward")])
def test_a_clock_before_the_last_deed_is_not_trusted(moved, word):
    with transaction.atomic():
        last = record(by=None, deed="access.account_opened", about=UserFactory())
    found = probes.clock_goes_forward(last.at + timedelta(seconds=moved))
    assert found == Finding(well=word == "forward", word=word, number=moved, unit="seconds")


def test_every_probe_of_the_house_is_asked():
    register_probe("one", lambda now: Finding(well=True, word="fine"))
    assert set(findings(NOW)) == {"backup", "one"}


@pytest.mark.django_db
def test_chores_that_failed_are_counted():
    assert chores_done(NOW) == Finding(well=True, word="done", number=0, unit="chores")
    ChoreRun.objects.create(name="letters", began_at=NOW, failed=True)
    ChoreRun.objects.create(name="snapshot", began_at=NOW)
    assert chores_done(NOW) == Finding(well=True, word="failed", number=1, unit="chores")
