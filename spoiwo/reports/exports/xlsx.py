"""A workbook whose totals are live: change a line and the matrix, the totals and the differences follow."""

from decimal import Decimal

from xlsxwriter.worksheet import Worksheet

from spoiwo.reports.exports.annex import Annex
from spoiwo.reports.exports.words import (
    PRECISIONS,
    SCOPES,
    STATUSES,
    clean,
    long_day,
    short_day,
    value_text,
)
from spoiwo.reports.exports.xlsx_book import REPORT, Book, text, zlote
from spoiwo.reports.exports.xlsx_lines import lines_sheet, place_lines
from spoiwo.reports.exports.xlsx_report import ReportSheet, differences_sheet, put_figure


def render_xlsx(content: dict) -> bytes:
    """The report as XLSX. The same content gives the same bytes."""
    content = clean(content)
    book = Book(content, Annex(content))
    place_lines(book)
    sheet = book.sheet(REPORT, [38, 14] + [17] * (len(content["sources"]) + 3))
    ReportSheet(book, sheet).write()
    _results(book)
    lines_sheet(book)
    _figures(book)
    differences_sheet(book)
    _about(book)
    return book.close()


def _results(book: Book) -> None:
    """Sentences of the report with the counts in them, then events."""
    sheet = book.sheet("Wyniki", [34, 80, 14, 26, 14, 14, 30])
    names = book.annex.names
    heads = ["Program", "Zdanie", "Wartość", "Jednostka", "Dokładność", "Osoby", "Dokument"]
    book.heads(sheet, 3, heads, (2, 5))
    row = 4
    for item in book.content["records"]["results"]:
        label = book.annex.labels.get(f"result.{item['key'].lower()}") or _sentence(book, item)
        text(sheet, row, 0, names.programme(item["programme"]), book.wrapped)
        text(sheet, row, 1, label, book.wrapped)
        if item["value"] is not None:
            sheet.write_number(row, 2, Decimal(item["value"]), book.plain)
            unit = book.content["units"].get(item["unit"], {})
            text(sheet, row, 3, unit.get("many", item["unit"] or ""), book.plain)
            text(sheet, row, 4, PRECISIONS.get(item["precision"] or "exact", ""), book.plain)
        if item["people"] is not None:
            sheet.write_number(row, 5, item["people"], book.plain)
        text(sheet, row, 6, names.document(item["document"]), book.wrapped)
        row += 1
    row += 1
    events = ["Program", "Wydarzenie", "Od", "Do", "Miejsce (TERYT)", "Osoby", "Dokument"]
    book.heads(sheet, row, events, (5,))
    for event in book.content["records"]["events"]:
        row += 1
        words = [names.programme(event["programme"]), event["name"], short_day(event["date_from"])]
        words += [short_day(event["date_to"]), "; ".join(event["place"])]
        for i, word in enumerate(words):
            text(sheet, row, i, word, book.wrapped)
        if event["people"] is not None:
            sheet.write_number(row, 5, event["people"], book.plain)
        text(sheet, row, 6, names.document(event["document"]), book.wrapped)
    sheet.freeze_panes(4, 0)


def _sentence(book: Book, item: dict) -> str:
    """The sentence of a result that has no count of its own."""
    return book.annex.labels.get(f"result.{item['key'].lower()}.people") or item["statement"]


def _figures(book: Book) -> None:
    """Every figure: identifier, label, value, rule, records."""
    sheet = book.sheet("Liczby", [8, 32, 44, 17, 12, 14, 48, 48, 10, 16])
    heads = [
        "Nr",
        "Identyfikator",
        "Liczba",
        "Wartość",
        "Jednostka",
        "Dokładność",
        "Jak policzona",
        "Rekordy",
        "Ile rekordów",
        "Status",
    ]
    book.heads(sheet, 3, heads, (0, 3, 8))
    annex = book.annex
    for row, id_ in enumerate(annex.order, 4):
        figure = book.content["figures"][id_]
        if id_ in annex.number:
            sheet.write_number(row, 0, annex.number[id_], book.plain)
        text(sheet, row, 1, id_, book.plain)
        text(sheet, row, 2, annex.label(figure), book.wrapped)
        if figure["kind"] == "money":
            put_figure(book, sheet, row, 3, id_)
        elif figure["value"] is None:
            text(sheet, row, 3, value_text(figure, book.content["units"]), book.plain)
        else:
            sheet.write_number(row, 3, Decimal(figure["value"]), book.plain)
        text(sheet, row, 4, "zł" if figure["unit"] == "gr" else figure["unit"], book.plain)
        text(sheet, row, 5, PRECISIONS[figure["precision"]], book.plain)
        rule = "".join(part if isinstance(part, str) else part[0] for part in annex.names.rule(figure["rule"]))
        text(sheet, row, 6, rule, book.wrapped)
        text(sheet, row, 7, annex.records_text(figure), book.wrapped)
        sheet.write_number(row, 8, figure["records"], book.plain)
        text(sheet, row, 9, STATUSES[figure["status"]], book.plain)
    sheet.autofilter(3, 0, 3 + len(annex.order), len(heads) - 1)
    sheet.freeze_panes(4, 2)
    sheet.repeat_rows(3)


