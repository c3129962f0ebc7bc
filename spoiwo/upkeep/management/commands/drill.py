"""`spoiwo drill`: a rehearsal of restoring, from a backup to a house that works, elsewhere."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.upkeep.management.printing import print_proofs, refusals_in_words, steps
from spoiwo.upkeep.services.drills import drill, record_drill


class Command(BaseCommand):
    """Rehearse, print a table, write it down."""

    help = "drill: próba odtworzenia w innym miejscu; sprawdza każdy wiersz, każdy grosz i dziennik zmian"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Protected texts that must not be readable anywhere."""
        parser.add_argument("--canary", action="append", default=[], help="tekst, którego nie wolno znaleźć")

    def handle(self, *, canary: list[str], **options) -> None:
        """1 when something does not hold."""
        with refusals_in_words():
            rows, seconds = drill(now=timezone.now(), canaries=tuple(canary), say=steps(self.stderr))
        row = record_drill(rows=rows, seconds=seconds, now=timezone.now(), by=None)
        print_proofs(self.stdout, rows)
        self.stdout.write(_("From the archive to a working house: %(n)d s.") % {"n": seconds})
        if not row.passed:
            raise CommandError(_("The rehearsal of restoring did not pass; see the lines marked BAD."))
