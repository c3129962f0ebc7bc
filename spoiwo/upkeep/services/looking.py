"""A restored house compares itself with the list of its backup, and shows that it works."""

import json
import random
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spoiwo.access.services import open_account
from spoiwo.doors.models import KeptFile
from spoiwo.doors.uploads import place_on_disk
from spoiwo.kernel.money import zl
from spoiwo.ledger.models import StoredFile
from spoiwo.persons.services.erasure import finish_erasures as finish_persons
from spoiwo.upkeep.domain.comparing import Difference, differences
from spoiwo.upkeep.domain.proofs import Proof
from spoiwo.upkeep.services.chain import chain_proofs
from spoiwo.upkeep.services.describing import describe, describe_files, file_facts, file_places
from spoiwo.vault.errors import VaultClosed
from spoiwo.vault.models import Subject
from spoiwo.vault.services import check_keys, finish_erasures, keyring

SAMPLE = 20  # attachments that are read through the records that name them
SHOWN = 5  # differences told in words; the rest is counted
PROBE = "proba-odtworzenia@przyklad.example"


def proofs(manifest: dict, *, heads: Path | None, probe: bool, now: datetime) -> list[Proof]:
    """Everything that a restored house can show about itself, in order: what was saved, then what works."""
    rows = compared(manifest)
    call_command("migrate", verbosity=0)
    rows += chain_proofs(heads)
    rows.append(_attachments())
    rows += _keys(now)
    if probe:
        rows += _answers()
    return rows


def compared(manifest: dict) -> list[Proof]:
    """Tables, money, the record and files, set beside the manifest before anything changes them."""
    found = describe() | {"files": describe_files(file_places())}
    gone = differences(manifest, found)
    tables, files = manifest["tables"], manifest.get("files", {})
    totals = [value for name, value in manifest["ledger"].items() if not name.endswith(" lines")]
    rows_in_all = sum(table["rows"] for table in tables.values())
    return [
        _row(_("Tables: rows and fingerprints"), _count_of_tables(len(tables), rows_in_all), gone, {"tables"}),
        _row(
            _("Money by programme and source, to the grosz"),
            _("%(n)d totals, together %(zl)s") % {"n": len(totals), "zl": zl(sum(totals))},
            gone,
            {"ledger"},
        ),
        _row(_("Head of the record"), _("entry %(n)d") % {"n": manifest["audit"].get("sequence", 0)}, gone, {"audit"}),
        _row(_("Files by their digests"), _count_of_files(len(files)), gone, {"files"}),
        _row(_("Migrations"), _("as in the backup"), gone, {"migrations"}),
    ]


def _count_of_tables(tables: int, rows: int) -> str:
    return ngettext("%(tables)d table, %(rows)d rows", "%(tables)d tables, %(rows)d rows", tables) % {
        "tables": tables,
        "rows": rows,
    }


def _count_of_files(many: int) -> str:
    return ngettext("%(n)d file", "%(n)d files", many) % {"n": many}


def _row(what: str, found: str, gone: list[Difference], kinds: set[str]) -> Proof:
    mine = [row for row in gone if row.kind in kinds]
    if not mine:
        return Proof(what, found, True)
    words = "; ".join(str(row) for row in mine[:SHOWN])
    return Proof(what, _("%(n)d differences: %(words)s") % {"n": len(mine), "words": words}, False)


def _attachments() -> Proof:
    """Some attachments at random, through the rows that name them and their fingerprints."""
    held = [(place_on_disk(file), file.kept_sha256) for file in KeptFile.objects.order_by("pk")]
    for sha256 in StoredFile.objects.filter(kept=None).order_by("pk").values_list("sha256", flat=True):
        held.append((Path(settings.PAPERS_DIR) / sha256[:2] / sha256, sha256))  # from before the door for files
    chosen = random.sample(held, min(SAMPLE, len(held)))
    whole = [place for place, sha256 in chosen if place.is_file() and file_facts(place)["sha256"] == sha256]
    words = _("%(whole)d of %(n)d whole") % {"whole": len(whole), "n": len(chosen)}
    return Proof(_("Attachments chosen at random"), words, len(whole) == len(chosen))


def _keys(now: datetime) -> list[Proof]:
    """Whether the keys open the database; persons erased since the backup are erased again."""
    what = _("Keys of protected values")
    if not Subject.objects.exists():
        return [Proof(what, _("no protected person in the backup"), True)]
    try:
        check_keys()
        again = finish_erasures(now)
        finish_persons(now)
        lost = _without_key()
    except VaultClosed as problem:
        return [Proof(what, str(problem), False)]
    living = Subject.objects.filter(erased_at=None).count()
    words = _("%(n)d persons, their keys open; erased again since the backup: %(again)d") % {
        "n": living,
        "again": again,
    }
    if lost:
        words = _("%(n)d persons have no key: their values are lost") % {"n": lost}
    return [Proof(what, words, not lost)]


def _without_key() -> int:
    """Living persons whose key is missing though nobody destroyed it."""
    return len(set(Subject.objects.filter(erased_at=None).values_list("uid", flat=True)) - keyring().store.subjects())


def _answers() -> list[Proof]:
    """The home page, and a sign-in of an account made for the purpose; only in a copy that is thrown away."""
    call_command("collectstatic", interactive=False, verbosity=0)
    client = Client(HTTP_HOST="localhost")
    secure = {"secure": not settings.PLAIN_HTTP}
    home = client.get("/", **secure)
    rows = [Proof(_("Home page"), _("answers %(status)d") % {"status": home.status_code}, home.status_code == 200)]
    password = f"Proba-{random.getrandbits(64):x}"
    with transaction.atomic():
        user = open_account(email=PROBE, full_name="Próba Odtworzenia", password=password, by=None)
    signed_in = client.login(email=PROBE, password=password) and client.session.get("_auth_user_id")
    return [
        *rows,
        Proof(_("Sign-in with a trial account"), _("done") if signed_in else _("refused"), signed_in == str(user.pk)),
    ]


def as_json(rows: list[Proof]) -> str:
    """For the process that asked."""
    return json.dumps([row.row() for row in rows], ensure_ascii=False)
