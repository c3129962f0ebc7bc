"""`spoiwo import-year`: read a year package in."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from spoiwo.ledger.domain.fault_report import example_fault_report
from spoiwo.ledger.errors import PackageRefused
from spoiwo.ledger.management.asking import person_or_refuse
from spoiwo.ledger.services.import_year import ImportPlan, import_year, plan_import


class Command(BaseCommand):
    """Show what a package would change, or save all of it."""

    help = "import-year ŚCIEŻKA [--dry-run]: wczytuje pakiet roku (katalog, ZIP albo XLSX), w całości albo wcale"

    def add_arguments(self, parser: CommandParser) -> None:
        """The path, and whether to save."""
        parser.add_argument("path", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="tylko pokazuje, co by się zmieniło")
        parser.add_argument("--by", metavar="E-MAIL", help="kto wczytuje (konto w Spoiwie)")

    def handle(self, *, path: Path, dry_run: bool, by: str | None, **options) -> None:
        """Faults go to stderr, all at once, and nothing is saved."""
        user = person_or_refuse(by)
        words = {"read": _("reading"), "check": _("checking"), "compare": _("comparing"), "save": _("saving")}
        with tqdm(total=len(words), unit="krok", disable=None, leave=False) as bar:

            def progress(step: str) -> None:
                bar.set_description(words[step])
                bar.update()

            try:
                if dry_run:
                    plan = plan_import(path, progress=progress)
                else:
                    plan = import_year(path=path, by=user, progress=progress)
            except PackageRefused as refused:
                plan = refused.args[0]
        if plan.faults:
            self.stderr.write(example_fault_report(plan.faults), ending="")
            raise CommandError(_("The package was refused: faults %(n)d. Nothing was saved.") % {"n": len(plan.faults)})
        self._print(plan, saved=not dry_run)

    def _print(self, plan: ImportPlan, *, saved: bool) -> None:
        for table, row in plan.counts().items():
            self.stdout.write(
                _("%(table)-14s new %(new)5d · changed %(changed)5d · unchanged %(unchanged)5d")
                % {"table": table, **row}
            )
        for table, keys in plan.absent.items():
            words = _("%(table)s: in the database but not in the package, left as they are: %(keys)s")
            self.stdout.write(words % {"table": table, "keys": ", ".join(keys[:20])})
        if plan.empty:
            self.stdout.write(_("Nothing new: the data are already as in the package."))
        elif saved:
            self.stdout.write(_("Saved: year %(year)d.") % {"year": plan.year})
        else:
            self.stdout.write(_("Dry run: nothing was saved."))
