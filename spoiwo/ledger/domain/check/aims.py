"""Rules of goals and indicators: one thing is measured, a ratio has both its parts, a value is said once."""

from collections.abc import Iterable, Mapping

from spoiwo.ledger.domain.check.known import KnownCodes
from spoiwo.ledger.domain.check.rules import check_circles
from spoiwo.ledger.domain.check.sheet import Row, Sheet
from spoiwo.ledger.domain.faults import quoted
from spoiwo.ledger.domain.schema.aims import PARTS

Sheets = dict[str, Sheet]
MEASURED = ("goal", "programme", "task")
RATIO = "ratio"
SPOKEN_OF = ("indicator", "part", "place")  # what a value of a year is about


def check_goals(sheets: Sheets, known: KnownCodes) -> None:
    """Goals keep to one strategy and two levels; who serves a goal belongs to its strategy."""
    strategies = _strategies_of(sheets, "goals", known.goals)
    if sheet := sheets.get("goals"):
        _check_parents(sheet, known, strategies)
    of_programmes = _strategies_of(sheets, "programmes", known.programmes)
    if sheet := sheets.get("programmes"):
        for row in sheet.filled("goals"):
            for goal in row["goals"]:
                _check_strategy(sheet, row, "goals", strategies.get(goal), row["strategy"])
        for row in sheet.filled("predecessors_note"):
            if not row["predecessors"] and not sheet.refused(row, "predecessors"):
                expected = "pusta komórka, bo program nie ma poprzedników"
                sheet.fault(
                    "note_without_predecessors", row, "predecessors_note", quoted(row["predecessors_note"]), expected
                )
    if sheet := sheets.get("tasks"):
        for row in sheet.filled("goal"):
            _check_strategy(sheet, row, "goal", strategies.get(row["goal"]), of_programmes.get(row["programme"]))


def _strategies_of(sheets: Sheets, name: str, known: Mapping[str, str]) -> dict[str, str]:
    """Code -> strategy, of the package before what is known already."""
    sheet = sheets.get(name)
    return dict(known) | {row["code"]: row["strategy"] for row in (sheet.rows if sheet else ()) if row["code"]}


def _check_parents(sheet: Sheet, known: KnownCodes, strategies: dict[str, str]) -> None:
    """An operational goal hangs below a strategic one of its own strategy."""
    parents = {row["code"]: row["parent"] for row in sheet.filled("code")}
    check_circles(sheet, "parent", lambda row: [row["parent"]] if row["parent"] else [], "celu")
    for row in sheet.filled("code"):
        before = known.goals.get(row["code"])
        if before and row["strategy"] and row["strategy"] != before:
            expected = f"strategia, do której cel {row['code']} już należy: {before}"
            sheet.fault("goal_of_another_strategy", row, "strategy", quoted(row["strategy"]), expected)
    for row in sheet.filled("parent"):
        if parents.get(row["parent"]) not in (None, row["parent"], row["code"]):  # those two are circles
            found = f"{quoted(row['parent'])}, cel, który sam ma cel nadrzędny"
            sheet.fault("goal_too_deep", row, "parent", found, "cel strategiczny, bez celu nadrzędnego")
        _check_strategy(sheet, row, "parent", strategies.get(row["parent"]), row["strategy"])


def _check_strategy(sheet: Sheet, row: Row, column: str, of_goal: str | None, own: str | None) -> None:
    """A goal that a row names belongs to the strategy of the row, as far as both are known."""
    if of_goal and own and of_goal != own:
        found = f"cel strategii {of_goal}"
        sheet.fault("goal_of_another_strategy", row, column, found, f"cel strategii {own}")


def check_indicators(sheets: Sheets, known: KnownCodes, year: int | None) -> None:
    """Indicators, their definitions, targets and values."""
    rules = dict(known.indicators)
    if sheet := sheets.get("indicators"):
        rules |= {row["code"]: (row["aggregation"], row["frequency"]) for row in sheet.rows if row["code"]}
        for row in sheet.rows:
            _check_measured(sheet, row)
    if sheet := sheets.get("definitions"):
        _check_once(sheet, ("indicator", "number"), "number")
        for row in sheet.rows:
            _check_definition(sheet, row, rules)
    if sheet := sheets.get("targets"):
        _check_once(sheet, ("indicator", "year"), "year")
    if sheet := sheets.get("indicator_values"):
        _Values(sheet, rules, _definitions(sheets, known), year).check()


def _check_measured(sheet: Sheet, row: Row) -> None:
    """Exactly one of goal, programme and task."""
    named = [column for column in MEASURED if row[column] is not None]
    if any(sheet.refused(row, column) for column in MEASURED):
        return
    headings = ", ".join(sheet.heading(column) for column in MEASURED)
    expected = f"dokładnie jedna z kolumn: {headings}"
    if not named:
        sheet.fault("measures_nothing", row, "goal", "puste komórki celu, programu i zadania", expected)
    for column in named[1:]:
        sheet.fault("measures_two_things", row, column, f"{quoted(row[column])} obok {quoted(row[named[0]])}", expected)


def _check_definition(sheet: Sheet, row: Row, rules: dict) -> None:
    """A ratio says what stands above and below the line; a baseline has its year."""
    aggregation, _frequency = rules.get(row["indicator"], (None, None))
    for column in ("numerator", "denominator"):
        if aggregation == RATIO and row[column] is None and not sheet.refused(row, column):
            sheet.fault("ratio_needs", row, column, "pustą komórkę", "słowa, bo wskaźnik jest ilorazem")
    pair = ("baseline", "baseline_year")
    empty = [column for column in pair if row[column] is None]
    if len(empty) == 1 and not any(sheet.refused(row, column) for column in pair):
        other = sheet.heading(next(column for column in pair if column not in empty))
        sheet.fault("baseline_and_year", row, empty[0], "pustą komórkę", f"wartość, bo podano: {other}")


