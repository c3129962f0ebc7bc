"""What a forger may try who can make the fingerprint fit: rules, places, lists, words, settlements."""

import pytest

from spoiwo.reports.domain.verify import Problem, verify
from spoiwo.reports.tests.content import changed, explained, report_2019, sealed

DRAFT = report_2019()
FINAL = report_2019(final=True)


def named(problems: list[Problem]) -> set[str]:
    """Identifiers of the figures that are named."""
    return {problem.figure for problem in problems if problem.figure}


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems}


def forged(change, content: dict = FINAL) -> list[Problem]:
    copied = changed(content)
    change(copied)
    return verify(sealed(copied))


def test_a_rule_redefined_together_with_its_value_is_found():
    def change(content):
        figure = content["figures"]["source.own.computed"]
        figure["rule"] = {"op": "stated", "of": "declared", "key": "sum-own"}
        figure |= {"value": 105_376_335, "records": 1}

    problems = forged(change)
    assert named(problems) == {"source.own.computed"}
    assert {"rule", "value"} <= codes(problems)


@pytest.mark.parametrize(
    ("id_", "rule"),
    [
        ("total.computed", {"op": "sum", "of": "entries", "where": {"source": "own"}}),
        ("total.difference", {"op": "minus", "figures": ["total.computed", "total.computed"]}),
        ("share.own", {"op": "share", "figures": ["source.own.computed", "total.declared"]}),
        ("tag.ngo.declared", {"op": "stated", "of": "declared", "key": "sum-own"}),
        ("cell.2014-p1.own", {"op": "sum", "of": "entries", "where": {"programme": "2014-P1"}}),
        ("cell.outside.eu", {"op": "sum", "of": "entries", "where": {"programme": None, "source": "eu", "x": 1}}),
        ("earlier.2017", {"op": "sum", "of": "earlier", "year": 2016, "where": {}}),
        ("result.eu-help", {"op": "guess"}),
        ("measure.points", {"op": "sum", "of": "results", "where": {"measure": ["points"]}}),
    ],
)
def test_every_figure_has_the_rule_of_its_place(id_, rule):
    def change(content):
        content["figures"][id_]["rule"] = rule

    problems = forged(change)
    assert named(problems) == {id_}
    assert "rule" in codes(problems)


def test_figures_that_swap_their_places_in_the_matrix_are_found():
    def change(content):
        first, second = content["matrix"]["rows"][0]["cells"], content["matrix"]["rows"][1]["cells"]
        first["own"], second["own"] = second["own"], first["own"]

    problems = forged(change)
    assert {problem.place for problem in problems} == {"matrix.rows[0].cells.own", "matrix.rows[1].cells.own"}


def test_a_row_hidden_from_the_matrix_is_missed_by_its_money():
    def change(content):
        content["matrix"]["rows"] = content["matrix"]["rows"][1:]

    assert {"cell.2014-p1.own", "programme.2014-p1", "source.own.computed"} <= named(forged(change))


def test_a_difference_hidden_from_the_list_is_found():
    def change(content):
        content["differences"] = content["differences"][1:]

    assert "source.own.difference" in named(forged(change))


def test_an_exact_total_cannot_be_called_rounded_to_make_a_difference_agree():
    def change(content):
        content["records"]["declared"][0]["rounded_to_gr"] = 100_000_000

    assert "record" in codes(forged(change))


def test_lines_of_an_explanation_add_up_to_the_difference():
    good = report_2019(settled={"sum-own": explained(8_000_000, 319_460)})
    short = report_2019(settled={"sum-own": explained(8_000_000, 319_459)})
    assert verify(good) == []
    assert named(verify(short)) == {"source.own.difference"}


@pytest.mark.parametrize(("field", "value"), [("reason", " "), ("by", ""), ("at", "")])
def test_a_settlement_without_reason_person_or_day_is_none(field, value):
    def change(content):
        content["differences"][0]["resolution"][field] = value

    assert named(forged(change)) == {"source.own.difference"}


def test_a_final_report_with_an_open_difference_is_refused():
    content = report_2019(final=True, settled={"sum-ngo": None})
    problems = verify(content)
    assert named(problems) == {"tag.ngo.difference"}
    assert codes(problems) == {"state"}


def test_no_amount_reported_is_not_zero():
    def change(content):
        content["figures"]["programme.2014-p3"]["value"] = 0
        content["matrix"]["rows"][2]["no_amount"] = False

    (value, flag) = forged(change)[:2]
    assert value.figure == "programme.2014-p3"
    assert "brak kwoty" in value.expected
    assert flag.place.endswith("no_amount")


def test_the_words_of_a_sentence_are_those_of_its_figure():
    def change(content):
        content["sections"][-1]["sentences"][0][1]["text"] = "529\u00a0osób"

    (problem,) = forged(change)
    assert problem.figure == "result.eu-help.people"
    assert "429" in problem.expected


@pytest.mark.parametrize("text", ["429\u00a0osób", "429 osób", "429\u00a0osobach"])
def test_any_polish_case_and_any_space_will_do_in_a_number(text):
    def change(content):
        content["sections"][-1]["sentences"][0][1]["text"] = text
        statement = "Ze wsparcia skorzystało {people}." if "osób" in text else "Mówi o {people:loc}."
        content["records"]["results"][1]["statement"] = statement + " Porad udzielano w {n:loc}."
        content["sections"][-1]["sentences"][0][0] = statement.partition("{")[0]

    assert forged(change) == []


