"""`spoiwo snapshot`: the public pages as plain files."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.upkeep.management.printing import refusals_in_words
from spoiwo.upkeep.services.snapshot import make_snapshot


class Command(BaseCommand):
    """Write the copy and show it."""

    help = "snapshot [KATALOG]: kopia stron publicznych w plikach, gotowa dla każdego serwera"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Where to, and whether to look first if anything changed."""
        parser.add_argument("folder", type=Path, nargs="?", help="katalog kopii (SPOIWO_SNAPSHOT_DIR)")
        parser.add_argument("--if-changed", action="store_true", help="tylko gdy coś się zmieniło od ostatniej")

    def handle(self, *, folder: Path | None, if_changed: bool, **options) -> None:
        """Say where it stands and how large it is."""
        if folder is None and not settings.SNAPSHOT_DIR:
            raise CommandError(_("Name the place of the copy: a folder or SPOIWO_SNAPSHOT_DIR."))
        place = (folder or Path(settings.SNAPSHOT_DIR)).absolute()
        with refusals_in_words():
            made = make_snapshot(place, now=timezone.localtime(), only_if_changed=if_changed)
        words = _("Copy made: %(place)s, %(pages)d pages, %(files)d files, %(mb).1f MB.")
        if not made.fresh:
            words = _("Nothing has changed since the last copy: %(place)s, %(pages)d pages.")
        facts = {"place": made.folder, "pages": made.pages, "files": made.files, "mb": made.size / 1e6}
        self.stdout.write(words % facts)
