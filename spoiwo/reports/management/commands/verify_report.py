"""`spoiwo verify-report`: does every figure of a report file hold?"""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from spoiwo.ledger.management.asking import why
from spoiwo.reports.domain.content import FORMAT
from spoiwo.reports.domain.verify import read_report, verify


class Command(BaseCommand):
    """Compute every figure again from the records in the file alone; needs no database."""

    help = "verify-report PLIK.json [--fingerprint ODCISK]: liczy każdą liczbę od nowa z samego pliku"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """The file, and the fingerprint known from elsewhere."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--fingerprint", default=None, help="odcisk znany z papieru albo ze strony")

    def handle(self, *, file: Path, fingerprint: str | None, **options) -> None:
        """Name each figure that does not hold; exit 1 then."""
        try:
            content, problems = read_report(file.read_bytes())
        except OSError as problem:
            raise CommandError(f"{file}: {why(problem)}.") from problem
        problems = problems or verify(content, fingerprint)
        if not isinstance(content, dict) or content.get("format") != FORMAT:
            problems = problems[:1]  # not a report of ours: what else is missing says nothing
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            words = ngettext("%(n)d thing does not hold.", "%(n)d things do not hold.", len(problems))
            raise CommandError(words % {"n": len(problems)})
        self.stdout.write(
            _("Everything holds: figures %(figures)d, lines of money %(lines)d, fingerprint %(fp)s.")
            % {
                "figures": len(content["figures"]),
                "lines": len(content["records"]["entries"]),
                "fp": content["fingerprint"],
            }
        )