def test_a_word_changed_between_the_figures_is_found():
    def change(content):
        content["sections"][-1]["sentences"][0][0] = "Ze wsparcia nie skorzystało "

    problems = forged(change)
    assert any("eu-help" in str(problem) for problem in problems)


def test_a_sentence_left_out_is_missed():
    def change(content):
        content["sections"][-1]["sentences"].pop()

    (problem,) = forged(change)
    assert "eu-model" in problem.place


def test_a_result_that_another_quotes_needs_no_sentence_of_its_own():
    def change(content):
        results = content["records"]["results"]
        results[3]["statement"] = "Wypracowano model, z którego korzysta {eu-flats:gen}."
        content["sections"][-1]["sentences"][1:] = [
            ["Wypracowano model, z którego korzysta ", {"figure": "result.eu-flats", "text": "2\u00a0mieszkań"}, "."]
        ]

    assert forged(change) == []


@pytest.mark.parametrize("statement", ["{nobody}", "{n?jeden}", "{n:dative}", "{nobody:loc}", "{n:loc}", "{"])
def test_a_statement_that_cannot_be_filled_is_described(statement):
    def change(content):
        content["records"]["results"][0]["statement"] = statement

    assert forged(change)


def test_references_to_nothing_are_named():
    def change(content):
        first = content["records"]["entries"][0]
        first |= {"document": "none", "tags": ["nobody", "nobody"]}
        content["records"]["entries"][1]["kind"] = "refund"

    found = " ".join(str(problem) for problem in forged(change) if problem.code == "record")
    assert "„none”" in found
    assert "„nobody”" in found
    assert "refund" in found


def test_two_places_with_one_identifier_are_refused():
    def change(content):
        content["records"]["tags"].append({"code": "NGO", "name": "Organizacje"})

    assert "tag.ngo.computed" in named(forged(change))


def test_an_unknown_figure_is_named():
    def change(content):
        content["figures"]["total.secret"] = content["figures"]["total.computed"] | {"id": "total.secret"}

    assert named(forged(change)) == {"total.secret"}


def test_events_counted_by_a_rule_are_counted_again():
    content = changed(DRAFT)
    figure = content["figures"]["result.eu-help"] | {
        "id": "events.contests", "unit": "point", "value": "1", "records": 1,
        "rule": {"op": "count", "of": "events", "where": {"kind": "contest"}},
    }  # fmt: skip
    content["figures"]["events.contests"] = figure
    assert verify(sealed(content)) == []
    content["records"]["events"][0]["kind"] = "picnic"
    assert named(verify(sealed(content))) == {"events.contests"}


def test_an_earlier_year_may_only_add_up_programmes_that_ours_continues():
    content = _with_predecessors(["2005-P1"])
    assert verify(content) == []
    assert named(verify(_with_predecessors([]))) == {"earlier.2017.2014-p1"}


def _with_predecessors(predecessors: list[str]) -> dict:
    content = changed(DRAFT)
    content["records"]["programmes"][0]["predecessors"] = predecessors
    content["records"]["earlier"]["2017"]["entries"] = [
        {"key": "old", "programme": "2005-P1", "source": "own", "amount_gr": 5_000},
    ]
    total = {"value": 5_000, "records": 1}
    content["figures"]["earlier.2017"] |= total
    rule = {"op": "sum", "of": "earlier", "year": 2017, "where": {"programme": ["2005-P1"]}}
    figure = content["figures"]["earlier.2017"] | {"id": "earlier.2017.2014-p1", "rule": rule}
    content["figures"]["earlier.2017.2014-p1"] = figure
    content["comparison"].append({
        "label": "Pomoc społeczna", "programme": "2014-P1",
        "years": [{"year": 2017, "programmes": ["Dawny program"], "figure": "earlier.2017.2014-p1"}],
    })  # fmt: skip
    return sealed(content)


def test_a_rounded_total_without_lines_is_shown_and_not_subtracted():
    content = changed(DRAFT)
    content["records"]["declared"].append(
        content["records"]["declared"][0]
        | {"key": "card", "scope": "programme", "source": None, "programme": "2014-P3", "precision": "rounded"}
        | {"amount_gr": 660_000_000, "rounded_to_gr": 10_000_000}
    )
    stem = "programme.2014-p3"
    content["figures"][f"{stem}.declared"] = content["figures"]["source.own.declared"] | {
        "id": f"{stem}.declared", "value": 660_000_000, "precision": "rounded", "status": "no_lines",
        "rule": {"op": "stated", "of": "declared", "key": "card"},
    }  # fmt: skip
    content["matrix"]["rows"][2]["declared"] = f"{stem}.declared"
    content["differences"].append(
        content["differences"][0]
        | {"key": "card", "figure": f"{stem}.declared", "declared": f"{stem}.declared", "computed": stem}
        | {"value_gr": None, "status": "no_lines"}
    )
    assert verify(sealed(content)) == []
    content["differences"].pop()
    assert named(verify(sealed(content))) == {f"{stem}.declared"}


def test_an_answer_given_twice_for_one_difference_is_refused():
    def change(content):
        content["differences"].append(content["differences"][0])

    assert any("sum-own" in problem.place for problem in forged(change))
