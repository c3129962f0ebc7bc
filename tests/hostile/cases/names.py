"""Keys and references: what is named twice, or not at all."""

from spoiwo.ledger.tests.intake.packages import with_cell, with_row
from tests.hostile.case import at
from tests.hostile.content import content_case

CASES = [
    content_case(
        "wrong-programme",
        with_cell("money", 2, "programme", "p-11"),
        at("unknown_reference", "money.csv", 2, "programme", "„p-11”", "kod z tabeli Programy; może to „p-1”"),
    ),
    content_case(
        "programme-by-name",
        with_cell("results", 4, "programme", "Program wsparcia"),
        at(
            "unknown_reference",
            "results.csv",
            4,
            "programme",
            "„Program wsparcia”",
            "kod z tabeli Programy; może to „p-2”",
        ),
    ),
    content_case(
        "unknown-source",
        with_cell("money", 3, "source", "gmina"),
        at(
            "unknown_reference",
            "money.csv",
            3,
            "source",
            "„gmina”",
            "kod z tabeli Źródła: eu, own, pfron, state",
        ),
    ),
    content_case(
        "unknown-document",
        with_cell("money", 2, "document", "d-7"),
        at("unknown_reference", "money.csv", 2, "document", "„d-7”", "kod z tabeli Dokumenty; może to „d-1”"),
    ),
    content_case(
        "unknown-tag-in-list",
        with_cell("money", 3, "tags", "ngo; senior"),
        at(
            "unknown_reference",
            "money.csv",
            3,
            "tags",
            "„senior”",
            "kod z tabeli Przekroje; może to „seniorzy”",
        ),
    ),
    content_case(
        "tag-twice-in-list",
        with_cell("money", 3, "tags", "ngo;ngo"),
        at("repeated_in_list", "money.csv", 3, "tags", "„ngo” dwa razy", "każda wartość raz"),
    ),
    content_case(
        "unknown-organisation",
        with_cell("money", 2, "organisation", "xyz"),
        at(
            "unknown_reference",
            "money.csv",
            2,
            "organisation",
            "„xyz”",
            "kod z tabeli Instytucje: urzad, zaz-1",
        ),
    ),
    content_case(
        "unknown-unit",
        with_cell("measures", 2, "unit", "ngoo"),
        at(
            "unknown_reference",
            "measures.csv",
            2,
            "unit",
            "„ngoo”",
            "kod z tabeli Jednostki miary; może to „ngo”",
        ),
    ),
    content_case(
        "unknown-strategy-of-programme",
        with_cell("programmes", 3, "strategy", "s-2"),
        at(
            "unknown_reference",
            "programmes.csv",
            3,
            "strategy",
            "„s-2”",
            "kod z tabeli Strategie; może to „s-1”",
        ),
    ),
    content_case(
        "duplicate-key",
        with_row("money", key="k-2", source="own", kind="payment", amount="1", description="Druga", document="d-1"),
        at(
            "duplicate_key",
            "money.csv",
            6,
            "key",
            "„k-2” drugi raz; pierwszy raz w wierszu 3",
            "wartość, która się nie powtarza",
        ),
    ),
    content_case(
        "duplicate-key-other-case",
        with_row("tags", code="NGO", name="Drugi raz"),
        at(
            "duplicate_key",
            "tags.csv",
            4,
            "code",
            "„NGO” drugi raz; pierwszy raz w wierszu 2",
            "wartość, która się nie powtarza",
        ),
    ),
    content_case(
        "reserved-programme-code",
        with_row(
            "programmes",
            code="outside",
            strategy="s-1",
            name="Poza",
            short_name="Poza",
            kind="programme",
            order="9",
        ),
        at("reserved_code", "programmes.csv", 5, "code", "„outside”", "kod inny niż outside"),
    ),
    content_case(
        "reserved-result-key",
        with_row("results", key="people", statement="Zdanie.", document="d-1"),
        at("reserved_code", "results.csv", 5, "key", "„people”", "klucz inny niż n i people"),
    ),
    content_case(
        "place-not-in-teryt",
        with_cell("money", 2, "place", "0861021"),
        at("unknown_place", "money.csv", 2, "place", "„0861021”", "kod TERYT ważny w roku 2019"),
    ),
    content_case(
        "place-without-leading-zero",
        with_cell("money", 3, "place", "801"),
        at("unknown_place", "money.csv", 3, "place", "„801”", "kod TERYT z 2, 4 albo 7 cyfr; może to „0801”"),
    ),
    content_case(
        "place-of-another-kind",
        with_cell("results", 3, "place", "0861011; 0801032"),
        at(
            "unknown_place",
            "results.csv",
            3,
            "place",
            "„0801032”",
            "kod TERYT ważny w roku 2019; może to „0801033”",
        ),
    ),
    content_case(
        "place-of-six-digits",
        with_cell("events", 2, "place", "086101"),
        at("unknown_place", "events.csv", 2, "place", "„086101”", "kod TERYT z 2, 4 albo 7 cyfr"),
    ),
    content_case(
        "region-by-name",
        with_cell("year", 2, "region", "lubuskie"),
        at(
            "unknown_place",
            "year.csv",
            2,
            "region",
            "„lubuskie”",
            "dwucyfrowy kod TERYT województwa, np. 08; może to „08”",
        ),
    ),
    content_case(
        "region-of-four-digits",
        with_cell("year", 2, "region", "0801"),
        at("unknown_place", "year.csv", 2, "region", "„0801”", "dwucyfrowy kod TERYT województwa, np. 08"),
    ),
]
