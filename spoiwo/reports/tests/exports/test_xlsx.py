"""The workbook is live: its totals are formulas over its lines, worked out here once more by another calculator."""

import io
import re
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
import pytest
from openpyxl.utils import range_boundaries

from spoiwo.reports.exports import render_xlsx
from spoiwo.reports.tests.content import changed, report_2019, sealed

SHEETS = ["Sprawozdanie", "Wyniki", "Pozycje", "Liczby", "Różnice", "Opis"]


class Calculator:
    """Just enough of a spreadsheet for the formulas of the report, written apart from what writes them."""

    def __init__(self, data: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(data))
        self.known: dict[tuple[str, str], object] = {}

    def value(self, sheet: str, cell: str) -> object:
        """What a cell comes to."""
        place = (sheet, cell.replace("$", ""))
        if place not in self.known:
            found = self.book[sheet][place[1]].value
            if isinstance(found, str) and found.startswith("="):
                found = self.formula(found[1:], sheet)
            elif isinstance(found, int | float):
                found = Decimal(str(found))
            self.known[place] = found
        return self.known[place]

    def cells(self, reference: str, sheet: str) -> list:
        """Values of a range or of one cell."""
        if "!" in reference:
            sheet, reference = reference.split("!")
        left, top, right, bottom = range_boundaries(reference.replace("$", ""))
        return [
            self.value(sheet, f"{openpyxl.utils.get_column_letter(column)}{row}")
            for row in range(top, bottom + 1)
            for column in range(left, right + 1)
        ]

    def formula(self, text: str, sheet: str) -> object:
        if found := re.fullmatch(r'"([^"]*)"', text):
            return found[1]
        if found := re.fullmatch(r'IF\((.*)=0,"([^"]*)",(ROUND\(.*\))\)', text):
            return found[2] if self.number(found[1], sheet) == 0 else self.number(found[3], sheet)
        return self.number(text, sheet)

    def number(self, text: str, sheet: str) -> Decimal:
        """COUNTIFS, SUMIFS, COUNT, SUM, ROUND, N, minus, divided by, references."""
        if found := re.fullmatch(r"ROUND\((.*),(\d)\)", text):
            exact = self.number(found[1], sheet)
            return exact.quantize(Decimal(1).scaleb(-int(found[2])), ROUND_HALF_UP)
        if found := re.fullmatch(r'COUNTIFS\(([^,]+),"(.*)"\)', text):
            return Decimal(sum(self.meets(cell, found[2]) for cell in self.cells(found[1], sheet)))
        if found := re.fullmatch(r'SUMIFS\(([^,]+),([^,]+),"(.*)"\)', text):
            pairs = zip(self.cells(found[1], sheet), self.cells(found[2], sheet), strict=True)
            return sum((amount for amount, cell in pairs if self.meets(cell, found[3])), Decimal(0))
        if found := re.fullmatch(r"(COUNT|SUM)\(([^()]+)\)", text):
            numbers = [value for part in found[2].split(",") for value in self.cells(part, sheet)]
            numbers = [value for value in numbers if isinstance(value, Decimal)]
            return sum(numbers, Decimal(0)) if found[1] == "SUM" else Decimal(len(numbers))
        if found := re.fullmatch(r"(.+)([-/])(N\(.+\)|[^-/()]+)", text):
            first, second = self.number(found[1], sheet), self.number(found[3], sheet)
            return first - second if found[2] == "-" else first / second
        if found := re.fullmatch(r"N\((.+)\)", text):
            (value,) = self.cells(found[1], sheet)
            return value if isinstance(value, Decimal) else Decimal(0)
        (value,) = self.cells(text, sheet)
        return value

    @staticmethod
    def meets(cell: object, criterion: str) -> bool:
        return isinstance(cell, str) and cell == re.sub(r"~([~*?])", r"\1", criterion.replace('""', '"'))


def formulas(data: bytes) -> dict[tuple[str, str], str]:
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def shown(data: bytes) -> openpyxl.Workbook:
    """The workbook as a viewer without a calculator shows it."""
    return openpyxl.load_workbook(io.BytesIO(data), data_only=True)


@pytest.fixture(scope="module")
def book(draft_files):
    return shown(draft_files["xlsx"])


def row_of(sheet, name: str) -> list:
    """Values of the row that begins with a name."""
    return next([cell.value for cell in row] for row in sheet.iter_rows() if row[0].value == name)


def test_the_sheets_are_in_the_order_people_read_them(book):
    assert book.sheetnames == SHEETS
    assert all(sheet["A2"].value.startswith("PROJEKT") for sheet in book)
    assert all("PROJEKT" in sheet.oddHeader.left.text for sheet in book)


def test_every_formula_comes_to_the_value_it_is_shown_with(draft_files, book):
    calculator = Calculator(draft_files["xlsx"])
    found = formulas(draft_files["xlsx"])
    assert len(found) > 60
    for (sheet, cell), formula in found.items():
        cached = book[sheet][cell].value
        worked_out = calculator.value(sheet, cell)
        if isinstance(worked_out, Decimal):
            assert worked_out == Decimal(str(cached)), (sheet, cell, formula)
        else:
            assert worked_out == cached, (sheet, cell, formula)


