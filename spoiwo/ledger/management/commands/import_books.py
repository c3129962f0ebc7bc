"""`spoiwo import-books`: read lines of the accounting system in."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from spoiwo.kernel.money import zl
from spoiwo.ledger.domain.books import CONSTANTS, SIGNS, Mapping
from spoiwo.ledger.domain.fault_report import example_fault_report
from spoiwo.ledger.errors import BooksRefused, Exceeded
from spoiwo.ledger.exports.books import books_json
from spoiwo.ledger.management.asking import person_or_refuse, year_or_refuse
from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.services.books import BooksPlan, import_books, plan_books_import, read_books
from spoiwo.ledger.services.mappings import as_mapping, mapping_called, mapping_for


class Command(BaseCommand):
    """Show what a file of the books would enter, or enter all of it."""

    help = "import-books PLIK --year ROK [--mapping NAZWA] [--dry-run] [--json]: wczytuje zapisy z systemu księgowego"

    def add_arguments(self, parser: CommandParser) -> None:
        """The file and its year; how its columns are understood; whether to save."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--year", type=int, required=True)
        parser.add_argument(
            "--mapping", metavar="NAZWA", help="zapamiętane przypisanie kolumn; domyślnie po nagłówkach"
        )
        parser.add_argument("--signs", choices=SIGNS, help="czym jest zapłata: kwotą dodatnią, ujemną, Wn albo Ma")
        for name in CONSTANTS:
            parser.add_argument(f"--{name}", metavar="KOD", help="wartość dla wszystkich wierszy")
        parser.add_argument("--take-alike", action="store_true", help="wczytuje też wiersze podobne do już wpisanych")
        parser.add_argument("--dry-run", action="store_true", help="tylko pokazuje, co by się zmieniło")
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--by", metavar="E-MAIL", help="kto wczytuje (konto w Spoiwie)")
        parser.add_argument("--region", metavar="TERC", help="kod województwa, gdy baza ma kilka")

    def handle(self, *, file: Path, year: int, dry_run: bool, as_json: bool, by: str | None, **options) -> None:
        """Faults go to stderr, all at once, and nothing is saved."""
        row, user = year_or_refuse(year, options["region"]), person_or_refuse(by)
        mapping, take_alike = self._mapping(row, file, options), options["take_alike"]
        try:
            if dry_run:
                plan = plan_books_import(year=row, path=file, mapping=mapping)
            else:
                plan = import_books(year=row, path=file, mapping=mapping, by=user, take_alike=take_alike)
        except BooksRefused as refused:
            plan = refused.args[0]
        except Exceeded as refused:
            words = _("The lines go beyond the plan by %(zl)s. Nothing was saved.")
            raise CommandError(words % {"zl": zl(refused.over_gr)}) from refused
        if plan.faults:
            self.stderr.write(example_fault_report(plan.faults), ending="")
            raise CommandError(_("The file was refused: faults %(n)d. Nothing was saved.") % {"n": len(plan.faults)})
        if as_json:
            self.stdout.write(json.dumps(books_json(plan, saved=not dry_run), ensure_ascii=False, indent=2))
        else:
            self._print(plan, saved=not dry_run)

    def _mapping(self, year: FiscalYear, file: Path, options: dict) -> Mapping:
        """The mapping named, the one remembered for these headings, or one proposed from them."""
        if options["mapping"]:
            held = mapping_called(year.region, options["mapping"])
            if held is None:
                raise CommandError(_("There is no mapping “%(name)s”.") % {"name": options["mapping"]})
            mapping = as_mapping(held)
        else:
            tables = read_books(file).tables
            mapping, _held = mapping_for(year.region, tables[0].header if tables else [])
        mapping.signs = options["signs"] or mapping.signs
        mapping.constants |= {name: options[name] for name in CONSTANTS if options[name]}
        return mapping

    def _print(self, plan: BooksPlan, *, saved: bool) -> None:
        counts = plan.counts()
        words = _("New: %(new)d, already there: %(same)d, differing: %(differing)d, alike: %(alike)d.")
        self.stdout.write(words % counts)
        for (chapter, paragraph), (total, lines) in plan.sums.items():
            self.stdout.write(f"{chapter} {paragraph} {lines:>7} {zl(total, unit=False):>18}")
        for (_kind, code), (total, lines) in plan.unmatched.items():
            words = _("Not in the table of the classification: %(code)s, lines: %(n)d, %(zl)s")
            self.stdout.write(words % {"code": code, "n": lines, "zl": zl(total)})
        for row, description in plan.differing:
            words = _("Row %(row)d: %(key)s differs from the ledger (%(text)s), left as it is")
            self.stdout.write(words % {"row": row.number, "key": row.key, "text": description})
        for row in plan.alike:
            words = _("Row %(row)d: %(key)s looks like a line that is there: %(zl)s")
            self.stdout.write(words % {"row": row.number, "key": row.key, "zl": zl(row.amount_gr)})
        self.stdout.write(
            _("Saved: year %(year)d.") % {"year": plan.year} if saved else _("Dry run: nothing was saved.")
        )
