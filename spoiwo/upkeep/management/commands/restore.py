"""`spoiwo restore`: bring a backup back into an empty place and say what stands."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from spoiwo.upkeep.management.printing import print_proofs, refusals_in_words, steps
from spoiwo.upkeep.services.restoring import Place, Wish, own_place, restore


class Command(BaseCommand):
    """Check the archive, load it, compare everything with its list."""

    help = "restore ARCHIWUM --identity PLIK --keys ARCHIWUM-KLUCZY [--into KATALOG|ADRES]: odtwarza z kopii"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """What, opened with which keys, into which place."""
        parser.add_argument("archive", type=Path)
        parser.add_argument("--identity", type=Path, help="plik z kluczem prywatnym age (z koperty)")
        parser.add_argument("--keys", type=Path, help="najnowsza kopia kluczy pól chronionych")
        parser.add_argument("--without-keys", action="store_true", help="bez kluczy: pola chronione nie otworzą się")
        parser.add_argument("--into", help="katalog danych albo postgresql://…; domyślnie z ustawień")
        parser.add_argument("--files-into", type=Path, help="katalog danych, gdy --into to adres bazy")
        parser.add_argument("--heads", type=Path, help="głowy dziennika zapisane poza serwerem")
        parser.add_argument("--replace", action="store_true", help="zastąp to, co jest na miejscu")

    def handle(self, *, archive: Path, identity, keys, without_keys, heads, replace, **options) -> None:
        """A table of what holds; 1 when something does not."""
        place = self._place(options["into"], options["files_into"])
        wish = Wish(
            archive=archive,
            identity=identity,
            keys=keys,
            place=place,
            over=replace,
            without_keys=without_keys,
            heads=heads,
        )
        with refusals_in_words():
            manifest, rows = restore(wish, say=steps(self.stderr))
        print_proofs(self.stdout, rows)
        self.stdout.write(
            _("Restored: the state of %(when)s, up to entry %(head)d of the record. What was saved later is not here.")
            % {"when": manifest["made_at"][:16].replace("T", " "), "head": manifest["audit"].get("sequence", 0)}
        )
        if not all(row.holds for row in rows):
            raise CommandError(_("Not everything agrees with the backup; see the lines marked BAD."))

    def _place(self, into: str | None, files: Path | None) -> Place:
        if into is None:
            return own_place()
        if into.startswith(("postgres://", "postgresql://")):
            data = (files or settings.DATA_DIR).absolute()
            return Place(data=data, keys=data / "keys" if files else Path(settings.KEYS_DIR), url=into)
        data = Path(into).absolute()
        return Place(data=data, keys=data / "keys")
