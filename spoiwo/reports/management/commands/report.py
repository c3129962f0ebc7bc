"""`spoiwo report`: the year's report as files."""

from collections.abc import Iterator
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from tqdm import tqdm

from spoiwo.ledger.management.asking import person_or_refuse, why, year_or_refuse
from spoiwo.reports import exports
from spoiwo.reports.errors import DifferencesOpen, DoesNotHold, NothingChanged, ReasonMissing, SnapshotBroken
from spoiwo.reports.services.versions import draft, finalise, whole


class Command(BaseCommand):
    """Write the draft, or the last final version, in the formats asked for."""

    help = "report ROK --format html|pdf|docx|xlsx|csv|json|all --out KATALOG [--final]: zapisuje sprawozdanie"

    def add_arguments(self, parser: CommandParser) -> None:
        """What, where, and whether to make it final first."""
        parser.add_argument("year", type=int)
        parser.add_argument(
            "--format", choices=[*exports.FORMATS, "all"], action="append", required=True, dest="formats"
        )
        parser.add_argument("--out", type=Path, required=True, metavar="KATALOG")
        parser.add_argument("--final", action="store_true", help="zamyka nową wersję przed zapisaniem")
        parser.add_argument("--draft", action="store_true", help="stan na teraz, nawet gdy jest wersja ostateczna")
        parser.add_argument("--reason", default="", help="co poprawiono i dlaczego (druga i dalsza wersja)")
        parser.add_argument("--by", metavar="E-MAIL")
        parser.add_argument("--region", metavar="TERC")

    def handle(self, *, year, formats, out: Path, final, draft, reason, by, region, **options) -> None:
        """Write the files; exit 3 when a difference is open and the report was to be final."""
        row = year_or_refuse(year, region)
        if final:
            self._finalise(row, by, reason)
        content = self._content(row, draft)
        wanted = list(exports.FORMATS) if "all" in formats else list(dict.fromkeys(formats))
        try:
            out.mkdir(parents=True, exist_ok=True)
            for name in tqdm(wanted, unit="plik", disable=None, leave=False):
                for path, made in _files(content, name):
                    (out / path).write_bytes(made)
                    self.stdout.write(str(out / path))
        except OSError as problem:
            raise CommandError(_("Cannot write to %(out)s: %(why)s.") % {"out": out, "why": why(problem)}) from problem

    def _content(self, row, as_draft: bool) -> dict:
        last = row.reports.first()
        if as_draft or not last:
            return draft(row, now=timezone.localtime())
        try:
            return whole(last)
        except SnapshotBroken as problem:
            words = _("Version %(n)d was changed in the database: its content does not fit its fingerprint.")
            raise CommandError(words % {"n": last.version}) from problem

    def _finalise(self, row, by: str | None, reason: str) -> None:
        user = person_or_refuse(by)
        try:
            report = finalise(year=row, by=user, now=timezone.localtime(), reason=reason)
        except DifferencesOpen as problem:
            words = _("The report cannot be final: open differences %(n)d (%(keys)s). Explain or accept them first.")
            keys = ", ".join(problem.keys)
            raise CommandError(words % {"n": len(problem.keys), "keys": keys}, returncode=3) from None
        except ReasonMissing:
            raise CommandError(_("Say with --reason what changed and why.")) from None
        except NothingChanged:
            self.stderr.write(_("Nothing changed since the last final version; writing that one."))
            return
        except DoesNotHold as problem:
            raise CommandError("\n".join(map(str, problem.problems))) from None
        self.stderr.write(
            _("Final version %(n)d, fingerprint %(fp)s.") % {"n": report.version, "fp": report.fingerprint}
        )


def _files(content: dict, name: str) -> Iterator[tuple[str, bytes]]:
    """The file of a format; CSV comes as two plain tables and as a package of them."""
    file_name = exports.file_name(content, name)
    if name == "csv":
        tables = exports.csv_files(content)
        stem = file_name.removesuffix(".csv.zip")
        yield f"{stem}.csv", tables["figures.csv"]
        yield f"{stem}-pozycje.csv", tables["entries.csv"]
    yield file_name, exports.FORMATS[name][0](content)
