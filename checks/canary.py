"""Proof 2: invented words in every sealed field of a register, looked for everywhere and in every form.

As nobody, as each role, as people without a role, with an account that was closed and without a second factor, every
address is asked and every form is sent; what comes back, what leaves and what is left behind is searched. A word may
stand only where `checks/attack/allowed.py` says. Then five faults are planted: each must be found.

`python -m checks.canary` measures on SQLite, and on a PostgreSQL server of its own when there is one.
"""

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path

PERSONS = 20
ONE_DATABASE = "--here"
SHOWN = 40
# All that must have been looked through; a sweep that forgot one of them proves nothing.
PLACES = {
    "strony i odpowiedzi API", "strony błędów", "nagłówki odpowiedzi", "pliki do pobrania", "pamięć stron publicznych",
    "wiersze logu", "listy w kolejce", "listy wysłane", "sesje i komunikaty", "wpisy dziennika zmian", "baza danych",
    "dumpdata", "kopia zapasowa", "pliki na dysku", "wyniki poleceń", "miary i gotowość",
}  # fmt: skip


@dataclass
class Figures:
    """What a whole sweep found."""

    sweep: object
    personas: int
    snapshot: bool
    planted: dict[str, bool] = field(default_factory=dict)
    traces: dict[str, list[str]] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Nothing outside the table of what is allowed, something inside it, no place forgotten, all planted found."""
        return not self.sweep.leaks and bool(self.sweep.seen) and not self.forgotten and all(self.planted.values())

    @property
    def forgotten(self) -> set[str]:
        """Places that were not looked through."""
        return PLACES.union(["migawka stron publicznych"] if self.snapshot else []) - set(self.sweep.searched)


def sweep_house(persons: int, personas: list, *, step: int = 1, snapshot: bool = True) -> Figures:
    """Fill the empty house of this process, walk it, search it, plant faults and search again.

    With a step each persona tries one of so many doors, the next persona the next ones, and all of the register.
    """
    from checks.attack import planted, remains, sweeping
    from checks.attack.canaries import Searcher
    from checks.attack.register import seeded
    from spoiwo.access.models import Role

    house = seeded(persons, personas)
    sweep = sweeping.Sweep(house, Searcher(house.canaries))
    named = {"officer": sweeping.first_of(personas, Role.POWIAT_CARE_OFFICER)}
    named |= {"director": sweeping.first_of(personas, Role.DIRECTOR)}
    nobody = next(one for one in personas if not one.known)
    with sweeping.listening(sweep), remains.cached(sweep):
        sweeping.day_of_work(sweep, named["officer"])
        sweeping.strangers(sweep, nobody, named["director"])
        remains.write_letters(house)
        for first, persona in enumerate(personas):
            sweeping.crawl(sweep, persona, first=first, step=step)
            say(f"  {persona.name}: {len(sweep.leaks)} znalezionych poza listą")
        remains.search_all(sweep, snapshot=snapshot)
    figures = Figures(sweep, len(personas), snapshot)
    for plant in planted.PLANTS:
        figures.planted[plant.name], figures.traces[plant.name] = planted.found(plant, sweep, named)
    return figures


def say(words: str) -> None:
    """Progress, for a person who waits."""
    if "-v" in sys.argv:
        print(f"{time.monotonic():.0f} {words}", flush=True)


def here() -> int:
    """The whole sweep on the database of this process."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="spoiwo-canary-") as folder:
        for name in [name for name in os.environ if name.startswith("SPOIWO_") and name != "SPOIWO_DATABASE_URL"]:
            del os.environ[name]
        os.environ |= {
            "SPOIWO_DATA_DIR": folder,
            "SPOIWO_PLAIN_HTTP": "1",
            "DJANGO_SETTINGS_MODULE": "spoiwo.config.settings",
        }
        (Path(folder) / "static").mkdir()
        import django

        django.setup()
        _quick()
        from django.core.management import call_command

        from checks.attack.register import EVERYBODY

        call_command("migrate", verbosity=0)
        figures = sweep_house(PERSONS, EVERYBODY)
    return _tell(figures, time.monotonic() - began)


def _quick() -> None:
    """Fast passwords and writing without waiting for the disk: neither is under test."""
    from django.conf import settings
    from django.test.utils import setup_test_environment

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    options = settings.DATABASES["default"].get("OPTIONS", {})
    if "init_command" in options:
        options["init_command"] = options["init_command"].replace("synchronous=FULL", "synchronous=OFF")
    setup_test_environment(debug=False)


def _tell(figures: Figures, seconds: float) -> int:
    from django.db import connection

    from checks.attack.canaries import FORMS

    sweep = figures.sweep
    words, size = sweep.searcher, sweep.searcher.searched / 1e6
    print(f"Baza: {connection.vendor}; {seconds:.0f} s przy obciążeniu maszyny {os.getloadavg()[0]:.1f}")
    forms = f"{len(words.canaries)} słów, do {FORMS} postaci słowa, {words.forms} ciągów"
    print(f"{len(sweep.house.persons)} osób i jedna wpisana w formularzu, {forms}")
    print(f"{figures.personas} rodzajów gości; odpowiedzi: {dict(sorted(sweep.statuses.items()))}")
    for kind, count in sweep.searched.most_common():
        print(f"  {kind}: {count}")
    print(f"przeszukano razem {sum(sweep.searched.values())} rzeczy, {size:.0f} MB")
    print(f"pominięte miejsca: {', '.join(sorted(figures.forgotten)) or 'żadne'}")
    print(f"dozwolonych wystąpień: {sum(sweep.seen.values())} ({dict(sweep.seen)})")
    print(f"POZA LISTĄ DOZWOLONYCH: {len(sweep.leaks)}")
    for leak in sweep.leaks[:SHOWN]:
        print(f"  {leak}")
    print(f"wycieków podłożonych znaleziono {sum(figures.planted.values())} z {len(figures.planted)}")
    for name, seen in figures.planted.items():
        traces = figures.traces[name]
        print(f"  {'znaleziony' if seen else 'NIEZNALEZIONY'}: {name} ({len(traces)}): {traces[0] if traces else '–'}")
        if not seen:
            print(*(f"    {trace}" for trace in traces[:SHOWN]), sep="\n")
    return 0 if figures.holds else 1


def main() -> int:
    """Each database in a process of its own."""
    from tests.postgres import programs

    command = [sys.executable, "-m", "checks.canary", ONE_DATABASE, *sys.argv[1:]]
    plain = {name: value for name, value in os.environ.items() if name != "SPOIWO_DATABASE_URL"}
    codes = [subprocess.run(command, env=plain, check=False).returncode]
    if programs():
        codes.append(
            subprocess.run([sys.executable, "-m", "tests.postgres", *command], env=plain, check=False).returncode
        )
    else:
        print("NIE SPRAWDZONO na PostgreSQL: nie ma serwera na tej maszynie")
        codes.append(1)
    return 1 if any(codes) else 0


if __name__ == "__main__":
    sys.exit(here() if ONE_DATABASE in sys.argv else main())
