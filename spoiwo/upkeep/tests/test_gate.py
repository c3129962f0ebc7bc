"""The gate: maintenance waits until who is inside has come out, then every page answers 503."""

import subprocess
import sys
import threading

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from spoiwo.config import cli
from spoiwo.upkeep import gate
from spoiwo.upkeep.errors import AlreadyRunning, Busy, InMaintenance
from spoiwo.upkeep.tests.conftest import NOW


@pytest.fixture
def gated(settings, tmp_path):
    """A house whose gate is its own."""
    settings.DATA_DIR = tmp_path
    return tmp_path


def test_an_open_gate_lets_work_in_and_a_closed_one_does_not(gated):
    with gate.at_work(), gate.at_work():
        assert gate.closed() is None
    gate.close(gate.Closed.WRITES, now=NOW)
    with gate.at_work(reads=True):
        assert gate.closed() is gate.Closed.WRITES
    with pytest.raises(InMaintenance), gate.at_work():
        pass
    gate.close(gate.Closed.ALL, now=NOW)
    with pytest.raises(InMaintenance), gate.at_work(reads=True):
        pass
    gate.open_again()
    with gate.at_work():
        pass


def test_a_flag_that_cannot_be_read_stops_everything(gated):
    gate.close(gate.Closed.WRITES, now=NOW)
    (gated / "upkeep" / "maintenance.json").write_text("{")
    assert gate.closed() is gate.Closed.ALL


def test_maintenance_waits_for_who_is_inside_and_gives_up_after_its_patience(gated):
    inside, leave, empty = threading.Event(), threading.Event(), threading.Event()

    def work():
        with gate.at_work():
            inside.set()
            leave.wait(10)

    def wait():
        with gate.empty_house():
            empty.set()

    worker = threading.Thread(target=work)
    worker.start()
    inside.wait(10)
    with pytest.raises(Busy), gate.empty_house(patience=0.1):
        pass
    waiter = threading.Thread(target=wait)
    waiter.start()
    assert not empty.wait(0.2)
    leave.set()
    assert empty.wait(10)
    worker.join()
    waiter.join()


def test_while_the_house_is_kept_empty_nobody_comes_in_even_with_an_open_gate(gated):
    with gate.empty_house(), pytest.raises(InMaintenance), gate.at_work(reads=True):
        pass


def test_a_killed_process_leaves_no_lock_behind(gated):
    code = f"""
import fcntl, os, signal
handle = os.open({str(gate.folder() / "backup.lock")!r}, os.O_RDWR | os.O_CREAT)
fcntl.flock(handle, fcntl.LOCK_EX)
os.kill(os.getpid(), signal.SIGKILL)
"""
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == -9
    with gate.alone("backup"):
        with pytest.raises(AlreadyRunning), gate.alone("backup"):
            pass
        with gate.alone("drill"):
            pass


@pytest.mark.django_db
def test_pages_say_in_polish_that_work_goes_on_and_when_to_come_back(gated):
    client = Client()
    assert client.get("/").status_code == 200
    gate.close(gate.Closed.ALL, now=NOW)
    for answer in (client.get("/konto/zaloguj/"), client.post("/konto/zaloguj/", {})):
        assert answer.status_code == 503
        assert "Trwają prace" in answer.content.decode()
        assert answer["Retry-After"] == "120"
        assert "no-store" in answer["Cache-Control"]
        assert answer.cookies == {}
    assert client.get("/healthz").status_code == 200


@pytest.mark.django_db
def test_with_writes_stopped_pages_can_be_read_and_nothing_is_taken_in(gated):
    gate.close(gate.Closed.WRITES, now=NOW)
    client = Client()
    assert client.get("/konto/zaloguj/").status_code == 200
    answer = client.post("/konto/zaloguj/", {})
    assert answer.status_code == 503
    assert "nie zostało zapisane" in answer.content.decode()


@pytest.mark.django_db
def test_commands_that_write_wait_and_others_do_not(gated, capsys):
    gate.close(gate.Closed.ALL, now=NOW)
    with pytest.raises(SystemExit) as end:
        cli.main(["spoiwo", "reconcile", "2019"])
    assert end.value.code == 1
    assert len(capsys.readouterr().err.strip().splitlines()) == 1
    assert cli.main(["spoiwo", "audit", "verify"]) == 0


def test_the_command_closes_opens_and_tells(gated, capsys):
    for word, state in (("on", gate.Closed.ALL), ("read-only", gate.Closed.WRITES), ("status", gate.Closed.WRITES)):
        call_command("maintenance", word)
        assert gate.closed() is state
    call_command("maintenance", "off")
    assert gate.closed() is None
    assert len(set(capsys.readouterr().out.strip().splitlines())) == 3
    with pytest.raises(CommandError):
        call_command("maintenance", "maybe")
