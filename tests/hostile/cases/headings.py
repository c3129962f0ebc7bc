"""Tables and headings that are missing, repeated or not known."""

from spoiwo.ledger.tests.intake.packages import good, without_column
from tests.hostile.case import at
from tests.hostile.content import content_case, renamed, with_column, with_table, without_table

CASES = [
    content_case(
        "missing-column",
        without_column("money", "amount"),
        at("missing_column", "money.csv", None, "amount", "brak tej kolumny", "kolumna „amount”"),
    ),
    content_case(
        "unknown-column",
        with_column("money", "zatwierdził", "Kowalska"),
        at(
            "unknown_column",
            "money.csv",
            None,
            "zatwierdził",
            "nieznaną kolumnę „zatwierdził”",
            "usunięta albo przemianowana kolumna",
        ),
    ),
    content_case(
        "misspelt-optional-column",
        renamed("money", "tags", "tagss"),
        at(
            "unknown_column",
            "money.csv",
            None,
            "tagss",
            "nieznaną kolumnę „tagss”",
            "usunięta albo przemianowana kolumna; może to „tags”",
        ),
    ),
    content_case(
        "repeated-column",
        with_column("money", "kwota", "1"),
        at(
            "duplicate_column",
            "money.csv",
            None,
            "kwota",
            "drugą kolumnę „kwota”",
            "każda kolumna najwyżej raz",
        ),
    ),
    content_case(
        "column-without-heading",
        with_column("money", "", "zapomniane"),
        at(
            "no_heading",
            "money.csv",
            2,
            "M",
            "„zapomniane” w kolumnie M, która nie ma nagłówka",
            "nagłówek kolumny",
        ),
    ),
    content_case(
        "missing-table",
        without_table("declared"),
        at(
            "missing_table",
            "rok",
            None,
            "",
            "brak tabeli Sumy podane (declared)",
            "tabela Sumy podane (declared), choćby z samymi nagłówkami",
        ),
    ),
    content_case(
        "unknown-table",
        with_table("wydatki", [["a"], ["1"]]),
        at(
            "unknown_table",
            "wydatki.csv",
            None,
            "",
            "nieznaną tabelę „wydatki”",
            "tabela o znanej nazwie; inną usuń albo przemianuj; może to „Wyniki”",
        ),
    ),
    content_case(
        "year-without-rows",
        with_table("year", good()["year"][:1]),
        at("not_one_row", "year.csv", None, "", "tabelę bez wierszy z danymi", "dokładnie jeden wiersz"),
    ),
    content_case(
        "headings-of-something-else",
        with_table("declared", [["Zestawienie sum", "", "2019"], ["a", "b", "c"]]),
        at(
            "no_headings",
            "declared.csv",
            None,
            "",
            "w miejscu nagłówków „Zestawienie sum, 2019”",
            "nagłówki kolumn w pierwszym wierszu: key, scope, amount, precision, document",
        ),
    ),
]
