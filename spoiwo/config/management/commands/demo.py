"""`spoiwo demo`: load the demonstration region."""

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils.translation import gettext as _
from tqdm import tqdm

from spoiwo.config import demonstration


class Command(BaseCommand):
    """Prepare the data directory and load three years and five invented people; can be repeated."""

    help = "demo: wczytuje region pokazowy (lubuskie 2017, 2019 i rok wymyślony) oraz konta pokazowe"

    def handle(self, **options) -> None:
        """All or nothing."""
        call_command("migrate", verbosity=0)
        bar = tqdm(total=len(demonstration.PACKAGES), unit="rok", disable=None, leave=False)

        def say(name: str) -> None:
            bar.set_description(name)
            bar.update()

        with transaction.atomic():
            demonstration.load(say)
        bar.close()
        self.stdout.write(_("The demonstration region is loaded."))
