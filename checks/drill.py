"""Restoring, rehearsed: on both databases, on one of a gigabyte, and to the second before a mistake.

1. `spoiwo drill` on SQLite and on PostgreSQL, with attachments and protected persons. On PostgreSQL as the application
   itself, whose role may not change the record.
2. A database of one gigabyte is backed up, encrypted and restored by the commands alone: under ten minutes.
3. On PostgreSQL every line of money is deleted, and the server is brought back to the second before, from a base
   backup and its archive of changes: the same fingerprints.

`python -m checks.drill [MEGABYTES]`.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pyrage

from tests.growing import grow, size_mb
from tests.houses import House
from tests.postgres import SYSTEM_USER, NoServer, Server, server
from tests.tree import ROOT

PACKAGES = (ROOT / "tests" / "data" / "second-region", ROOT / "examples" / "lubuskie-demo")
MEGABYTES, LONGEST_SECONDS = 1000, 600
DURABLE = ("max_connections=40",)
FINGERPRINT = """
import django; django.setup()
from spoiwo.upkeep.services.describing import describe
from spoiwo.kernel.canonical import fingerprint
print(fingerprint(describe()))
"""
FILL = """
import django; django.setup()
from io import BytesIO
import pikepdf
from django.utils import timezone
from spoiwo.ledger.models import Document
from spoiwo.ledger.services.papers import store_file
from spoiwo.vault.services import erase, new_subject
for number, document in enumerate(Document.objects.order_by("pk")[:25]):
    out = BytesIO()
    with pikepdf.new() as pdf:
        for _page in range(number + 1):
            pdf.add_blank_page()
        pdf.save(out)
    store_file(document=document, name=f"umowa-{number}.pdf", content=out.getvalue(), by=None)
