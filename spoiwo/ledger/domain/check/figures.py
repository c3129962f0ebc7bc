"""Rules of money lines, declared totals and events."""

from spoiwo.kernel.money import zl
from spoiwo.ledger.domain.check.sheet import Row, Sheet
from spoiwo.ledger.domain.faults import quoted

Sheets = dict[str, Sheet]
DIMENSIONS = {
    "grand": (),
    "source": ("source",),
    "programme": ("programme",),
    "cell": ("programme", "source"),
    "tag": ("tag",),
}
"""Which columns a declared total of each scope fills; the others stay empty."""


def check_money(sheets: Sheets, year: int | None) -> None:
    """Money is dated inside the year and agrees with its task."""
    sheet = sheets.get("money")
    if sheet is None:
        return
    for row in sheet.filled("date"):
        if year is not None and row["date"].year != year:
            sheet.fault("outside_year", row, "date", f"{row['date']}", f"dzień roku {year}")
    check_task(sheet, sheets.get("tasks"), also_without_programme=True)


def check_task(sheet: Sheet, tasks: Sheet | None, *, also_without_programme: bool) -> None:
    """The programme of a row is the programme of its task; a task without one may serve several."""
    programmes = {row["code"]: row["programme"] for row in tasks.rows} if tasks else {}
    for row in sheet.filled("task"):
        own, of_task = row["programme"], programmes.get(row["task"])
        if of_task is None or own == of_task or (own is None and not also_without_programme):
            continue
        found = quoted(own) if own else "pustą komórkę (poza programami)"
        expected = f"program zadania {row['task']}: {of_task}"
        sheet.fault("not_programme_of_task", row, "programme", found, expected)


def check_results_of_tasks(sheets: Sheets) -> None:
    """A result or an event that names both a programme and a task names a pair that belongs together."""
    for name in ("results", "events"):
        if name in sheets:
            check_task(sheets[name], sheets.get("tasks"), also_without_programme=False)


def check_declared(sheets: Sheets) -> None:
    """A declared total has the dimensions of its scope, says how it was rounded, and is declared once."""
    sheet = sheets.get("declared")
    if sheet is None:
        return
    first: dict[tuple, int] = {}
    for row in sheet.rows:
        if row["scope"] is not None and _check_dimensions(sheet, row):
            what = (row["scope"], *(row[column] for column in DIMENSIONS[row["scope"]]))
            earlier = first.setdefault(what, row["_row"])
            if earlier != row["_row"]:
                found = f"drugą sumę tego samego; pierwsza jest w wierszu {earlier}"
                sheet.fault("declared_twice", row, "scope", found, "jedna podana suma na każdy zakres")
        _check_rounding(sheet, row)


def _check_dimensions(sheet: Sheet, row: Row) -> bool:
    """Whether exactly the columns that the scope asks for are filled."""
    scope = sheet.table.column("scope").choices[row["scope"]]
    needed = DIMENSIONS[row["scope"]]
    right = True
    for column in ("source", "programme", "tag"):
        if sheet.refused(row, column):
            right = False
        elif column in needed and row[column] is None:
            sheet.fault("scope_needs", row, column, "pustą komórkę", f"wartość, bo zakres to „{scope}”")
            right = False
        elif column not in needed and row[column] is not None:
            expected = f"pusta komórka, bo zakres to „{scope}”"
            sheet.fault("scope_excludes", row, column, quoted(row[column]), expected)
            right = False
    return right


def _check_rounding(sheet: Sheet, row: Row) -> None:
    """`rounded_to` stands beside rounded amounts only, and the amount is a multiple of it."""
    step, amount, precision = row["rounded_to_gr"], row["amount_gr"], row["precision"]
    if sheet.refused(row, "rounded_to"):
        return
    if step is None:
        if precision == "rounded":
            expected = "do ilu złotych zaokrąglono, np. 100000 dla 0,1 mln"
            sheet.fault("rounding_missing", row, "rounded_to", "pustą komórkę przy kwocie zaokrąglonej", expected)
    elif precision == "exact":
        expected = "pusta komórka, bo kwota jest dokładna"
        sheet.fault("rounding_of_exact", row, "rounded_to", zl(step), expected)
    elif step == 0:
        sheet.fault("rounding_missing", row, "rounded_to", zl(step), "kwota większa od zera")
    elif amount is not None and amount % step:
        sheet.fault("not_rounded", row, "amount", zl(amount), f"wielokrotność {zl(step)}, bo tak ją zaokrąglono")


def check_events(sheets: Sheets, year: int | None) -> None:
    """An event happens, at least in part, in the year."""
    sheet = sheets.get("events")
    if sheet is None or year is None:
        return
    for row in sheet.rows:
        first, last = row["date_from"] or row["date_to"], row["date_to"] or row["date_from"]
        if first is None or last < first:
            continue
        if last.year < year:
            column = "date_to" if row["date_to"] else "date_from"
            sheet.fault("outside_year", row, column, f"{last}", f"dzień roku {year}")
        elif first.year > year:
            column = "date_from" if row["date_from"] else "date_to"
            sheet.fault("outside_year", row, column, f"{first}", f"dzień roku {year}")
