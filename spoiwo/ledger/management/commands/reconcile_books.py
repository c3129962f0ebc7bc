"""`spoiwo reconcile-books`: the ledger beside a statement of the accounting books."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from spoiwo.kernel.money import zl
from spoiwo.ledger.domain.bookstatement import Comparison
from spoiwo.ledger.domain.fault_report import example_fault_report
from spoiwo.ledger.exports.books import comparisons_json
from spoiwo.ledger.management.asking import year_or_refuse
from spoiwo.ledger.services.statements import read_statement, reconcile_books


class Command(BaseCommand):
    """Name every difference by classification; exit 3 when there is one."""

    help = "reconcile-books ROK PLIK [--month N] [--json]: porównuje rejestr z Rb-28S; kod 3, gdy różnica"

    def add_arguments(self, parser: CommandParser) -> None:
        """The year, the file, the month the file closes with."""
        parser.add_argument("year", type=int)
        parser.add_argument("file", type=Path)
        parser.add_argument("--month", type=int, default=12, choices=range(1, 13), metavar="N")
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--region", metavar="TERC", help="kod województwa, gdy baza ma kilka")

    def handle(self, *, year: int, file: Path, month: int, as_json: bool, region: str | None, **options) -> None:
        """Print, then answer by the exit code."""
        row = year_or_refuse(year, region)
        stated, faults, _sha256 = read_statement(file)
        if faults:
            self.stderr.write(example_fault_report(faults), ending="")
            raise CommandError(_("The file was refused: faults %(n)d. Nothing was saved.") % {"n": len(faults)})
        found = reconcile_books(row, stated, month)
        if as_json:
            self.stdout.write(json.dumps(comparisons_json(row, month, found), ensure_ascii=False, indent=2))
        else:
            self._print(found)
        different = sum(1 for one in found if one.differences)
        if different:
            raise CommandError(_("Codes that differ: %(n)d.") % {"n": different}, returncode=3)

    def _print(self, found: list[Comparison]) -> None:
        words = {"plan_gr": _("plan"), "committed_gr": _("commitments"), "spent_gr": _("spending")}
        for one in found:
            if not one.differences:
                self.stdout.write(f"{one.chapter or '–':<5} {one.paragraph or '–':<4} {_('agrees')}")
            for name, gr in one.differences.items():
                ours = zl(getattr(one.ledger, name) if one.ledger else None, unit=False)
                theirs = zl(getattr(one.statement, name) if one.statement else None, unit=False)
                start = f"{one.chapter or '–':<5} {one.paragraph or '–':<4} {words[name]:<14}"
                self.stdout.write(f"{start} {ours:>18} {theirs:>18} {zl(gr, unit=False):>18}")
