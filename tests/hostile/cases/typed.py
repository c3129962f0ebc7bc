"""Cells of workbooks that hold another kind of value than their column asks for."""

from datetime import date, datetime

from tests.hostile.case import Case, at
from tests.hostile.workbooks import with_amount, with_value

CASES = [
    Case(
        "formula-without-value",
        with_amount("<c {}><f>1+1</f></c>"),
        at(
            "formula_without_value",
            "rok.xlsx",
            2,
            "Kwota",
            "formułę bez zapisanego wyniku",
            "wartość albo formuła z wynikiem",
            sheet="Kwoty",
        ),
    ),
    Case(
        "error-cell",
        with_amount('<c {} t="e"><f>A99</f><v>#REF!</v></c>'),
        at("error_cell", "rok.xlsx", 2, "Kwota", "„#REF!”", "wartość zamiast błędu formuły", sheet="Kwoty"),
    ),
    Case(
        "amount-as-noise",
        with_amount("<c {}><v>0.30000000000000004</v></c>"),
        at(
            "amount_float_noise",
            "rok.xlsx",
            2,
            "Kwota",
            "liczbę 0,30000000000000004",
            "kwota zaokrąglona do groszy: 0,30\xa0zł",
            sheet="Kwoty",
        ),
    ),
    Case(
        "amount-as-thousandths",
        with_value(1, 5, 1234.567),
        at(
            "amount_three_decimals",
            "rok.xlsx",
            2,
            "Kwota",
            "liczbę 1234,567",
            "kwota z najwyżej dwoma miejscami po przecinku, np. 1 234,56",
            sheet="Kwoty",
        ),
    ),
    Case(
        "amount-as-negative-number",
        with_value(3, 5, -0.5),
        at(
            "amount_negative",
            "rok.xlsx",
            4,
            "Kwota",
            "liczbę -0,5",
            "kwota bez minusa; zwrot wpisuje się dodatnio, z rodzajem „zwrot” (refund): 0,50\xa0zł",
            sheet="Kwoty",
        ),
    ),
    Case(
        "amount-as-text",
        with_amount('<c {} t="str"><v>1.234,5678</v></c>'),
        at(
            "amount_three_decimals",
            "rok.xlsx",
            2,
            "Kwota",
            "„1.234,5678”",
            "kwota z najwyżej dwoma miejscami po przecinku, np. 1 234,56",
            sheet="Kwoty",
        ),
    ),
    Case(
        "amount-as-date",
        with_value(1, 5, date(2019, 2, 3), shape="yyyy-mm-dd"),
        at(
            "amount_text",
            "rok.xlsx",
            2,
            "Kwota",
            "datę 2019-02-03",
            "kwota w złotych, np. 1 234,56",
            sheet="Kwoty",
        ),
    ),
    Case(
        "amount-as-truth",
        with_value(1, 5, True),
        at(
            "amount_text",
            "rok.xlsx",
            2,
            "Kwota",
            "wartość logiczną PRAWDA",
            "kwota w złotych, np. 1 234,56",
            sheet="Kwoty",
        ),
    ),
    Case(
        "amount-as-huge-number",
        with_value(1, 5, 1e300),
        at(
            "amount_too_large",
            "rok.xlsx",
            2,
            "Kwota",
            "liczbę 1e+300",
            "kwota, którą da się zapisać w rejestrze",
            sheet="Kwoty",
        ),
    ),
    Case(
        "date-as-number",
        with_value(1, 6, 43499),
        at(
            "not_date",
            "rok.xlsx",
            2,
            "Data",
            "liczbę 43499",
            "data, np. 2019-12-31 albo 31.12.2019; jeżeli to numer dnia z arkusza, to 2019-02-03",
            sheet="Kwoty",
        ),
    ),
    Case(
        "date-with-hour",
        with_value(1, 6, datetime.fromisoformat("2019-02-03T12:30"), shape="yyyy-mm-dd hh:mm"),
        at(
            "not_date",
            "rok.xlsx",
            2,
            "Data",
            "datę z godziną 2019-02-03 12:30",
            "data bez godziny: 2019-02-03",
            sheet="Kwoty",
        ),
    ),
    Case(
        "date-of-another-year",
        with_value(1, 6, date(2020, 1, 1), shape="yyyy-mm-dd"),
        at("outside_year", "rok.xlsx", 2, "Data", "2020-01-01", "dzień roku 2019", sheet="Kwoty"),
    ),
    Case(
        "place-as-number",
        with_value(1, 10, 861011),
        at(
            "unknown_place",
            "rok.xlsx",
            2,
            "Miejsce",
            "„861011”",
            "kod TERYT z 2, 4 albo 7 cyfr; może to „0861011”",
            sheet="Kwoty",
        ),
    ),
    Case(
        "name-as-fraction",
        with_value(1, 7, 1.5),
        at(
            "not_text",
            "rok.xlsx",
            2,
            "Opis",
            "liczbę 1,5",
            "tekst; sformatuj komórkę jako tekst i wpisz wartość jeszcze raz",
            sheet="Kwoty",
        ),
    ),
    Case(
        "year-as-fraction",
        with_value(1, 1, 2019.5, name="year"),
        at(
            "not_integer",
            "rok.xlsx",
            2,
            "Rok",
            "liczbę 2019,5",
            "liczba całkowita od 1999 do 2100",
            sheet="Rok",
        ),
    ),
]
