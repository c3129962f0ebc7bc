"""From a statement with placeholders to a sentence whose numbers are figures."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.kernel.polish import Noun
from spoiwo.kernel.precision import Precision
from spoiwo.reports.domain.sentences import PEOPLE, Count, figure_id, quoted_keys, segments
from spoiwo.reports.tests.sayings import sentence

MEETING = Noun("posiedzenie", "posiedzenia", "posiedzeń", "posiedzenie", "posiedzeniu", "posiedzeniach")
GMINA = Noun("gmina", "gminy", "gmin", "gminę", "gminie", "gminach")


def counts(n, precision=Precision.EXACT, noun=MEETING):
    """The count of the result `own`, of its people, and of another result `gminy`."""
    return {
        "own": Count("result.own", Decimal(n), noun, precision),
        "own.people": Count("result.own.people", Decimal(429), PEOPLE, Precision.EXACT),
        "gminy": Count("result.gminy", Decimal(52), GMINA, Precision.EXACT),
    }


@pytest.mark.parametrize(
    ("statement", "n", "expected"),
    [
        ("{n?Odbyło się|Odbyły się|Odbyło się} {n} Rady.", 1, "Odbyło się 1 posiedzenie Rady."),
        ("{n?Odbyło się|Odbyły się|Odbyło się} {n} Rady.", 2, "Odbyły się 2 posiedzenia Rady."),
        ("{n?Odbyło się|Odbyły się|Odbyło się} {n} Rady.", 4, "Odbyły się 4 posiedzenia Rady."),
        ("{n?Odbyło się|Odbyły się|Odbyło się} {n} Rady.", 5, "Odbyło się 5 posiedzeń Rady."),
        ("{n?Odbyło się|Odbyły się|Odbyło się} {n} Rady.", 12, "Odbyło się 12 posiedzeń Rady."),
        ("{n?Odbyło się|Odbyły się|Odbyło się} {n} Rady.", 22, "Odbyły się 22 posiedzenia Rady."),
        ("{n?Odbyło się|Odbyły się|Odbyło się} {n} Rady.", 0, "Odbyło się 0 posiedzeń Rady."),
        ("Mówiono o tym na {n:loc}.", 1, "Mówiono o tym na 1 posiedzeniu."),
        ("Mówiono o tym na {n:loc}.", 3, "Mówiono o tym na 3 posiedzeniach."),
        ("Na podstawie {n:gen}.", 2, "Na podstawie 2 posiedzeń."),
        ("{n} w {gminy:loc} dla {people}.", 3, "3 posiedzenia w 52 gminach dla 429 osób."),
        ("Bez liczby.", 3, "Bez liczby."),
        ("{n}", 3, "3 posiedzenia"),
        ("{n} i {n}", 3, "3 posiedzenia i 3 posiedzenia"),
    ],
)
def test_a_sentence_agrees_with_its_number(statement, n, expected):
    assert sentence(segments(statement, "own", counts(n))) == expected


def test_about_a_number_speaks_as_of_many():
    parts = segments("{n?Odbyło się|Odbyły się|Odbyło się} {n}.", "own", counts(3, Precision.ABOUT))
    assert sentence(parts) == "Odbyło się około 3 posiedzeń."


def test_a_number_is_a_figure_and_text_around_it_is_text():
    assert segments("Było {n}, {people}.", "own", counts(3)) == [
        "Było ",
        {"figure": "result.own", "text": "3\u00a0posiedzenia"},
        ", ",
        {"figure": "result.own.people", "text": "429\u00a0osób"},
        ".",
    ]


def test_a_word_that_agrees_is_text_and_joins_the_text_beside_it():
    assert segments("A {n?x|y|z} b", "own", counts(2)) == ["A y b"]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("Bez liczb.", set()),
        ("{n} {people} {n:loc} {n?a|b|c}", set()),
        ("{n} w {lts-gminy:loc} i {inne}", {"lts-gminy", "inne"}),
    ],
)
def test_a_statement_names_the_other_results_it_speaks_of(statement, expected):
    assert quoted_keys(statement) == expected


def test_an_identifier_is_lower_case_parts_with_dots():
    assert figure_id("cell", "2014-P1", "own") == "cell.2014-p1.own"
    assert figure_id("earlier", 2017, "total") == "earlier.2017.total"


words = st.text(st.characters(codec="utf-8", exclude_characters="{}"), min_size=1, max_size=20)


@given(st.lists(words, max_size=4), st.integers(0, 10**6))
def test_text_comes_through_as_it_was_written_around_every_number(pieces, n):
    statement = "{n}".join(pieces)
    parts = segments(statement, "own", counts(n))
    assert "".join(part for part in parts if isinstance(part, str)) == "".join(pieces)
    assert sum(isinstance(part, dict) for part in parts) == max(len(pieces) - 1, 0)
