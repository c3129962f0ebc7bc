"""`spoiwo audit verify`: is the record of deeds whole? `head`: take its head out; `new-key`: when its key is lost."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.audit.errors import HousekeyBroken, HousekeyThere
from spoiwo.audit.services import chain_head, verify_chain
from spoiwo.audit.services.heads import export_head, read_heads
from spoiwo.audit.services.rekeying import replace_lost_key
from spoiwo.audit.services.reviews import verify_reviews


class Command(BaseCommand):
    """Check the chain of the record of deeds, write its head into a file, or lay a key in place of a lost one."""

    help = "audit verify|head|new-key: czy dziennik zmian jest cały; jego głowa poza bazę; klucz zamiast utraconego"

    def add_arguments(self, parser: CommandParser) -> None:
        """One word says what to do."""
        parser.add_argument("deed", choices=["verify", "head", "new-key"])
        parser.add_argument("--heads", type=Path, help="plik albo katalog z głowami zapisanymi poza bazą (verify)")
        parser.add_argument("--letter", action="store_true", help="głowa idzie też listem, choć dziś już szła (head)")

    def handle(self, *, deed: str, heads: Path | None, letter: bool, **options) -> None:
        """Name every fault; exit 1 when there is one."""
        try:
            if deed == "head":
                self._take_out(letter)
            elif deed == "new-key":
                self._lay_new_key()
            else:
                self._verify(heads)
        except HousekeyBroken as refusal:
            raise CommandError(str(refusal)) from None

    def _lay_new_key(self) -> None:
        try:
            number = replace_lost_key(by=None)
        except HousekeyThere:
            raise CommandError(_("A key of the record lies in its place already. It is never written over.")) from None
        except OSError as problem:
            raise CommandError(_("The key could not be written: %(problem)s") % {"problem": problem}) from None
        self.stdout.write(
            _(
                "A new key of the record is laid and the record tells it; this installation is now %(number)s. Heads "
                "made before cannot be compared: put their files aside, begin a new folder, and copy the keys now."
            )
            % {"number": number}
        )

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
