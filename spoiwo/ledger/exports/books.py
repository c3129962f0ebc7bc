"""What was found in files of the accounting system, for other programs."""

from dataclasses import asdict

from spoiwo.ledger.domain.bookstatement import Comparison
from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.services.books import BooksPlan


def books_json(plan: BooksPlan, *, saved: bool) -> dict:
    """A plan of an import, amounts in whole grosze."""
    return {
        "year": plan.year,
        "sha256": plan.sha256,
        "saved": saved,
        **plan.counts(),
        "total_gr": plan.total_gr,
        "by_classification": [
            {"chapter": chapter, "paragraph": paragraph, "amount_gr": total, "lines": lines}
            for (chapter, paragraph), (total, lines) in plan.sums.items()
        ],
        "unmatched": [
            {"kind": kind, "code": code, "amount_gr": total, "lines": lines}
            for (kind, code), (total, lines) in plan.unmatched.items()
        ],
        "differing_keys": [row.key for row, _description in plan.differing],
        "alike_keys": [row.key for row in plan.alike],
    }


def comparisons_json(year: FiscalYear, month: int, found: list[Comparison]) -> dict:
    """The ledger beside a statement, code by code, amounts in whole grosze."""
    rows = [asdict(one) | {"status": one.status} for one in found]
    return {"year": year.year, "month": month, "different": sum(bool(one.differences) for one in found), "rows": rows}
