"""The empty workbook of a year package: every sheet with its headings, notes and lists to choose from."""

import io
from dataclasses import dataclass
from datetime import UTC, date, datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from spoiwo.ledger.domain.schema import DEFAULT_SOURCES, INSTRUCTIONS, LISTS, TABLES, Column, Kind, Table

READY_ROWS = 5_000
"""How many rows below the headings have lists and checks; further ones are read just the same."""
MADE = datetime(2020, 1, 1, tzinfo=UTC)  # the same template is the same file
TEXT, DAY, MONEY, WHOLE = "@", "yyyy-mm-dd", "#,##0.00", "0"
FORMATS = {Kind.DATE: DAY, Kind.AMOUNT: MONEY, Kind.INTEGER: WHOLE, Kind.NUMBER: "General"}
WIDTHS = {
    Kind.CODE: 18,
    Kind.REFERENCE: 18,
    Kind.PLACE: 14,
    Kind.DATE: 13,
    Kind.AMOUNT: 16,
    Kind.STATEMENT: 60,
}
LOCAL = {"documents", "tags", "tasks", "measures", "plan", "money"}
"""Tables whose codes must stand in the workbook; codes of others may be known to the program already."""
WELCOME = (
    ("Pakiet roku", "title"),
    ("W tym skoroszycie zbierzesz dane, z których powstanie sprawozdanie za jeden rok.", ""),
    ("", ""),
    ("Od czego zacząć", "heading"),
    ("1. Arkusz „Rok”: jeden wiersz z województwem, rokiem i strategią.", ""),
    ("2. Arkusze „Strategie”, „Cele”, „Programy”, „Zadania” i „Dokumenty”: to, do czego odwołują się kwoty.", ""),
    ("3. Arkusz „Kwoty”: każda wypłata i każdy zwrot w osobnym wierszu.", ""),
    ("4. Arkusz „Sumy podane”: sumy z dokumentów; program porówna je z policzonymi.", ""),
    ("5. Arkusz „Plan”: plan, jego zmiany i zaangażowanie; arkusze wskaźników: co się mierzy i co zmierzono.", ""),
    ("6. Pozostałe arkusze wypełnij, jeżeli są potrzebne. Niepotrzebnych nie trzeba usuwać.", ""),
    ("", ""),
    ("Jak wpisywać", "heading"),
    ("Ciemny nagłówek: kolumna wymagana. Jasny: można zostawić pustą. Opis jest w notatce nagłówka.", ""),
    ("Kwoty: złote z groszami, bez minusa. Zwrot wpisz dodatnio i wybierz rodzaj „zwrot”.", ""),
    ("Minus ma tylko zmiana planu, która plan zmniejsza.", ""),
    ("Kwoty, której nie podano, nie wpisuj wcale: brak kwoty to nie zero.", ""),
    ("Kody TERYT: województwo 2 cyfry, powiat 4, gmina 7. Zero na początku musi zostać.", ""),
    ("Kilka wartości w jednej komórce oddziel średnikiem.", ""),
    ("Nie scalaj komórek, nie ukrywaj wierszy i kolumn z danymi, nie zmieniaj nazw arkuszy i nagłówków.", ""),
    ("", ""),
    ("Co dalej", "heading"),
    ("Zapisz plik jako XLSX i wczytaj go w programie. Najpierw zobaczysz, co się zmieni i co wymaga", ""),
    ("poprawy; dopiero potem dane zostaną zapisane, wszystkie albo żadne.", ""),
)


