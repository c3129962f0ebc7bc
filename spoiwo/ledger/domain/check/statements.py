"""Rules of results: a number comes with its unit and precision, and every sentence can be said."""

from dataclasses import dataclass

from spoiwo.kernel.polish import MissingForm, Noun, counted
from spoiwo.kernel.precision import Precision
from spoiwo.ledger.domain.check.sheet import Row, Sheet
from spoiwo.ledger.domain.faults import quoted
from spoiwo.ledger.domain.statement import (
    RESERVED_KEYS,
    Agreeing,
    BadStatement,
    Count,
    People,
    parse_statement,
)

Sheets = dict[str, Sheet]
NOUN_FORMS = ("one", "few", "many", "one_acc", "loc_one", "loc_many", "gen_one")


def check_results(sheets: Sheets) -> None:
    """Check every result and its sentence."""
    sheet = sheets.get("results")
    if sheet is None:
        return
    units = sheets.get("units")
    nouns = {row["code"]: noun for row in (units.rows if units else ()) if (noun := _noun(row))}
    sentences = Sentences(sheet, units, {row["key"]: row for row in sheet.filled("key")}, nouns)
    for row in sheet.rows:
        if row["key"] in RESERVED_KEYS:
            sheet.fault("reserved_code", row, "key", quoted(row["key"]), "klucz inny niż n i people")
        _check_value(sheet, row)
        if row["statement"]:
            sentences.check(row)


def _check_value(sheet: Sheet, row: Row) -> None:
    """A value has a unit and a precision; a measure has a value to add."""
    if row["value"] is None:
        if row["measure"] and not sheet.refused(row, "value"):
            sheet.fault(
                "value_missing",
                row,
                "value",
                "pustą komórkę przy mierze",
                "liczba, która wlicza się do miary",
            )
        return
    for column, expected in (
        ("unit", "kod jednostki miary"),
        ("precision", "dokładna, zaokrąglona albo około"),
    ):
        if row[column] is None:
            sheet.fault("value_needs", row, column, "pustą komórkę przy podanej liczbie", expected)


def _noun(unit: Row) -> Noun | None:
    """The forms of a unit; None when one that it must have is missing."""
    complete = unit["code"] and unit["one"] and unit["few"] and unit["many"]
    return Noun(**{form: unit[form] for form in NOUN_FORMS}) if complete else None


@dataclass
class Sentences:
    """The sentences of one package: what they name must be there to be said."""

    sheet: Sheet
    units: Sheet | None
    by_key: dict[str, Row]
    nouns: dict[str, Noun]

    def check(self, row: Row) -> None:
        """Check one sentence; the first thing wrong with it is enough."""
        try:
            parts = parse_statement(row["statement"])
        except BadStatement as bad:
            self._fault("bad_placeholder", row, quoted(bad.placeholder), bad.expected)
            return
        for part in parts:
            match part:
                case Count(key=None):
                    self._check_count(row, row, part)
                case Count():
                    self._check_other(row, part)
                case Agreeing():
                    self._check_filled(row, row, "value")
                case People():
                    self._check_filled(row, row, "people")

    def _fault(self, code: str, row: Row, found: str, expected: str) -> None:
        self.sheet.fault(code, row, "statement", found, expected)

    def _check_other(self, row: Row, part: Count) -> None:
        """A number of another result."""
        other = self.by_key.get(part.key)
        if other is None:
            found = f"znacznik {quoted('{' + part.key + '}')}"
            self._fault("unknown_placeholder", row, found, "klucz wyniku z tej tabeli albo {n}, {people}")
        else:
            self._check_count(row, other, part)

    def _check_filled(self, row: Row, counted_row: Row, column: str) -> bool:
        """Whether the number that the sentence speaks of is there."""
        if counted_row[column] is not None:
            return True
        if not self.sheet.refused(counted_row, column):
            heading = self.sheet.heading(column)
            found = f"znacznik liczby, a kolumna {quoted(heading)} w wierszu {counted_row['_row']} jest pusta"
            self._fault("placeholder_without_value", row, found, "liczba w tej kolumnie albo zdanie bez znacznika")
        return False

    def _check_count(self, row: Row, counted_row: Row, part: Count) -> None:
        """The number is there and its noun has the form that the sentence needs."""
        if not self._check_filled(row, counted_row, "value"):
            return
        noun = self.nouns.get(counted_row["unit"])  # None: known from elsewhere, or incomplete
        if noun is None or counted_row["precision"] is None:
            return
        precision = Precision(counted_row["precision"])
        try:
            counted(counted_row["value"], noun, case=part.case, precision=precision)
        except MissingForm as missing:
            found = f"zdanie, do którego jednostka {quoted(counted_row['unit'])} nie ma formy"
            self._fault("form_missing", row, found, self._expected_form(missing.form))

    def _expected_form(self, form: str) -> str:
        """Which cell of the table of units to fill in."""
        return f"kolumna {quoted(self.units.heading(form))} w tabeli {self.units.raw.sheet}"
