"""What all sheets of the workbook share: formats, headings, cells that hold text and never formulas."""

import io
from datetime import date
from decimal import Decimal
from functools import cached_property

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from spoiwo.kernel.cells import WORKBOOK
from spoiwo.reports.exports.annex import Annex
from spoiwo.reports.exports.story import head
from spoiwo.reports.exports.words import moment

MONEY = "#,##0.00"  # shown with the separators of the reader's own settings: in Polish 9 025 049,77
DAY = "d.mm.yyyy"
DAY_ZERO = date(1899, 12, 30).toordinal()
LONGEST = 32_767  # characters that a cell can hold
LINES = "Pozycje"
REPORT = "Sprawozdanie"


class Book:
    """A workbook in the making, with what its sheets need to know of each other."""

    def __init__(self, content: dict, annex: Annex) -> None:
        self.content, self.annex = content, annex
        self.facts = head(content)
        self.file = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(self.file, WORKBOOK)
        self.workbook.set_properties(
            {
                "title": self.facts["title"][:255],
                "subject": self.facts["short"][:255],
                "author": self.facts["office"][:255],
                "keywords": f"sprawozdanie, {content['year']}",
                "comments": f"Odcisk treści (SHA-256): {self.facts['fingerprint']}",
                "created": moment(content).replace(tzinfo=None),
            }
        )
        self.address: dict[str, str] = {}  # figure → its cell on the first sheet
        self.tag_columns: dict[str, str] = {}  # cross-cut → column of the sheet of lines
        self.first_line, self.last_line = 0, 0  # rows of lines of money, as Excel counts them

    def close(self) -> bytes:
        """The finished file."""
        self.workbook.close()
        return self.file.getvalue()

    def _format(self, **more: object) -> Format:
        return self.workbook.add_format({"font_name": "Calibri", "font_size": 10, "valign": "top", **more})

    @cached_property
    def plain(self) -> Format:
        return self._format()

    @cached_property
    def wrapped(self) -> Format:
        return self._format(text_wrap=True)

    @cached_property
    def bold(self) -> Format:
        return self._format(bold=True)

    @cached_property
    def title(self) -> Format:
        return self._format(bold=True, font_size=16, font_color="#0f4f49")

    @cached_property
    def heading(self) -> Format:
        return self._format(bold=True, font_size=12, font_color="#0f4f49")

    @cached_property
    def quiet(self) -> Format:
        return self._format(font_color="#4a5754")

    @cached_property
    def alarm(self) -> Format:
        return self._format(bold=True, font_color="#a3163c", bg_color="#fae6ea")

    @cached_property
    def top(self) -> Format:
        return self._format(bold=True, bg_color="#e6eeec", bottom=1, text_wrap=True, valign="bottom")

    @cached_property
    def top_right(self) -> Format:
        return self._format(bold=True, bg_color="#e6eeec", bottom=1, text_wrap=True, valign="bottom", align="right")

    @cached_property
    def money(self) -> Format:
        return self._format(num_format=MONEY, align="right")

    @cached_property
    def money_sum(self) -> Format:
        return self._format(num_format=MONEY, align="right", bold=True, bg_color="#e6eeec", top=1)

    @cached_property
    def money_gap(self) -> Format:
        return self._format(num_format=MONEY, align="right", bold=True, font_color="#a3163c", bg_color="#fae6ea")

    @cached_property
    def text_sum(self) -> Format:
        return self._format(bold=True, bg_color="#e6eeec", top=1)

    @cached_property
    def share(self) -> Format:
        return self._format(num_format="0.00%", align="right")

    @cached_property
    def day(self) -> Format:
        return self._format(num_format=DAY, align="right")

    def sheet(
        self, name: str, widths: list[float], *, wide: bool = True, kind: type[Worksheet] = Worksheet
    ) -> Worksheet:
        """A sheet with its title and what stands on every page; content begins in row 3 (the fourth)."""
        sheet = self.workbook.add_worksheet(name, worksheet_class=kind)
        for i, width in enumerate(widths):
            sheet.set_column(i, i, width, self.plain)
        text(sheet, 0, 0, self.facts["title"] if name == REPORT else f"{name}: {self.facts['short']}", self.title)
        standing = " · ".join(self.facts["standing"])
        text(sheet, 1, 0, standing or self.facts["state"], self.alarm if standing else self.quiet)
        words = _in_header(" · ".join(filter(None, (self.facts["short"], standing))))
        sheet.set_header(f"&L{words}")
        sheet.set_footer(f"&L{_in_header('odcisk ' + self.facts['mark'])}&Rstrona &P z &N")
        sheet.set_paper(9)
        if wide:
            sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(2)
        return sheet

    def heads(self, sheet: Worksheet, row: int, names: list[str], numbers: tuple[int, ...] = ()) -> None:
        """A header row."""
        for i, name in enumerate(names):
            text(sheet, row, i, name, self.top_right if i in numbers else self.top)

    def lines(self, column: str) -> str:
        """The range of one column of the sheet of lines, for formulas."""
        return f"{LINES}!${column}${self.first_line}:${column}${self.last_line}"


def _in_header(words: str) -> str:
    """Text of a page header: "&" would begin a command there, and 255 characters are all it holds."""
    return words[:120].replace("&", "&&")


def text(sheet: Worksheet, row: int, column: int, words: str, style: Format) -> None:
    """Write text that stays text, whatever it begins with."""
    sheet.write_string(row, column, words[:LONGEST], style)


def zlote(gr: int) -> Decimal:
    """Grosze as the złote of a spreadsheet, exactly."""
    return Decimal(gr).scaleb(-2)


def day_number(iso: str) -> int:
    """A day as a spreadsheet counts it."""
    return date.fromisoformat(iso[:10]).toordinal() - DAY_ZERO


def criterion(words: str) -> str:
    """Text as the condition of SUMIFS: quotes doubled, wildcards taken as they are written."""
    for char in "~*?":
        words = words.replace(char, f"~{char}")
    return '"' + words.replace('"', '""') + '"'
