"""`spoiwo migrate`: prepare the data directory; can be repeated."""

from django.conf import settings
from django.core.management.commands.migrate import Command as DjangoMigrate

from spoiwo.places.models import Place
from spoiwo.places.services import SHIPPED_DAY, SHIPPED_REGISTER, import_known_changes, import_register


class Command(DjangoMigrate):
    """Create or upgrade the database and read the shipped register of places when there is none."""

    help = "migrate: przygotowuje katalog danych i bazę; można powtarzać"

    def handle(self, *args, **options) -> None:
        """Directory, tables, places."""
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        super().handle(*args, **options)
        if options.get("app_label") or options.get("plan") or options.get("check_unapplied"):
            return
        if not Place.objects.exists():
            import_register(file=SHIPPED_REGISTER, on=SHIPPED_DAY)
            import_known_changes()
