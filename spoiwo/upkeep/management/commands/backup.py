"""`spoiwo backup`: one encrypted archive of the database and the files, and the keys apart."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.upkeep.management.printing import refusals_in_words, steps
from spoiwo.upkeep.services.backups import Order, make_backup, record_backup


def add_order(parser: CommandParser) -> None:
    """Options that say where a backup goes and who can open it."""
    parser.add_argument("--to", type=Path, default=settings.BACKUP_DIR, help="katalog archiwów (SPOIWO_BACKUP_DIR)")
    parser.add_argument(
        "--keys-to", type=Path, default=settings.BACKUP_KEYS_DIR, help="katalog kopii kluczy, gdzie indziej"
    )
    parser.add_argument("--recipient", action="append", dest="recipients", help="klucz publiczny age1…")
    parser.add_argument("--plain", action="store_true", help="bez szyfrowania; tylko próba na własnym komputerze")
    parser.add_argument("--without-keys", action="store_true", help="bez kopii kluczy pól chronionych")


def order_of(options: dict) -> Order:
    """What the options ask for. Raises: CommandError when no place is named."""
    if options["to"] is None:
        raise CommandError(_("Name the place of backups: --to FOLDER or SPOIWO_BACKUP_DIR."))
    return Order(
        to=options["to"],
        keys_to=options["keys_to"],
        recipients=tuple(options["recipients"] or (() if options["plain"] else settings.BACKUP_RECIPIENTS)),
        plain=options["plain"],
        without_keys=options["without_keys"],
    )


class Command(BaseCommand):
    """Make a backup, throw away old ones, and write it down."""

    help = "backup [--to KATALOG] [--keys-to KATALOG] [--recipient age1…]: zaszyfrowana kopia bazy i plików"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and for whom."""
        add_order(parser)

    def handle(self, **options) -> None:
        """Say the name, the size and the last deed it holds."""
        with refusals_in_words():
            made = make_backup(order_of(options), now=timezone.now(), say=steps(self.stderr))
        record_backup(made, now=timezone.now(), by=None)
        self.stdout.write(
            _("Backup made: %(path)s, %(mb).1f MB, up to entry %(head)d of the record, in %(seconds)d s.")
            % {
                "path": made.archive.path,
                "mb": made.archive.size / 1e6,
                "head": made.manifest["audit"].get("sequence", 0),
                "seconds": made.seconds,
            }
        )
        if made.keys:
            self.stdout.write(_("Keys apart: %(path)s.") % {"path": made.keys.path})
        if made.plain:
            self.stderr.write(
                _("The archive is NOT encrypted: whoever holds it reads everything but protected values.")
            )
        if made.pruned:
            self.stdout.write(_("Old backups removed: %(names)s.") % {"names": ", ".join(made.pruned)})
