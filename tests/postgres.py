"""A PostgreSQL server of the tests' own: on loopback, in a temporary folder, gone at the end.

`python -m tests.postgres COMMAND...` runs the command with SPOIWO_DATABASE_URL naming that server and
ends with the command's own code. `python -m tests.postgres` alone ends with 0 when a server can be started.
"""

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

SYSTEM_USER = "postgres"
START_SECONDS = 60
# Speed instead of safety: the data are thrown away.
SERVER_OPTIONS = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=40")


class NoServer(RuntimeError):
    """There is no PostgreSQL server on this machine, or it did not start."""


def programs() -> Path | None:
    """The folder with initdb and postgres, the newest version first; None when there is none."""
    places = [Path(path).resolve().parent for path in [shutil.which("initdb")] if path]
    places += Path("/usr/lib/postgresql").glob("*/bin")
    whole = [place for place in places if all((place / name).exists() for name in ("initdb", "postgres"))]
    return max(whole, key=_version, default=None)


def _version(place: Path) -> int:
    found = re.search(r"\d+", str(place))
    return int(found.group()) if found else 0


def _as_system_user() -> dict[str, object]:
    """PostgreSQL refuses to run as root: give it its own user then."""
    if os.geteuid() != 0:
        return {}
    return {"user": SYSTEM_USER, "group": SYSTEM_USER, "extra_groups": [], "cwd": "/"}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _make_cluster(bin_dir: Path, home: Path, password: str) -> None:
    secret = home / "password"
    secret.write_text(password, encoding="ascii")
    secret.chmod(0o600)
    if os.geteuid() == 0:
        for path in (home, secret):
            shutil.chown(path, SYSTEM_USER, SYSTEM_USER)
    command = [str(bin_dir / "initdb"), "-D", str(home / "data"), "-U", "spoiwo", "--auth=scram-sha-256"]
    command += [f"--pwfile={secret}", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, **_as_system_user())
    if done.returncode:
        raise NoServer(done.stderr.strip())


def _wait_until_it_answers(server: subprocess.Popen, url: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            with psycopg.connect(url, connect_timeout=5):
                return
        except psycopg.OperationalError as problem:
            if server.poll() is not None or time.monotonic() > deadline:
                raise NoServer(str(problem)) from problem
            time.sleep(0.1)


def _stop(server: subprocess.Popen) -> None:
    server.send_signal(signal.SIGINT)  # the "fast" shutdown: sessions are ended
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


class Server:
    """A PostgreSQL server of one's own that can be stopped, killed and started again."""

    def __init__(self, home: Path, options: tuple[str, ...] = SERVER_OPTIONS) -> None:
        """Make the cluster in an empty folder. Raises: NoServer when there is no PostgreSQL on this machine."""
        bin_dir = programs()
        if bin_dir is None:
            raise NoServer("initdb and postgres are not on this machine")
        self.bin_dir, self.home, self.options = bin_dir, home, options
        self.password, self.port = secrets.token_urlsafe(18), _free_port()
        self.process: subprocess.Popen | None = None
        _make_cluster(bin_dir, home, self.password)

    @property
    def data(self) -> Path:
        """Where the cluster lies."""
        return self.home / "data"

    def url(self, name: str = "spoiwo", user: str = "spoiwo", password: str = "") -> str:
        """The address of a database of this server."""
        return f"postgresql://{user}:{password or self.password}@127.0.0.1:{self.port}/{name}"

    def start(self) -> None:
        """Start it and wait until it answers. Raises: NoServer."""
        command = [str(self.bin_dir / "postgres"), "-D", str(self.data), "-k", str(self.home), "-p", str(self.port)]
        for option in ("listen_addresses=127.0.0.1", *self.options):
            command += ["-c", option]
        with (self.home / "server.log").open("ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, **_as_system_user())
        _wait_until_it_answers(self.process, self.url("postgres"))

    def stop(self) -> None:
        """Stop it in order."""
        _stop(self.process)

    def execute(self, *statements: str, name: str = "postgres") -> None:
        """Say something to a database as its superuser, each statement by itself."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@contextmanager
def server(*options: str) -> Iterator[Server]:
    """A running server with an empty database `spoiwo`; gone at the end. Without options fast and careless.

    Raises: NoServer when there is no PostgreSQL or it does not answer within a minute.
    """
    home = Path(tempfile.mkdtemp(prefix="spoiwo-postgres-"))
    try:
        held = Server(home, options or SERVER_OPTIONS)
        try:
            held.start()
            held.execute("CREATE DATABASE spoiwo")
            yield held
        finally:
            if held.process:
                held.stop()
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server and give the address of an empty database `spoiwo`; stop and delete it at the end.

    Raises: NoServer when there is no PostgreSQL or it does not answer within a minute.
    """
    with server() as held:
        yield held.url()


def main(command: list[str]) -> int:
    """Run the command beside a server; its code, or 2 when there is no server."""
    if not command:
        return 0 if programs() else 2
    try:
        with cluster() as url:
            return subprocess.run(command, env=os.environ | {"SPOIWO_DATABASE_URL": url}).returncode
    except NoServer as problem:
        sys.stderr.write(f"PostgreSQL: {problem}\n")
        return 2


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave through the doors that clean up
    sys.exit(main(sys.argv[1:]))
