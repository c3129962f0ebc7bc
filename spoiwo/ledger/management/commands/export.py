"""`spoiwo export`: a year's facts as files that others can judge."""

import hashlib
import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _
from tqdm import tqdm

from spoiwo.ledger.exports.formats import FORMATS
from spoiwo.ledger.exports.iati import facts_iati
from spoiwo.ledger.management.asking import why, year_or_refuse
from spoiwo.ledger.services.facts import YearFacts, gather_facts


class Command(BaseCommand):
    """Write plan, execution and indicators of a year in the formats asked for."""

    help = "export ROK --format datapackage|iati|rb28s|xlsx|all --out KATALOG [--json]: zapisuje fakty roku"

    def add_arguments(self, parser: CommandParser) -> None:
        """What, where, and how the files are told."""
        parser.add_argument("year", type=int)
        parser.add_argument("--format", choices=[*FORMATS, "all"], action="append", required=True, dest="formats")
        parser.add_argument("--out", type=Path, required=True, metavar="KATALOG")
        parser.add_argument("--json", action="store_true", dest="as_json", help="spis plików z odciskami jako JSON")
        parser.add_argument("--publisher", default="", metavar="ID", help="identyfikator urzędu w plikach IATI")
        parser.add_argument("--region", metavar="TERC", help="kod województwa, gdy baza ma kilka")

    def handle(self, *, year: int, formats, out: Path, as_json: bool, publisher: str, region, **options) -> None:
        """Write the files and name them."""
        facts = gather_facts(year_or_refuse(year, region))
        wanted = list(FORMATS) if "all" in formats else list(dict.fromkeys(formats))
        told = []
        try:
            out.mkdir(parents=True, exist_ok=True)
            for name in tqdm(wanted, unit="plik", disable=None, leave=False):
                path, made = out / FORMATS[name].file_name(facts.year), _made(facts, name, publisher)
                path.write_bytes(made)
                told.append({"format": name, "file": str(path), "bytes": len(made), "sha256": _sha256(made)})
        except OSError as problem:
            raise CommandError(_("Cannot write to %(out)s: %(why)s.") % {"out": out, "why": why(problem)}) from problem
        self.stdout.write(
            json.dumps({"year": facts.year, "region": facts.region, "files": told}, ensure_ascii=False, indent=2)
            if as_json
            else "\n".join(row["file"] for row in told)
        )


def _made(facts: YearFacts, name: str, publisher: str) -> bytes:
    return facts_iati(facts, publisher) if name == "iati" else FORMATS[name].write(facts)


def _sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
