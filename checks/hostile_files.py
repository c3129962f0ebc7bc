"""Files that mean harm and large honest ones at both doors: how many, how long, how much memory, how many crashes.

Promises: every one is refused with its reason, in under a second of processor time and 512 MB; no child crashes;
a photo of 10 MB, a PDF of 300 pages and a workbook of 200,000 rows are taken.
"""

import io
import os
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter
from PIL import Image

from spoiwo.doors.domain.files import kind_of
from spoiwo.doors.errors import FileRefused
from spoiwo.doors.intake.cleaner import cleaned
from spoiwo.doors.tests.hostile import HOSTILE
from spoiwo.doors.tests.samples import pdf
from spoiwo.kernel.cells import WORKBOOK
from spoiwo.ledger.domain.check import check_package
from spoiwo.ledger.intake import read_package, read_table
from spoiwo.ledger.tests.intake.packages import KNOWN
from tests.hostile.corpus import CORPUS, make

SECONDS, MEGABYTES = 1.0, 512
CRASHES = {"reader_stopped", "took_too_long"}


@dataclass(frozen=True)
class Measured:
    """What became of one file: a code, and the wall and processor time of the door and its child."""

    what: str
    code: str
    right: bool
    wall: float
    processor: float


def measured(what: str, expected: str, door: Callable[[], str]) -> Measured:
    """Send one file through a door."""
    before, began = _processor(), time.perf_counter()
    code = door()
    return Measured(what, code, code == expected, time.perf_counter() - began, _processor() - before)


def _processor() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def peak_mb() -> int:
    """The most memory any child has used so far; never less than this process had when it started it."""
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024


def upload_door(name: str, content: bytes) -> str:
    """What the door for files says: a code of a refusal, or "taken"."""
    try:
        cleaned(kind_of(name, content), content)
    except FileRefused as refusal:
        return refusal.code
    return "taken"


def hostile_files() -> Iterator[Measured]:
    """Every hostile file at the door for files."""
    for case in HOSTILE:
        content = case.make()
        yield measured(case.what, case.code, lambda case=case, content=content: upload_door(case.name, content))


def hostile_packages() -> Iterator[Measured]:
    """Every broken package at the door for packages."""
    with tempfile.TemporaryDirectory() as folder:
        for case in CORPUS:
            path = make(case, Path(folder) / case.name)
            yield measured(case.name, case.fault.code, lambda path=path: _first_fault(path))


def _first_fault(path: Path) -> str:
    faults = check_package(read_package(path), KNOWN).faults
    return faults[0].code if len(faults) == 1 else f"{len(faults)} faults"


def large_photo() -> bytes:
    """A photo of noise, over 10 MB."""
    out, noise = io.BytesIO(), random.Random(1).randbytes(3 * 2600 * 2000)
    Image.frombytes("RGB", (2600, 2000), noise).save(out, "JPEG", quality=93)
    return out.getvalue()


def written(document) -> None:
    """Text on every page of a PDF."""
    for number, page in enumerate(document.pages):
        lines = "".join(
            f"BT /F1 9 Tf 40 {800 - 12 * row} Td (Strona {number}, wiersz {row}) Tj ET\n" for row in range(60)
        )
        page.Contents = document.make_stream(lines.encode())


def large_workbook(folder: Path) -> Path:
    """200,000 rows of five columns."""
    path = folder / "ksiegi.xlsx"
    with xlsxwriter.Workbook(path, WORKBOOK | {"in_memory": False, "constant_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Numer", "Data", "Opis", "Paragraf", "Kwota"])
        for row in range(1, 200_000):
            sheet.write_row(row, 0, [row, "2026-01-02", f"Wypłata {row}", "4300", row / 100])
    return path


def large_files() -> Iterator[Measured]:
    """Large files of honest people."""
    for name, content in (("zdjecie.jpg", large_photo()), ("raport.pdf", pdf(written, pages=300))):
        what = f"{name}, {len(content) / 1e6:.1f} MB"
        yield measured(what, "taken", lambda name=name, content=content: upload_door(name, content))
    with tempfile.TemporaryDirectory() as folder:
        path = large_workbook(Path(folder))
        what = f"{path.name}, {path.stat().st_size / 1e6:.1f} MB"
        yield measured(what, "199999 rows", lambda: f"{sum(len(t.rows) for t in read_table(path).tables)} rows")


def told(title: str, found: list[Measured], *, hurried: bool) -> bool:
    """Print one row of the table; whether the promises hold."""
    slowest = max(found, key=lambda one: one.processor)
    wrong = [one for one in found if not one.right]
    crashes = [one for one in found if one.code in CRASHES]
    peak = peak_mb()
    print(
        f"{title:<24} {len(found):>5} {max(one.wall for one in found):>9.2f} {slowest.processor:>9.2f}"
        f" {peak:>9} {len(crashes):>7} {len(wrong):>6}   {slowest.what}"
    )
    for one in wrong:
        print(f"    {one.what}: {one.code}")
    return not wrong and not crashes and peak < MEGABYTES and not (hurried and slowest.processor >= SECONDS)


def main() -> int:
    """Measure all of it."""
    print(f"obciążenie maszyny: {os.getloadavg()[0]:.1f} na {os.cpu_count()} rdzenie")
    print(f"{'pliki':<24} {'liczba':>5} {'zegar, s':>9} {'praca, s':>9} {'MB':>9} {'awarie':>7} {'inne':>6}  najdłużej")
    held = [
        told("szkodliwe pliki", list(hostile_files()), hurried=True),
        told("wielkie pliki", list(large_files()), hurried=False),
        told("szkodliwe pakiety roku", list(hostile_packages()), hurried=False),
    ]
    return 0 if all(held) else 1


if __name__ == "__main__":
    sys.exit(main())
