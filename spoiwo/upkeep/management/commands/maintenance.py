"""`spoiwo maintenance`: close the house for a while, and open it again."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from spoiwo.upkeep import gate
from spoiwo.upkeep.management.printing import refusals_in_words


class Command(BaseCommand):
    """Close for changes or for everybody, open, or say how it stands."""

    help = "maintenance on|read-only|off|status: przerwa w pracy; strony odpowiadają 503"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do."""
        parser.add_argument("what", choices=["on", "read-only", "off", "status"])

    def handle(self, *, what: str, **options) -> None:
        """Closing waits until those at work have ended."""
        if what in {"on", "read-only"}:
            gate.close(gate.Closed.ALL if what == "on" else gate.Closed.WRITES, now=timezone.now())
            with refusals_in_words(), gate.empty_house():
                pass
        elif what == "off":
            gate.open_again()
        words = {
            None: _("The house is open."),
            gate.Closed.WRITES: _("Pages can be read; nothing is saved."),
            gate.Closed.ALL: _("The house is closed: every page answers 503."),
        }
        self.stdout.write(words[gate.closed()])
