"""Where the measurements are made: a folder and a database of their own, gone at the end."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

ONE_PROCESS = "-c max_parallel_workers_per_gather=0"  # all the work in the process whose CPU is read


class Failed(RuntimeError):
    """A step did not succeed; the argument says what and why."""


@contextmanager
def empty_house(*, pages: bool) -> Iterator[dict[str, str]]:
    """The environment of an empty house made ready: nothing of the person's own house is touched.

    `pages`: also what pages need beside the database, their style sheets.
    With SPOIWO_DATABASE_URL a new database is made on that server, beside the one named. BENCHMARKS_HOUSE names a data
    directory that `spoiwo migrate` has made before: its copy is taken, so that a test does not wait for it each time.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("SPOIWO_")}
    own |= {"SPOIWO_PLAIN_HTTP": "1", "DJANGO_SETTINGS_MODULE": "spoiwo.config.settings", "PGOPTIONS": ONE_PROCESS}
    with _folder() as folder, _database(os.environ.get("SPOIWO_DATABASE_URL", ""), "template1") as database:
        env = own | database | {"SPOIWO_DATA_DIR": str(folder)}
        if before := os.environ.get("BENCHMARKS_HOUSE"):
            shutil.copytree(before, folder, dirs_exist_ok=True)
        else:
            python(env, "spoiwo.config", "migrate", "--verbosity", "0")
        if pages:
            python(env, "django", "collectstatic", "--noinput", "--verbosity", "0")
        yield env


@contextmanager
def copy_of(env: dict[str, str]) -> Iterator[dict[str, str]]:
    """The environment of a copy of an empty house, to be filled; gone at the end."""
    url = env.get("SPOIWO_DATABASE_URL", "")
    with _folder() as folder, _database(url, urlsplit(url).path.strip("/")) as database:
        shutil.copytree(env["SPOIWO_DATA_DIR"], folder, dirs_exist_ok=True)
        yield env | database | {"SPOIWO_DATA_DIR": str(folder)}


@contextmanager
def _folder() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="spoiwo-bench-"))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(given: str, template: str) -> Iterator[dict[str, str]]:
    """A database of our own on the server of `given`, like `template`; nothing when the house keeps SQLite."""
    if not given:
        yield {}
        return
    name = f"spoiwo_bench_{secrets.token_hex(4)}"
    server = urlunsplit(urlsplit(given)._replace(path="/postgres"))
    names = sql.Identifier(name), sql.Identifier(template)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
    try:
        yield {"SPOIWO_DATABASE_URL": urlunsplit(urlsplit(given)._replace(path=f"/{name}"))}
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(names[0]))


def python(env: dict[str, str], *arguments: str) -> None:
    """Run a module of ours in a process of its own. Raises: Failed, with its last words."""
    done = subprocess.run([sys.executable, "-m", *arguments], env=env, capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"{' '.join(arguments[:3])}: kod {done.returncode}\n{(done.stderr or done.stdout)[-3000:]}")
