"""`spoiwo upgrade`: the database goes over to the code that lies here, or stays as it was."""

from functools import partial

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.upkeep.management.commands.backup import add_order, order_of
from spoiwo.upkeep.management.printing import print_proofs, refusals_in_words, steps
from spoiwo.upkeep.services.backups import make_backup
from spoiwo.upkeep.services.upgrades import interrupted, upgrade


class Command(BaseCommand):
    """Close, back up, migrate, check, open; on failure everything is as before."""

    help = "upgrade: kopia, migracje i sprawdzenie po podmianie kodu; gdy coś zawiedzie, przywraca stan sprzed"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Where the backup goes; or take an interrupted upgrade back."""
        add_order(parser)
        parser.add_argument(
            "--without-backup", action="store_true", help="bez archiwum; kopia do powrotu powstaje zawsze"
        )
        parser.add_argument("--back", action="store_true", help="cofnij przerwaną aktualizację")

    def handle(self, *, without_backup: bool, back: bool, **options) -> None:
        """Say what was done, and what the operator does next."""
        now = timezone.now()
        wanted = not (without_backup or back or interrupted())  # an interrupted one has made its own
        make = partial(make_backup, order_of(options), now=now) if wanted else None
        with refusals_in_words():
            done = upgrade(now=now, backup=make, back=back, say=steps(self.stderr))
        print_proofs(self.stdout, done.rows)
        words = _("Upgraded: %(n)d migrations; the house was closed for %(seconds)d s. Start the service again.")
        self.stdout.write(words % {"n": done.migrations, "seconds": done.seconds})
