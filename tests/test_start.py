"""The start as a newcomer meets it: what the scripts say and do, without installing anything real."""

import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time

import pytest

from tests.tree import ROOT

# The programs that every system has.
TOOLS = (
    *(
        "awk",
        "basename",
        "cat",
        "chmod",
        "cmp",
        "cp",
        "cut",
        "date",
        "df",
        "dirname",
        "env",
        "find",
        "grep",
        "head",
    ),
    *(
        "id",
        "kill",
        "ls",
        "make",
        "mkdir",
        "mktemp",
        "mv",
        "printf",
        "rm",
        "sed",
        "sh",
        "sleep",
        "sort",
        "tail",
    ),
    *("tr", "uname", "wc"),
)
COMMANDS = {
    "setup",
    "run",
    "demo",
    "test",
    "lint",
    "checks",
    "bench",
    "docs",
    "declaration",
    "assets",
    "messages",
    "lock",
    "clean",
    "help",
}

# A Python of VERSION that knows how to make an environment of itself and how to "install".
# What it is asked for is written to calls.txt; how an installation goes is said in fate.txt.
PYTHON = """#!/bin/sh
case "$*" in
  *version_info*) echo "{version}" ;;
  *"import ensurepip, venv"*) {venv_module} ;;
  "-m venv --clear .venv")
    mkdir -p .venv/bin .venv/packages
    cp "$0" .venv/bin/python
    : >.venv/pyvenv.cfg
    echo venv >>"{home}/calls.txt" ;;
  "-m pip --version") echo pip ;;
  *purelib*) echo "$PWD/.venv/packages" ;;
  "-m pip install"*uv.txt)
    echo uv.txt >>"{home}/calls.txt"
    sh "{home}/fate.txt" || exit 1
    cp "{home}/uv" .venv/bin/uv
    chmod +x .venv/bin/uv ;;
  "-c ") ;;
  *) echo "unexpected: $*" >&2; exit 9 ;;
esac
"""
UV = """#!/bin/sh
case $1 in
  --version) echo "uv {uv}" ;;
  *) echo "uv $*" >>"{home}/calls.txt" ;;
esac
"""
OFFLINE = "echo 'NewConnectionError: Temporary failure in name resolution' >&2; exit 1"
UV_VERSION = re.search(r"^uv==(\S+)", (ROOT / "requirements" / "uv.txt").read_text(), re.MULTILINE)[1]


class Machine:
    """A copy of the project's start on a machine that has only what a test puts there."""

    def __init__(self, folder):
        self.folder, self.bin, self.project = folder, folder / "bin", folder / "mój projekt"
        self.bin.mkdir()
        self.project.mkdir()
        for tool in TOOLS:
            if found := shutil.which(tool):
                (self.bin / tool).symlink_to(found)
        for name in ("scripts", "requirements"):
            shutil.copytree(ROOT / name, self.project / name)
        shutil.copy(ROOT / "Makefile", self.project)
        self.fate("exit 0")
        (folder / "uv").write_text(UV.format(uv=UV_VERSION, home=folder))

    def fate(self, script):
        """How the next installation goes."""
        (self.folder / "fate.txt").write_text(script)

    def calls(self):
        """What the machine's Python and uv were asked to do, in order."""
        file = self.folder / "calls.txt"
        return file.read_text().splitlines() if file.exists() else []

    def program(self, name, script):
        """Put a program on PATH."""
        path = self.bin / name
        path.unlink(missing_ok=True)
        path.write_text(script)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return path

    def python(self, version, name="python3", venv_module="exit 0"):
        """Put a Python of this version on PATH."""
        text = PYTHON.format(version=version, venv_module=venv_module, home=self.folder)
        return self.program(name, text)

    def start(self, *command, **environment):
        """Start a command as on that machine."""
        env = {"PATH": str(self.bin), "HOME": str(self.folder), "LANG": "C.UTF-8", **environment}
        pipe = subprocess.PIPE
        return subprocess.Popen(
            ["env", "--default-signal=INT", *command],  # started in the background, pytest itself may ignore it
            cwd=self.project, env=env, stdout=pipe, stderr=pipe, stdin=subprocess.DEVNULL, text=True,
        )  # fmt: skip

    def run(self, *command, **environment):
        """Run a command to its end: code, stdout, stderr."""
        process = self.start(*command, **environment)
        out, err = process.communicate(timeout=60)
        return process.returncode, out, err

    def setup(self, **environment):
        """What `make setup` runs."""
        return self.run("scripts/setup.sh", **environment)


@pytest.fixture
def machine(tmp_path):
    """A machine without any Python."""
    return Machine(tmp_path)


def refused(result):
    """The one sentence of a refusal; anything else is a failure."""
    code, out, err = result
    assert (code, out) == (1, "")
    assert re.fullmatch(r"[A-ZŻŚ][^\n]+[.a-z0-9]\n", err)
    return err


