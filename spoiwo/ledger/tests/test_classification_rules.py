"""What about a line raises a question, rule by rule; the edges one step apart."""

from datetime import date

import pytest

from spoiwo.ledger.domain.classification import (
    SOURCES,
    CodeTable,
    Facts,
    Question,
    Rule,
    Term,
    paragraphs_beside,
    parts_of,
    questions,
    unknown_codes,
)

DAY = date(2019, 5, 17)
TABLE = CodeTable(
    {
        ("division", "852"): [Term()],
        ("division", "855"): [Term(valid_from=date(2017, 1, 1))],
        ("chapter", "85217"): [Term()],
        ("chapter", "85295"): [Term(date(2010, 1, 1), date(2019, 5, 16)), Term(date(2020, 1, 1))],
        ("paragraph", "430"): [Term()],
        ("paragraph", "236"): [Term()],
        ("fourth_digit", "0"): [Term()],
    }
)


def line(**facts):
    """An ordinary line of own money: services of the regional centre."""
    return Facts(**{"chapter": "85217", "paragraph": "4300", "source": "own", "day": DAY} | facts)


def asked(**facts):
    """The rules that a line raises."""
    return [question.rule for question in questions(line(**facts), TABLE)]


def test_an_ordinary_line_and_a_line_without_classification_raise_nothing():
    assert asked() == asked(chapter="", paragraph="") == asked(chapter="", paragraph="", source="eu") == []


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"chapter": "85217"}, []),
        ({"chapter": "85299"}, []),  # not in the table, but its division is
        ({"chapter": "58217"}, [Rule.DIVISION]),  # two digits swapped
        ({"chapter": "85295"}, [Rule.NOT_VALID]),  # ended the day before
        ({"chapter": "85295", "day": date(2019, 5, 16)}, []),
        ({"chapter": "85295", "day": date(2019, 12, 31)}, [Rule.NOT_VALID]),
        ({"chapter": "85295", "day": date(2020, 1, 1)}, []),
        ({"chapter": "85510", "day": date(2016, 12, 31)}, [Rule.NOT_VALID]),  # the division itself was not there
        ({"chapter": "85510", "day": date(2017, 1, 1)}, []),
    ],
)
def test_a_chapter_lies_in_a_division_and_both_are_valid_on_the_day(facts, expected):
    assert asked(**facts) == expected


@pytest.mark.parametrize(
    ("digit", "own", "eu"),
    [
        ("0", [], [Rule.EU_WITHOUT_DIGIT]),
        ("1", [Rule.EU_DIGIT], []),
        ("2", [], [Rule.SHARE]),
        ("3", [], [Rule.EU_WITHOUT_DIGIT]),
        ("4", [], [Rule.EU_WITHOUT_DIGIT]),
        ("5", [], [Rule.EU_WITHOUT_DIGIT]),
        ("6", [], [Rule.EU_WITHOUT_DIGIT]),
        ("7", [Rule.EU_DIGIT], []),
        ("8", [Rule.EU_DIGIT], []),
        ("9", [], [Rule.SHARE]),
    ],
)
def test_the_fourth_digit_and_the_source_say_the_same(digit, own, eu):
    assert asked(paragraph=f"430{digit}") == own
    assert asked(paragraph=f"430{digit}", source="eu") == eu


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"paragraph": "2360", "recipient": "ngo"}, []),
        ({"paragraph": "2360", "recipient": ""}, [Rule.NGO_RECIPIENT]),
        ({"paragraph": "2360", "recipient": "care_home"}, [Rule.NGO_RECIPIENT]),
        ({"paragraph": "2350", "recipient": "care_home"}, []),
        ({"paragraph": "2360", "recipient": "ngo", "beside": frozenset({"236"})}, []),
        ({"paragraph": "2360", "recipient": "ngo", "beside": frozenset({"236", "282"})}, [Rule.NGO_TWICE]),
        ({"paragraph": "2820", "beside": frozenset({"236", "282"})}, [Rule.NGO_TWICE]),
        ({"paragraph": "2820", "beside": frozenset({"281", "282"})}, []),
        ({"paragraph": "4300", "beside": frozenset({"236", "282"})}, []),
        ({"paragraph": "2360", "beside": frozenset({"236", "282"}), "planned": True}, []),  # a plan pays nobody yet
    ],
)
def test_a_grant_to_an_ngo_goes_to_an_ngo_and_under_one_paragraph(facts, expected):
    assert asked(**facts) == expected


@pytest.mark.parametrize(
    ("source", "expected"), [("state", []), ("own", [Rule.STATE_GRANT]), ("pfron", [Rule.STATE_GRANT])]
)
def test_a_state_grant_is_state_money(source, expected):
    assert asked(paragraph="2210", source=source) == expected


def test_a_question_says_what_it_saw():
    assert questions(line(paragraph="4307"), TABLE) == [Question(Rule.EU_DIGIT, {"paragraph": "4307", "source": "own"})]
    assert questions(line(chapter="85295"), TABLE)[0].facts == {"codes": "85295", "day": "2019-05-17"}


def test_every_rule_names_its_source():
    assert set(SOURCES) == set(Rule)


def test_the_parts_of_a_code_and_what_the_table_lacks():
    assert parts_of("85217", "4307") == [
        ("division", "852"), ("chapter", "85217"), ("paragraph", "430"), ("fourth_digit", "7"),
    ]  # fmt: skip
    assert parts_of("", "") == []
    assert unknown_codes(TABLE, "85217", "4110", DAY) == [("paragraph", "411")]
    assert unknown_codes(TABLE, "85295", "4300", DAY) == [("chapter", "85295")]


def test_only_grants_are_compared_within_a_document():
    assert paragraphs_beside(["2360", "4300", "2827", "2219"]) == {"236", "282"}
