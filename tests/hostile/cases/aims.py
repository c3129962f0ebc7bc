"""Goals, indicators, targets and values that say one wrong thing each."""

from spoiwo.ledger.tests.intake.packages import Tables, full, with_cell, with_row
from tests.hostile.case import at
from tests.hostile.content import content_case


def cell(name: str, row: int, column: str, value: str) -> Tables:
    """The full package with one other cell."""
    return with_cell(name, row, column, value, full())


ONE_OF_THREE = "dokładnie jedna z kolumn: goal, programme, task"

CASES = [
    content_case(
        "goal-unknown",
        cell("programmes", 2, "goals", "c-1; c-7"),
        at("unknown_reference", "programmes.csv", 2, "goals", "„c-7”", "kod z tabeli Cele; może to „c-1”"),
    ),
    content_case(
        "goal-named-instead-of-its-code",
        cell("tasks", 2, "goal", "Cel operacyjny wymyślony"),
        at(
            "unknown_reference",
            "tasks.csv",
            2,
            "goal",
            "„Cel operacyjny wymyślony”",
            "kod z tabeli Cele; może to „c-1-1”",
        ),
    ),
    content_case(
        "goal-of-another-strategy",
        cell("programmes", 2, "goals", "dawny-c"),
        at("goal_of_another_strategy", "programmes.csv", 2, "goals", "cel strategii dawna", "cel strategii s-1"),
    ),
    content_case(
        "goal-of-a-task-of-another-strategy",
        cell("tasks", 2, "goal", "dawny-c"),
        at("goal_of_another_strategy", "tasks.csv", 2, "goal", "cel strategii dawna", "cel strategii s-1"),
    ),
    content_case(
        "goal-changes-strategy",
        with_row("goals", full(), code="dawny-c", strategy="s-1", name="Dawny"),
        at(
            "goal_of_another_strategy",
            "goals.csv",
            4,
            "strategy",
            "„s-1”",
            "strategia, do której cel dawny-c już należy: dawna",
        ),
    ),
    content_case(
        "goal-above-itself",
        cell("goals", 2, "parent", "c-1"),
        at("circle", "goals.csv", 2, "parent", "koło: c-1 → c-1", "wskazanie bez powrotu do tego samego celu"),
    ),
    content_case(
        "goal-three-levels-deep",
        with_row("goals", full(), code="c-9", strategy="s-1", parent="c-1-1", name="Za głęboki"),
        at(
            "goal_too_deep",
            "goals.csv",
            4,
            "parent",
            "„c-1-1”, cel, który sam ma cel nadrzędny",
            "cel strategiczny, bez celu nadrzędnego",
        ),
    ),
    content_case(
        "succession-note-without-predecessors",
        cell("programmes", 3, "predecessors_note", "W części"),
        at(
            "note_without_predecessors",
            "programmes.csv",
            3,
            "predecessors_note",
            "„W części”",
            "pusta komórka, bo program nie ma poprzedników",
        ),
    ),
    content_case(
        "indicator-of-two-things",
        cell("indicators", 2, "programme", "p-1"),
        at("measures_two_things", "indicators.csv", 2, "programme", "„p-1” obok „c-1-1”", ONE_OF_THREE),
    ),
    content_case(
        "indicator-of-nothing",
        cell("indicators", 3, "task", ""),
        at("measures_nothing", "indicators.csv", 3, "goal", "puste komórki celu, programu i zadania", ONE_OF_THREE),
    ),
    content_case(
        "indicator-without-unit",
        cell("indicators", 3, "unit", ""),
        at("missing_value", "indicators.csv", 3, "unit", "pustą komórkę", "wartość: Kod jednostki miary"),
    ),
    content_case(
        "definition-of-unknown-indicator",
        cell("definitions", 3, "indicator", "i-20"),
        at("unknown_reference", "definitions.csv", 3, "indicator", "„i-20”", "kod z tabeli Wskaźniki; może to „i-2”"),
    ),
    content_case(
        "definition-of-ratio-without-denominator",
        cell("definitions", 2, "denominator", ""),
        at("ratio_needs", "definitions.csv", 2, "denominator", "pustą komórkę", "słowa, bo wskaźnik jest ilorazem"),
    ),
    content_case(
        "definition-number-twice",
        cell("definitions", 4, "number", "1"),
        at(
            "said_twice",
            "definitions.csv",
            4,
            "number",
            "drugi wiersz o tym samym (indicator, number); pierwszy to 3",
            "jeden wiersz",
        ),
    ),
    content_case(
        "baseline-without-its-year",
        cell("definitions", 2, "baseline_year", ""),
        at(
            "baseline_and_year",
            "definitions.csv",
            2,
            "baseline_year",
            "pustą komórkę",
            "wartość, bo podano: baseline",
        ),
    ),
    content_case(
        "multiplier-of-nothing",
        cell("definitions", 2, "multiplier", "0"),
        at("out_of_range", "definitions.csv", 2, "multiplier", "„0”", "liczba całkowita od 1 do 2147483647"),
    ),
    content_case(
        "target-of-a-year-twice",
        cell("targets", 3, "year", "2019"),
        at(
            "said_twice",
            "targets.csv",
            3,
            "year",
            "drugi wiersz o tym samym (indicator, year); pierwszy to 2",
            "jeden wiersz",
        ),
    ),
    content_case(
        "value-of-ratio-without-denominator",
        cell("indicator_values", 2, "denominator", ""),
        at(
            "value_needs_part",
            "indicator_values.csv",
            2,
            "denominator",
            "pustą komórkę",
            "liczba, bo wskaźnik jest ilorazem",
        ),
    ),
    content_case(
        "value-of-ratio-over-nothing",
        cell("indicator_values", 2, "denominator", "0"),
        at("denominator_zero", "indicator_values.csv", 2, "denominator", "„0”", "liczba większa od zera"),
    ),
    content_case(
        "value-of-ratio-already-divided",
        cell("indicator_values", 2, "value", "36,6"),
        at(
            "value_excludes",
            "indicator_values.csv",
            2,
            "value",
            "„36.6”",
            "pusta komórka, bo iloraz liczy się z licznika i mianownika",
        ),
    ),
    content_case(
        "value-by-another-definition",
        cell("indicator_values", 3, "definition", "f-1"),
        at(
            "definition_of_another",
            "indicator_values.csv",
            3,
            "definition",
            "„f-1”, definicję wskaźnika i-1",
            "definicja wskaźnika i-2",
        ),
    ),
    content_case(
        "value-by-a-later-definition",
        cell("definitions", 2, "valid_from", "2020-01-01"),
        at(
            "definition_not_yet",
            "indicator_values.csv",
            2,
            "definition",
            "„f-1”, definicję ważną od 2020 roku",
            "definicja ważna w roku 2019",
        ),
    ),
    content_case(
        "value-of-a-fifth-quarter",
        cell("indicator_values", 4, "part", "5"),
        at("no_such_part", "indicator_values.csv", 4, "part", "„5”", "liczba od 0 do 4"),
    ),
    content_case(
        "value-of-a-yearly-indicator-in-a-quarter",
        cell("indicator_values", 2, "part", "1"),
        at(
            "no_such_part",
            "indicator_values.csv",
            2,
            "part",
            "„1”",
            "pusta komórka, bo wskaźnik podaje się co rok",
        ),
    ),
    content_case(
        "value-said-twice",
        with_row(
            "indicator_values",
            full(),
            key="v-5",
            indicator="i-2",
            definition="f-3",
            part="1",
            value="4",
            evidence="Listy",
        ),
        at(
            "said_twice",
            "indicator_values.csv",
            6,
            "indicator",
            "drugi wiersz o tym samym (indicator, part, place); pierwszy to 5",
            "jeden wiersz",
        ),
    ),
    content_case(
        "value-corrected-nowhere",
        with_cell("indicator_values", 4, "reason", "Pominięto listę", full()),
        at("reason_of_nothing", "indicator_values.csv", 4, "corrects", "pustą komórkę", "klucz poprawianej wartości"),
    ),
    content_case(
        "value-corrected-twice",
        with_row(
            "indicator_values",
            full(),
            key="v-5",
            indicator="i-2",
            definition="f-3",
            part="1",
            value="6",
            evidence="Listy",
            corrects="v-2",
        ),
        at(
            "corrected_twice",
            "indicator_values.csv",
            6,
            "corrects",
            "„v-2”, wartość poprawioną już w wierszu 5",
            "wartość, której nic jeszcze nie poprawia",
        ),
    ),
    content_case(
        "value-corrects-another",
        cell("indicator_values", 5, "part", "3"),
        at(
            "corrects_another",
            "indicator_values.csv",
            5,
            "corrects",
            "„v-2”, wartość innego wskaźnika, części roku albo miejsca",
            "wartość tego samego, tylko z inną liczbą",
        ),
    ),
    content_case(
        "value-without-evidence",
        cell("indicator_values", 4, "evidence", ""),
        at(
            "missing_value",
            "indicator_values.csv",
            4,
            "evidence",
            "pustą komórkę",
            "wartość: Dokument albo rejestr, z którego to wiadomo",
        ),
    ),
]
