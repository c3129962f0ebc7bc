"""The parent's side: start the limited child process, gather what it reads, say clearly how it ended."""

import os
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from threading import Timer

from spoiwo.doors.intake.fence import start_child
from spoiwo.ledger.domain.faults import Fault, shown
from spoiwo.ledger.domain.raw import RawPackage
from spoiwo.ledger.intake import limits
from spoiwo.ledger.intake.protocol import Inlet

SMALLER = "mniejszy pakiet albo plik zapisany na nowo"
PACKAGE = "folder z datapackage.json, archiwum ZIP albo skoroszyt XLSX"


def read_package(path: Path) -> RawPackage:
    """Read a folder with datapackage.json, a ZIP of one, or an XLSX workbook; which it is, its content tells.

    Never raises for what is in it or for a missing path: that becomes faults. Everything that touches
    the content happens in a child process with 512 MB of address space, 60 s of processor time and 90 s of
    wall time, that cannot write files.
    """
    path = Path(path)
    file = shown(path.name or path.resolve().name)
    if fault := _not_there(path, file):
        return RawPackage(file=file, faults=[fault], broken=True)
    return _read_in_child(path, file)


def read_table(path: Path) -> RawPackage:
    """Read one CSV file or the only sheet with data of an XLSX workbook, whatever its headings, in the same child.

    The package has one table, or faults.
    """
    path = Path(path)
    file = shown(path.name)
    expected = "plik CSV albo skoroszyt XLSX"
    if path.is_dir():
        fault = Fault("not_a_file", file, found="folder", expected=expected)
    else:
        fault = _not_there(path, file, expected)
    if fault:
        return RawPackage(file=file, faults=[fault], broken=True)
    return _read_in_child(path, file, "table")


def _not_there(path: Path, file: str, expected: str = PACKAGE) -> Fault | None:
    """A fault when there is nothing to read at the path, or too much."""
    try:
        if path.is_dir():
            return None
        if not path.exists():
            return Fault("missing_path", file, found="brak takiego pliku ani folderu", expected=expected)
        if not path.is_file():
            return Fault("not_a_file", file, found="coś, co nie jest plikiem ani folderem", expected=expected)
        size = path.stat().st_size
    except (OSError, ValueError):
        return Fault("missing_path", file, found="ścieżkę, której nie da się otworzyć", expected=expected)
    if size > limits.FILE_BYTES:
        found = f"plik wielkości {size // limits.MB} MB"
        return Fault("too_large", file, found=found, expected=f"najwyżej {limits.FILE_BYTES // limits.MB} MB")
    return None


def _read_in_child(path: Path, file: str, kind: str = "package") -> RawPackage:
    """Run the child to its end, or end it."""
    inlet, sense = Inlet(file), True
    with start_child("spoiwo.ledger.intake.child", os.fspath(path.absolute()), kind) as child:
        clock = Timer(limits.CHILD_WALL_SECONDS, child.kill)
        clock.start()
        try:
            for line in _lines(child):
                inlet.take(line)
        except (ValueError, TypeError, RecursionError):
            sense = False
        finally:
            expired = not clock.is_alive()
            clock.cancel()
            child.kill()
    if not (inlet.ended and sense):
        return cut_short(inlet.package, child.returncode, expired=expired)
    return inlet.package


def _lines(child: subprocess.Popen) -> Iterator[bytes]:
    """The child's lines, as long as they are within bounds. Raises ValueError beyond them."""
    total = 0
    while line := child.stdout.readline(limits.LINE_BYTES):
        total += len(line)
        if total > limits.OUTPUT_BYTES or not line.endswith(b"\n"):
            raise ValueError("too much")
        yield line
    child.wait()


def cut_short(package: RawPackage, returncode: int, *, expired: bool) -> RawPackage:
    """The child did not come to its end: what it read is dropped, the faults it told stay."""
    if expired or returncode == -signal.SIGXCPU:
        seconds = limits.CHILD_WALL_SECONDS if expired else limits.CHILD_CPU_SECONDS
        code, found = "took_too_long", f"plik, którego odczyt trwał ponad {seconds} s"
    else:
        code, found = "reader_stopped", "plik, na którym odczyt się przerwał (najczęściej z braku pamięci)"
    return RawPackage(
        file=package.file,
        faults=[*package.faults, Fault(code, package.file, found=found, expected=SMALLER)],
        broken=True,
    )
