"""The first sheet: the matrix as live formulas over the lines, with the totals declared beside it."""

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from spoiwo.kernel.money import NO_AMOUNT
from spoiwo.reports.domain.chart import COLOURS, chart_description, chart_finding
from spoiwo.reports.exports.words import NOTHING, STATUSES, long_day
from spoiwo.reports.exports.xlsx_book import REPORT, Book, criterion, text, zlote

AMOUNT, CELL = "G", "M"  # columns of the sheet of lines: the amount, the cell of the matrix


class ReportSheet:
    """Writes the sheet from top to bottom; `row` is the next free one."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self.book, self.sheet = book, sheet
        self.content, self.figures = book.content, book.content["figures"]
        self.row = 3

    def write(self) -> None:
        """Everything on the sheet."""
        facts = self.book.facts
        for name, value in (
            ("Jednostka", facts["office"]),
            ("Dla", self.content["region"]["assembly"]),
            *facts["facts"],
        ):
            text(self.sheet, self.row, 0, name, self.book.quiet)
            text(self.sheet, self.row, 1, value, self.book.plain)
            self.row += 1
        self.row += 1
        self._matrix()
        self._shares()
        self._cross_cuts()
        self._comparison()
        self._chart()

    def _section(self, name: str) -> None:
        self.row += 1
        text(self.sheet, self.row, 0, name, self.book.heading)
        self.row += 1

    def _formula(self, column: int, formula: str, id_: str | None, style: Format, missing: str = NOTHING) -> None:
        """A formula with the value it comes to, for programs that only show; remembers where the figure is."""
        figure = self.figures.get(id_) if id_ else None
        if figure is None:
            text(self.sheet, self.row, column, NOTHING, style)
            return
        value = missing if figure["value"] is None else zlote(figure["value"])
        self.sheet.write_formula(self.row, column, formula, style, value)
        self.book.address.setdefault(id_, self._here(column))

    def _amount(self, column: int, id_: str | None, style: Format) -> None:
        """A declared total: a fact of a document, not a formula."""
        figure = self.figures.get(id_) if id_ else None
        if figure is None or figure["value"] is None:
            text(self.sheet, self.row, column, NOTHING, style)
            return
        self.sheet.write_number(self.row, column, zlote(figure["value"]), style)
        self.book.address.setdefault(id_, self._here(column))

    def _here(self, column: int) -> str:
        return f"{REPORT}!{xl_rowcol_to_cell(self.row, column, row_abs=True, col_abs=True)}"

    def _gap_style(self, id_: str | None) -> Format:
        figure = self.figures.get(id_) if id_ else None
        gap = figure and figure["value"] and figure["status"] != "agrees"
        return self.book.money_gap if gap else self.book.money

    def _matrix(self) -> None:
        book, matrix = self.book, self.content["matrix"]
        codes = matrix["columns"]
        names = {source["code"]: source["name"] for source in self.content["sources"]}
        self._section("Program i źródło, w złotych")
        heads = ["Program", "Kod", *(names[code] for code in codes), "Policzone razem", "Zadeklarowane", "Różnica"]
        book.heads(self.sheet, self.row, heads, tuple(range(2, len(heads))))
        self.first = self.row + 1
        total = 2 + len(codes)
        for row in matrix["rows"]:
            self.row += 1
            number = f"{row['number']}. " if row["number"] else ""
            text(self.sheet, self.row, 0, number + row["short_name"], book.wrapped)
            text(self.sheet, self.row, 1, row["programme"] or "", book.plain)
            for i, code in enumerate(codes, 2):
                self._formula(i, self._cell(row["cells"][code]), row["cells"][code], book.money)
            formula = self._over(self.row, 2, self.row, total - 1, NO_AMOUNT)
            self._formula(total, formula, row["total"], book.money, NO_AMOUNT)
            self._amount(total + 1, row["declared"], book.money)
            self._row_difference(f"{row['total']}.difference", total)
        self.last = self.row
        self._sums(matrix, codes, total)

    def _row_difference(self, id_: str, total: int) -> None:
        formula = f"=ROUND({self._cell_at(self.row, total + 1)}-N({self._cell_at(self.row, total)}),2)"
        self._formula(total + 2, formula, id_, self._gap_style(id_))

    def _sums(self, matrix: dict, codes: list[str], total: int) -> None:
        """Totals of columns from the cells above them, declared totals, differences; then the programmes alone."""
        book = self.book
        places = [*enumerate(codes, 2), (total, "total")]
        self.row += 1
        text(self.sheet, self.row, 0, "Policzone z pozycji", book.text_sum)
        text(self.sheet, self.row, 1, "", book.text_sum)
        computed = self.row
        for column, code in places:
            missing = NO_AMOUNT if code == "total" else NOTHING
            formula = self._over(self.first, column, self.last, column, missing)
            self._formula(column, formula, matrix["computed"][code], book.money_sum, missing)
        self.row += 1
        text(self.sheet, self.row, 0, "Zadeklarowane w dokumentach", book.bold)
        for column, code in places:
            self._amount(column, matrix["declared"][code], book.money)
        declared = self.row
        self.row += 1
        text(self.sheet, self.row, 0, "Różnica", book.bold)
        for column, code in places:
            id_ = matrix["difference"][code]
            formula = f"=ROUND({self._cell_at(declared, column)}-N({self._cell_at(computed, column)}),2)"
            self._formula(column, formula, id_, self._gap_style(id_))
        self.row += 1
        text(self.sheet, self.row, 0, "W tym programy", book.plain)
        inside = [i for i, row in enumerate(matrix["rows"], self.first) if row["programme"] is not None]
        cells = ",".join(self._cell_at(row, total) for row in inside) or "0"
        self._formula(
            total,
            f'=IF(COUNT({cells})=0,"{NO_AMOUNT}",ROUND(SUM({cells}),2))',
            "programmes.computed",
            book.money,
            NO_AMOUNT,
        )
        self._check(total, computed)

    def _check(self, total: int, computed: int) -> None:
        """A sum straight over the lines, beside the one over the cells: they must not differ."""
        self.row += 1
        text(self.sheet, self.row, 0, "Kontrola: suma wszystkich pozycji minus policzone razem", self.book.quiet)
        if self.book.last_line >= self.book.first_line:
            lines = self.book.lines(AMOUNT)
            formula = f"=ROUND(SUM({lines})-N({self._cell_at(computed, total)}),2)"
            self.sheet.write_formula(self.row, total, formula, self.book.money, 0)

    def _cell(self, id_: str) -> str:
        if self.book.last_line < self.book.first_line:
            return f'="{NOTHING}"'
        condition = f"{self.book.lines(CELL)},{criterion(id_)}"
        amounts = self.book.lines(AMOUNT)
        return f'=IF(COUNTIFS({condition})=0,"{NOTHING}",ROUND(SUMIFS({amounts},{condition}),2))'

    def _over(self, first_row: int, first: int, last_row: int, last: int, missing: str) -> str:
        if last_row < first_row:
            return f'="{missing}"'
        cells = f"{self._cell_at(first_row, first)}:{self._cell_at(last_row, last)}"
        return f'=IF(COUNT({cells})=0,"{missing}",ROUND(SUM({cells}),2))'

    @staticmethod
    def _cell_at(row: int, column: int) -> str:
        return f"{xl_col_to_name(column)}{row + 1}"

    def _shares(self) -> None:
        """Parts of the total by source."""
        self._section("Udziały źródeł")
        self.book.heads(self.sheet, self.row, ["Źródło", "Udział"], (1,))
        for source in self.content["sources"]:
            self.row += 1
            text(self.sheet, self.row, 0, source["name"], self.book.plain)
            figure = self.figures.get(f"share.{source['code'].lower()}")
            if figure is None or figure["value"] is None:
                text(self.sheet, self.row, 1, NOTHING, self.book.plain)
                continue
            part, whole = (self.book.address.get(id_) for id_ in figure["rule"]["figures"])
            value = float(figure["value"]) / 100
            if part and whole:
                self.sheet.write_formula(self.row, 1, f"=ROUND({part}/{whole},4)", self.book.share, value)
            else:
                self.sheet.write_number(self.row, 1, value, self.book.share)

    def _cross_cuts(self) -> None:
        rows = self.content["cross_cuts"]
        if not rows:
            return
        self.row += 1
        self._section("Przekroje (te same pozycje, nie dodaje się ich drugi raz)")
        heads = ["Przekrój", "Kod", "Policzone", "Zadeklarowane", "Różnica"]
        self.book.heads(self.sheet, self.row, heads, (2, 3, 4))
        for row in rows:
            self.row += 1
            text(self.sheet, self.row, 0, row["name"], self.book.wrapped)
            text(self.sheet, self.row, 1, row["tag"], self.book.plain)
            self._formula(2, self._tagged(row["tag"]), row["computed"], self.book.money)
            self._amount(3, row["declared"], self.book.money)
            formula = f"=ROUND({self._cell_at(self.row, 3)}-N({self._cell_at(self.row, 2)}),2)"
            self._formula(4, formula, row["difference"], self._gap_style(row["difference"]))

    def _tagged(self, tag: str) -> str:
        column = self.book.tag_columns.get(tag)
        if column is None or self.book.last_line < self.book.first_line:
            return f'="{NOTHING}"'
        condition = f'{self.book.lines(column)},"tak"'
        amounts = self.book.lines(AMOUNT)
        return f'=IF(COUNTIFS({condition})=0,"{NOTHING}",ROUND(SUMIFS({amounts},{condition}),2))'

    def _comparison(self) -> None:
        """Earlier years; only this year's amounts are in this workbook, so the others are plain numbers."""
        rows = self.content["comparison"]
        if not rows:
            return
        years = sorted({year["year"] for row in rows for year in row["years"]})
        self.row += 1
        self._section("Porównanie z wcześniejszymi latami, w złotych")
        heads = ["Program", "", *(str(year) for year in years)]
        self.book.heads(self.sheet, self.row, heads, tuple(range(2, len(heads))))
        for row in rows:
            self.row += 1
            text(self.sheet, self.row, 0, row["label"], self.book.wrapped)
            found = {year["year"]: year["figure"] for year in row["years"]}
            for i, year in enumerate(years, 2):
                figure = self.figures.get(found.get(year) or "")
                if figure is None or figure["value"] is None:
                    text(self.sheet, self.row, i, NO_AMOUNT if figure else NOTHING, self.book.money)
                else:
                    self.sheet.write_number(self.row, i, zlote(figure["value"]), self.book.money)

    def _chart(self) -> None:
        """A stacked chart of the matrix, drawn by the spreadsheet from its cells."""
        finding = chart_finding(self.content)
        if not finding or self.last < self.first:
            return
        chart = self.book.workbook.add_chart({"type": "bar", "subtype": "stacked"})
        classes = {source["code"]: source["class"] for source in self.content["sources"]}
        for i, code in enumerate(self.content["matrix"]["columns"], 2):
            chart.add_series(
                {
                    "name": [REPORT, self.first - 1, i],
                    "categories": [REPORT, self.first, 0, self.last, 0],
                    "values": [REPORT, self.first, i, self.last, i],
                    "gap": 60,
                    "fill": {"color": COLOURS.get(classes[code], "#4a5754")},
                }
            )
        chart.set_title({"name": finding, "name_font": {"size": 12, "bold": True}, "overlay": False})
        chart.set_y_axis({"reverse": True})
        chart.set_x_axis({"num_format": "#,##0", "label_position": "low"})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 900, "height": 120 + 46 * (self.last - self.first + 1)})
        self.row += 2
        self.sheet.set_h_pagebreaks([self.row])
        self.sheet.insert_chart(self.row, 0, chart, {"description": chart_description(self.content)[:250]})


