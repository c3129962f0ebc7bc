"""`spoiwo import-places`: read a register of territorial units."""

from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from spoiwo.places.errors import NotARegister
from spoiwo.places.services import SHIPPED_DAY, SHIPPED_REGISTER, import_known_changes, import_register


class Command(BaseCommand):
    """Bring places to the state of a register; can be repeated."""

    help = "import-places [PLIK --as-of DZIEŃ]: wczytuje rejestr jednostek podziału terytorialnego (TERYT)"

    def add_arguments(self, parser: CommandParser) -> None:
        """The shipped register is read when no file is named."""
        parser.add_argument("file", type=Path, nargs="?", default=SHIPPED_REGISTER)
        parser.add_argument("--as-of", type=date.fromisoformat, default=SHIPPED_DAY)

    def handle(self, *, file: Path, as_of: date, **options) -> None:
        """Read, then say what changed."""
        try:
            change = import_register(
                file=file, on=as_of, progress=lambda rows: tqdm(rows, unit="j.", disable=None, leave=False)
            )
        except (NotARegister, OSError, UnicodeDecodeError) as problem:
            raise CommandError(str(problem)) from problem
        if file == SHIPPED_REGISTER:
            import_known_changes()
        self.stdout.write(
            _("Units read: %(read)d, new: %(new)d, changed: %(renamed)d, ended: %(ended)d.")
            % {"read": change.read, "new": change.new, "renamed": change.renamed, "ended": len(change.ended)}
        )