def year_template() -> bytes:
    """The workbook as the bytes of an XLSX file; the same bytes every time."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"title": "Pakiet roku", "created": MADE})
        template = _Template(book)
        template.write()
    return content.getvalue()


@dataclass
class _Template:
    """The workbook while it is written."""

    book: xlsxwriter.Workbook

    def write(self) -> None:
        """Instructions first, then the tables in the order of the schema, then the lists they choose from."""
        self._instructions(self.book.add_worksheet(INSTRUCTIONS))
        sheets = [(table, self.book.add_worksheet(table.label)) for table in TABLES]
        sources = self._lists(self.book.add_worksheet(LISTS))
        for table, sheet in sheets:
            self._table(table, sheet, sources)
            if table.name == "sources":
                self._default_sources(table, sheet)

    def _format(self, **facts: object) -> Format:
        return self.book.add_format(facts)

    def _instructions(self, sheet: Worksheet) -> None:
        """How to fill the workbook in."""
        styles = {
            "": self._format(text_wrap=True),
            "title": self._format(bold=True, font_size=18),
            "heading": self._format(bold=True, font_size=12),
        }
        sheet.set_column(0, 0, 110)
        for row, (line, style) in enumerate(WELCOME):
            sheet.write_string(row, 0, line, styles[style])

    def _lists(self, sheet: Worksheet) -> dict[tuple[str, ...], str]:
        """One column per list of labels; labels -> the range that holds them."""
        choices = [column.choices for table in TABLES for column in table.columns if column.choices]
        labels = [tuple(one.values()) for one in choices] + [("tak", "nie")]
        ranges: dict[tuple[str, ...], str] = {}
        heading = self._format(bold=True)
        for listed in labels:
            if listed not in ranges:
                index = len(ranges)
                sheet.write_string(0, index, "Lista " + str(index + 1), heading)
                sheet.write_column(1, index, listed)
                letter = chr(ord("A") + index)
                ranges[listed] = f"={LISTS}!${letter}$2:${letter}${len(listed) + 1}"
        sheet.set_column(0, len(ranges) - 1, 24)
        return ranges

    def _table(self, table: Table, sheet: Worksheet, ranges: dict[tuple[str, ...], str]) -> None:
        """Headings with notes, formats of columns, checks of cells."""
        needed = self._format(bold=True, text_wrap=True, valign="top", bg_color="#1F3A5F", font_color="#FFFFFF")
        free = self._format(bold=True, text_wrap=True, valign="top", bg_color="#E6ECF3")
        sheet.freeze_panes(1, 1)
        sheet.set_row(0, 32)
        for index, column in enumerate(table.columns):
            cell_format = self._format(num_format=FORMATS.get(column.kind, TEXT))
            sheet.set_column(index, index, WIDTHS.get(column.kind, 28), cell_format)
            sheet.write_string(0, index, column.label, needed if column.required else free)
            sheet.write_comment(0, index, _note(column), {"x_scale": 2, "y_scale": 1.2})
            if check := _check(column, ranges):
                sheet.data_validation(1, index, READY_ROWS, index, check)

    def _default_sources(self, table: Table, sheet: Worksheet) -> None:
        """The four classes of money, ready to be used or replaced."""
        for row, source in enumerate(DEFAULT_SOURCES, start=1):
            for index, column in enumerate(table.columns):
                value = source[column.name]
                sheet.write(row, index, column.choices.get(value, value) if column.choices else value)


def _note(column: Column) -> str:
    """The note of a heading."""
    required = "Kolumna wymagana." if column.required else "Kolumna nieobowiązkowa."
    many = " Kilka wartości oddziel średnikiem." if column.many else ""
    return f"{column.help}{many} {required}"


def _check(column: Column, ranges: dict[tuple[str, ...], str]) -> dict | None:
    """What the spreadsheet program checks while typing; None when it cannot."""
    if column.many:
        return None
    told = {"error_title": column.label[:32], "error_message": column.help[:255]}
    match column.kind:
        case Kind.CHOICE:
            return {"validate": "list", "source": ranges[tuple(column.choices.values())], **told}
        case Kind.YES_NO:
            return {"validate": "list", "source": ranges["tak", "nie"], **told}
        case Kind.REFERENCE:
            return {"validate": "list", "source": _codes(column), "error_type": _strictness(column), **told}
        case Kind.DATE:
            days = {"minimum": date(1900, 1, 1), "maximum": date(2100, 12, 31)}
            return {"validate": "date", "criteria": "between", **days, "error_type": "warning", **told}
        case Kind.AMOUNT if not column.signed:
            return {"validate": "decimal", "criteria": ">=", "value": 0, **told}
        case Kind.INTEGER:
            bounds = {"minimum": column.smallest, "maximum": column.largest}
            return {"validate": "integer", "criteria": "between", **bounds, **told}
    return None


def _codes(column: Column) -> str:
    """The range of the codes that a reference may name: the first column of its table."""
    label = next(table.label for table in TABLES if table.name == column.refers_to)
    return f"='{label}'!$A$2:$A${READY_ROWS + 1}"


def _strictness(column: Column) -> str:
    """Codes that live in the workbook alone are insisted on; of others the person is only asked."""
    return "stop" if column.refers_to in LOCAL else "warning"
