"""Faults of the machine on purpose: a disk without room, a database that is away."""

import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class CannotMount(RuntimeError):
    """This account may not mount a file system in memory."""


@contextmanager
def small_disk(megabytes: int) -> Iterator[Path]:
    """A file system in memory of this size, as a folder; gone at the end. Raises: CannotMount."""
    folder = Path(tempfile.mkdtemp(prefix="spoiwo-disk-"))
    options = f"size={megabytes}m,mode=0700"
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", options, "spoiwo-test", str(folder)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        folder.rmdir()
        raise CannotMount(done.stderr.strip())
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=False)
        folder.rmdir()


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Leave no room on the disk of a folder for as long as the block lasts."""
    ballast = folder / "ballast"
    with ballast.open("wb", buffering=0) as file:
        size = 1 << 16
        while size:
            try:
                file.write(b"\0" * size)
            except OSError:
                size //= 2
    try:
        yield
    finally:
        ballast.unlink()
