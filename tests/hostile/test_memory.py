"""Neither the reading process nor the one that asked it ever needs half a gigabyte."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from spoiwo.ledger.tests.intake.packages import good, package_files, workbook_bytes, write_folder
from tests.hostile.corpus import CORPUS, make

ROOT = Path(__file__).resolve().parents[2]
LIMIT_MB = 512
HEAVY = (
    "archive-bomb",
    "archive-too-large",
    "archive-of-many",
    "last-corner-cell",
    "rectangle-too-large",
    "all-rows-there-are",
    "one-long-text-everywhere",
    "entity-bomb-in-sheet",
    "entity-bomb-in-texts",
    "entity-of-a-file",
    "nested-without-end",
    "description-nested",
    "too-many-rows",
    "too-large-file",
    "field-too-long",
)
ASK = """
import json, re, resource, sys
from pathlib import Path
from spoiwo.ledger.domain.check import KnownCodes, check_package
from spoiwo.ledger.intake import read_package
told = [check_package(read_package(Path(path)), KnownCodes(places={"08"})) for path in sys.argv[1:]]
status = Path("/proc/self/status")  # getrusage counts the memory of whoever started this process, too
own = int(re.search(r"VmHWM:\\s+(\\d+)", status.read_text())[1]) if status.exists() else 0
own = own or resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
print(json.dumps({"faults": [len(one.faults) for one in told], "rows": [len(one.tables["money"]) for one in told],
                  "modules": sorted(name for name in sys.modules if name in ("django", "openpyxl")),
                  "peaks": [own // 1024, children // 1024]}))
"""


def ask(*paths: Path) -> dict:
    """Read and check the packages one after another in a fresh process; its peaks in MB and what it found."""
    command = [sys.executable, "-c", ASK, *map(str, paths)]
    asked = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=600, check=True)
    return json.loads(asked.stdout)


def test_the_heaviest_of_the_broken_packages_are_refused_within_the_limit(tmp_path):
    heavy = [case for case in CORPUS if case.name in HEAVY]
    assert len(heavy) == len(HEAVY)
    asked = ask(*(make(case, tmp_path / case.name) for case in heavy))
    assert min(asked["faults"]) >= 1
    assert max(asked["peaks"]) < LIMIT_MB
    assert asked["modules"] == []


def large(rows: int) -> dict[str, list[list[object]]]:
    """A package of so many lines of money, twelve cells each, nearly all different."""
    tables = good()
    tables["money"][1:] = [
        [
            *(f"k-{number:06d}", "p-1", "t-1", "own", "payment", f"{number},{number % 100:02d}", "2019-02-03"),
            *(f"Zażółć gęślą jaźń numer {number} i {'ż' * 40}", "d-1", "zaz-1", "0861011", "ngo; seniorzy"),
        ]
        for number in range(rows)
    ]
    return tables


@pytest.mark.slow
def test_a_large_folder_needs_half_of_the_limit(tmp_path):
    """Its 720,000 filled cells are half of what is allowed."""
    asked = ask(write_folder(tmp_path / "rok", package_files(large(60_000))))
    assert asked["rows"] == [60_000]
    assert max(asked["peaks"]) < LIMIT_MB // 2


@pytest.mark.slow
def test_a_large_workbook_needs_half_of_the_limit(tmp_path):
    path = tmp_path / "rok.xlsx"
    path.write_bytes(workbook_bytes(large(30_000)))
    asked = ask(path)
    assert asked["rows"] == [30_000]
    assert max(asked["peaks"]) < LIMIT_MB // 2
