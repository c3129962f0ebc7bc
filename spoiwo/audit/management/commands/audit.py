"""`spoiwo audit verify`: is the record of deeds whole?"""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from spoiwo.audit.services import chain_head, verify_chain


class Command(BaseCommand):
    """Check the chain of the record of deeds and print its head."""

    help = "audit verify: sprawdza, czy dziennik zmian jest cały"

    def add_arguments(self, parser: CommandParser) -> None:
        """One word says what to do."""
        parser.add_argument("deed", choices=["verify"])

    def handle(self, *, deed: str, **options) -> None:
        """Name every fault; exit 1 when there is one."""
        faults = list(verify_chain())
        for fault in faults:
            self.stderr.write(fault)
        sequence, head = chain_head()
        if faults:
            raise CommandError(_("The record of changes is not whole: faults %(n)d.") % {"n": len(faults)})
        self.stdout.write(
            _("The record of changes is whole: entries %(n)d, head %(head)s.") % {"n": sequence, "head": head}
        )
