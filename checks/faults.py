"""Faults of the machine: no room on the disk, the database away, the mail server away, a clock that jumps.

For each: a clear page, nothing half written, and work again within five seconds after the fault is over. The disk is a
small file system in memory that is filled to the last byte; the database a PostgreSQL server of this check, stopped
for a while; the mail server an address where nobody listens. The clock of the machine is not touched: the program
takes the time as a parameter, and here it is given times that jump.
"""

import os
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from spoiwo.doors.tests.sink import mail_server
from tests.faulty import CannotMount, filled, small_disk
from tests.houses import House, status_of, wait_for
from tests.postgres import NoServer, _free_port, server
from tests.tree import ROOT

AGAIN_SECONDS = 5.0
DISK_MB = 120
PACKAGE = ROOT / "tests" / "data" / "second-region"
OTHER = ROOT / "examples" / "lubuskie-demo"
PAGE = "/konto/zaloguj/"


class Findings:
    """What was found, one line each; a promise that does not hold makes the check fail."""

    def __init__(self) -> None:
        self.broken = 0

    def say(self, what: str, holds: bool, found: object = "") -> None:
        """One promise."""
        self.broken += not holds
        print(f"  {'dobrze' if holds else 'ŹLE':<6} {what}{f': {found}' if found != '' else ''}", flush=True)


def main() -> int:
    """Every fault; 1 when a promise is broken or a fault could not be made."""
    found = Findings()
    with tempfile.TemporaryDirectory(prefix="spoiwo-faults-") as folder:
        for name, fault in (
            ("Pełny dysk", disk_full),
            ("Baza nie odpowiada", database_away),
            ("Serwer poczty nie odpowiada", mail_away),
            ("Zegar skacze", clock_jumps),
        ):
            print(name)
            try:
                fault(found, Path(folder))
            except (CannotMount, NoServer) as problem:
                found.say(f"NIE SPRAWDZONO ({problem})", holds=False)
    print(f"Obciążenie maszyny: {os.getloadavg()[0]:.1f}")
    return 1 if found.broken else 0


def sums(house: House) -> list[str]:
    """The sums and the record of a house, as its own commands tell them."""
    return [house.done("reconcile", "2024", "--json"), house.done("audit", "verify")]


def disk_full(found: Findings, _folder: Path) -> None:
    """Pages can be read, nothing is taken in, and afterwards everything is as it was."""
    with small_disk(DISK_MB) as disk:
        house = House(disk / "dom")
        house.done("migrate", "--verbosity", "0")
        house.done("import-year", PACKAGE)
        with house.served("--no-chores") as address:
            before = sums(house)
            for _number in range(20):  # a server at work: its processes have the database open
                status_of(f"{address}/")
            with filled(disk):
                _without_room(found, house, address, disk)
            began = time.monotonic()
            while posted(address)[0] >= 500 and time.monotonic() - began < 60:
                time.sleep(0.1)
            took = time.monotonic() - began
            found.say("po zwolnieniu miejsca formularz działa", holds=took < AGAIN_SECONDS, found=f"{took:.1f} s")
        found.say("sumy i dziennik bez zmian", holds=sums(house) == before)
        house.done("import-year", OTHER)
        found.say("zapis działa znowu", holds='"year": 2025' in house.spoiwo("reconcile", 2025, "--json")[1])


def _without_room(found: Findings, house: House, address: str, disk: Path) -> None:
    status = status_of(f"{address}/")
    found.say("stronę można czytać", holds=status == 200, found=status)
    status, text = posted(address)
    clear = status in {503, 507} and "Traceback" not in text
    found.say("wysłany formularz dostaje zrozumiałą stronę", holds=clear, found=status)
    code, _out, err = house.spoiwo("import-year", OTHER)
    one = len(err.strip().splitlines())
    found.say("import odmawia jednym zdaniem", holds=(code, one) == (1, 1), found=err.strip()[:120])
    code, _out, err = house.spoiwo("backup", "--plain", "--without-keys", "--to", disk / "kopie")
    left = [path.name for path in (disk / "kopie").glob("*")] if (disk / "kopie").exists() else []
    found.say("kopia odmawia i nie zostawia połowy", holds=code == 1 and left == [], found=err.strip()[:120])