def differences_sheet(book: Book) -> None:
    """Every difference with its status and the answer to it."""
    sheet = book.sheet("Różnice", [34, 16, 16, 16, 22, 50, 26, 24])
    heads = ["Czego dotyczy", "Zadeklarowane, zł", "Policzone, zł", "Różnica, zł", "Status", "Uzasadnienie", "Kto"]
    heads.append("Kiedy")
    book.heads(sheet, 3, heads, (1, 2, 3))
    row = 4
    for item in book.content["differences"]:
        text(sheet, row, 0, item["label"], book.wrapped)
        for column, name in ((1, "declared"), (2, "computed"), (3, "figure")):
            put_figure(book, sheet, row, column, item[name] if name != "figure" or item["value_gr"] is not None else "")
        status = "wynika z różnic według źródeł" if item["follows"] else STATUSES[item["status"]]
        text(sheet, row, 4, status, book.wrapped)
        answer = item["resolution"]
        row += 1
        if answer:
            text(sheet, row - 1, 5, answer["reason"], book.wrapped)
            text(sheet, row - 1, 6, answer["by"], book.wrapped)
            text(sheet, row - 1, 7, long_day(answer["at"]), book.wrapped)
            for line in answer["lines"]:
                text(sheet, row, 0, f"wyjaśnienie: {line['description']}", book.wrapped)
                sheet.write_number(row, 3, zlote(line["amount_gr"]), book.money)
                text(sheet, row, 5, line["document"], book.wrapped)
                row += 1
    if not book.content["differences"]:
        text(sheet, row, 0, "Wszystkie kwoty podane w dokumentach zgadzają się z pozycjami co do grosza.", book.plain)
    sheet.freeze_panes(4, 1)


def put_figure(book: Book, sheet: Worksheet, row: int, column: int, id_: str) -> None:
    """A figure of money, taken from the first sheet where it stands there."""
    figure = book.content["figures"].get(id_)
    if figure is None or figure["value"] is None:
        text(sheet, row, column, NOTHING if figure is None else NO_AMOUNT, book.money)
    elif id_ in book.address:
        sheet.write_formula(row, column, f"={book.address[id_]}", book.money, zlote(figure["value"]))
    else:
        sheet.write_number(row, column, zlote(figure["value"]), book.money)
