"""The sentence of a result, taken apart."""

import pytest

from spoiwo.ledger.domain.statement import Agreeing, BadStatement, Count, People, Words, parse_statement


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Przyjęto program.", [Words("Przyjęto program.")]),
        ("Wsparto {n:acc}.", [Words("Wsparto "), Count(None, "acc"), Words(".")]),
        ("{n}", [Count(None, "nom")]),
        ("{people}", [People()]),
        (
            "{n?Odbyło się|Odbyły się|Odbyło się} {n}",
            [*[Agreeing("Odbyło się", "Odbyły się", "Odbyło się")], Words(" "), Count(None)],
        ),
        ("w {lts-gminy:loc}", [Words("w "), Count("lts-gminy", "loc")]),
        ("{n-1}", [Count("n-1")]),
        ("", []),
    ],
)
def test_a_sentence_is_taken_apart(text, parts):
    assert parse_statement(text) == parts


@pytest.mark.parametrize(
    ("text", "placeholder"),
    [
        ("{n", "{"),
        ("n}", "}"),
        ("{{n}}", "{"),
        ("{}", "{}"),
        ("{n:}", "{n:}"),
        ("{n:voc}", "{n:voc}"),
        ("{n?a|b}", "{n?a|b}"),
        ("{n?a|b|c|d}", "{n?a|b|c|d}"),
        ("{n?a||c}", "{n?a||c}"),
        ("{people:loc}", "{people:loc}"),
        ("{dwa słowa}", "{dwa słowa}"),
        ("{inny?a|b|c}", "{inny?a|b|c}"),
    ],
)
def test_a_slip_in_a_placeholder_is_named(text, placeholder):
    with pytest.raises(BadStatement) as refusal:
        parse_statement(text)
    assert refusal.value.placeholder == placeholder
