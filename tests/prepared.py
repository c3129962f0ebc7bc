"""Data directories that many tests begin with: each made once for a whole run; who needs one takes a copy."""

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.tree import ROOT


def migrated(factory: pytest.TempPathFactory) -> Path:
    """What `spoiwo migrate` leaves in an empty directory. Not to be changed."""
    return _made(factory, "migrated", lambda folder: _spoiwo(folder, "migrate", "--verbosity", "0"))


def demonstration(factory: pytest.TempPathFactory) -> Path:
    """The same with the demonstration region. Not to be changed."""

    def make(folder: Path) -> None:
        shutil.copytree(migrated(factory), folder, dirs_exist_ok=True)
        _spoiwo(folder, "demo")

    return _made(factory, "demonstration", make)


def _made(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    own = factory.getbasetemp()
    shared = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder, half = shared / name, shared / f"{name}.half"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # let go when the file is closed
        if not folder.exists():
            shutil.rmtree(half, ignore_errors=True)
            half.mkdir()
            make(half)
            half.rename(folder)
    return folder


def _spoiwo(folder: Path, *words: str) -> None:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("SPOIWO_")}
    done = subprocess.run(
        [sys.executable, "-m", "spoiwo.config", *words],
        cwd=ROOT, env=kept | {"SPOIWO_DATA_DIR": str(folder), "SPOIWO_PLAIN_HTTP": "1"},
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert done.returncode == 0, (words, done.stderr)
