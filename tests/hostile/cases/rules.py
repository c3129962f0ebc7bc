"""Rows that are right one by one and wrong together."""

from spoiwo.ledger.tests.intake.packages import with_cell, with_row
from tests.hostile.case import at
from tests.hostile.content import circle_of_predecessors, content_case

CASES = [
    content_case(
        "date-outside-year",
        with_cell("money", 2, "date", "2018-12-31"),
        at("outside_year", "money.csv", 2, "date", "2018-12-31", "dzień roku 2019"),
    ),
    content_case(
        "event-outside-year",
        with_row("events", key="e-2", name="Dawne", kind="fair", date_to="2018-10-06", document="d-1"),
        at("outside_year", "events.csv", 3, "date_to", "2018-10-06", "dzień roku 2019"),
    ),
    content_case(
        "event-of-next-year",
        with_row("events", key="e-2", name="Przyszłe", kind="fair", date_from="2020-01-01", document="d-1"),
        at("outside_year", "events.csv", 3, "date_from", "2020-01-01", "dzień roku 2019"),
    ),
    content_case(
        "task-ends-before-it-begins",
        with_cell("tasks", 2, "to_date", "2018-01-01"),
        at(
            "ends_before_it_begins",
            "tasks.csv",
            2,
            "to_date",
            "2018-01-01",
            "nie wcześniej niż from_date: 2019-01-01",
        ),
    ),
    content_case(
        "strategy-ends-before-it-begins",
        with_cell("strategies", 2, "from_year", "2021"),
        at(
            "ends_before_it_begins",
            "strategies.csv",
            2,
            "to_year",
            "2020",
            "nie wcześniej niż from_year: 2021",
        ),
    ),
    content_case(
        "strategy-not-in-force",
        with_cell("strategies", 2, "to_year", "2018"),
        at(
            "strategy_not_in_force",
            "year.csv",
            2,
            "strategy",
            "„s-1”, strategię na lata 2014–2018",
            "strategia, która obowiązuje w roku 2019",
        ),
    ),
    content_case(
        "second-year",
        with_row("year", region="08", year="2020", title="Drugi", strategy="s-1", invented="nie"),
        at(
            "not_one_row",
            "year.csv",
            3,
            "",
            "kolejny wiersz z danymi; pierwszy to 2",
            "dokładnie jeden wiersz",
        ),
    ),
    content_case(
        "programme-not-in-force",
        with_cell("money", 4, "programme", "p-0"),
        at(
            "programme_not_in_force",
            "money.csv",
            4,
            "programme",
            "„p-0”, program na lata 2010–2013",
            "program, który obowiązuje w roku 2019",
        ),
    ),
    content_case(
        "programme-changes-strategy",
        with_row(
            "programmes",
            code="dawny-1",
            strategy="s-1",
            name="Dawny",
            short_name="Dawny",
            kind="programme",
            order="4",
        ),
        at(
            "programme_of_another_strategy",
            "programmes.csv",
            5,
            "strategy",
            "„s-1”",
            "strategia, do której program dawny-1 już należy: dawna",
        ),
    ),
    content_case(
        "programme-not-of-its-task",
        with_cell("money", 2, "programme", "p-2"),
        at("not_programme_of_task", "money.csv", 2, "programme", "„p-2”", "program zadania t-1: p-1"),
    ),
    content_case(
        "money-outside-its-task",
        with_cell("money", 2, "programme", ""),
        at(
            "not_programme_of_task",
            "money.csv",
            2,
            "programme",
            "pustą komórkę (poza programami)",
            "program zadania t-1: p-1",
        ),
    ),
    content_case(
        "parents-in-a-circle",
        with_cell("programmes", 2, "parent", "p-1"),
        at(
            "circle",
            "programmes.csv",
            2,
            "parent",
            "koło: p-1 → p-1",
            "wskazanie bez powrotu do tego samego programu",
        ),
    ),
    content_case(
        "predecessors-in-a-circle",
        circle_of_predecessors(),
        at(
            "circle",
            "programmes.csv",
            2,
            "predecessors",
            "koło: p-1 → p-2 → p-0 → p-1",
            "wskazanie bez powrotu do tego samego programu",
        ),
    ),
    content_case(
        "scope-without-dimension",
        with_cell("declared", 3, "source", ""),
        at("scope_needs", "declared.csv", 3, "source", "pustą komórkę", "wartość, bo zakres to „źródło”"),
    ),
    content_case(
        "scope-with-too-many-dimensions",
        with_cell("declared", 2, "tag", "ngo"),
        at("scope_excludes", "declared.csv", 2, "tag", "„ngo”", "pusta komórka, bo zakres to „ogółem”"),
    ),
    content_case(
        "declared-twice",
        with_row("declared", key="s-9", scope="grand", amount="1", precision="exact", document="d-1"),
        at(
            "declared_twice",
            "declared.csv",
            7,
            "scope",
            "drugą sumę tego samego; pierwsza jest w wierszu 2",
            "jedna podana suma na każdy zakres",
        ),
    ),
    content_case(
        "rounded-without-step",
        with_cell("declared", 4, "rounded_to", ""),
        at(
            "rounding_missing",
            "declared.csv",
            4,
            "rounded_to",
            "pustą komórkę przy kwocie zaokrąglonej",
            "do ilu złotych zaokrąglono, np. 100000 dla 0,1 mln",
        ),
    ),
    content_case(
        "rounded-to-nothing",
        with_cell("declared", 4, "rounded_to", "0"),
        at("rounding_missing", "declared.csv", 4, "rounded_to", "0,00\xa0zł", "kwota większa od zera"),
    ),
    content_case(
        "exact-with-step",
        with_cell("declared", 2, "rounded_to", "100"),
        at(
            "rounding_of_exact",
            "declared.csv",
            2,
            "rounded_to",
            "100,00\xa0zł",
            "pusta komórka, bo kwota jest dokładna",
        ),
    ),
    content_case(
        "not-a-multiple-of-the-step",
        with_cell("declared", 4, "amount", "300 001"),
        at(
            "not_rounded",
            "declared.csv",
            4,
            "amount",
            "300\xa0001,00\xa0zł",
            "wielokrotność 100\xa0000,00\xa0zł, bo tak ją zaokrąglono",
        ),
    ),
]