ABOUT = (
    "Kwoty są w złotych. Komórki tabeli w arkuszu Sprawozdanie, sumy wierszy i kolumn oraz różnice są formułami: "
    "komórki sumują pozycje (SUMA.WARUNKÓW), sumy dodają komórki. Zmiana pozycji zmienia wynik.",
    "„–” znaczy, że nie ma żadnej pozycji. „brak kwoty” znaczy, że kwoty nie podano. Żadne z nich nie jest zerem.",
    "Zwrot ma kwotę ujemną. Różnica to kwota zadeklarowana minus policzona.",
    "Odcisk jest skrótem SHA-256 treści sprawozdania; ten sam jest w każdym formacie tego samego wydania.",
)


def _about(book: Book) -> None:
    """How to read the file, the declared totals and the documents."""
    sheet = book.sheet("Opis", [34, 60, 18, 16, 40], wide=False)
    row = 3
    for words in (*ABOUT, *([book.content["notice"]] if book.content["notice"] else [])):
        text(sheet, row, 0, words, book.plain)
        row += 1
    for name, value in (*book.facts["facts"], *_version(book.content)):
        text(sheet, row, 0, name, book.quiet)
        text(sheet, row, 1, value, book.plain)
        row += 1
    row += 1
    book.heads(sheet, row, ["Suma zadeklarowana", "Dokument", "Kwota, zł", "Dokładność", "Uwaga"], (2,))
    names = book.annex.names
    for item in book.content["records"]["declared"]:
        row += 1
        parts = [names.sources.get(item["source"]), names.tags.get(item["tag"])]
        parts.append(names.programme(item["programme"]) if item["programme"] else None)
        about = ", ".join(part for part in parts if part)
        text(sheet, row, 0, f"{SCOPES[item['scope']]}: {about}" if about else SCOPES[item["scope"]], book.wrapped)
        text(sheet, row, 1, names.document(item["document"]), book.wrapped)
        sheet.write_number(row, 2, zlote(item["amount_gr"]), book.money)
        text(sheet, row, 3, PRECISIONS[item["precision"]], book.plain)
        text(sheet, row, 4, item["note"], book.wrapped)
    row += 2
    book.heads(sheet, row, ["Dokument (kod)", "Nazwa", "Data", "Rodzaj", "Adres"])
    for item in book.content["records"]["documents"]:
        row += 1
        for i, words in enumerate((item["code"], item["name"], short_day(item["date"]), item["kind"], item["address"])):
            text(sheet, row, i, words, book.wrapped)
    if book.content["changes"]:
        _changes(book, sheet, row + 2)


def _changes(book: Book, sheet: Worksheet, row: int) -> None:
    """Figures that this version changed, with both values."""
    book.heads(sheet, row, ["Liczba zmieniona w tej wersji", "Identyfikator", "Było", "Jest"], (2, 3))
    for change in book.content["changes"]:
        row += 1
        text(sheet, row, 0, change["label"], book.wrapped)
        text(sheet, row, 1, change["figure"], book.wrapped)
        for column, side in ((2, "before"), (3, "after")):
            value = change[side]
            if change["unit"] == "gr" and value is not None:
                sheet.write_number(row, column, zlote(value), book.money)
            else:
                text(sheet, row, column, "–" if value is None else str(value), book.plain)


def _version(content: dict) -> list[tuple[str, str]]:
    """What a correction changed."""
    rows = [("Powód wydania", content["reason"])] if content["reason"] else []
    if content["previous_fingerprint"]:
        rows.append(("Odcisk poprzedniej wersji", content["previous_fingerprint"]))
    if content["finalised"]:
        rows.append(("Ustalono", f"{long_day(content['finalised']['at'])}, {content['finalised']['by']}"))
    return rows
