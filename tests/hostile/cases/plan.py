"""Lines of the plan, and money that does not fit it."""

from spoiwo.ledger.tests.intake.packages import Tables, full, with_cell, with_row
from tests.hostile.case import at
from tests.hostile.content import content_case


def cell(name: str, row: int, column: str, value: str) -> Tables:
    """The full package with one other cell."""
    return with_cell(name, row, column, value, full())


def without_plan_kept(tables: Tables) -> Tables:
    """The same package of a year that does not keep its plan."""
    tables["year"][1][tables["year"][0].index("keeps_plan")] = "nie"
    return tables


ABOVE = "suma, która mieści się w planie: rok ma zaznaczone, że pilnuje planu"

CASES = [
    content_case(
        "chapter-of-four-digits",
        cell("plan", 2, "chapter", "8521"),
        at("not_digits", "plan.csv", 2, "chapter", "„8521”", "cyfry, dokładnie 5, np. 85217"),
    ),
    content_case(
        "paragraph-without-its-fourth-digit",
        cell("money", 2, "paragraph", "236"),
        at("not_digits", "money.csv", 2, "paragraph", "„236”", "cyfry, dokładnie 4, np. 2360"),
    ),
    content_case(
        "chapter-with-a-letter",
        cell("money", 2, "chapter", "8521O"),
        at("not_digits", "money.csv", 2, "chapter", "„8521O”", "cyfry, dokładnie 5, np. 85217"),
    ),
    content_case(
        "plan-outside-year",
        cell("plan", 2, "date", "2018-12-31"),
        at("outside_year", "plan.csv", 2, "date", "2018-12-31", "dzień roku 2019"),
    ),
    content_case(
        "plan-below-zero",
        cell("plan", 7, "amount", "-3 110 438,83"),
        at(
            "minus_of_no_change",
            "plan.csv",
            7,
            "amount",
            "−3\xa0110\xa0438,83\xa0zł",
            "kwota bez minusa; minus ma tylko „zmiana planu” (change), która plan zmniejsza",
        ),
    ),
    content_case(
        "plan-below-zero-in-brackets",
        cell("plan", 3, "amount", "(500,00)"),
        at("amount_negative", "plan.csv", 3, "amount", "„(500,00)”", "kwota z minusem tylko na początku"),
    ),
    content_case(
        "plan-of-unknown-kind",
        cell("plan", 6, "kind", "rezerwa"),
        at(
            "not_in_list",
            "plan.csv",
            6,
            "kind",
            "„rezerwa”",
            "jedna z wartości: plan (plan), zmiana planu (change), zaangażowanie (commitment), "
            "zwolnienie zaangażowania (release)",
        ),
    ),
    content_case(
        "plan-falls-due",
        cell("plan", 2, "due_on", "2019-06-30"),
        at(
            "due_of_no_commitment",
            "plan.csv",
            2,
            "due_on",
            "2019-06-30",
            "pusta komórka, bo termin zapłaty ma tylko zaangażowanie",
        ),
    ),
    content_case(
        "commitment-due-before-it-was-made",
        cell("plan", 4, "due_on", "2019-01-19"),
        at(
            "ends_before_it_begins",
            "plan.csv",
            4,
            "due_on",
            "2019-01-19",
            "nie wcześniej niż date: 2019-01-20",
        ),
    ),
    content_case(
        "plan-of-a-programme-not-in-force",
        cell("plan", 6, "programme", "p-0"),
        at(
            "programme_not_in_force",
            "plan.csv",
            6,
            "programme",
            "„p-0”, program na lata 2010–2013",
            "program, który obowiązuje w roku 2019",
        ),
    ),
    content_case(
        "plan-not-of-its-task",
        without_plan_kept(cell("plan", 2, "programme", "p-2")),
        at("not_programme_of_task", "plan.csv", 2, "programme", "„p-2”", "program zadania t-1: p-1"),
    ),
    content_case(
        "release-of-nothing",
        cell("plan", 5, "commitment", ""),
        at(
            "release_of_nothing",
            "plan.csv",
            5,
            "commitment",
            "pustą komórkę",
            "klucz zaangażowania, które się zwalnia",
        ),
    ),
    content_case(
        "release-of-a-plan",
        cell("plan", 5, "commitment", "l-1"),
        at(
            "not_a_commitment",
            "plan.csv",
            5,
            "commitment",
            "„l-1”, wiersz innego rodzaju",
            "klucz wiersza z rodzajem „zaangażowanie”",
        ),
    ),
    content_case(
        "commitment-names-a-commitment",
        cell("plan", 4, "commitment", "l-3"),
        at(
            "commitment_of_no_release",
            "plan.csv",
            4,
            "commitment",
            "„l-3”",
            "pusta komórka, bo wiersz nie jest zwolnieniem",
        ),
    ),
    content_case(
        "commitment-unknown",
        cell("money", 5, "commitment", "l-9"),
        at(
            "unknown_reference",
            "money.csv",
            5,
            "commitment",
            "„l-9”",
            "klucz z tabeli Plan; może to „l-6”",
        ),
    ),
    content_case(
        "commitment-of-another-pocket",
        cell("money", 3, "commitment", "l-3"),
        at(
            "another_pocket",
            "money.csv",
            3,
            "commitment",
            "„l-3”, wiersz, który ma inne: programme, task, source, chapter, paragraph",
            "wiersz z tym samym programem, zadaniem, źródłem, rozdziałem i paragrafem",
        ),
    ),
    content_case(
        "release-above-its-commitment",
        cell("plan", 5, "amount", "1200,01"),
        at(
            "payment_above_commitment",
            "money.csv",
            2,
            "amount",
            "wypłaty i zwolnienia wyższe od zaangażowania l-3 o 1\xa0000,01\xa0zł",
            "suma nie wyższa od zaangażowania",
        ),
    ),
    content_case(
        "payments-a-grosz-above-their-commitment",
        cell("money", 2, "amount", "1001,01"),
        at(
            "payment_above_commitment",
            "money.csv",
            2,
            "amount",
            "wypłaty i zwolnienia wyższe od zaangażowania l-3 o 0,01\xa0zł",
            "suma nie wyższa od zaangażowania",
        ),
    ),
    content_case(
        "pocket-a-grosz-above-its-plan",
        cell("money", 3, "amount", "250 000,01"),
        at(
            "above_plan",
            "money.csv",
            3,
            "amount",
            "wydatki i zaangażowanie wyższe od planu o 0,01\xa0zł (p-2, t-2, pfron)",
            ABOVE,
        ),
    ),
    content_case(
        "commitment-above-the-plan",
        cell("plan", 3, "amount", "−1 000,00"),
        at(
            "above_plan",
            "plan.csv",
            5,
            "amount",
            "wydatki i zaangażowanie wyższe od planu o 0,50\xa0zł (p-1, t-1, own, 85217, 2360)",
            ABOVE,
        ),
    ),
    content_case(
        "money-without-a-plan-in-a-year-that-keeps-one",
        with_row(
            "money", full(), key="k-5", source="state", kind="payment", amount="1", description="X", document="d-1"
        ),
        at(
            "above_plan",
            "money.csv",
            6,
            "amount",
            "wydatki i zaangażowanie wyższe od planu o 1,00\xa0zł (state)",
            ABOVE,
        ),
    ),
    content_case(
        "refund-above-its-payment",
        cell("money", 4, "amount", "1 000,51"),
        at(
            "refund_above_payment",
            "money.csv",
            4,
            "amount",
            "zwroty wyższe od wypłat o 0,01\xa0zł",
            "zwrot nie wyższy od tego, co wypłacono",
        ),
    ),
    content_case(
        "refund-of-a-refund",
        cell("money", 4, "returns", "k-3"),
        at("not_a_payment", "money.csv", 4, "returns", "„k-3”, zwrot", "klucz wypłaty"),
    ),
    content_case(
        "payment-that-returns",
        cell("money", 5, "returns", "k-1"),
        at("payment_returns", "money.csv", 5, "returns", "„k-1”", "pusta komórka, bo wiersz to wypłata"),
    ),
    content_case(
        "refund-beside-its-commitment",
        cell("money", 4, "commitment", ""),
        at(
            "not_commitment_of_payment",
            "money.csv",
            4,
            "commitment",
            "pustą komórkę",
            "to samo co w zwracanej wypłacie: l-3",
        ),
    ),
    content_case(
        "year-that-keeps-its-plan-perhaps",
        cell("year", 2, "keeps_plan", "może"),
        at("not_yes_no", "year.csv", 2, "keeps_plan", "„może”", "tak albo nie"),
    ),
]
