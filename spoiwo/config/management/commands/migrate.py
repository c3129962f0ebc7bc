"""`spoiwo migrate`: prepare the data directory; can be repeated."""

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as DjangoMigrate

from spoiwo.ledger.models import BudgetCode
from spoiwo.ledger.services.classification import import_classification
from spoiwo.places.models import Place
from spoiwo.places.services import SHIPPED_DAY, SHIPPED_REGISTER, import_known_changes, import_register
from spoiwo.strategy.services.duties import load_duties
from spoiwo.upkeep.services.rights import as_owner, give_rights
from spoiwo.vault.errors import VaultClosed
from spoiwo.vault.services.proof import closed_in_words
from spoiwo.vault.services.values import refuse_keys_of_another


class Command(DjangoMigrate):
    """Create or upgrade the database; read the shipped places and codes when there are none, and the legal year."""

    help = "migrate: przygotowuje katalog danych i bazę; można powtarzać"

    def handle(self, *args, **options) -> None:
        """Directory, tables, places."""
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        with as_owner() as owner:
            super().handle(*args, **options)
            if options.get("plan") or options.get("check_unapplied"):
                return
            if owner:
                give_rights()
        if options.get("app_label"):
            return
        if not Place.objects.exists():
            import_register(file=SHIPPED_REGISTER, on=SHIPPED_DAY)
            import_known_changes()
        if not BudgetCode.objects.exists():
            import_classification()
        load_duties()
        try:
            refuse_keys_of_another()
        except VaultClosed as refusal:
            raise CommandError(closed_in_words(refusal)) from None
