"""`spoiwo reconcile`: declared totals beside computed ones."""

import json

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from spoiwo.kernel.money import zl
from spoiwo.ledger.management.asking import year_or_refuse
from spoiwo.ledger.services.years import reconcile_year
from spoiwo.ledger.tables import reconciliation_json


class Command(BaseCommand):
    """Print the reconciliation of a year; exit 3 while a difference is open."""

    help = "reconcile ROK [--json]: zestawia sumy policzone z podanymi; kod 3, gdy różnica jest otwarta"

    def add_arguments(self, parser: CommandParser) -> None:
        """The year, and the form of the answer."""
        parser.add_argument("year", type=int)
        parser.add_argument("--json", action="store_true", dest="as_json")
        parser.add_argument("--region", metavar="TERC", help="kod województwa, gdy baza ma kilka")

    def handle(self, *, year: int, as_json: bool, region: str | None, **options) -> None:
        """Print, then answer by the exit code."""
        row = year_or_refuse(year, region)
        found = reconciliation_json(row, reconcile_year(row))
        if as_json:
            self.stdout.write(json.dumps(found, ensure_ascii=False, indent=2))
        else:
            self._print(found)
        if found["open_differences"]:
            raise CommandError(_("Open differences: %(n)d.") % {"n": found["open_differences"]}, returncode=3)

    def _print(self, found: dict) -> None:
        def line(name: str, row: dict) -> None:
            amounts = [zl(row[column], unit=False) for column in ("computed_gr", "declared_gr", "difference_gr")]
            self.stdout.write(f"{name[:44]:<44} {amounts[0]:>16} {amounts[1]:>16} {amounts[2]:>16}")

        computed, declared, difference = _("computed"), _("declared"), _("difference")
        self.stdout.write(f"{'':<44} {computed:>16} {declared:>16} {difference:>16}")
        for programme in found["by_programme"]:
            line(programme["name"], programme)
        for cell in found["cells"]:
            line(f"{cell['programme']} · {cell['source']}", cell)
        for source in found["by_source"].values():
            line(source["name"], source)
        line(_("Total"), found["total"])
        for tag in found["cross_cutting"]:
            line(_("of which: %(name)s") % {"name": tag["name"]}, tag)
