"""`spoiwo privacy`: the register of processing activities, the inventory of fields, and data of one person."""

import os
from pathlib import Path
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.kernel.cells import csv_bytes
from spoiwo.vault.errors import NothingSought, PurposeMissing
from spoiwo.vault.services import export_person, inventory
from spoiwo.vault.services.disclosure import officer_of


class Command(BaseCommand):
    """Tables as CSV, and what is held about one person as a ZIP."""

    help = (
        "privacy register|fields [--csv PLIK], privacy person E-MAIL --out PLIK --by KONTO --purpose CEL: dane osobowe"
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """What is asked for."""
        parser.add_argument("what", choices=["register", "fields", "person"])
        parser.add_argument("email", nargs="?", default="", help="person: adres e-mail osoby")
        parser.add_argument("--subject", type=UUID, help="person: identyfikator osoby w rejestrze chronionym")
        parser.add_argument(
            "--csv", nargs="?", const="-", default="-", help="register, fields: plik CSV; bez nazwy: na ekran"
        )
        parser.add_argument("--out", type=Path, help="person: plik ZIP, którego jeszcze nie ma")
        parser.add_argument("--by", default="", help="person: e-mail inspektora ochrony danych, który wydaje dane")
        parser.add_argument("--purpose", default="", help="person: po co dane są wydawane")

    def handle(self, *, what: str, **options) -> None:
        """Do it."""
        if what == "person":
            self._person(**options)
        else:
            table = inventory.register_table() if what == "register" else inventory.columns_table(inventory.columns())
            self._table(table, options["csv"])

    def _table(self, table: list[list[str]], target: str) -> None:
        if target == "-":
            self.stdout.write(csv_bytes(table, mark=False).decode(), ending="")
            return
        Path(target).write_bytes(csv_bytes(table))
        self.stdout.write(_("Rows written: %(n)d.") % {"n": len(table) - 1})

    def _person(self, *, email: str, subject: UUID | None, out: Path | None, by: str, purpose: str, **options) -> None:
        officer = officer_of(by)
        if out is None or officer is None:
            raise CommandError(
                _("Name a new file (--out) and the account of the data-protection officer who gives the data (--by).")
            )
        try:
            handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)  # before anything is recorded
        except OSError as problem:
            raise CommandError(_("%(file)s: %(problem)s") % {"file": out, "problem": problem.strerror}) from None
        try:
            with os.fdopen(handle, "wb") as target:
                given, content = export_person(
                    email=email, subject=subject, by=officer, purpose=purpose, now=timezone.now()
                )
                target.write(content)
        except (NothingSought, PurposeMissing) as refusal:
            out.unlink()
            raise CommandError(_("Say whose data are sought (E-MAIL or --subject) and why (--purpose).")) from refusal
        except BaseException:
            out.unlink()
            raise
        facts = {"n": sum(given.found.values()), "number": given.pk}
        self.stdout.write(_("Things found: %(n)d. Given out under number %(number)d.") % facts)
