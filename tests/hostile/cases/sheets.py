"""Sheets that are hidden, merged, twice or not there."""

from spoiwo.ledger.tests.intake.packages import good, workbook_bytes
from tests.hostile.case import Case, at
from tests.hostile.content import without_table
from tests.hostile.workbooks import MONEY, book_with, drawn, saved, with_amount

CASES = [
    Case(
        "rows-out-of-order",
        book_with(MONEY, '<row r="3"', '<row r="2"'),
        (
            at(
                "malformed_sheet",
                "rok.xlsx",
                2,
                "",
                "wiersz o numerze „2” po wierszu 2",
                "arkusz zapisany przez program arkuszowy",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "cell-of-another-row",
        with_amount('<c r="F7"><v>1</v></c>'),
        (
            at(
                "malformed_sheet",
                "rok.xlsx",
                2,
                "",
                "adres „F7” w wierszu 2",
                "arkusz zapisany przez program arkuszowy",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "cell-without-sense",
        with_amount('<c r="$$"><v>1</v></c>'),
        (
            at(
                "malformed_sheet",
                "rok.xlsx",
                2,
                "",
                "adres „$$” w wierszu 2",
                "arkusz zapisany przez program arkuszowy",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "number-that-is-none",
        with_amount("<c {}><v>dużo</v></c>"),
        (
            at(
                "malformed_sheet",
                "rok.xlsx",
                2,
                "",
                "komórkę F2 z wartością „dużo”",
                "arkusz zapisany przez program arkuszowy",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "not-a-number",
        with_amount("<c {}><v>NaN</v></c>"),
        (
            at(
                "malformed_sheet",
                "rok.xlsx",
                2,
                "",
                "komórkę F2 z wartością „NaN”",
                "arkusz zapisany przez program arkuszowy",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "text-that-is-not-there",
        with_amount('<c {} t="s"><v>99999</v></c>'),
        (
            at(
                "malformed_sheet",
                "rok.xlsx",
                2,
                "",
                "komórkę F2 z wartością „99999”",
                "arkusz zapisany przez program arkuszowy",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "cell-of-unknown-kind",
        with_amount('<c {} t="zzz"><v>1</v></c>'),
        (
            at(
                "malformed_sheet",
                "rok.xlsx",
                2,
                "",
                "komórkę F2 z wartością „1”",
                "arkusz zapisany przez program arkuszowy",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "merged-headings",
        drawn(lambda sheet, _book: sheet.merge_range("A1:B1", "Klucz")),
        (
            at(
                "merged_cells",
                "rok.xlsx",
                1,
                "A",
                "scalone komórki A1:B1 w nagłówkach",
                "nagłówki bez scalania",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "merged-cells",
        drawn(lambda sheet, _book: sheet.merge_range("H3:H4", "Razem")),
        (
            at(
                "merged_cells",
                "rok.xlsx",
                3,
                "Opis",
                "scalone komórki H3:H4",
                "komórki bez scalania",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "hidden-row",
        drawn(lambda sheet, _book: sheet.set_row(3, None, None, {"hidden": True})),
        (
            at(
                "hidden_rows",
                "rok.xlsx",
                4,
                "",
                "ukryty wiersz 4 z treścią",
                "wszystkie wiersze widoczne",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "hidden-rows",
        drawn(lambda sheet, _book: [sheet.set_row(row, None, None, {"hidden": True}) for row in (2, 3)]),
        (
            at(
                "hidden_rows",
                "rok.xlsx",
                3,
                "",
                "ukryte wiersze 3–4 z treścią",
                "wszystkie wiersze widoczne",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "hidden-column",
        drawn(lambda sheet, _book: sheet.set_column(5, 5, None, None, {"hidden": True})),
        (
            at(
                "hidden_column",
                "rok.xlsx",
                None,
                "Kwota",
                "ukrytą kolumnę F z treścią",
                "wszystkie kolumny widoczne",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "hidden-sheet",
        drawn(lambda sheet, _book: sheet.hide()),
        (
            at(
                "hidden_sheet",
                "rok.xlsx",
                None,
                "",
                "ukryty arkusz z danymi",
                "arkusz widoczny",
                sheet="Kwoty",
            ),
        ),
    ),
    Case(
        "sheet-twice",
        saved(lambda: workbook_bytes(good() | {"Wydarzenia ": [["x"]]})),
        (
            at(
                "repeated_table",
                "rok.xlsx",
                None,
                "",
                "arkusz „Wydarzenia ” z tabelą, która już była",
                "każda tabela najwyżej raz",
                sheet="Wydarzenia ",
            ),
        ),
    ),
    Case(
        "sheet-unknown",
        saved(lambda: workbook_bytes(good() | {"Brudnopis": [["notatka"]]})),
        (
            at(
                "unknown_table",
                "rok.xlsx",
                None,
                "",
                "nieznaną tabelę „Brudnopis”",
                "tabela o znanej nazwie; inną usuń albo przemianuj",
                sheet="Brudnopis",
            ),
        ),
    ),
    Case(
        "sheet-empty",
        saved(lambda: workbook_bytes(good() | {"tags": []})),
        (at("empty_file", "rok.xlsx", None, "", "pusty arkusz", "co najmniej nagłówki", sheet="Przekroje"),),
    ),
    Case(
        "sheet-missing",
        saved(lambda: workbook_bytes(without_table("declared"))),
        (
            at(
                "missing_table",
                "rok.xlsx",
                None,
                "",
                "brak tabeli Sumy podane (declared)",
                "tabela Sumy podane (declared), choćby z samymi nagłówkami",
            ),
        ),
    ),
]
