"""`spoiwo compare`: this house beside the list of a backup; `restore` and `drill` run it in the restored house."""

import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from spoiwo.upkeep.services.looking import as_json, proofs


class Command(BaseCommand):
    """Print what holds as JSON."""

    help = "compare LISTA: porównuje tę instalację z listą z kopii (używają go restore i drill)"
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """The list of a backup, heads kept elsewhere, and whether to try a sign-in."""
        parser.add_argument("manifest", type=Path)
        parser.add_argument("--heads", type=Path)
        parser.add_argument("--probe", action="store_true")

    def handle(self, *, manifest: Path, heads: Path | None, probe: bool, **options) -> None:
        """Nothing else goes to the output."""
        saved = json.loads(manifest.read_text(encoding="utf-8"))
        self.stdout.write(as_json(proofs(saved, heads=heads, probe=probe, now=timezone.now())))
