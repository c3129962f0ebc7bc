"""`spoiwo chores`: what has to be done again and again, once or for as long as the server stands."""

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import ngettext

from spoiwo.upkeep.management.printing import mark, refusals_in_words
from spoiwo.upkeep.services.running import keep_running, run_due


class Command(BaseCommand):
    """Run what is due; with --loop go on."""

    help = "chores [--once|--loop]: listy, głowy dziennika i inne prace okresowe, których czas nadszedł"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Once is the default."""
        how = parser.add_mutually_exclusive_group()
        how.add_argument("--once", action="store_true", help="raz; tak woła je zegar systemu")
        how.add_argument("--loop", action="store_true", help="bez końca; tak uruchamia je serve")
        parser.add_argument("--parent", type=int, help="zakończ, gdy zniknie proces o tym numerze")

    def handle(self, *, loop: bool, parent: int | None, **options) -> None:
        """1 when one of them failed."""
        if loop:
            keep_running(parent=parent)
            return
        with refusals_in_words():
            runs = run_due(now=timezone.now())
        for run in runs:
            self.stdout.write(f"  {mark(not run.failed):<6} {run.name}: {run.words}")
        if failed := [run.name for run in runs if run.failed]:
            words = ngettext("%(n)d chore failed: %(names)s.", "%(n)d chores failed: %(names)s.", len(failed))
            raise CommandError(words % {"n": len(failed), "names": ", ".join(failed)})
