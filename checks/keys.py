"""Keys of 100 000 persons changed while the house works, killed on the way and begun again; nothing lost, nothing told.

    .venv/bin/python -m checks.keys [how many rows]

In a house of its own: so many persons of the protected register; a new master key, wrapped anew in a process that is
killed with SIGKILL and begun again, while another process goes on opening values; a new key of fingerprints, the same
way; the old keys dropped. Then the bytes of the database and its dump are searched for the canaries.
"""

import io
import os
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, date, datetime
from pathlib import Path

GOAL_SECONDS = 300
KILLS = 5
CANARY = "Kanarek-Zmyślony"
NOW = datetime(2026, 11, 2, 12, tzinfo=UTC)


def main() -> int:
    """Build the house, change its keys, and say what holds."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    folder = Path(tempfile.mkdtemp(prefix="spoiwo-klucze-"))
    for name in [name for name in os.environ if name.startswith("SPOIWO_") and name != "SPOIWO_DATABASE_URL"]:
        del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "spoiwo.config.settings",
        "SPOIWO_DATA_DIR": str(folder),
        "SPOIWO_PLAIN_HTTP": "1",
    }
    try:
        return _checked(rows, folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _checked(rows: int, folder: Path) -> int:
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    began = time.monotonic()
    _people(rows)
    print(f"osoby: {rows}, założone w {time.monotonic() - began:.0f} s; obciążenie maszyny {os.getloadavg()[0]:.1f}")
    promises = {
        "klucz główny": _changed(rows, ["new-master"], "rotate", _wrapped),
        "klucz odcisków": _changed(rows, [], "new-index", _indexed),
        "dawne klucze zniszczone": _dropped(),
        "każda z 1000 wylosowanych wartości się otwiera i daje się znaleźć": _all_open(rows),
        "kanarki w bazie i w zrzucie: 0": _canaries(folder) == 0,
        "kanarek podłożony celowo znaleziony": _finds_planted(folder),
    }
    for promise, holds in promises.items():
        print(f"{'tak' if holds else 'NIE'}  {promise}")
    return 0 if all(promises.values()) else 1


def _people(rows: int) -> None:
    """Persons with a name and a note, each with a key of their own."""
    from django.db import transaction

    from spoiwo.kernel.sealing import new_key, place_of, seal
    from spoiwo.organisations.models import Organisation
    from spoiwo.persons.models import Person
    from spoiwo.vault.models import Subject
    from spoiwo.vault.services import check_keys, keyring, seal_into

    check_keys()
    unit = Organisation.objects.create(region="08", code="klucze", name="Jednostka zmyślona", kind="ngo")
    masters = keyring().masters
    for start in range(0, rows, 2000):
        subjects = [Subject(created_at=NOW) for _n in range(min(2000, rows - start))]
        with keyring().envelopes() as store:  # as `new_subject` does, many in one transaction
            store.executemany(
                "INSERT INTO envelope VALUES (?, 1, 1, ?, '')",
                [
                    (str(row.uid), seal(masters.keys[1], new_key(), place_of("envelope", row.uid, 1)))
                    for row in subjects
                ],
            )
        people = []
        for number, subject in enumerate(subjects, start):
            person = Person(
                subject=subject, unit=unit, case_number=f"K/{number}", basis="other", since=date(2026, 1, 1),
                created_at=NOW, changed_at=NOW,
            )  # fmt: skip
            seal_into(person, last_name=f"{CANARY} {number}", notes=f"uwaga {CANARY}")
            people.append(person)
        with transaction.atomic():
            Subject.objects.bulk_create(subjects)
            Person.objects.bulk_create(people)


def _changed(rows: int, before: list[str], deed: str, left) -> bool:
    """Change keys by a command that is killed in the middle of its work and begun again; a reader goes on meanwhile."""
    from django.core.management import call_command

    for word in before:
        call_command("keys", word, verbosity=0, stdout=io.StringIO())
    began, killed, times = time.monotonic(), 0, []
    chance = random.Random(2026)  # the same moments each time
    while True:
        code = _one_run(rows, deed, times, chance, to_be_killed=killed < KILLS)
        if code != -signal.SIGKILL:
            break
        killed += 1
        print(f"   {deed}: zabity po raz {killed}, zostało {left(rows)}", flush=True)
    seconds, remaining = time.monotonic() - began, left(rows)
    print(f"   {deed}: {seconds:.1f} s z {killed + 1} rozruchami (cel < {GOAL_SECONDS}), zostało {remaining}")
    print(f"   {deed}: w tym czasie otwarto {len(times)} wartości, najdłużej {max(times) * 1000:.0f} ms", flush=True)
    return code == 0 and seconds < GOAL_SECONDS and remaining == 0 and (killed > 0 or rows < 50_000)


def _one_run(rows: int, deed: str, times: list[float], chance: random.Random, *, to_be_killed: bool) -> int:
    """One run of the command, killed at a random moment after its first word about progress; its code."""
    command = [sys.executable, "-m", "spoiwo.config", "keys", deed]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    os.set_blocking(process.stderr.fileno(), False)
    until = None
    while process.poll() is None:
        start = time.monotonic()
        _opens(chance.randrange(rows))
        times.append(time.monotonic() - start)
        time.sleep(0.02)  # a reader, not a race for the processor
        if to_be_killed and until is None and process.stderr.read():
            until = time.monotonic() + chance.uniform(0, 0.5)
        if until and time.monotonic() > until:
            process.send_signal(signal.SIGKILL)
            process.wait()
    process.stderr.close()
    return process.returncode


def _wrapped(rows: int) -> int:
    """Envelopes that an old master key still holds."""
    from spoiwo.vault.services import keyring

    ring = keyring()
    return sum(many for number, many in ring.store.count_by_master().items() if number != ring.masters.current)


def _indexed(rows: int) -> int:
    """Rows of a sample that are still found only under the old key of fingerprints."""
    from spoiwo.persons.models import Person
    from spoiwo.vault.services import fingerprint_of

    sample = range(0, rows, max(1, rows // 200))
    return sum(
        Person.objects.get(case_number=f"K/{number}").last_name_index
        != fingerprint_of(Person, "last_name", f"{CANARY} {number}")
        for number in sample
    )


def _opens(number: int) -> bool:
    """Whether one person is found by name and opens, both at this moment."""
    from spoiwo.persons.models import Person
    from spoiwo.vault.services import fingerprints_of, unsealed

    name = f"{CANARY} {number}"
    person = Person.objects.get(last_name_index__in=fingerprints_of(Person, "last_name", name))
    if unsealed(person, ["last_name"]) != {"last_name": name}:
        raise SystemExit(f"NIE: osoba {number} otwiera się inaczej")
    return True


def _dropped() -> bool:
    from spoiwo.vault.services import keyring, rotation

    rotation.drop_old(by=None)
    rotation.drop_old_index(by=None)
    masters = keyring().masters
    return list(masters.keys) == [2] and masters.index_before is None


def _all_open(rows: int) -> bool:
    chance = random.Random(7)
    return all(_opens(chance.randrange(rows)) for _n in range(1000))


def _canaries(folder: Path) -> int:
    """How often the canary stands in the files of the house and in a dump of the database."""
    return sum(CANARY.encode() in content for content in _contents(folder))


def _contents(folder: Path):
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    dump = folder / "zrzut.json"
    call_command("dumpdata", "persons", "vault", output=str(dump), verbosity=0)
    for file in folder.rglob("*"):
        if file.is_file():
            yield file.read_bytes()


def _finds_planted(folder: Path) -> bool:
    """The search is worth something: it finds a name that was put into an open column."""
    from spoiwo.organisations.models import Organisation

    Organisation.objects.filter(code="klucze").update(note=CANARY)
    return _canaries(folder) > 0


if __name__ == "__main__":
    sys.exit(main())
