"""A year's facts as a workbook: a sheet for each table that has rows, amounts in złote with a live sum."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from spoiwo.kernel.cells import WORKBOOK
from spoiwo.ledger.domain.raw import letters
from spoiwo.ledger.exports.facts import DIMENSIONS, MEASURED, MONEY, Field, Table, written
from spoiwo.ledger.services.facts import YearFacts

MADE = datetime(2020, 1, 1, tzinfo=UTC)  # the same facts are the same file
ZLOTY = {"amount_gr": "Kwota, zł", "rounded_to_gr": "Zaokrąglona do, zł"}


def facts_xlsx(facts: YearFacts) -> bytes:
    """The workbook; lines of money first. No text becomes a formula or a link."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, WORKBOOK) as book:
        book.set_properties({"title": facts.title, "comments": facts.notice, "created": MADE})
        writer = _Writer(book)
        for table in (*MONEY, *MEASURED, *DIMENSIONS):
            if facts.tables[table.name]:
                writer.sheet(table, facts)
    return content.getvalue()


class _Writer:
    """The workbook while it is written."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self.book = book
        self.bold = book.add_format({"bold": True})
        self.money = book.add_format({"num_format": "#,##0.00"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})

    def sheet(self, table: Table, facts: YearFacts) -> None:
        """One table; lines of money end with their sum."""
        sheet = self.book.add_worksheet(table.title.replace(":", " –")[:31])
        sheet.write_row(0, 0, [ZLOTY.get(field.name, field.title) for field in table.fields], self.bold)
        sheet.freeze_panes(1, 1)
        rows = facts.tables[table.name]
        for number, row in enumerate(rows, start=1):
            for column, field in enumerate(table.fields):
                self._cell(sheet, number, column, field, row[field.name])
        if table.name == "entries":
            self._sum(sheet, table, [row["amount_gr"] for row in rows])
        sheet.autofit()

    def _cell(self, sheet: Worksheet, number: int, column: int, field: Field, value: object) -> None:
        if value is None or value == "":
            return
        if field.name in ZLOTY:
            sheet.write_number(number, column, Decimal(value) / 100, self.money)
        elif isinstance(value, date):
            sheet.write_datetime(number, column, value, self.day)
        elif field.kind in {"integer", "number", "year"}:
            sheet.write_number(number, column, value)
        elif isinstance(value, bool):
            sheet.write_string(number, column, "tak" if value else "nie")
        else:
            sheet.write_string(number, column, written(value))

    def _sum(self, sheet: Worksheet, table: Table, amounts: list[int]) -> None:
        """Below the rows; the sum of execution alone, for plan and commitments are different things."""
        column = [field.name for field in table.fields].index("amount_gr")
        letter = letters(column)
        last = len(amounts) + 1
        sheet.write_string(last, 0, "Razem", self.bold)
        sheet.write_formula(last, column, f"=SUM({letter}2:{letter}{last})", self.money, Decimal(sum(amounts)) / 100)
