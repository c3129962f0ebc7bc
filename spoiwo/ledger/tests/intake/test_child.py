"""The reading process: fenced in, and never the end of the one that started it."""

import json
import signal
import subprocess
import sys

import pytest

from spoiwo.doors.intake.fence import ROOT
from spoiwo.ledger.domain.faults import Fault
from spoiwo.ledger.domain.raw import RawPackage
from spoiwo.ledger.intake import limits, read_package
from spoiwo.ledger.intake.protocol import Inlet
from spoiwo.ledger.intake.reader import cut_short
from spoiwo.ledger.tests.intake.packages import good, package_files, write_folder

FENCED = (
    "import sys; sys.path.append(sys.argv[1])\nfrom spoiwo.ledger.intake.child import limit_process; limit_process()\n"
)


def fenced(code: str) -> subprocess.CompletedProcess:
    """Run code behind the fences of the reading process."""
    command = [sys.executable, "-I", "-c", FENCED + code, str(ROOT)]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("bytearray(600 * 1024 * 1024)", "MemoryError"),
        ("import socket; socket.create_connection(('127.0.0.1', 9))", "PermissionError: socket."),
        ("import subprocess; subprocess.run(['true'])", "PermissionError: subprocess.Popen"),
        ("import os; os.system('true')", "PermissionError: os.system"),
        ("import os; os.fork()", "PermissionError: os.fork"),
        ("open({!r}, 'w', buffering=1).write('x\\n')", "OSError: [Errno 27]"),
        ("import os; [os.open('/', os.O_RDONLY) for _ in range(100)]", "OSError: [Errno 24]"),
    ],
    ids=["memory", "network", "programs", "shell", "children", "files", "open files"],
)
def test_the_reading_process_cannot(code, error, tmp_path):
    ended = fenced(code.format(str(tmp_path / "written")))
    assert ended.returncode != 0
    assert error in ended.stderr


def test_the_fences_leave_room_to_read():
    assert fenced("print(sum(bytearray(200 * 1024 * 1024)), open('/etc/hostname').name)").returncode == 0


def test_the_reading_process_does_not_load_django(tmp_path):
    folder = write_folder(tmp_path / "rok", package_files(good()))
    code = f"from spoiwo.ledger.intake.child import main; main({str(folder)!r}); import sys\n"
    ended = fenced(code + "print('django' in sys.modules, 'babel' in sys.modules)")
    assert ended.stdout.splitlines()[-1] == "False False"
    assert json.loads(ended.stdout.splitlines()[-2])[0] == "end"


@pytest.mark.parametrize(
    ("returncode", "expired", "code", "found"),
    [
        (-signal.SIGABRT, False, "reader_stopped", "plik, na którym odczyt się przerwał (najczęściej z braku pamięci)"),
        (-signal.SIGSEGV, False, "reader_stopped", "plik, na którym odczyt się przerwał (najczęściej z braku pamięci)"),
        (1, False, "reader_stopped", "plik, na którym odczyt się przerwał (najczęściej z braku pamięci)"),
        (-signal.SIGXCPU, False, "took_too_long", "plik, którego odczyt trwał ponad 60 s"),
        (-signal.SIGKILL, True, "took_too_long", "plik, którego odczyt trwał ponad 90 s"),
    ],
)
def test_an_early_end_becomes_a_fault_beside_those_already_told(returncode, expired, code, found):
    told = Fault("link", "money.csv", found="a", expected="b")
    package = RawPackage(file="rok", faults=[told], sha256="x")
    ended = cut_short(package, returncode, expired=expired)
    last = Fault(code, "rok", found=found, expected="mniejszy pakiet albo plik zapisany na nowo")
    assert (ended.faults, ended.broken, ended.tables, ended.sha256) == ([told, last], True, [], "")


def test_a_reading_that_takes_too_long_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "CHILD_WALL_SECONDS", 0.001)
    raw = read_package(write_folder(tmp_path / "rok", package_files(good())))
    assert [fault.code for fault in raw.faults] == ["took_too_long"]
    assert raw.broken


def test_a_reading_that_says_too_much_is_ended(tmp_path, monkeypatch):
    monkeypatch.setattr(limits, "OUTPUT_BYTES", 1000)
    raw = read_package(write_folder(tmp_path / "rok", package_files(good())))
    assert [fault.code for fault in raw.faults] == ["reader_stopped"]


@pytest.mark.parametrize("line", ["[]", "{}", "3", '["row", 1, [], []]', '["fault", 1]', '["table"]', '["x"'])
def test_a_line_without_sense_is_not_taken(line):
    with pytest.raises((ValueError, TypeError)):
        Inlet("rok").take(line.encode())
