"""Killing at random moments: import, approval, finalising and backup, on SQLite and on PostgreSQL.

`python -m checks.crash [KILLS]`. Each work is done by a process that is ended with kill -9 at a random moment; on
PostgreSQL every second time the process of the database server is ended instead, and the server recovers. What the
work had confirmed must be there, everything else whole or not at all, sums unchanged, the record of changes valid.
Both databases write through to the disk, as in production.
"""

import os
import random
import sys
import tempfile
from pathlib import Path

from tests.houses import House
from tests.postgres import NoServer, server

KILLS = 50
DURABLE = ("max_connections=40", "wal_level=replica")


def main() -> int:
    """Both databases; 1 when something was lost or half done, or a database could not be tried."""
    if os.environ.get("SPOIWO_CRASH_KILLS"):
        return _inside(int(os.environ["SPOIWO_CRASH_KILLS"]))
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else KILLS
    codes = []
    with tempfile.TemporaryDirectory(prefix="spoiwo-crash-") as folder:
        print(f"SQLite (WAL, FULL), po {kills} zabić:")
        codes.append(_killed(House(Path(folder) / "sqlite", CRASH_KILLS=str(kills))))
        try:
            with server(*DURABLE) as held:
                print(f"PostgreSQL (fsync=on, synchronous_commit=on), po {kills} zabić:")
                codes.append(_killed(House(Path(folder) / "postgresql", held.url(), CRASH_KILLS=str(kills))))
        except NoServer as problem:
            print(f"NIE SPRAWDZONO na PostgreSQL: {problem}")
            codes.append(1)
    print(f"Obciążenie maszyny: {os.getloadavg()[0]:.1f}")
    return max(codes)


def _killed(house: House) -> int:
    house.done("migrate", "--verbosity", "0")
    process = house.python("-m", "checks.crash")
    for line in process.stdout:
        print(line, end="", flush=True)
    _out, err = process.communicate()
    if process.returncode:
        print(err[-2000:])
    return process.returncode


def _inside(kills: int) -> int:
    """With the settings of one house: every case."""
    import django

    django.setup()
    from django.db import connection

    from tests.crash_cases import CASES, crash

    backends, code = connection.vendor == "postgresql", 0
    for case in CASES:
        tally, seconds = crash(case(), kills, random.Random(kills), backends=backends)
        words = f"; baza wróciła najpóźniej po {max(seconds):.1f} s" if seconds else ""
        print(f"  {case.name}: {tally.words()}{words}", flush=True)
        for fault in [*tally.lost, *tally.half][:10]:
            print(f"    {fault}")
        code |= not tally.holds
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
