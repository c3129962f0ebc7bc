"""Upgrading the database to the code that lies here, or not at all: whatever happens, one of two states stands.

A journal and a copy of the database lie beside it for as long as the upgrade lasts, so that one that was killed is
finished, or taken back, when it is run again. The code itself is changed by the operator, before.
"""

import json
import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from io import StringIO
from time import monotonic

from django.core.management import call_command
from django.db import connections, transaction
from django.utils.translation import gettext as _

from spoiwo import __version__
from spoiwo.access.health import findings
from spoiwo.audit.models import Record
from spoiwo.audit.services import record, verify_chain
from spoiwo.upkeep import gate
from spoiwo.upkeep.domain.proofs import Proof
from spoiwo.upkeep.errors import ToolFailed, UpgradeFailed
from spoiwo.upkeep.models import Upgrade
from spoiwo.upkeep.services import databases
from spoiwo.upkeep.services.archive import sync_folder
from spoiwo.upkeep.services.backups import Made, Say, record_backup, silent
from spoiwo.upkeep.services.describing import audit_head, ledger_totals, migrations, table_names
from spoiwo.upkeep.services.rights import as_owner, give_rights

JOURNAL, UNDO = "upgrade.json", "undo"
MUST_BE_WELL = {"database", "migrations", "keys"}  # the rest tells of the machine, not of the upgrade


@dataclass(frozen=True)
class State:
    """What must be the same after an upgrade: money to the grosz, and the record so far."""

    ledger: dict
    audit: dict
    migrations: dict

    @classmethod
    def now(cls) -> "State":
        """The state of this house's database."""
        tables = table_names("default")
        return cls(
            ledger=ledger_totals("default") if "ledger_entry" in tables else {},
            audit=audit_head("default") if "audit_chainhead" in tables else {},
            migrations=migrations("default") if "django_migrations" in tables else {},
        )


@dataclass(frozen=True)
class Done:
    """What an upgrade did: how many migrations, what was checked, how long the house was closed."""

    migrations: int
    rows: list[Proof]
    seconds: int


def interrupted() -> bool:
    """Whether an upgrade began here and did not end."""
    return (gate.folder() / JOURNAL).exists()


def upgrade(*, now: datetime, backup: Callable[[], Made] | None, back: bool = False, say: Say = silent) -> Done:
    """Close the house, copy the database, migrate, check, open; on any failure the copy is put back.

    `backup` makes the encrypted archive; None: nobody wants one. `back` takes an interrupted upgrade back.
    Raises: AlreadyRunning, Busy, UpgradeFailed with the step and its words, and what `backup` raises.
    """
    with gate.alone("upgrade"):
        again = interrupted()
        gate.close(gate.Closed.ALL, now=now)
        try:
            with gate.empty_house():
                return _take_back(say) if again and back else _forward(now, backup, again, say)
        finally:
            if not interrupted():
                gate.open_again()


def _forward(now: datetime, backup: Callable[[], Made] | None, again: bool, say: Say) -> Done:
    made, began = None, monotonic()
    if not again:
        if backup:
            say("backup")
            made = backup()
        say("copy")
        _begin()
    before = _before()
    try:
        say("migrate")
        _migrate()
        say("check")
        rows = _checks(before, now)
        if bad := [row for row in rows if not row.holds]:
            raise UpgradeFailed(step=bad[0].what, words=bad[0].found)
        if made:
            record_backup(made, now=now, by=None)
        many, seconds = _many(State.now()) - _many(before), int(monotonic() - began)
        _record(many, seconds, now)
    except (Exception, SystemExit) as problem:  # migrate --check ends the process with a code
        _take_back(say)
        if isinstance(problem, UpgradeFailed):
            raise
        raise UpgradeFailed(step=_("migrations"), words=f"{type(problem).__name__}: {problem}"[:300]) from problem
    _end()
    return Done(many, rows, seconds)


def _begin() -> None:
    """Lay the copy, then the journal: with a journal there is always a whole copy."""
    undo = gate.folder() / UNDO
    shutil.rmtree(undo, ignore_errors=True)
    undo.mkdir(mode=0o700)
    with databases.copied(databases.own(), undo, sessions=True) as (_alias, copy), copy.open("rb") as written:
        os.fsync(written.fileno())
    sync_folder(undo)
    state = State.now()
    facts = {"copy": copy.name, "ledger": state.ledger, "audit": state.audit, "migrations": state.migrations}
    draft = gate.folder() / f".{JOURNAL}"
    with draft.open("w", encoding="utf-8") as file:
        json.dump(facts, file)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(gate.folder() / JOURNAL)
    sync_folder(gate.folder())


def _journal() -> dict:
    return json.loads((gate.folder() / JOURNAL).read_text(encoding="utf-8"))


def _before() -> State:
    held = _journal()
    return State(ledger=held["ledger"], audit=held["audit"], migrations=held["migrations"])


def _end() -> None:
    """The journal first: without it the copy means nothing."""
    (gate.folder() / JOURNAL).unlink()
    sync_folder(gate.folder())
    shutil.rmtree(gate.folder() / UNDO, ignore_errors=True)


def _take_back(say: Say) -> Done:
    """Put the database back as it was; can be repeated until it is done."""
    say("back")
    began = monotonic()
    before, copy = _before(), gate.folder() / UNDO / _journal()["copy"]
    connections["default"].close()
    with as_owner() as owner:
        databases.load(databases.own(), copy, over=True)
        if owner:
            give_rights()
    connections["default"].close()
    if State.now() != before:  # the copy, the journal and the closed gate stay
        raise ToolFailed(name="spoiwo upgrade --back", words=_("it differs"))
    _end()
    return Done(0, [Proof(_("The state before the upgrade"), _("back"), True)], int(monotonic() - began))


def _migrate() -> None:
    connections["default"].close()
    call_command("migrate", verbosity=0)


def _checks(before: State, now: datetime) -> list[Proof]:
    """What must hold before the house opens again."""
    call_command("check", stdout=StringIO())
    call_command("migrate", check_unapplied=True, verbosity=0)
    after = State.now()
    faults = list(verify_chain())
    unwell = [name for name, finding in findings(now).items() if name in MUST_BE_WELL and not finding.well]
    entry = before.audit.get("sequence", 0)
    same = not entry or Record.objects.filter(sequence=entry, hash=before.audit["hash"]).exists()
    return [
        Proof(_("Migrations"), str(_many(after) - _many(before)), True),
        Proof(
            _("Money by programme and source, to the grosz"),
            _("the same before and after") if after.ledger == before.ledger else _("it differs"),
            after.ledger == before.ledger,
        ),
        Proof(
            _("Record of changes"),
            " ".join(faults[:3]) or _("whole, and as it was up to entry %(n)d") % {"n": entry},
            not faults and same,
        ),
        Proof(_("Readiness"), ", ".join(unwell) or _("database, migrations, keys"), not unwell),
    ]


def _many(state: State) -> int:
    return sum(len(names.split()) for names in state.migrations.values())


@transaction.atomic
def _record(many: int, seconds: int, now: datetime) -> None:
    row = Upgrade.objects.create(made_at=now, release=__version__, migrations=many, seconds=seconds)
    record(by=None, deed="upkeep.upgraded", about=row, migrations=many)
