"""Chores: each when it is due, one runner at a time, and one that fails does not stop the others."""

import os
import signal
import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command

from spoiwo.upkeep import gate
from spoiwo.upkeep.chores import CHORES, Chore
from spoiwo.upkeep.errors import AlreadyRunning, InMaintenance
from spoiwo.upkeep.models import ChoreRun
from spoiwo.upkeep.services.running import run_due
from spoiwo.upkeep.tests.conftest import NOW
from tests.houses import House, kill

HOUR = timedelta(hours=1)


@pytest.fixture
def done(settings, tmp_path, db):
    """What was done, in order; and a list of chores that do it."""
    settings.DATA_DIR = tmp_path
    return []


@pytest.fixture
def chores_as_before():
    """The list of the house, put back after the test."""
    before = CHORES.copy()
    yield
    CHORES[:] = before


def chore(done, name, every=HOUR):
    def do(now):
        done.append((name, now))
        return f"Zrobiono {name}."

    return Chore(name, every, do)


def broken(done, name):
    def do(now):
        done.append((name, now))
        raise ValueError("nazwisko zmyślone")

    return Chore(name, HOUR, do)


def names(done):
    return [name for name, _now in done]


def test_each_is_done_when_it_is_due_and_not_before(done):
    work = [chore(done, "co godzinę"), chore(done, "co dzień", timedelta(days=1))]
    assert [run.words for run in run_due(now=NOW, chores=work)] == ["Zrobiono co godzinę.", "Zrobiono co dzień."]
    assert run_due(now=NOW + timedelta(minutes=59), chores=work) == []
    run_due(now=NOW + HOUR, chores=work)
    run_due(now=NOW + timedelta(days=1), chores=work)
    assert names(done) == ["co godzinę", "co dzień", "co godzinę", "co godzinę", "co dzień"]
    assert ChoreRun.objects.count() == 2


def test_one_that_fails_is_written_down_without_its_words_and_the_others_are_done(done, caplog):
    work = [broken(done, "zepsute"), chore(done, "całe")]
    runs = run_due(now=NOW, chores=work)
    assert [(run.name, run.failed, run.words) for run in runs] == [
        ("zepsute", True, "ValueError"),
        ("całe", False, "Zrobiono całe."),
    ]
    assert caplog.messages == ["a chore failed"]
    run_due(now=NOW + timedelta(minutes=14), chores=work)
    run_due(now=NOW + timedelta(minutes=15), chores=work)
    assert names(done) == ["zepsute", "całe", "zepsute"]


def test_jumps_of_the_clock_neither_lose_a_chore_nor_let_loose_a_storm(done):
    work = [chore(done, "co godzinę")]
    year = timedelta(days=365)
    for moment in (NOW, NOW + year, NOW + year, NOW + HOUR, NOW + HOUR, NOW + 2 * HOUR):
        run_due(now=moment, chores=work)
    assert [now for _name, now in done] == [NOW, NOW + year, NOW + HOUR, NOW + 2 * HOUR]


def test_one_that_was_killed_halfway_is_not_begun_again_at_once(done):
    ChoreRun.objects.create(name="co godzinę", began_at=NOW)
    work = [chore(done, "co godzinę")]
    run_due(now=NOW + timedelta(minutes=1), chores=work)
    run_due(now=NOW + HOUR, chores=work)
    assert [now for _name, now in done] == [NOW + HOUR]


def test_two_runners_at_once_are_one_and_a_refusal_and_maintenance_is_waited_out(done):
    work = [chore(done, "co godzinę")]
    with gate.alone("chores"), pytest.raises(AlreadyRunning):
        run_due(now=NOW, chores=work)
    gate.close(gate.Closed.ALL, now=NOW)
    with pytest.raises(InMaintenance):
        run_due(now=NOW, chores=work)
    assert (done, ChoreRun.objects.count()) == ([], 0)


def test_the_chores_of_the_house_have_names_of_their_own_and_a_rhythm():
    assert len({row.name for row in CHORES}) == len(CHORES) > 0
    assert [row.name for row in CHORES if row.every < timedelta(minutes=1)] == []


def test_the_command_tells_what_was_done_and_ends_with_1_when_one_failed(done, chores_as_before, capsys):
    CHORES[:] = [chore(done, "całe")]
    call_command("chores", "--once")
    assert "Zrobiono całe." in capsys.readouterr().out
    CHORES[:] = [broken(done, "zepsute")]
    with pytest.raises(CommandError):
        call_command("chores")


def test_the_loop_ends_when_its_parent_is_gone_and_when_it_is_told(tmp_path):
    house = House(tmp_path / "dom")
    loop = house.start("chores", "--loop", "--parent", os.getpid() + 1_000_000)  # a parent that was never there
    told = house.start("chores", "--loop", "--parent", os.getpid())
    try:
        assert loop.wait(30) == 0
        while not (house.data / "upkeep" / "chores.lock").exists():  # it is looking at what is due
            time.sleep(0.05)
        told.send_signal(signal.SIGTERM)
        assert told.wait(30) == 0
    finally:
        kill(loop)
        kill(told)
