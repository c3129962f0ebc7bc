"""Proof 1: the whole matrix of doors, every address × method × persona × row, and the headers of every answer.

GET and POST really ask each view; the other methods stop behind the door, where enforcement ends, except at rows and
at operations of the API, whose doors are inside.
"""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

LIMIT_SECONDS = 120
PROCESSES = 2


def main() -> int:
    """Print the figures; 1 when a cell differs, a header differs, a view is undeclared or it took too long."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", str(PROCESSES)]
        command += ["--dist", "worksteal", "tests/matrix/full.py"]
        began = time.monotonic()
        env = os.environ | {"MATRIX_FINDINGS": folder}
        ended = subprocess.run(command, env=env, check=False, capture_output=True, text=True)
        seconds = time.monotonic() - began
        found = [json.loads(path.read_text()) for path in sorted(Path(folder).glob("*.json"))]
    if ended.returncode or not found:
        print(ended.stdout[-3000:])
        return 1
    return _tell(found, seconds)


def _tell(found: list[dict], seconds: float) -> int:
    heads: Counter = sum((Counter(one["heads"]) for one in found), Counter())
    mismatches = [cell for one in found for cell in one["mismatches"]]
    wrong = [cell for one in found for cell in one["wrong_heads"]]
    cells = sum(one["cells"] for one in found)
    print(f"{len(found)} postaci, {cells} komórek w {seconds:.0f} s (obciążenie maszyny {os.getloadavg()[0]:.1f})")
    print(f"niezgodnych z deklaracją: {len(mismatches)}; nagłówków niezgodnych z tablicą: {len(wrong)}")
    print("porównane odpowiedzi: " + ", ".join(f"{name} {count}" for name, count in heads.most_common()))
    for fault in [*mismatches, *wrong][:30]:
        print(f"  {fault}")
    late = seconds > LIMIT_SECONDS
    if late:
        print(f"NIE PRZESZŁO: dłużej niż {LIMIT_SECONDS} s")
    return 1 if mismatches or wrong or late else 0


if __name__ == "__main__":
    sys.exit(main())
