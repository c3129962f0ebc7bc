"""Cells that do not hold what their column asks for."""

from spoiwo.ledger.tests.intake.packages import with_cell, with_row
from tests.hostile.case import at
from tests.hostile.content import content_case

CASES = [
    content_case(
        "amount-three-decimals",
        with_cell("money", 2, "amount", "1 234,567"),
        at(
            "amount_three_decimals",
            "money.csv",
            2,
            "amount",
            "„1 234,567”",
            "kwota z najwyżej dwoma miejscami po przecinku, np. 1 234,56",
        ),
    ),
    content_case(
        "amount-float-noise",
        with_cell("money", 2, "amount", "1000.4999999999999"),
        at(
            "amount_float_noise",
            "money.csv",
            2,
            "amount",
            "„1000.4999999999999”",
            "kwota zaokrąglona do groszy: 1\xa0000,50\xa0zł",
        ),
    ),
    content_case(
        "amount-negative",
        with_cell("money", 4, "amount", "-0,50"),
        at(
            "amount_negative",
            "money.csv",
            4,
            "amount",
            "„-0,50”",
            "kwota bez minusa; zwrot wpisuje się dodatnio, z rodzajem „zwrot” (refund): 0,50\xa0zł",
        ),
    ),
    content_case(
        "amount-text",
        with_cell("money", 2, "amount", "tysiąc"),
        at("amount_text", "money.csv", 2, "amount", "„tysiąc”", "kwota w złotych, np. 1 234,56"),
    ),
    content_case(
        "amount-with-letter-o",
        with_cell("money", 2, "amount", "1O00,50"),
        at("amount_text", "money.csv", 2, "amount", "„1O00,50”", "kwota w złotych, np. 1 234,56"),
    ),
    content_case(
        "amount-ambiguous",
        with_cell("money", 2, "amount", "1,234"),
        at(
            "amount_ambiguous",
            "money.csv",
            2,
            "amount",
            "„1,234”",
            "kwota zapisana jednoznacznie, ze spacją między tysiącami i przecinkiem, np. 1 234,56",
        ),
    ),
    content_case(
        "amount-too-large",
        with_cell("money", 2, "amount", "99999999999999999999"),
        at(
            "amount_too_large",
            "money.csv",
            2,
            "amount",
            "„99999999999999999999”",
            "kwota, którą da się zapisać w rejestrze",
        ),
    ),
    content_case(
        "amount-missing",
        with_cell("money", 2, "amount", ""),
        at(
            "missing_value",
            "money.csv",
            2,
            "amount",
            "pustą komórkę",
            "wartość: Złote z groszami, nigdy z minusem; zwrot też dodatnio",
        ),
    ),
    content_case(
        "amount-dash",
        with_cell("money", 2, "amount", "-"),
        at("amount_text", "money.csv", 2, "amount", "„-”", "kwota w złotych, np. 1 234,56"),
    ),
    content_case(
        "declared-negative",
        with_cell("declared", 2, "amount", "-5"),
        at("amount_negative", "declared.csv", 2, "amount", "„-5”", "kwota bez minusa"),
    ),
    content_case(
        "not-in-list",
        with_cell("money", 2, "kind", "przelew"),
        at(
            "not_in_list",
            "money.csv",
            2,
            "kind",
            "„przelew”",
            "jedna z wartości: wypłata (payment), zwrot (refund)",
        ),
    ),
    content_case(
        "not-yes-or-no",
        with_cell("year", 2, "invented", "może"),
        at("not_yes_no", "year.csv", 2, "invented", "„może”", "tak albo nie"),
    ),
    content_case(
        "bad-code",
        with_row("tags", code="młodzi ludzie", name="Młodzi"),
        at(
            "bad_code",
            "tags.csv",
            4,
            "code",
            "„młodzi ludzie”",
            "kod z liter bez znaków polskich, cyfr, łącznika i podkreślenia, np. 2019-ngo",
        ),
    ),
    content_case(
        "date-that-does-not-exist",
        with_cell("money", 3, "date", "31.02.2019"),
        at(
            "not_date",
            "money.csv",
            3,
            "date",
            "„31.02.2019”",
            "dzień, który jest w kalendarzu, np. 2019-12-31",
        ),
    ),
    content_case(
        "date-in-words",
        with_cell("money", 2, "date", "3 lutego 2019 r."),
        at("not_date", "money.csv", 2, "date", "„3 lutego 2019 r.”", "data cyframi: 2019-02-03"),
    ),
    content_case(
        "date-serial-number",
        with_cell("money", 2, "date", "43499"),
        at(
            "not_date",
            "money.csv",
            2,
            "date",
            "„43499”",
            "data, np. 2019-12-31 albo 31.12.2019; jeżeli to numer dnia z arkusza, to 2019-02-03",
        ),
    ),
    content_case(
        "date-american",
        with_cell("money", 2, "date", "02/03/2019"),
        at("not_date", "money.csv", 2, "date", "„02/03/2019”", "data, np. 2019-12-31 albo 31.12.2019"),
    ),
    content_case(
        "year-in-words",
        with_cell("year", 2, "year", "rok 2019"),
        at("not_integer", "year.csv", 2, "year", "„rok 2019”", "liczba całkowita od 1999 do 2100"),
    ),
    content_case(
        "year-too-early",
        with_cell("year", 2, "year", "1998"),
        at("out_of_range", "year.csv", 2, "year", "„1998”", "liczba całkowita od 1999 do 2100"),
    ),
    content_case(
        "value-negative",
        with_cell("results", 3, "value", "-2"),
        at(
            "not_number",
            "results.csv",
            3,
            "value",
            "„-2”",
            "liczba nieujemna z najwyżej 4 miejscami po przecinku",
        ),
    ),
    content_case(
        "value-in-words",
        with_cell("results", 3, "value", "dwa"),
        at(
            "not_number",
            "results.csv",
            3,
            "value",
            "„dwa”",
            "liczba nieujemna z najwyżej 4 miejscami po przecinku",
        ),
    ),
    content_case(
        "people-not-whole",
        with_cell("results", 3, "people", "429,5"),
        at("not_integer", "results.csv", 3, "people", "„429,5”", "liczba całkowita od 0 do 2147483647"),
    ),
    content_case(
        "control-character",
        with_cell("money", 2, "description", "Dota\x07cja"),
        at(
            "control_character",
            "money.csv",
            2,
            "description",
            "znak sterujący U+0007 w „Dota<U+0007>cja”",
            "tekst bez znaków sterujących",
        ),
    ),
    content_case(
        "line-break-in-a-name",
        with_cell("tags", 2, "name", "Organizacje\npozarządowe"),
        at(
            "control_character",
            "tags.csv",
            2,
            "name",
            "przejście do nowego wiersza w „Organizacje<U+000A>pozarządowe”",
            "tekst bez znaków sterujących",
        ),
    ),
    content_case(
        "text-too-long",
        with_cell("money", 2, "description", "x" * 301),
        at(
            "too_long",
            "money.csv",
            2,
            "description",
            "301 znaków: „xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…”",
            "najwyżej 300 znaków",
        ),
    ),
    content_case(
        "order-too-large",
        with_cell("sources", 2, "order", "32768"),
        at("out_of_range", "sources.csv", 2, "order", "„32768”", "liczba całkowita od 0 do 32767"),
    ),
]