persons = [new_subject(now=timezone.now()) for _number in range(20)]
erase(persons[0], reason="dane zmyślone", now=timezone.now(), by=None)
"""


def main() -> int:
    """All three; 1 when one does not hold or could not be tried."""
    megabytes = int(sys.argv[1]) if len(sys.argv) > 1 else MEGABYTES
    holds = []
    with tempfile.TemporaryDirectory(prefix="spoiwo-drill-") as folder:
        place = Path(folder)
        print("Próba odtworzenia, SQLite")
        house = House(place / "sqlite")
        holds.append(rehearsed(house))
        holds.append(large(house, place, megabytes))
        try:
            with server(*DURABLE) as held:
                print("Próba odtworzenia, PostgreSQL, rola aplikacji")
                house = with_roles(held, place)
                holds.append(rehearsed(house))
                holds.append(large(house, place, megabytes, into=held))
            holds.append(to_the_second())
        except NoServer as problem:
            print(f"NIE SPRAWDZONO na PostgreSQL: {problem}")
            holds.append(False)
    print(f"Obciążenie maszyny: {os.getloadavg()[0]:.1f}")
    return 0 if all(holds) else 1


def with_roles(held: Server, place: Path) -> House:
    """A house whose application may not change the record."""
    house = House(place / "postgresql")
    said = [line.rstrip(";") for line in house.done("database-roles", "--database", "urzad").splitlines()]
    held.execute(*said, *(f"ALTER ROLE {role} PASSWORD 'haslo-zmyslone'" for role in ("spoiwo_owner", "spoiwo_app")))
    house.url = held.url("urzad", "spoiwo_app", "haslo-zmyslone")
    house.settings["SPOIWO_DATABASE_OWNER_URL"] = held.url("urzad", "spoiwo_owner", "haslo-zmyslone")
    return house


def rehearsed(house: House) -> bool:
    """Fill a house and rehearse; the table is printed as an operator sees it."""
    house.done("migrate", "--verbosity", "0")
    for package in PACKAGES:
        house.done("import-year", package)
    told(house, FILL)
    code, out, err = house.spoiwo("drill")
    print(out, err if code else "", sep="")
    return code == 0


def told(house: House, code: str) -> str:
    """What a piece of Python prints in a house."""
    process = house.python("-c", code)
    out, err = process.communicate(timeout=1800)
    assert process.returncode == 0, err
    return out.strip()


def large(house: House, place: Path, megabytes: int, into: Server | None = None) -> bool:
    """Grow a house, back it up, restore it by the commands alone; the seconds of both."""
    grow(house, megabytes)
    identity = pyrage.x25519.Identity.generate()
    (place / "tozsamosc.txt").write_text(f"{identity}\n")
    archives, keys = place / f"kopie-{house.data.name}", place / f"klucze-{house.data.name}"
    began = time.monotonic()
    house.done("backup", "--to", archives, "--keys-to", keys, "--recipient", identity.to_public())
    backed = time.monotonic() - began
    (archive,) = archives.glob("spoiwo-*.age")
    (kept,) = keys.glob("*.age")
    target = ["--into", place / f"nowy-{house.data.name}"]
    if into:
        into.execute("CREATE DATABASE nowy")
        target = ["--into", into.url("nowy"), "--files-into", place / "nowy-pliki"]
    began = time.monotonic()
    code, out, err = house.spoiwo("restore", archive, "--identity", place / "tozsamosc.txt", "--keys", kept, *target)
    seconds = time.monotonic() - began
    print(out if code else "", err if code else "", sep="", end="")
    print(
        f"Baza {size_mb(house)} MB: kopia {backed:.0f} s, archiwum {archive.stat().st_size / 1e6:.0f} MB, "
        f"odtworzenie z porównaniem {seconds:.0f} s (granica {LONGEST_SECONDS} s)\n"
    )
    return code == 0 and seconds < LONGEST_SECONDS


def to_the_second() -> bool:
    """Delete all lines of money and bring the server back to the second before."""
    print("PostgreSQL: powrót do sekundy sprzed pomyłki (kopia podstawowa i archiwum WAL)")
    home = Path(tempfile.mkdtemp(prefix="spoiwo-wal-"))
    archive = home / "wal"
    archive.mkdir()
    if os.geteuid() == 0:  # the server runs under its own account
        for path in (home, archive):
            shutil.chown(path, SYSTEM_USER, SYSTEM_USER)
    options = (
        *DURABLE,
        "wal_level=replica",
        "archive_mode=on",
        f"archive_command=test ! -f {archive}/%f && cp %p {archive}/%f",
    )
    try:
        with server(*options) as held, tempfile.TemporaryDirectory(prefix="spoiwo-drill-") as folder:
            house = House(Path(folder) / "dom", held.url())
            house.done("migrate", "--verbosity", "0")
            house.done("import-year", PACKAGES[0])
            _base_backup(held, home / "base")
            house.done("import-year", PACKAGES[1])  # after the base backup: only the archive of changes knows it
            before = told(house, FINGERPRINT)
            time.sleep(1.1)
            moment = datetime.now(UTC)
            time.sleep(1.1)
            deleted = _mistake(held)
            held.stop()
            began = time.monotonic()
            _bring_back(held, home / "base", archive, moment)
            seconds = time.monotonic() - began
            after = told(house, FINGERPRINT)
        holds = before == after
        print(f"  skasowano wierszy: {deleted}; te same odciski: {'tak' if holds else 'NIE'}; powrót {seconds:.1f} s\n")
        return holds
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _base_backup(held: Server, target: Path) -> None:
    environment = os.environ | {"PGPASSWORD": held.password}
    command = [held.bin_dir / "pg_basebackup", "-h", "127.0.0.1", "-p", str(held.port), "-U", "spoiwo", "-D", target]
    subprocess.run([str(word) for word in (*command, "--checkpoint=fast", "--no-sync")], env=environment, check=True)


def _mistake(held: Server) -> int:
    """What a person does in a hurry."""
    with psycopg.connect(held.url(), autocommit=True) as connection:
        many = connection.execute("SELECT count(*) FROM ledger_entry").fetchone()[0]
        connection.execute("TRUNCATE ledger_entry CASCADE")
        connection.execute("SELECT pg_switch_wal()")
    return many


def _bring_back(held: Server, base: Path, archive: Path, moment: datetime) -> None:
    """Put the base backup in the place of the data and let the server read the archive up to the moment."""
    held.data.rename(held.home / "spoiled")
    subprocess.run(["cp", "-a", str(base), str(held.data)], check=True)
    (held.data / "recovery.signal").touch()
    lines = [
        f"restore_command = 'cp {archive}/%f %p'",
        f"recovery_target_time = '{moment.isoformat()}'",
        "recovery_target_action = 'promote'",
    ]
    with (held.data / "postgresql.auto.conf").open("a") as settings:
        settings.write("\n".join(lines) + "\n")
    if os.geteuid() == 0:
        subprocess.run(["chown", "-R", f"{SYSTEM_USER}:{SYSTEM_USER}", str(held.data)], check=True)
    held.start()
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:  # it answers readers before it takes writers
        with psycopg.connect(held.url()) as connection:
            if not connection.execute("SELECT pg_is_in_recovery()").fetchone()[0]:
                return
        time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main())
