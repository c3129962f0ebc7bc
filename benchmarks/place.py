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
def environment() -> Iterator[dict[str, str]]:
    """The environment of the processes that measure: nothing of the person's own house is touched.

    With SPOIWO_DATABASE_URL a new database is made on that server, beside the one named.
    """
    folder = Path(tempfile.mkdtemp(prefix="spoiwo-bench-"))
    own = {name: value for name, value in os.environ.items() if not name.startswith("SPOIWO_")}
    own |= {
        "SPOIWO_DATA_DIR": str(folder),
        "SPOIWO_PLAIN_HTTP": "1",
        "DJANGO_SETTINGS_MODULE": "spoiwo.config.settings",
    }
    try:
        given = os.environ.get("SPOIWO_DATABASE_URL", "")
        if not given:
            yield own
            return
        with _database(given) as url:
            yield own | {"SPOIWO_DATABASE_URL": url, "PGOPTIONS": ONE_PROCESS}
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _database(given: str) -> Iterator[str]:
    name = f"spoiwo_bench_{secrets.token_hex(4)}"
    with psycopg.connect(given, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
    try:
        yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
    finally:
        with psycopg.connect(given, autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def python(env: dict[str, str], *arguments: str) -> None:
    """Run a module of ours in a process of its own. Raises: Failed, with its last words."""
    done = subprocess.run([sys.executable, "-m", *arguments], env=env, capture_output=True, text=True)
    if done.returncode:
        raise Failed(f"{' '.join(arguments[:3])}: kod {done.returncode}\n{(done.stderr or done.stdout)[-3000:]}")
