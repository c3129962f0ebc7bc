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


@contextmanager
def cluster() -> Iterator[str]:
    """Start a server and give the address of an empty database `spoiwo`; stop and delete it at the end.

    Raises: NoServer when there is no PostgreSQL or it does not answer within a minute.
    """
    bin_dir = programs()
    if bin_dir is None:
        raise NoServer("initdb and postgres are not on this machine")
    home = Path(tempfile.mkdtemp(prefix="spoiwo-postgres-"))
    try:
        password, port = secrets.token_urlsafe(18), _free_port()
        _make_cluster(bin_dir, home, password)
        command = [str(bin_dir / "postgres"), "-D", str(home / "data"), "-k", str(home), "-p", str(port)]
        for option in ("listen_addresses=127.0.0.1", *SERVER_OPTIONS):
            command += ["-c", option]
        with (home / "server.log").open("wb") as log:
            server = subprocess.Popen(command, stdout=log, stderr=log, **_as_system_user())
        try:
            address = f"postgresql://spoiwo:{password}@127.0.0.1:{port}"
            _wait_until_it_answers(server, f"{address}/postgres")
            with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
                connection.execute("CREATE DATABASE spoiwo")
            yield f"{address}/spoiwo"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(home, ignore_errors=True)


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
