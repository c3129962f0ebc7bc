"""`spoiwo letters send`: send the letters that wait."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from spoiwo.doors.posting import send_waiting_letters


class Command(BaseCommand):
    """Send the letters that are due and say how many there were."""

    help = "letters send: wysyła listy, które czekają (samo robi to „spoiwo chores”)"

    def add_arguments(self, parser: CommandParser) -> None:
        """One word says what to do."""
        parser.add_argument("deed", choices=["send"])

    def handle(self, *, deed: str, **options) -> None:
        """One sentence on what was done."""
        self.stdout.write(send_waiting_letters(timezone.now()))