def _check_once(sheet: Sheet, columns: tuple[str, ...], blamed: str, *, among: Iterable[Row] | None = None) -> None:
    """What the columns name stands in one row only."""
    first: dict[tuple, int] = {}
    for row in sheet.rows if among is None else among:
        what = tuple(row[column] or 0 for column in columns)  # a blank part of the year is its whole
        if not what[0] or any(sheet.refused(row, column) for column in columns):
            continue
        earlier = first.setdefault(what, row["_row"])
        if earlier != row["_row"]:
            headings = ", ".join(sheet.heading(column) for column in columns)
            found = f"drugi wiersz o tym samym ({headings}); pierwszy to {earlier}"
            sheet.fault("said_twice", row, blamed, found, "jeden wiersz")


def _definitions(sheets: Sheets, known: KnownCodes) -> dict[str, tuple[str | None, int | None]]:
    """Key of a definition -> its indicator and the first year it holds, as far as they are known."""
    sheet = sheets.get("definitions")
    held: dict[str, tuple[str | None, int | None]] = {key: (code, None) for key, code in known.definitions.items()}
    for row in sheet.rows if sheet else ():
        if row["key"]:
            held[row["key"]] = (row["indicator"], row["valid_from"].year if row["valid_from"] else None)
    return held


class _Values:
    """The values of one package."""

    def __init__(self, sheet: Sheet, rules: dict, definitions: dict, year: int | None) -> None:
        self.sheet, self.rules, self.definitions, self.year = sheet, rules, definitions, year
        self.by_key = {row["key"]: row for row in sheet.rows if row["key"]}

    def check(self) -> None:
        """Each value by itself, then corrections, then that nothing is said twice."""
        for row in self.sheet.rows:
            aggregation, frequency = self.rules.get(row["indicator"], (None, None))
            self._check_definition(row)
            if aggregation:
                self._check_parts(row, aggregation == RATIO)
            if frequency:
                self._check_part(row, frequency)
        self._check_corrections()
        corrected = {row["corrects"] for row in self.sheet.filled("corrects")}
        doubtful = [row for row in self.sheet.rows if self.sheet.refused(row, "corrects")]
        holding = [row for row in self.sheet.rows if row["key"] not in corrected and row not in doubtful]
        _check_once(self.sheet, SPOKEN_OF, "indicator", among=holding)

    def _check_definition(self, row: Row) -> None:
        """The definition is of the same indicator and held in the year."""
        indicator, since = self.definitions.get(row["definition"], (None, None))
        if indicator and row["indicator"] and indicator != row["indicator"]:
            found = f"{quoted(row['definition'])}, definicję wskaźnika {indicator}"
            expected = f"definicja wskaźnika {row['indicator']}"
            self.sheet.fault("definition_of_another", row, "definition", found, expected)
        elif since and self.year and since > self.year:
            found = f"{quoted(row['definition'])}, definicję ważną od {since} roku"
            self.sheet.fault("definition_not_yet", row, "definition", found, f"definicja ważna w roku {self.year}")

    def _check_parts(self, row: Row, ratio: bool) -> None:
        """A ratio has numerator and denominator and no value, any other indicator a value alone."""
        needed = ("numerator", "denominator") if ratio else ("value",)
        for column in ("value", "numerator", "denominator"):
            if self.sheet.refused(row, column):
                continue
            if column in needed and row[column] is None:
                why = "wskaźnik jest ilorazem" if ratio else "wskaźnik nie jest ilorazem"
                self.sheet.fault("value_needs_part", row, column, "pustą komórkę", f"liczba, bo {why}")
            elif column not in needed and row[column] is not None:
                why = "iloraz liczy się z licznika i mianownika" if ratio else "wskaźnik nie jest ilorazem"
                self.sheet.fault("value_excludes", row, column, quoted(row[column]), f"pusta komórka, bo {why}")
            elif column == "denominator" and row[column] == 0:
                self.sheet.fault("denominator_zero", row, column, quoted(0), "liczba większa od zera")

    def _check_part(self, row: Row, frequency: str) -> None:
        """The part of the year is one that the indicator's frequency has."""
        last = PARTS[frequency]
        if row["part"] is not None and row["part"] > last:
            expected = f"liczba od 0 do {last}" if last else "pusta komórka, bo wskaźnik podaje się co rok"
            self.sheet.fault("no_such_part", row, "part", quoted(row["part"]), expected)

    def _check_corrections(self) -> None:
        """A correction speaks of the same thing as the value it corrects, and corrects it alone."""
        check_circles(self.sheet, "corrects", lambda row: [row["corrects"]] if row["corrects"] else [], "wiersza")
        first: dict[str, int] = {}
        for row in self.sheet.filled("corrects"):
            other = self.by_key.get(row["corrects"])
            earlier = first.setdefault(row["corrects"], row["_row"])
            if earlier != row["_row"]:
                found = f"{quoted(row['corrects'])}, wartość poprawioną już w wierszu {earlier}"
                self.sheet.fault("corrected_twice", row, "corrects", found, "wartość, której nic jeszcze nie poprawia")
            elif other and any((row[name] or 0) != (other[name] or 0) for name in SPOKEN_OF):
                found = f"{quoted(row['corrects'])}, wartość innego wskaźnika, części roku albo miejsca"
                self.sheet.fault("corrects_another", row, "corrects", found, "wartość tego samego, tylko z inną liczbą")
        for row in self.sheet.filled("reason"):
            if row["corrects"] is None and not self.sheet.refused(row, "corrects"):
                self.sheet.fault("reason_of_nothing", row, "corrects", "pustą komórkę", "klucz poprawianej wartości")