def test_the_matrix_its_totals_and_differences_are_formulas_over_the_lines(draft_files, book):
    found = formulas(draft_files["xlsx"])
    report = book["Sprawozdanie"]
    assert row_of(report, "2. Integracja osób niepełnosprawnych")[2:7] == [
        828_400,
        "–",
        3_450_312.81,
        "–",
        4_278_712.81,
    ]
    assert row_of(report, "3. Lubuska Karta Dużej Rodziny")[2:7] == ["–", "–", "–", "–", "brak kwoty"]
    assert row_of(report, "Policzone z pozycji")[2:7] == [
        970_568.75,
        1_410_534.78,
        3_450_312.81,
        3_110_438.83,
        8_941_855.17,
    ]
    assert row_of(report, "Zadeklarowane w dokumentach")[6] == 9_025_049.77
    assert row_of(report, "Różnica")[2:7] == [83_194.6, 0, 0, 0, 83_194.6]
    assert row_of(report, "W tym programy")[6] == 5_831_416.34
    assert row_of(report, "Organizacje pozarządowe")[2:5] == [71_000, 96_000, 25_000]
    live = {cell for sheet, cell in found if sheet == "Sprawozdanie"}
    for row in report.iter_rows():
        for cell in row[2:7]:
            if row[0].value in {"Policzone z pozycji", "Różnica", "1. Pomoc społeczna", "Projekty unijne"}:
                assert cell.coordinate in live
    assert sum("SUMIFS(Pozycje!" in formula for formula in found.values()) == 7 * 4 + 1


@pytest.mark.parametrize("i", range(10))
def test_a_changed_line_changes_every_total_it_is_part_of(draft_files, i):
    calculator = Calculator(draft_files["xlsx"])
    lines = calculator.book["Pozycje"]
    lines.cell(row=5 + i, column=7).value += 0.01
    programme, source = lines.cell(row=5 + i, column=3).value, lines.cell(row=5 + i, column=5).value
    content = changed(report_2019())
    (entry,) = (e for e in content["records"]["entries"] if (e["key"]) == lines.cell(row=5 + i, column=2).value)
    assert (entry["programme"], entry["source"]) == (programme, source)
    report = calculator.book["Sprawozdanie"]
    total = next(row[0].row for row in report.iter_rows() if row[0].value == "Policzone z pozycji")
    assert calculator.value("Sprawozdanie", f"G{total}") == Decimal("8941855.18")
    assert calculator.value("Sprawozdanie", f"G{total + 2}") == Decimal("83194.59")
    assert calculator.value("Sprawozdanie", f"G{total + 4}") == 0


def test_money_is_exact_and_codes_are_text(draft_files, book):
    lines = book["Pozycje"]
    assert [cell.value for cell in lines[4]][:3] == ["Lp.", "Klucz", "Program"]
    rows = [[cell.value for cell in row] for row in lines.iter_rows(min_row=5)]
    assert len(rows) == 10
    assert sum(Decimal(str(row[6])) for row in rows) == Decimal("8941855.17")
    assert all(isinstance(row[1], str) for row in rows)
    assert lines["G5"].number_format == "#,##0.00"
    assert rows[3][7].isoformat().startswith("2019-12-19")


def test_codes_that_look_like_numbers_stay_as_they_are():
    content = changed(report_2019())
    content["records"]["entries"][0] |= {"place": "0862011", "key": "007", "organisation": "1e5"}
    book = shown(render_xlsx(sealed(content)))
    values = [cell.value for row in book["Pozycje"].iter_rows() for cell in row]
    assert {"0862011", "007", "1e5"} <= set(values)


def test_every_figure_is_listed_with_its_rule_and_records(draft, book):
    rows = {row[1].value: [cell.value for cell in row] for row in book["Liczby"].iter_rows(min_row=5)}
    assert rows.keys() == draft["figures"].keys()
    assert rows["total.difference"][3] == 83_194.6
    assert rows["total.difference"][6] == "total.declared minus total.computed"
    assert rows["programme.2014-p3"][3] == "brak kwoty"
    assert rows["result.eu-help.people"][3] == 429
    assert rows["source.own.computed"][7] == "pozycje 1–4, 6, 8"


def test_no_text_became_a_formula(hostile_files):
    for (sheet, cell), formula in formulas(hostile_files["xlsx"]).items():
        assert not re.search(r"cmd|HYPERLINK|1\+1", formula) or formula.count('"') >= 2, (sheet, cell, formula)
    assert formulas(hostile_files["xlsx"]).keys() == formulas(render_xlsx(report_2019(final=True))).keys()


def test_differences_carry_their_answers(final_files):
    sheet = shown(final_files["xlsx"])["Różnice"]
    row = row_of(sheet, "Środki własne")
    assert row[1:5] == [1_053_763.35, 970_568.75, 83_194.6, "przyjęta"]
    assert row[6] == "E. Pokazowa, dyrektor"
    assert row_of(sheet, "Razem")[4] == "wynika z różnic według źródeł"
