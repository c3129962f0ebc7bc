"""Published amounts as CSV: the table in which they are read in."""

from spoiwo.doors.exports import Export
from spoiwo.kernel.cells import csv_bytes, safe_cell
from spoiwo.kernel.money import zl_plain
from spoiwo.ledger.domain.published import PUBLISHED
from spoiwo.ledger.domain.schema import Column, Kind
from spoiwo.ledger.models import PublishedFigure
from spoiwo.ledger.services.published import PublishedWhole

AMOUNTS = Export(
    "published:file",
    {
        PublishedFigure: "code year kind parent title amount_gr precision parts_complete source_title source_address "
        "read_on note"
    },
    public=True,
)


def published_csv(wholes: list[PublishedWhole]) -> bytes:
    """UTF-8 with commas; each whole is followed by its parts. What was read in comes out again."""
    head = [column.name for column in PUBLISHED.columns]
    body = (
        [_cell(column, figure, whole.figure.code if figure.parent_id else "") for column in PUBLISHED.columns]
        for whole in wholes
        for figure in (whole.figure, *whole.parts)
    )
    return csv_bytes([head, *body], delimiter=",")


def _cell(column: Column, figure: PublishedFigure, parent: str) -> str:
    value = parent if column.name == "parent" else getattr(figure, column.typed_name)
    if value is None:
        return ""
    if column.kind is Kind.AMOUNT:
        return zl_plain(value)
    if column.kind is Kind.YES_NO:
        return "tak" if value else "nie"
    return safe_cell(str(value))
