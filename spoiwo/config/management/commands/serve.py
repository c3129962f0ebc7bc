"""`spoiwo serve`: everything ready and the server on its port."""

import hashlib
import os
import socket
import subprocess
import sys
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from spoiwo.config import demonstration
from spoiwo.config.opening import open_house
from spoiwo.ledger.models import FiscalYear
from spoiwo.upkeep.services.durability import durability_faults
from spoiwo.upkeep.services.upgrades import interrupted


class Command(BaseCommand):
    """Migrate, load the demonstration region into an empty house, and serve."""

    help = "serve [--port 8000] [--empty]: przygotowuje wszystko i uruchamia serwer"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to listen, and whether to start without the demonstration region."""
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--workers", type=int, default=2)
        parser.add_argument("--empty", action="store_true", help="bez regionu pokazowego")
        parser.add_argument("--no-chores", action="store_true", help="bez prac okresowych: robi je zegar systemu")

    def handle(self, *, host: str, port: int, workers: int, empty: bool, no_chores: bool, **options) -> None:
        """Check the port first: nothing is done when it is taken."""
        _refuse_taken_port(host, port)
        if interrupted():
            raise CommandError(
                _("An upgrade was interrupted. Finish it first: spoiwo upgrade, or spoiwo upgrade --back.")
            )
        self._step(_("Database"))
        call_command("migrate", verbosity=0)
        self._step(_("Keys of protected data"))
        open_house()
        self._step(_("Style sheets and fonts"))
        collect_static()
        if not empty and not FiscalYear.objects.exists():
            self._step(_("Demonstration region"))
            call_command("demo", stdout=self.stderr)
        self.stdout.write(banner(host, port))
        sys.stdout.flush()
        self._require_durability()
        if not no_chores:
            start_chores()
        run_server(host, port, workers)

    def _require_durability(self) -> None:
        """On a server refuse a database that may lose what was confirmed; on a trial only say so."""
        faults = durability_faults()
        if faults and not settings.TRIAL:
            raise CommandError(" ".join(faults))
        for fault in faults:
            self._step(fault)

    def _step(self, words: str) -> None:
        self.stderr.write(f"· {words}")


def _refuse_taken_port(host: str, port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except (OSError, OverflowError) as problem:
            words = _("Port %(port)d on %(host)s is taken or not allowed; choose another: make run PORT=8001.")
            raise CommandError(words % {"port": port, "host": host}) from problem


def collect_static() -> None:
    """Gather style sheets and fonts, only when one of them changed."""
    stamp = Path(settings.STATIC_ROOT) / ".stamp"
    facts = sorted(
        f"{path}:{Path(storage.path(path)).stat().st_size}:{Path(storage.path(path)).stat().st_mtime_ns}"
        for finder in get_finders()
        for path, storage in finder.list([])
    )
    wanted = hashlib.sha256("\n".join(facts).encode()).hexdigest()
    if stamp.exists() and stamp.read_text(encoding="ascii") == wanted:
        return
    call_command("collectstatic", interactive=False, verbosity=0, clear=True)
    stamp.write_text(wanted, encoding="ascii")


def banner(host: str, port: int) -> str:
    """The address, what to look at first, and the accounts."""
    home = f"http://{'localhost' if host == '127.0.0.1' else host}:{port}/"
    lines = [
        "",
        f"  Spoiwo: {home}",
        "",
        "  Na początek:",
        f"    {home}sprawozdania/2019/   rok 2019 co do grosza, z niewyjaśnioną różnicą 83 194,60 zł",
        f"    {home}sprawozdania/2017/   rok 2017: liczby z not, wersja ostateczna",
        f"    {home}biuro/               biuro: rejestr, uzgodnienie, sprawozdanie",
        "",
        f"  Konta pokazowe (hasło: {demonstration.PASSWORD}):",
    ]
    for email, name, roles in demonstration.PEOPLE:
        lines.append(f"    {email:<22} {name}, {', '.join(str(role.label) for role in roles)}")
    lines += ["", "  Zatrzymanie: Ctrl+C", ""]
    return "\n".join(lines)


def start_chores() -> None:
    """A process beside the server, which ends when the server does."""
    command = [sys.executable, "-m", "spoiwo.config", "chores", "--loop", "--parent", str(os.getpid())]
    subprocess.Popen(command, stdin=subprocess.DEVNULL)


def run_server(host: str, port: int, workers: int) -> None:
    """Hand the process over to gunicorn, with the settings of spoiwo.config.serving."""
    words = ["spoiwo.config.wsgi:application", "--config", "python:spoiwo.config.serving"]
    words += ["--bind", f"{host}:{port}", "--workers", str(workers)]
    os.execv(sys.executable, [sys.executable, "-m", "gunicorn", *words])
