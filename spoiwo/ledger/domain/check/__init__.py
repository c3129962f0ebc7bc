"""A package as it was read becomes typed rows, and everything wrong with it is said at once."""

from dataclasses import dataclass, field

from spoiwo.ledger.domain.check import aims, figures, plan, rules, statements
from spoiwo.ledger.domain.check.known import KnownCodes
from spoiwo.ledger.domain.check.log import FaultLog
from spoiwo.ledger.domain.check.near import nearest
from spoiwo.ledger.domain.check.references import References
from spoiwo.ledger.domain.check.sheet import Row, Sheet
from spoiwo.ledger.domain.faults import Fault, quoted
from spoiwo.ledger.domain.raw import RawPackage, RawTable
from spoiwo.ledger.domain.schema import TABLES, Table, table_called

__all__ = ["CheckedPackage", "KnownCodes", "check_package"]


@dataclass
class CheckedPackage:
    """Typed rows of every table of the schema, in the order of the file, and all faults.

    A row is a dict by English column name: `amount_gr` and `rounded_to_gr` whole grosze, lists as list,
    dates as date, yes/no as bool, whole numbers as int, decimals as Decimal, blanks as None, beside them
    `_row`, `_file`, `_sheet`. With faults the rows are not fit for use: wrong cells are None. `headings`: of each
    table that is there, its columns that are there, with the heading as written.
    """

    year: int | None = None
    region: str | None = None
    tables: dict[str, list[Row]] = field(default_factory=dict)
    headings: dict[str, dict[str, str]] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    sha256: str = ""


def check_package(raw: RawPackage, known: KnownCodes) -> CheckedPackage:
    """Check everything and stop at nothing. What could not be read is not reported a second time."""
    checked = CheckedPackage(tables={table.name: [] for table in TABLES}, sha256=raw.sha256)
    log = FaultLog()
    for fault in raw.faults:
        table = table_called(fault.sheet)
        log.add(fault, table=TABLES.index(table) if table else -1)
    if not raw.broken:
        sheets = _sheets(raw, log)
        checked.year, checked.region = rules.check_year(sheets, raw.unreadable)
        references = References(sheets, raw.unreadable, known, checked.year)
        references.check()
        rules.check_order(sheets)
        rules.check_programmes(sheets, known, checked.year)
        figures.check_money(sheets, checked.year)
        plan.check_plan(sheets, checked.year)
        figures.check_declared(sheets)
        figures.check_events(sheets, checked.year)
        figures.check_results_of_tasks(sheets)
        statements.check_results(sheets)
        aims.check_goals(sheets, known)
        aims.check_indicators(sheets, known, checked.year)
        if not raw.unreadable & {"plan", "money"}:
            plan.check_pockets(sheets)
        checked.tables |= {name: sheet.rows for name, sheet in sheets.items()}
        checked.headings = {name: sheet.headings() for name, sheet in sheets.items()}
    checked.faults = log.listed()
    return checked


def _sheets(raw: RawPackage, log: FaultLog) -> dict[str, Sheet]:
    """The tables of the schema that are there, read, in the order of the schema."""
    by_name: dict[str, RawTable] = {}
    for read in raw.tables:
        table = table_called(read.name)
        if table is None:
            log.add(_unknown_table(read))
        else:
            by_name.setdefault(table.name, read)
    sheets = {table.name: Sheet(table, by_name[table.name], log) for table in TABLES if table.name in by_name}
    for sheet in sheets.values():
        sheet.read()
    for table in TABLES:
        if not table.optional and table.name not in sheets and table.name not in raw.unreadable:
            log.add(_missing_table(table, raw))
    return sheets


def _unknown_table(read: RawTable) -> Fault:
    """A table that is none of ours."""
    near = nearest(read.name, [call for table in TABLES for call in (table.name, table.label)])
    hint = f"; może to {quoted(near)}" if near else ""
    expected = f"tabela o znanej nazwie; inną usuń albo przemianuj{hint}"
    return Fault("unknown_table", read.file, read.sheet, None, "", f"nieznaną tabelę {quoted(read.name)}", expected)


def _missing_table(table: Table, raw: RawPackage) -> Fault:
    """A table that must be there, if only with its headings."""
    file = raw.file or "pakiet"
    expected = f"tabela {table.label} ({table.name}), choćby z samymi nagłówkami"
    return Fault("missing_table", file, "", None, "", f"brak tabeli {table.label} ({table.name})", expected)