def test_make_alone_lists_every_command_with_a_description(machine):
    code, out, err = machine.run("make")
    assert (code, err) == (0, "")
    lines = dict(re.findall(r"^  make (\S+) +(\S.*)$", out, re.MULTILINE))
    assert set(lines) == COMMANDS
    assert len(lines) == len(out.splitlines())


def test_a_machine_without_python_is_told_what_is_missing(machine):
    assert "3.11 lub nowszy" in refused(machine.setup())


def test_a_python_that_is_too_old_is_named_with_its_version_and_its_place(machine):
    path = machine.python("3.10")
    sentence = refused(machine.setup())
    assert f"3.10 ({path})" in sentence
    assert "3.11" in sentence
    assert not (machine.project / ".venv").exists()


@pytest.mark.parametrize(("version", "good"), [("3.9", False), ("3.10", False), ("3.11", True), ("3.14", True)])
def test_python_is_new_enough_from_3_11_on(machine, version, good):
    machine.python(version)
    assert (machine.setup()[0] == 0) is good


def test_a_shim_that_does_not_run_and_an_old_python_are_passed_over(machine):
    machine.program("python3", "#!/bin/sh\necho 'version manager: no such version' >&2\nexit 127\n")
    machine.python("2.7", name="python3.14")
    good = machine.python("3.12", name="python3.12")
    code, out, err = machine.setup()
    assert (code, err) == (0, "")
    assert f"(Python 3.12: {good})" in out


def test_the_python_that_was_asked_for_is_taken_and_never_another_one(machine):
    machine.python("3.11")
    wanted = machine.python("3.13", name="mine")
    assert f"(Python 3.13: {wanted})" in machine.setup(SPOIWO_PYTHON=str(wanted))[1]


def test_the_python_that_was_asked_for_must_be_one(machine):
    machine.python("3.12")
    assert "SPOIWO_PYTHON" in refused(machine.setup(SPOIWO_PYTHON="/nowhere/python3"))
    old = machine.python("3.8", name="old")
    assert "3.8" in refused(machine.setup(SPOIWO_PYTHON=str(old)))


def test_a_full_disk_is_said_before_anything_is_made(machine):
    machine.python("3.12")
    machine.program("df", "#!/bin/sh\necho Filesystem\necho '/dev/x 9000000 8795200 204800 98% /'\n")
    sentence = refused(machine.setup())
    assert "200 MB" in sentence
    assert "1536 MB" in sentence
    assert not (machine.project / ".venv").exists()


def test_a_python_without_venv_names_the_package_when_it_cannot_be_installed(machine):
    machine.program("id", "#!/bin/sh\necho 1000\n")
    machine.python("3.12", venv_module="exit 1")
    assert "python3.12-venv" in refused(machine.setup())


def test_a_missing_network_is_one_sentence_that_names_the_log(machine):
    machine.python("3.12")
    machine.fate(OFFLINE)
    code, _, err = machine.setup()
    assert code == 1
    assert re.fullmatch(r"Nie udało się pobrać pakietów: brak sieci[^\n]+var/setup\.log\)\.\n", err)
    assert "name resolution" in (machine.project / "var" / "setup.log").read_text()


def test_the_second_setup_does_nothing_and_a_changed_lock_is_installed(machine):
    machine.python("3.12")
    assert machine.setup()[0] == 0
    assert machine.calls()[:2] == ["venv", "uv.txt"]
    assert "requirements/base.txt" in machine.calls()[2]
    seconds = []
    for _ in range(3):  # the best of three: the machine may be busy with other things
        began = time.monotonic()
        assert machine.setup() == (0, "Środowisko .venv jest gotowe.\n", "")
        seconds.append(time.monotonic() - began)
    assert min(seconds) < 1
    assert len(machine.calls()) == 3
    with (machine.project / "requirements" / "base.txt").open("a") as lock:
        lock.write("# changed\n")
    assert machine.setup()[0] == 0
    assert machine.calls()[3:] == machine.calls()[2:3]


