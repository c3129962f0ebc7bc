"""Years as they come in by the real door, kept for a whole module of tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction

from spoiwo.ledger.services.import_year import import_year
from tests.plugin import ROOT

EXAMPLES = ROOT / "examples"
SECOND_REGION = ROOT / "tests" / "data" / "second-region"


@contextmanager
def imported(*packages: Path) -> Iterator[None]:
    """Read packages in and take everything back at the end; tests inside roll back to here."""
    with transaction.atomic():
        for path in packages:
            import_year(path=path, by=None)
        yield
        transaction.set_rollback(True)
