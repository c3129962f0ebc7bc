"""`spoiwo import-published`: read published amounts in."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from spoiwo.ledger.domain.fault_report import example_fault_report
from spoiwo.ledger.errors import PublishedRefused
from spoiwo.ledger.management.asking import person_or_refuse
from spoiwo.ledger.services.published import import_published


class Command(BaseCommand):
    """Show what a table would change, or save all of it."""

    help = "import-published ŚCIEŻKA [--dry-run]: wczytuje kwoty ogłoszone (CSV, XLSX albo folder z published.csv)"

    def add_arguments(self, parser: CommandParser) -> None:
        """The path, and whether to save."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="tylko pokazuje, co by się zmieniło")
        parser.add_argument("--by", metavar="E-MAIL", help="kto wczytuje (konto w Spoiwie)")

    def handle(self, *, path: Path, dry_run: bool, by: str | None, **options) -> None:
        """Faults go to stderr, all at once, and nothing is saved."""
        user = person_or_refuse(by)
        try:
            change = import_published(path=path, dry_run=dry_run, by=user)
        except PublishedRefused as refused:
            self.stderr.write(example_fault_report(refused.faults), ending="")
            words = _("The table was refused: faults %(n)d. Nothing was saved.")
            raise CommandError(words % {"n": len(refused.faults)}) from None
        counts = {"new": len(change.new), "changed": len(change.changed), "same": change.unchanged}
        self.stdout.write(_("Published amounts: new %(new)d, changed %(changed)d, unchanged %(same)d.") % counts)
        if dry_run:
            self.stdout.write(_("Dry run: nothing was saved."))
