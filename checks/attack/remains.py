"""What a house leaves behind: lines of the log, letters, the database and its dumps, backups, files, copies."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from unittest import mock

import pyrage
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from checks.attack.register import House
from checks.attack.sweeping import Sweep
from spoiwo.access import keeping
from spoiwo.access.health import findings
from spoiwo.access.metrics import exposition
from spoiwo.audit.models import Record
from spoiwo.doors.letters import content_of, send_letter
from spoiwo.doors.models import Letter
from spoiwo.doors.posting import send_waiting_letters
from spoiwo.upkeep.services import databases, postgres
from spoiwo.upkeep.services.archive import identities_of, read_archive
from spoiwo.upkeep.services.backups import Order, make_backup

COMMANDS = (
    ("audit", "verify"), ("privacy", "register"), ("privacy", "fields"), ("retention",), ("keys", "status"),
    ("reconcile", "2019"), ("database_roles",),
)  # fmt: skip


@contextmanager
def cached(sweep: Sweep) -> Iterator[None]:
    """Search every answer that the public cache takes into its memory; it may say again what stands in its own key."""
    keep = keeping.PublicCache.keep

    def watched(cache, key, mark, request, response):
        kept = keep(cache, key, mark, request, response)
        asked = {(hit.person, hit.field) for hit in sweep.searcher.found_in(str(key))}
        sweep.look("pamięć stron publicznych", kept.body(""), key[2], asked=asked)
        return kept

    with mock.patch.object(keeping.PublicCache, "keep", watched):
        yield


def write_letters(house: House) -> None:
    """One letter about each person, who is named by the number of the case only."""
    with transaction.atomic():
        for person in house.persons.values():
            body = f"Sprawa {person} czeka na decyzję."
            facts = {"about": person, "by": None, "subject": f"Sprawa {person}", "body": body}
            send_letter(to="urzad@pokaz.example", **facts)


def search_letters(sweep: Sweep) -> None:
    """Letters that wait, then as they leave."""
    for letter in Letter.objects.exclude(content=b""):
        if letter.content:
            sweep.look("listy w kolejce", str(content_of(letter)), "treść")
    mail.outbox = []
    backend = "django.core.mail.backends.locmem.EmailBackend"
    with mock.patch.object(settings, "EMAIL_BACKEND", backend):
        send_waiting_letters(timezone.now() + timedelta(minutes=1))
    for message in mail.outbox:
        texts = [message.subject, message.body, *message.to, *(str(part) for part in message.alternatives)]
        sweep.look("listy wysłane", "\n".join(texts), "słowa")
        sweep.look("listy wysłane", message.message().as_bytes(), "cały list")


def search_log(sweep: Sweep) -> None:
    """All lines at once, so that a word in two lines is found as well."""
    for line in sweep.logged.getvalue().splitlines():
        sweep.look("wiersze logu", line, line[:160])


def search_rows(sweep: Sweep) -> None:
    """Sessions with their messages, and the record of deeds, as they are read."""
    for row in Session.objects.all():
        sweep.look("sesje i komunikaty", str(row.get_decoded()))
    for row in Record.objects.values():
        sweep.look("wpisy dziennika zmian", str(row), f"wpis {row['sequence']} {row['deed']}")


def search_database(sweep: Sweep) -> None:
    """The database as it lies on the disk and as its programs write it out."""
    config = databases.own()
    if databases.vendor_of(config) == databases.SQLITE:
        place = Path(config["NAME"])
        for file in sorted(place.parent.glob(f"{place.name}*")):
            sweep.look("baza danych", file.read_bytes(), f"plik {file.name}")
        with closing(sqlite3.connect(place)) as held:
            sweep.look("baza danych", "\n".join(held.iterdump()), "wypis SQL")
    else:
        sweep.look("baza danych", postgres.run("pg_dump", "--no-password", config=config), "pg_dump")
    out = StringIO()
    call_command("dumpdata", "--all", stdout=out)
    sweep.look("dumpdata", out.getvalue())


def search_backup(sweep: Sweep) -> None:
    """An archive as it lies on the disk, and everything in it after it was opened with the private key."""
    with tempfile.TemporaryDirectory() as name:
        folder, identity = Path(name), pyrage.x25519.Identity.generate()
        (folder / "private").write_text(str(identity), encoding="ascii")
        order = Order(folder / "to", folder / "keys", (str(identity.to_public()),))
        made = make_backup(order, now=timezone.now())
        sweep.look("kopia zapasowa", made.archive.path.read_bytes(), "zaszyfrowana")
        inside = folder / "inside"
        inside.mkdir()
        read_archive(made.archive.path, identities_of(folder / "private"), inside)
        search_folder(sweep, inside, "kopia zapasowa")
        copy = inside / databases.FILES[databases.SQLITE]
        if copy.exists():
            with closing(sqlite3.connect(copy)) as held:
                sweep.look("kopia zapasowa", "\n".join(held.iterdump()), "wypis SQL kopii")


def search_folder(sweep: Sweep, folder: Path, kind: str) -> None:
    """Every file of a folder, with its name; keys are no place for words, and the database has its own search."""
    keys, base = Path(settings.KEYS_DIR), Path(str(databases.own()["NAME"])).name
    for file in sorted(folder.rglob("*")):
        if file.is_file() and keys not in file.parents and not file.name.startswith(base):
            name = file.relative_to(folder).as_posix()
            sweep.look(kind, name.encode() + b"\n", name)
            sweep.look(kind, file.read_bytes(), name)


def search_snapshot(sweep: Sweep) -> None:
    """The public face as files."""
    with tempfile.TemporaryDirectory() as folder:
        out = StringIO()
        call_command("snapshot", folder, stdout=out)
        sweep.look("wyniki poleceń", out.getvalue(), "snapshot")
        search_folder(sweep, Path(folder), "migawka stron publicznych")


def search_measures(sweep: Sweep) -> None:
    """What the monitoring of the server sees: counters, and the reasons why the house is not ready."""
    sweep.look("miary i gotowość", exposition(timezone.now()), "metrics")
    sweep.look("miary i gotowość", repr(findings(timezone.now())), "ready")


def search_commands(sweep: Sweep) -> None:
    """What the commands of an operator print."""
    for words in COMMANDS:
        out, problem = StringIO(), ""
        try:
            call_command(*words, stdout=out, stderr=out)
        except CommandError as refusal:
            problem = str(refusal)
        sweep.look("wyniki poleceń", out.getvalue() + problem, " ".join(words))


def search_all(sweep: Sweep, *, snapshot: bool) -> None:
    """Everything left behind, in the order in which it comes about."""
    search_letters(sweep)
    search_commands(sweep)
    search_measures(sweep)
    if snapshot:
        search_snapshot(sweep)
    search_rows(sweep)
    search_folder(sweep, settings.DATA_DIR, "pliki na dysku")
    search_database(sweep)
    search_backup(sweep)
    search_log(sweep)
    connection.close()