def posted(address: str) -> tuple[int, str]:
    """Send a sign-in form as a browser does, to a service that cannot write."""
    opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    try:
        with opener.open(f"{address}{PAGE}", timeout=30) as page:
            text = page.read().decode()
        token = text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        body = f"csrfmiddlewaretoken={token}&login=osoba@przyklad.example&password=zmyslone-haslo".encode()
        with opener.open(f"{address}{PAGE}", body, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode()


def database_away(found: Findings, folder: Path) -> None:
    """Pages say so, the process lives, and work goes on soon after the database is back."""
    with server("max_connections=40") as held:
        house = House(folder / "pg", held.url())
        house.done("migrate", "--verbosity", "0")
        house.done("import-year", PACKAGE)
        with house.served("--no-chores") as address:
            before = sums(house)
            wait_for(f"{address}{PAGE}", 30)
            held.stop()
            began = time.monotonic()
            status, text = status_and_text(f"{address}{PAGE}")
            found.say(
                "strona mówi o przerwie",
                status == 503 and "<h1>" in text,
                f"{status}, {time.monotonic() - began:.1f} s",
            )
            found.say("proces żyje", holds=status_of(f"{address}/healthz") == 200)
            found.say("nie jest gotowy", holds=status_of(f"{address}/readyz") == 503)
            code, _out, err = house.spoiwo("reconcile", "2024")
            found.say("polecenie odmawia jednym zdaniem", code == 1 and "Traceback" not in err, err.strip()[:100])
            held.start()
            took = wait_for(f"{address}{PAGE}", 30)
            found.say(f"praca po powrocie bazy w {AGAIN_SECONDS:.0f} s", took < AGAIN_SECONDS, f"{took:.2f} s")
            found.say("sumy i dziennik bez zmian", holds=sums(house) == before)


def status_and_text(address: str) -> tuple[int, str]:
    """What an address answers."""
    try:
        with urllib.request.urlopen(address, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as answer:
        return answer.code, answer.read().decode()


LETTER = """
import django; django.setup()
from django.db import transaction
from spoiwo.doors.letters import send_letter
with transaction.atomic():
    send_letter(to="osoba@przyklad.example", subject="Zaproszenie", body="Treść zmyślona.", by=None)
"""
WAITING = """
import django; django.setup()
from spoiwo.doors.models import Letter
print(list(Letter.objects.values_list("state", flat=True)))
"""


AGAIN = """
import django; django.setup()
from django.utils import timezone
from spoiwo.doors.domain.letters import NO_SERVER
from spoiwo.doors.posting import send_waiting_letters
print(send_waiting_letters(timezone.now() + NO_SERVER))
"""


def mail_away(found: Findings, folder: Path) -> None:
    """A letter waits, pages and other work go on; when the server is back it goes out, once."""
    port = _free_port()
    house = House(folder / "poczta", MAIL_URL=f"smtp://127.0.0.1:{port}?tls=none")
    house.done("migrate", "--verbosity", "0")
    told(house, LETTER)
    with house.served("--no-chores") as address:
        status, text = posted(address)
        found.say("strony działają", holds=status == 200 and "Traceback" not in text, found=status)
    code, out, err = house.spoiwo("chores", "--once")
    found.say("prace okresowe idą dalej", code == 0 and "Traceback" not in err, out.strip().splitlines()[0][:100])
    states = told(house, WAITING)
    found.say("list czeka w kolejce", holds=states == "['waiting']", found=states)
    with mail_server(port) as back:
        began = time.monotonic()
        told(house, AGAIN)
        took, sent = time.monotonic() - began, len(back.taken)
        found.say(
            "po powrocie poczty list wychodzi w najbliższej pracy", sent == 1 and took < AGAIN_SECONDS, f"{took:.1f} s"
        )
        told(house, AGAIN)
        found.say("i tylko raz", holds=back.recipients() == ["osoba@przyklad.example"], found=len(back.taken))
    found.say("dziennik cały", holds="nienaruszony" in house.done("audit", "verify"))


def told(house: House, code: str) -> str:
    """What a piece of Python prints in a house."""
    out, err = house.python("-c", code).communicate(timeout=120)
    assert not err or "Traceback" not in err, err
    return out.strip()


CLOCK = """
import django; django.setup()
from datetime import UTC, datetime, timedelta
from pathlib import Path
import sys
from django.db import transaction
from spoiwo.audit.services import Deed, record_all, verify_chain
from spoiwo.places.models import Place
from spoiwo.upkeep.chores import Chore
from spoiwo.upkeep.domain.pruning import newest
from spoiwo.upkeep.services.backups import Order, make_backup
from spoiwo.upkeep.services.running import run_due

YEAR = timedelta(days=365)
moments = [datetime(2026, 3, 29, 0, 59, tzinfo=UTC), datetime(2026, 3, 29, 1, 1, tzinfo=UTC)]  # summer time begins
moments += [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)]  # one hour twice
moments += [datetime(2028, 2, 29, 12, tzinfo=UTC), datetime(2026, 12, 31, 23, 59, 59, tzinfo=UTC)]
moments += [moments[0] + YEAR, moments[0] - YEAR, moments[0]]
folder, ran, last = Path(sys.argv[1]), [], None
place = Place.objects.first()
chore = Chore("proba", timedelta(hours=1), lambda now: ran.append(now) or "Zrobione.")
for at in moments:
    with transaction.atomic():
        record_all(by=None, deeds=[Deed("places.place_changed", place)], at=at)
    last = make_backup(Order(folder, None, plain=True, without_keys=True), now=at)
    run_due(now=at, chores=[chore])
    run_due(now=at, chores=[chore])
kept = newest(path.name for path in folder.iterdir())
print(len(list(verify_chain())), kept.name == last.archive.path.name, len(ran), len(moments))
"""


def clock_jumps(found: Findings, folder: Path) -> None:
    """Order is by number, not by clock: forward and back a year, summer time, 29 February, the end of a year."""
    house = House(folder / "zegar")
    house.done("migrate", "--verbosity", "0")
    process = house.python("-c", CLOCK, folder / "kopie-zegara")
    out, err = process.communicate(timeout=300)
    faults, newest, ran, moments = (out.split() or ["?"] * 4)[:4] if not process.returncode else ("?", "?", "?", "?")
    found.say("łańcuch dziennika cały mimo skoków", holds=faults == "0", found=f"{moments} chwil {err[-200:]}")
    found.say("najnowsza kopia to ostatnia, nie ta z największą datą", holds=newest == "True")
    found.say("praca okresowa raz na skok, bez lawiny", holds=ran != "?" and int(ran) <= int(moments), found=ran)


if __name__ == "__main__":
    sys.exit(main())
