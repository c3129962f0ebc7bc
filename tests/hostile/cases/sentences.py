"""Results whose sentence cannot be said."""

from spoiwo.ledger.tests.intake.packages import with_cell
from tests.hostile.case import at
from tests.hostile.content import content_case

CASES = [
    content_case(
        "value-without-unit",
        with_cell("results", 3, "unit", ""),
        at(
            "value_needs",
            "results.csv",
            3,
            "unit",
            "pustą komórkę przy podanej liczbie",
            "kod jednostki miary",
        ),
    ),
    content_case(
        "value-without-precision",
        with_cell("results", 2, "precision", ""),
        at(
            "value_needs",
            "results.csv",
            2,
            "precision",
            "pustą komórkę przy podanej liczbie",
            "dokładna, zaokrąglona albo około",
        ),
    ),
    content_case(
        "measure-without-value",
        with_cell("results", 4, "measure", "ngo-razem"),
        at(
            "value_missing",
            "results.csv",
            4,
            "value",
            "pustą komórkę przy mierze",
            "liczba, która wlicza się do miary",
        ),
    ),
    content_case(
        "unknown-placeholder",
        with_cell("results", 2, "statement", "Wsparto {liczba}."),
        at(
            "unknown_placeholder",
            "results.csv",
            2,
            "statement",
            "znacznik „{liczba}”",
            "klucz wyniku z tej tabeli albo {n}, {people}",
        ),
    ),
    content_case(
        "placeholder-of-unknown-case",
        with_cell("results", 2, "statement", "Wsparto {n:voc}."),
        at(
            "bad_placeholder",
            "results.csv",
            2,
            "statement",
            "„{n:voc}”",
            "znacznik: {n}, {n:acc}, {n:gen}, {n:loc}, {n?jeden|kilka|wiele}, {people}, {inny-klucz}",
        ),
    ),
    content_case(
        "placeholder-with-two-forms",
        with_cell("results", 2, "statement", "{n?Był|Były} {n}."),
        at(
            "bad_placeholder",
            "results.csv",
            2,
            "statement",
            "„{n?Był|Były}”",
            "trzy formy rozdzielone kreską: {n?jeden|kilka|wiele}",
        ),
    ),
    content_case(
        "placeholder-not-closed",
        with_cell("results", 2, "statement", "Wsparto {n."),
        at("bad_placeholder", "results.csv", 2, "statement", "„{”", "znacznik w parze nawiasów, np. {n}"),
    ),
    content_case(
        "placeholder-without-value",
        with_cell("results", 4, "statement", "Przyjęto {n}."),
        at(
            "placeholder_without_value",
            "results.csv",
            4,
            "statement",
            "znacznik liczby, a kolumna „value” w wierszu 4 jest pusta",
            "liczba w tej kolumnie albo zdanie bez znacznika",
        ),
    ),
    content_case(
        "placeholder-without-people",
        with_cell("results", 2, "statement", "Wsparto {people}."),
        at(
            "placeholder_without_value",
            "results.csv",
            2,
            "statement",
            "znacznik liczby, a kolumna „people” w wierszu 2 jest pusta",
            "liczba w tej kolumnie albo zdanie bez znacznika",
        ),
    ),
    content_case(
        "unit-without-locative",
        with_cell("results", 3, "statement", "O {n:loc}."),
        at(
            "form_missing",
            "results.csv",
            3,
            "statement",
            "zdanie, do którego jednostka „szkolenie” nie ma formy",
            "kolumna „loc_many” w tabeli units",
        ),
    ),
    content_case(
        "fraction-that-cannot-be-said",
        with_cell("results", 3, "value", "2,5"),
        at(
            "form_missing",
            "results.csv",
            3,
            "statement",
            "zdanie, do którego jednostka „szkolenie” nie ma formy",
            "kolumna „gen_one” w tabeli units",
        ),
    ),
]
