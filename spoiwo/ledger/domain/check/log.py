"""The faults found so far: bounded, in the order in which a person walks through the package."""

from dataclasses import dataclass, field

from spoiwo.ledger.domain.faults import Fault

SAME_LISTED = 200
"""How many faults of one kind in one column are listed; the rest is counted."""


@dataclass
class FaultLog:
    """Collects faults. Beyond SAME_LISTED of one code in one column it only counts them."""

    _faults: list[tuple[tuple[int, int, int], Fault]] = field(default_factory=list)
    _same: dict[tuple[str, str, str, str], list[int]] = field(default_factory=dict)

    def add(self, fault: Fault, *, table: int = -1, column: int = -1) -> None:
        """Note a fault; `table` and `column` are positions, for the order of the list."""
        same = self._same.setdefault((fault.code, fault.file, fault.sheet, fault.column), [])
        same.append(fault.row or 0)
        if len(same) <= SAME_LISTED:
            self._faults.append(((table, fault.row or 0, column), fault))

    def listed(self) -> list[Fault]:
        """All faults: the package first, then table by table, row by row, column by column."""
        ordered = [fault for _place, fault in sorted(self._faults, key=lambda noted: noted[0])]
        return ordered + [
            Fault(code, file, sheet, None, column, _more(rows), "jak w usterkach wymienionych wyżej")
            for (code, file, sheet, column), rows in self._same.items()
            if len(rows) > SAME_LISTED
        ]


def _more(rows: list[int]) -> str:
    """How many faults were left out and where the last is."""
    return f"jeszcze {len(rows) - SAME_LISTED} takich samych usterek, ostatnia w wierszu {max(rows)}"
