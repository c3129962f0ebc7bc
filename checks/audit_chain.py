"""The record of deeds: how fast a million entries are written and verified, and whether any tampering is overlooked.

On SQLite and on PostgreSQL. Numbers of cases: SPOIWO_CHECK_ENTRIES, SPOIWO_CHECK_TAMPERINGS.
"""

import os
import subprocess
import sys
import tempfile
import time
from random import Random

ENTRIES = int(os.environ.get("SPOIWO_CHECK_ENTRIES", 1_000_000))
TAMPERINGS = int(os.environ.get("SPOIWO_CHECK_TAMPERINGS", 1_000))
CHAIN, UNTOUCHED = 2_000, 200
AT_ONCE = 10_000
PROMISED = 30  # seconds for a million entries
INSIDE = "SPOIWO_CHECK_INSIDE"


def main() -> int:
    """Run both databases, each in a process and a folder of its own."""
    broken = 0
    for name, before in {"SQLite": [], "PostgreSQL": [sys.executable, "-m", "tests.postgres"]}.items():
        with tempfile.TemporaryDirectory(prefix="spoiwo-audit-") as folder:
            env = {key: value for key, value in os.environ.items() if not key.startswith("SPOIWO_D")}
            env |= {"SPOIWO_DATA_DIR": folder, "SPOIWO_PLAIN_HTTP": "1", INSIDE: name}
            done = subprocess.run([*before, sys.executable, "-m", "checks.audit_chain"], env=env, check=False)
        if done.returncode == 2 and before:
            print("NIE SPRAWDZONO: na tej maszynie nie ma PostgreSQL.")
        broken |= done.returncode
    return 1 if broken else 0


def inside(name: str) -> int:
    """The figures of one database."""
    prepare()
    from spoiwo.access.models import User

    by = User.objects.create(email="kontrola@przyklad.example", full_name="Anna Zmyślona")
    load = " ".join(f"{part:.1f}" for part in os.getloadavg())
    print(f"{name}, obciążenie maszyny {load}", flush=True)
    written, verified, own, faults = timed(by)
    rates = (
        f"zapis {written:.1f} s ({ENTRIES / written:.0f}/s), weryfikacja {verified:.1f} s, w tym procesor {own:.1f} s"
    )
    print(f"  {ENTRIES} wpisów: {rates}, fałszywych alarmów {faults}", flush=True)
    searched = timed_questions(by)
    print(f"  kto oglądał zapis: {searched[0]:.3f} s; lista dziennika: {searched[1]:.3f} s; słowa: {searched[2]:.3f} s")
    alarms = alarms_of_untouched(by)
    print(f"  {UNTOUCHED} nietkniętych łańcuchów: fałszywych alarmów {alarms}", flush=True)
    missed = missed_tamperings(by)
    print(f"  {TAMPERINGS} manipulacji: wykryto {TAMPERINGS - len(missed)}", *missed[:10], sep="\n    ")
    slow = verified * 1_000_000 / ENTRIES >= PROMISED
    return 1 if faults or alarms or missed or slow or max(searched[:2]) > 2 else 0


def prepare() -> None:
    """An empty house of today's release."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "spoiwo.config.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def timed(by) -> tuple[float, float, float, int]:
    """Seconds to write, to verify, of our own processor in verifying, and the faults found in what nobody touched."""
    from django.db import transaction

    from spoiwo.audit.services import Deed, record_all, verify_chain

    def deed(n: int) -> Deed:
        facts = {"n": n, "changed": {"amount_gr": [100, n]}, "fields": ["nazwisko", "adres"], "words": "zażółć gęślą"}
        return Deed("tests.deed", by, facts, f"powód {n % 50}", n % 3 == 0)

    start = time.perf_counter()
    for first in range(0, ENTRIES, AT_ONCE):
        with transaction.atomic():
            record_all(by=by, deeds=[deed(n) for n in range(first, min(first + AT_ONCE, ENTRIES))])
    written = time.perf_counter() - start
    start, own = time.perf_counter(), time.process_time()
    faults = sum(1 for _fault in verify_chain())
    return written, time.perf_counter() - start, time.process_time() - own, faults


def timed_questions(by) -> list[float]:
    """Seconds of the questions that pages ask of a full record."""
    from django.db import transaction

    from spoiwo.access.models import User
    from spoiwo.audit.forms import RecordFilter
    from spoiwo.audit.models import Record
    from spoiwo.audit.services import record_reading, who_looked

    looked_at = User.objects.create(email="ogladany@przyklad.example", full_name="Jan Zmyślony")
    with transaction.atomic():
        record_reading(by=by, about=looked_at, purpose="kontrola", fields=["email"])
    asked = [
        lambda: who_looked(by),
        lambda: [
            Record.objects.all().slice(50, before=ENTRIES // 2),
            RecordFilter({"person": by.pk, "kind": "readings"}).narrow(Record.objects.all()).slice(50),
            RecordFilter({"about": f"access.user:{looked_at.pk}"}).narrow(Record.objects.all()).slice(50),
            RecordFilter({"since": "2000-01-01", "until": "2000-01-02"}).narrow(Record.objects.all()).slice(50),
        ],
        lambda: RecordFilter({"q": "nie ma takiego"}).narrow(Record.objects.all()).slice(50),
    ]
    seconds = []
    for ask in asked:
        start = time.perf_counter()
        ask()
        seconds.append(time.perf_counter() - start)
    return seconds


def emptied() -> None:
    """Begin a chain anew, past the house."""
    from spoiwo.audit.models import ChainHead, Record

    Record.objects.all()._raw_delete("default")
    ChainHead.objects.all().delete()


def alarms_of_untouched(by) -> int:
    """False alarms of chains that nobody touched, against their own heads."""
    from checks.tampering import build
    from spoiwo.audit.services import verify_chain

    alarms, chance = 0, Random(1)
    for _n in range(UNTOUCHED):
        emptied()
        heads = build(chance.randrange(0, 200), chance, by)
        alarms += bool(list(verify_chain(heads)))
    return alarms


def missed_tamperings(by) -> list[str]:
    """The ways that were overlooked."""
    from checks.tampering import HOW, build, found

    chance, missed = Random(2), []
    emptied()
    heads = build(CHAIN, chance, by)
    for n in range(TAMPERINGS):
        how = HOW[n % len(HOW)]
        if not found(how, heads, chance):
            missed.append(how.__name__)
    return missed


if __name__ == "__main__":
    sys.exit(inside(os.environ[INSIDE]) if os.environ.get(INSIDE) else main())
