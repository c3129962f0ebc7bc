"""`spoiwo import-classification`: read a table of the budget classification."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils.translation import gettext as _

from spoiwo.ledger.errors import NotAClassification
from spoiwo.ledger.management.asking import person_or_refuse, why
from spoiwo.ledger.services.classification import SHIPPED_CODES, import_classification


class Command(BaseCommand):
    """Add and correct codes; can be repeated and rehearsed."""

    help = "import-classification [PLIK] [--dry-run]: wczytuje kody klasyfikacji budżetowej z dniami ważności"

    def add_arguments(self, parser: CommandParser) -> None:
        """The shipped table is read when no file is named."""
        parser.add_argument("file", type=Path, nargs="?", default=SHIPPED_CODES)
        parser.add_argument("--dry-run", action="store_true", help="tylko pokazuje, co by się zmieniło")
        parser.add_argument("--by", metavar="E-MAIL", help="kto wczytuje (konto w Spoiwie)")

    @transaction.atomic
    def handle(self, *, file: Path, dry_run: bool, by: str | None, **options) -> None:
        """Read, then say what changed."""
        user = person_or_refuse(by)
        try:
            change = import_classification(file=file, by=user)
        except NotAClassification as problem:
            raise CommandError(str(problem)) from problem
        except UnicodeDecodeError as problem:
            raise CommandError(_("%(file)s is not text in UTF-8.") % {"file": file.name}) from problem
        except OSError as problem:
            raise CommandError(f"{file.name}: {why(problem)}") from problem
        transaction.set_rollback(dry_run)
        words = _("Codes read: %(read)d, new: %(new)d, changed: %(changed)d.") % vars(change)
        self.stdout.write(words + (" " + _("Dry run: nothing was saved.") if dry_run else ""))