def test_the_command_of_the_project_works_from_another_folder(machine):
    machine.python("3.12")
    machine.setup()
    command = machine.project / ".venv" / "bin" / "spoiwo"
    (machine.project / ".venv" / "bin" / "python").unlink()
    (machine.project / ".venv" / "bin" / "python").symlink_to(sys.executable)
    package = machine.project / "spoiwo" / "config"
    package.mkdir(parents=True)
    (package / "cli.py").write_text("import sys\ndef main():\n    print(*sys.argv[1:])\n    return 7\n")
    env = os.environ | {"PYTHONPATH": str(machine.project)}
    done = subprocess.run([command, "a b", "ć"], cwd="/", env=env, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (7, "a b ć\n", "")


@pytest.mark.parametrize("lost", ["pyvenv.cfg", "bin/python"])
def test_a_half_made_environment_is_made_anew(machine, lost):
    machine.python("3.12")
    assert machine.setup()[0] == 0
    (machine.project / ".venv" / lost).unlink()
    (machine.project / ".venv" / "bin" / "spoiwo").unlink()
    assert machine.setup()[0] == 0
    assert machine.calls().count("venv") == 2


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_setup_says_so_and_the_next_one_finishes_it(machine, sign):
    machine.python("3.12")
    machine.fate(f"echo $$ >'{machine.folder}/installing'; exec sleep 30")
    process = machine.start("scripts/setup.sh")
    wait_for(machine.folder / "installing")
    process.send_signal(sign)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 1
    assert err.strip().startswith("Przerwano")
    assert not (machine.project / ".venv" / "spoiwo-base.stamp").exists()
    assert not (machine.project / ".setup.lock").exists()
    machine.fate("exit 0")
    assert machine.setup()[0] == 0


def test_two_installations_at_once_wait_for_each_other(machine):
    machine.python("3.12")
    machine.fate(f": >'{machine.folder}/installing'; sleep 1")
    first = machine.start("scripts/setup.sh")
    wait_for(machine.folder / "installing")
    code, out, _ = machine.setup()
    first.communicate(timeout=30)
    assert (code, first.returncode) == (0, 0)
    assert "Inna instalacja jest w toku" in out
    assert machine.calls().count("uv.txt") == 1


def wait_for(path):
    """Wait until a file is there, ten seconds at most."""
    deadline = time.monotonic() + 10
    while not path.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.fixture
def ready(machine):
    """A machine after `make setup`, whose server only writes down how it was started."""
    folder = machine.project / ".venv" / "bin"
    folder.mkdir(parents=True)
    (folder / "python").symlink_to(sys.executable)
    (folder / "spoiwo").write_text(f"#!/bin/sh\necho spoiwo \"$@\" >>'{machine.folder}/calls.txt'\n")
    (folder / "spoiwo").chmod(0o755)
    return machine


@pytest.fixture
def taken_port():
    """A port of this machine that somebody listens at."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_taken_port_is_one_sentence_and_nothing_is_started(ready, taken_port):
    sentence = refused(ready.run("scripts/run.sh", "127.0.0.1", str(taken_port)))
    assert str(taken_port) in sentence
    assert f"make run PORT={taken_port + 1}" in sentence
    assert ready.calls() == []


def test_a_free_port_starts_the_server_there(ready, taken_port):
    with socket.create_server(("127.0.0.1", 0)) as other:
        free = other.getsockname()[1]
    assert ready.run("scripts/run.sh", "127.0.0.1", str(free)) == (0, "", "")
    assert ready.calls()[-1] == f"spoiwo serve --host 127.0.0.1 --port {free}"


@pytest.mark.parametrize("port", ["", "http", "0", "65536", "-1", "80000000"])
def test_what_is_no_port_is_refused(ready, port):
    assert "PORT=" in refused(ready.run("scripts/run.sh", "127.0.0.1", port))


def test_an_address_of_another_machine_is_refused(ready):
    assert "192.0.2.1" in refused(ready.run("scripts/run.sh", "192.0.2.1", "8000"))


@pytest.mark.parametrize("script", sorted((ROOT / "scripts").glob("*.sh")), ids=lambda path: path.name)
def test_a_script_is_plain_sh(script):
    done = subprocess.run(["sh", "-n", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    first = script.read_text().splitlines()[0]
    assert os.access(script, os.X_OK) == (first == "#!/bin/sh")


def pins(name):
    """The locked versions of a file as {package: (version, number of hashes)}."""
    text = (ROOT / "requirements" / f"{name}.txt").read_text()
    blocks = re.split(r"\n(?=[a-z0-9])", "\n" + text)[1:]
    found = [re.match(r"([a-z0-9.-]+)==(\S+)", block) for block in blocks]
    return {match[1]: (match[2], match.string.count("--hash=sha256:")) for match in found}


@pytest.mark.parametrize("name", ["uv", "base", "dev"])
def test_every_package_is_locked_with_hashes_and_without_any_address(name):
    assert all(hashes > 0 for _, hashes in pins(name).values())
    assert not re.search(r"https?:|^-", (ROOT / "requirements" / f"{name}.txt").read_text(), re.MULTILINE)


def test_what_runs_is_what_is_tested():
    base, dev = pins("base"), pins("dev")
    assert len(base) > 15
    assert {name: dev[name] for name in base} == base


@pytest.mark.parametrize("name", ["base", "dev"])
def test_every_wanted_package_is_locked(name):
    wanted = re.findall(r"^([A-Za-z][A-Za-z0-9-]+)", (ROOT / "requirements" / f"{name}.in").read_text(), re.MULTILINE)
    assert {package.lower() for package in wanted} <= pins(name).keys()
