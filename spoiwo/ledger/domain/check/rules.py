"""Rules of the frame: the one row of the year, periods that run forwards, programmes without circles."""

from collections.abc import Callable, Iterator
from itertools import islice

from spoiwo.ledger.domain.check.known import KnownCodes
from spoiwo.ledger.domain.check.sheet import Row, Sheet
from spoiwo.ledger.domain.faults import quoted
from spoiwo.ledger.domain.reconcile import OUTSIDE

Sheets = dict[str, Sheet]
PERIODS = (
    ("strategies", "from_year", "to_year"),
    ("programmes", "from_year", "to_year"),
    ("tasks", "from_date", "to_date"),
    ("plan", "date", "due_on"),
    ("events", "date_from", "date_to"),
)
MOST_CIRCLES, LONGEST_PATH = 20, 6
WITH_PROGRAMME = ("plan", "money", "declared", "results", "events")


def check_year(sheets: Sheets, unreadable: set[str]) -> tuple[int | None, str | None]:
    """The year and the region of the package, when they are certain. There must be exactly one row."""
    sheet = sheets.get("year")
    if sheet is None:
        return None, None
    if not sheet.rows and sheet.positions and "year" not in unreadable:
        sheet.fault("not_one_row", None, "", "tabelę bez wierszy z danymi", "dokładnie jeden wiersz")
    for row in sheet.rows[1:]:
        found = f"kolejny wiersz z danymi; pierwszy to {sheet.rows[0]['_row']}"
        sheet.fault("not_one_row", row, "", found, "dokładnie jeden wiersz")
    if len(sheet.rows) != 1:
        return None, None
    row = sheet.rows[0]
    _check_strategy_of_year(sheet, row, sheets.get("strategies"))
    return row["year"], row["region"]


def _check_strategy_of_year(sheet: Sheet, row: Row, strategies: Sheet | None) -> None:
    """The strategy must be in force in the year."""
    for strategy in strategies.rows if strategies else ():
        if row["year"] and strategy["code"] and strategy["code"] == row["strategy"]:
            if not _covers(strategy, row["year"]):
                found = f"{quoted(row['strategy'])}, strategię na lata {_period(strategy)}"
                expected = f"strategia, która obowiązuje w roku {row['year']}"
                sheet.fault("strategy_not_in_force", row, "strategy", found, expected)
            return


def check_order(sheets: Sheets) -> None:
    """No period ends before it begins."""
    for name, first, last in PERIODS:
        sheet = sheets.get(name)
        for row in sheet.filled(last) if sheet else ():
            if row[first] is not None and row[first] > row[last]:
                expected = f"nie wcześniej niż {sheet.heading(first)}: {row[first]}"
                sheet.fault("ends_before_it_begins", row, last, str(row[last]), expected)


def check_programmes(sheets: Sheets, known: KnownCodes, year: int | None) -> None:
    """Programmes keep their strategy, form no circle, and are used in years of theirs."""
    sheet = sheets.get("programmes")
    if sheet is None:
        return
    for row in sheet.filled("code"):
        if row["code"].casefold() == OUTSIDE:
            sheet.fault("reserved_code", row, "code", quoted(row["code"]), f"kod inny niż {OUTSIDE}")
        before = known.programmes.get(row["code"])
        if before and row["strategy"] and row["strategy"] != before:
            expected = f"strategia, do której program {row['code']} już należy: {before}"
            sheet.fault("programme_of_another_strategy", row, "strategy", quoted(row["strategy"]), expected)
    check_circles(sheet, "parent", lambda row: [row["parent"]] if row["parent"] else [])
    check_circles(sheet, "predecessors", lambda row: row["predecessors"])
    if year is not None:
        _check_in_force(sheets, {row["code"]: row for row in sheet.filled("code")}, year)


def _check_in_force(sheets: Sheets, programmes: dict[str, Row], year: int) -> None:
    """Whatever names a programme names one whose years include the year of the package."""
    for name in WITH_PROGRAMME:
        sheet = sheets.get(name)
        for row in sheet.filled("programme") if sheet else ():
            programme = programmes.get(row["programme"])
            if programme and not _covers(programme, year):
                found = f"{quoted(row['programme'])}, program na lata {_period(programme)}"
                expected = f"program, który obowiązuje w roku {year}"
                sheet.fault("programme_not_in_force", row, "programme", found, expected)


def _covers(row: Row, year: int) -> bool:
    """Whether the years of a strategy or a programme include the year; an open end does.

    Years that run backwards have a fault of their own and prove nothing.
    """
    first, last = row["from_year"] or year, row["to_year"] or year
    return first <= year <= last or first > last


def _period(row: Row) -> str:
    """The years in words of digits; an open end is an ellipsis."""
    return f"{row['from_year'] or '…'}–{row['to_year'] or '…'}"


def check_circles(sheet: Sheet, column: str, named: Callable[[Row], list[str]], what: str = "programu") -> None:
    """Nobody is their own ancestor; every circle is reported once, in its first row. `what`: one row, in genitive."""
    key = sheet.table.key
    rows = {row[key]: row for row in sheet.filled(key)}
    links = {code: [other for other in named(row) if other in rows] for code, row in rows.items()}
    for circle in islice(_circles(links), MOST_CIRCLES):
        row = min((rows[code] for code in circle), key=lambda one: one["_row"])
        start = circle.index(row[key])
        around = [*circle[start:], *circle[:start]]
        path = " → ".join([*around[:LONGEST_PATH], *(["…"] if len(around) > LONGEST_PATH else []), row[key]])
        sheet.fault("circle", row, column, f"koło: {path}", f"wskazanie bez powrotu do tego samego {what}")


def _circles(links: dict[str, list[str]]) -> Iterator[list[str]]:
    """The circles of a directed graph that a walk in depth meets, each once. Without recursion."""
    done: set[str] = set()
    for start in links:
        path, on_path, waiting = [], set(), []
        if start in done:
            continue
        path.append(start)
        on_path.add(start)
        waiting.append(iter(links[start]))
        while waiting:
            other = next(waiting[-1], None)
            if other is None:
                waiting.pop()
                done.add(path[-1])
                on_path.discard(path.pop())
            elif other in on_path:
                yield path[path.index(other) :]
            elif other not in done:
                path.append(other)
                on_path.add(other)
                waiting.append(iter(links[other]))
