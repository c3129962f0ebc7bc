"""Statements of the books by classification, and the ledger set beside them."""

from pathlib import Path

from django.db import transaction

from spoiwo.audit.services import record
from spoiwo.ledger.domain.bookstatement import Amounts, Comparison, check_statement, compare
from spoiwo.ledger.domain.faults import Fault
from spoiwo.ledger.errors import BooksRefused
from spoiwo.ledger.intake import read_table
from spoiwo.ledger.models import BookStatement, FiscalYear
from spoiwo.ledger.services.plan import sums_by_classification


def read_statement(path: Path) -> tuple[list[dict], list[Fault], str]:
    """Rows of a file shaped like Rb-28S, what is wrong with it, and its fingerprint."""
    raw = read_table(path)
    if raw.broken or raw.faults or not raw.tables:
        return [], raw.faults, raw.sha256
    rows, faults = check_statement(raw.tables[0])
    return ([] if faults else rows), faults, raw.sha256


def keep_statement(*, year: FiscalYear, month: int, path: Path, name: str, by) -> BookStatement:
    """Keep a statement as of the end of a month; the same file for the same month again is the same statement.

    Raises: BooksRefused with the faults; nothing is saved then.
    """
    rows, faults, sha256 = read_statement(path)  # before the transaction: a slow file keeps nobody waiting
    if faults:
        raise BooksRefused(faults)
    with transaction.atomic():
        year = FiscalYear.objects.select_for_update(no_key=True).get(pk=year.pk)
        held = year.statements.filter(month=month, sha256=sha256).first()
        if held:
            return held
        kept = BookStatement.objects.create(year=year, month=month, name=name[:200], sha256=sha256, rows=rows, by=by)
        record(by=by, deed="ledger.statement_kept", about=kept, month=month, sha256=sha256, rows=len(rows))
    return kept


def reconcile_books(year: FiscalYear, rows: list[dict], month: int = 12) -> list[Comparison]:
    """The ledger from January to the end of a month beside a statement, code by code.

    A commitment of the statement (zaangażowanie) holds everything promised, so it is compared with commitments
    and direct payments together. A year without a plan in the ledger is compared by what was spent alone.
    """
    sums = sums_by_classification(year, month)
    ledger = {
        key: Amounts(found.plan_gr, _together(found.committed_gr, found.direct_gr), found.spent_gr)
        for key, found in sums.items()
    }
    planned = year.plan_entries.exists()
    return compare(ledger, rows, ("plan_gr", "committed_gr", "spent_gr") if planned else ("spent_gr",))


def _together(one: int | None, other: int | None) -> int | None:
    return None if one is None and other is None else (one or 0) + (other or 0)
