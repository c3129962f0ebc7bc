"""The year package described once: checks, template, descriptor and guide are all made from here."""

from spoiwo.ledger.domain.schema import aims, frame, records
from spoiwo.ledger.domain.schema.frame import DEFAULT_SOURCES
from spoiwo.ledger.domain.schema.model import Column, Kind, Table, folded

TABLES: tuple[Table, ...] = (
    frame.YEAR,
    frame.SOURCES,
    frame.ORGANISATIONS,
    frame.STRATEGIES,
    aims.GOALS,
    frame.PROGRAMMES,
    frame.TASKS,
    frame.UNITS,
    frame.MEASURES,
    aims.INDICATORS,
    aims.DEFINITIONS,
    aims.TARGETS,
    frame.DOCUMENTS,
    frame.TAGS,
    records.PLAN,
    records.MONEY,
    records.DECLARED,
    records.RESULTS,
    records.EVENTS,
    aims.VALUES,
)
INSTRUCTIONS, LISTS = "Instrukcja", "Listy"  # sheets of the workbook that hold no data
__all__ = [
    "DEFAULT_SOURCES",
    "INSTRUCTIONS",
    "LISTS",
    "TABLES",
    "Column",
    "Kind",
    "Table",
    "folded",
    "table",
    "table_called",
]

_BY_NAME = {table.name: table for table in TABLES}
_BY_CALL = {folded(call): table for table in TABLES for call in (table.name, table.label)}


def table(name: str) -> Table:
    """The table of that English name. Raises KeyError."""
    return _BY_NAME[name]


def table_called(name: str) -> Table | None:
    """The table whose English name or Polish sheet name this is; case and spaces around do not matter."""
    return _BY_CALL.get(folded(name))
