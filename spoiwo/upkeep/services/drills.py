"""A rehearsal of restoring: a backup for a stranger's key, brought back elsewhere, looked over, thrown away."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from time import monotonic
from urllib.parse import quote, urlsplit, urlunsplit

import pyrage
from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from spoiwo.access.models import User
from spoiwo.audit.services import record
from spoiwo.kernel.addresses import postgres_at
from spoiwo.upkeep import gate
from spoiwo.upkeep.domain.proofs import Proof
from spoiwo.upkeep.models import Drill
from spoiwo.upkeep.services import databases, postgres
from spoiwo.upkeep.services.archive import MANIFEST
from spoiwo.upkeep.services.backups import Order, Say, holds_keys, make_backup, silent, working_folder
from spoiwo.upkeep.services.restoring import Place, Wish, restore

KNOWN_TEXTS = 200  # e-mails of accounts that must not be seen in an encrypted archive
OVERDUE_DAYS = 35


def drill(*, now: datetime, canaries: tuple[str, ...] = (), say: Say = silent) -> tuple[list[Proof], int]:
    """Rehearse; what was found, and the seconds from the archive to a house that works.

    Nothing of the house is touched. Raises: what making a backup and restoring raise.
    """
    with gate.alone("drill"), working_folder("drill") as work:
        stranger = pyrage.x25519.Identity.generate()
        order = Order(
            to=work / "archives",
            keys_to=work / "keys" if holds_keys() else None,
            recipients=(str(stranger.to_public()),),
            keep_all=True,
        )
        say("backup")
        made = make_backup(order, now=now)
        began = monotonic()
        with _elsewhere(work) as place:
            wish = Wish(
                archive=made.archive.path,
                identity=None,
                keys=made.keys.path if made.keys else None,
                place=place,
                identities=[stranger],
                probe=True,
            )
            say("restore")
            _manifest, rows = restore(wish, say=say)
            seconds = int(monotonic() - began)
            rows.append(_nothing_readable(made.archive.path, canaries))
            rows += _no_canaries(place, canaries, work)
    return rows, seconds


@transaction.atomic
def record_drill(*, rows: list[Proof], seconds: int, now: datetime, by) -> Drill:
    """Write down how a rehearsal went, for the desk and for the record."""
    passed = all(row.holds for row in rows)
    row = Drill.objects.create(made_at=now, passed=passed, seconds=seconds, findings=[found.row() for found in rows])
    record(by=by, deed="upkeep.drill_held", about=row, passed=passed, seconds=seconds)
    return row


@contextmanager
def _elsewhere(work: Path) -> Iterator[Place]:
    """A place that nobody uses: a folder, and on PostgreSQL a database beside the house's own."""
    data = work / "elsewhere"
    if databases.vendor_of(databases.own()) == databases.SQLITE:
        yield Place(data=data, keys=data / "keys")
        return
    name = f"spoiwo_drill_{secrets.token_hex(4)}"
    url = beside(settings.DATABASE_OWNER_URL or settings.DATABASE_URL, name)
    config = postgres_at(url)
    own = config | {"NAME": databases.own()["NAME"]}
    postgres.create(own, name)
    try:
        yield Place(data=data, keys=data / "keys", url=url)
    finally:
        postgres.drop(own, name)


def beside(url: str, name: str) -> str:
    """The address of another database on the same server."""
    return urlunsplit(urlsplit(url)._replace(path="/" + quote(name)))


def _nothing_readable(archive: Path, canaries: tuple[str, ...]) -> Proof:
    """What the database holds in plain text cannot be seen in the archive."""
    known = [*User.objects.order_by("pk").values_list("email", flat=True)[:KNOWN_TEXTS], MANIFEST, *canaries]
    seen = texts_in(archive, known)
    what = _("Readable texts in the encrypted archive")
    return Proof(what, _("%(seen)d of %(n)d") % {"seen": len(seen), "n": len(known)}, not seen)


def _no_canaries(place: Place, canaries: tuple[str, ...], work: Path) -> list[Proof]:
    """Protected texts given by name do not stand in the restored database in plain text."""
    if not canaries:
        return []
    folder = work / "plain"
    folder.mkdir(mode=0o700)
    with databases.copied(place.database, folder) as (_alias, copy):
        seen = texts_in(copy, list(canaries))
    shutil.rmtree(folder)
    what = _("Protected texts in the restored database")
    return [Proof(what, _("%(seen)d of %(n)d") % {"seen": len(seen), "n": len(canaries)}, not seen)]


def texts_in(file: Path, texts: list[str]) -> list[str]:
    """Which of these texts a file holds as plain bytes."""
    wanted = {text: text.encode() for text in texts if text}
    longest = max(map(len, wanted.values()), default=1)
    seen: set[str] = set()
    tail = b""
    with file.open("rb") as source:
        while block := source.read(1 << 20):
            window = tail + block
            seen |= {text for text, raw in wanted.items() if text not in seen and raw in window}
            tail = window[-longest:]
    return sorted(seen)


def last_drill() -> Drill | None:
    """The latest rehearsal."""
    return Drill.objects.first()


def is_overdue(held: Drill | None, now: datetime) -> bool:
    """No rehearsal that passed within 35 days."""
    return held is None or not held.passed or (now - held.made_at).days > OVERDUE_DAYS
