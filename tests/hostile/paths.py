"""Paths at which there is something else than a package."""

import os
from collections.abc import Callable
from pathlib import Path

from spoiwo.ledger.tests.intake.packages import write_zip

Make = Callable[[Path], Path]
OLE = bytes.fromhex("d0cf11e0a1b11ae1")


def kept(content: bytes) -> Make:
    """The bytes as a file whose name says nothing."""

    def make(folder: Path) -> Path:
        path = folder / "dane"
        path.write_bytes(content)
        return path

    return make


def zipped(files: dict[str, bytes]) -> Make:
    """The files as an archive whose name says nothing."""
    return lambda folder: write_zip(folder / "dane", files)


def large(folder: Path) -> Path:
    """A file of 51 MB that takes no room on the disk."""
    path = folder / "dane"
    with path.open("wb") as file:
        file.truncate(51 * 1024 * 1024)
    return path


def pipe(folder: Path) -> Path:
    """A pipe: reading it would wait for ever."""
    path = folder / "dane"
    os.mkfifo(path)
    return path
