"""The refusal of a package, a file or a table, on the way up to where it is written down."""

from spoiwo.ledger.domain.faults import Fault, shown


class Refused(Exception):
    """The thing being read cannot be read further; `fault` says why."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(str(fault))
        self.fault = fault


def refused(
    code: str,
    file: str,
    found: str,
    expected: str,
    *,
    sheet: str = "",
    row: int | None = None,
    column: str = "",
) -> Refused:
    """A refusal of `file`, with names made safe to show."""
    return Refused(Fault(code, shown(file), shown(sheet), row, shown(column), found, expected))
