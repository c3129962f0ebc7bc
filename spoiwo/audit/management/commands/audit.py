"""`spoiwo audit verify`: is the record of deeds whole? `spoiwo audit head`: take its head out of the house."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.audit.services import chain_head, verify_chain
from spoiwo.audit.services.heads import export_head, read_heads
from spoiwo.audit.services.reviews import verify_reviews


class Command(BaseCommand):
    """Check the chain of the record of deeds, or write its head into a file."""

    help = "audit verify|head: sprawdza, czy dziennik zmian jest cały; wynosi jego głowę poza bazę"

    def add_arguments(self, parser: CommandParser) -> None:
        """One word says what to do."""
        parser.add_argument("deed", choices=["verify", "head"])
        parser.add_argument("--heads", type=Path, help="plik albo katalog z głowami zapisanymi poza bazą (verify)")
        parser.add_argument("--letter", action="store_true", help="głowa idzie też listem, choć dziś już szła (head)")

    def handle(self, *, deed: str, heads: Path | None, letter: bool, **options) -> None:
        """Name every fault; exit 1 when there is one."""
        if deed == "head":
            self._take_out(letter)
        else:
            self._verify(heads)

    def _take_out(self, letter: bool) -> None:
        try:
            head = export_head(now=timezone.now(), carry=letter)
        except OSError as problem:
            raise CommandError(_("The head could not be written: %(problem)s") % {"problem": problem}) from None
        self.stdout.write(head.line())

    def _verify(self, heads: Path | None) -> None:
        try:
            kept, faults = read_heads(heads) if heads else ([], [])
        except OSError as problem:
            raise CommandError(_("The heads could not be read: %(problem)s") % {"problem": problem}) from None
        if heads and not kept:
            faults.append(_("There is no head to compare with: %(path)s") % {"path": heads})
        faults += [*verify_chain(kept), *verify_reviews()]
        for fault in faults:
            self.stderr.write(fault)
        sequence, head = chain_head()
        if faults:
            raise CommandError(_("The record of changes is not whole: faults %(n)d.") % {"n": len(faults)})
        whole = _("The record of changes is whole: entries %(n)d, head %(head)s.") % {"n": sequence, "head": head}
        self.stdout.write(whole)
        if kept:
            self.stdout.write(_("It agrees with the heads kept outside: %(n)d.") % {"n": len(kept)})
