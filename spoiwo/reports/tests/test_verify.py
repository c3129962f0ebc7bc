"""A report is checked against its own records: whatever does not hold is named, and nothing else."""

import copy
import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spoiwo.reports.domain.verify import Problem, read_report, verify, verify_file
from spoiwo.reports.tests.content import (
    accepted,
    changed,
    explained,
    large_report,
    report_2019,
    sealed,
)

DRAFT = report_2019()
FINAL = report_2019(final=True)
ENTRIES = range(len(DRAFT["records"]["entries"]))
PROPERTY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def named(problems: list[Problem]) -> set[str]:
    """Identifiers of the figures that are named."""
    return {problem.figure for problem in problems if problem.figure}


def codes(problems: list[Problem]) -> set[str]:
    return {problem.code for problem in problems}


def resealed(content: dict) -> dict:
    """What a forger does last: the fingerprint is made to fit."""
    return sealed(content)


@pytest.mark.parametrize("content", [DRAFT, FINAL, report_2019(settled={"sum-own": explained(8_000_000, 319_460)})])
def test_a_report_that_holds_has_no_problem(content):
    assert verify(content) == []
    assert verify(content, content["fingerprint"]) == []
    assert verify(json.loads(json.dumps(content))) == []


def test_the_figures_of_2019_are_those_of_the_sejmik_note():
    values = {id_: figure["value"] for id_, figure in DRAFT["figures"].items()}
    assert values["total.declared"] == 902_504_977
    assert values["total.computed"] == 894_185_517
    assert values["programmes.computed"] == 583_141_634
    assert values["source.own.computed"] == 97_056_875
    assert values["source.own.declared"] == 105_376_335
    assert values["source.own.difference"] == values["total.difference"] == 8_319_460
    assert values["source.state.difference"] == 0
    assert values["programme.2014-p2"] == 427_871_281
    assert values["programme.2014-p4"] == 10_712_107
    assert values["programme.2014-p5"] == 135_521_911
    assert values["tag.ngo.declared"] - values["tag.ngo.computed"] == 2_500_000
    assert values["programme.2014-p3"] is None


def _touched_by(entry: dict) -> set[str]:
    """Figures that a line of money is part of, worked out from where it stands."""
    name = (entry["programme"] or "outside").lower()
    source = entry["source"]
    ids = {f"cell.{name}.{source}", f"programme.{name}", f"source.{source}.computed", f"source.{source}.difference"}
    ids |= {"total.computed", "total.difference"}
    if entry["programme"]:
        ids.add("programmes.computed")
    for tag in entry["tags"]:
        ids |= {f"tag.{tag}.computed", f"tag.{tag}.difference"}
    return ids


@pytest.mark.parametrize("i", ENTRIES)
@pytest.mark.parametrize("grosz", [1, -1])
def test_one_grosz_in_any_line_names_exactly_the_figures_it_is_part_of(i, grosz):
    content = changed(DRAFT)
    entry = content["records"]["entries"][i]
    entry["amount_gr"] += grosz
    content = resealed(content)
    problems = verify(content)
    assert named(problems) == _touched_by(entry)
    assert not {problem for problem in problems if problem.code == "fingerprint"}
    assert verify(content | {"fingerprint": DRAFT["fingerprint"]})[0].code == "fingerprint"


@pytest.mark.parametrize("i", ENTRIES)
def test_a_line_taken_away_or_put_twice_is_found(i):
    without, twice = changed(DRAFT), changed(DRAFT)
    gone = without["records"]["entries"].pop(i)
    twice["records"]["entries"].append(gone)
    assert named(verify(resealed(without))) >= _touched_by(gone)
    problems = verify(resealed(twice))
    assert named(problems) >= _touched_by(gone)
    assert any(gone["key"] in problem.found for problem in problems if problem.code == "record")


@PROPERTY
@given(st.data())
def test_any_other_value_of_any_figure_is_found_and_named(data):
    id_ = data.draw(st.sampled_from(sorted(DRAFT["figures"])))
    figure = DRAFT["figures"][id_]
    other = st.none() | st.integers(-(10**12), 10**12) | st.text("0123456789.", max_size=6) | st.booleans()
    value = data.draw(other.filter(lambda found: type(found) is not type(figure["value"]) or found != figure["value"]))
    content = changed(DRAFT)
    content["figures"][id_]["value"] = value
    problems = verify(resealed(content))
    assert named(problems) == {id_}
    (problem,) = problems
    assert id_ in str(problem)


@pytest.mark.parametrize("value", [902_504_977.0, True, "902504977"])
def test_a_number_of_another_type_is_not_the_same_number(value):
    content = changed(DRAFT)
    content["figures"]["total.declared"]["value"] = value
    content["fingerprint"] = "0" * 64
    assert verify(content)


def _paths(value: object, path: tuple = ()) -> list[tuple]:
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, held in items:
        found += _paths(held, (*path, key))
    return found


PATHS = _paths(FINAL)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("\ud800") | st.just(10**300),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(PATHS), JUNK, st.booleans())
def test_whatever_is_broken_in_a_report_it_is_described_and_never_raises(path, junk, remove):
    content = changed(FINAL)
    place = content
    for key in path[:-1]:
        place = place[key]
    if remove:
        del place[path[-1]]
    else:
        place[path[-1]] = junk
    problems = verify(content)
    same = not remove and repr(junk) == repr(_at(FINAL, path))
    assert bool(problems) != same
    assert all(str(problem).encode() for problem in problems)


def _at(value: object, path: tuple) -> object:
    for key in path:
        value = value[key]
    return value


@pytest.mark.parametrize("content", [None, [], "x", 3, {}, {"figures": None}, {"records": {}}])
def test_what_is_no_report_at_all_is_refused_with_its_place(content):
    problems = verify(content)
    assert problems
    assert codes(problems) <= {"shape", "fingerprint"}


def test_a_number_too_long_to_be_written_is_refused():
    assert verify(FINAL | {"extra": 10**6000})
    assert verify(FINAL | {"year": 10**6000})


def test_a_document_nested_without_end_is_refused():
    deep: list = []
    for _level in range(100_000):
        deep = [deep]
    assert verify(FINAL | {"extra": deep})


# --- what a forger may try with a fingerprint that fits ---------------------------------------------------------


def forged(change, content: dict = FINAL) -> list[Problem]:
    copied = changed(content)
    change(copied)
    return verify(resealed(copied))


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
        ("earlier.2017.total", {"op": "sum", "of": "earlier", "year": 2016, "where": {}}),
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
    content["figures"]["earlier.2017.total"] |= total
    rule = {"op": "sum", "of": "earlier", "year": 2017, "where": {"programme": ["2005-P1"]}}
    figure = content["figures"]["earlier.2017.total"] | {"id": "earlier.2017.2014-p1", "rule": rule}
    content["figures"]["earlier.2017.2014-p1"] = figure
    content["comparison"].append({
        "label": "Pomoc społeczna", "programme": "2014-P1",
        "years": [{"year": 2017, "programmes": ["Dawny program"], "figure": "earlier.2017.2014-p1"}],
    })  # fmt: skip
    return sealed(content)


def test_the_fingerprint_known_from_paper_finds_what_the_file_alone_cannot_tell():
    content = sealed(FINAL | {"title": "Inny tytuł"})
    assert verify(content) == []
    (problem,) = verify(content, FINAL["fingerprint"])
    assert problem.code == "fingerprint"
    assert content["fingerprint"] in problem.found


@pytest.mark.parametrize(
    "data", [b"", b"\xff\xfe\x00", b"{", b'{"a": 1, "a": 2}', b"[" * 200_000, b"9" * 10_000, b"null", b'"\\ud800"']
)
def test_a_file_that_cannot_be_read_is_described(data):
    assert verify_file(data)


def test_a_file_is_read_with_and_without_a_byte_order_mark():
    data = json.dumps(FINAL).encode()
    assert verify_file(data) == verify_file(b"\xef\xbb\xbf" + data) == []
    assert read_report(data) == (FINAL, [])


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


def test_a_problem_is_one_polish_sentence_with_found_and_expected():
    content = changed(DRAFT)
    content["figures"]["total.computed"]["value"] = 894_185_518
    (problem,) = verify(sealed(content))
    assert str(problem) == (
        "Liczba total.computed: jest 8\u00a0941\u00a0855,18\u00a0zł, powinno być 8\u00a0941\u00a0855,17\u00a0zł."
    )


def test_verifying_changes_nothing_in_the_document():
    before = copy.deepcopy(FINAL)
    verify(FINAL)
    assert before == FINAL


def test_twenty_thousand_lines_are_checked_in_seconds_and_one_grosz_among_them_is_found():
    content = large_report(final=True)
    start = time.process_time()
    assert verify(content) == []
    assert time.process_time() - start < 6  # under a second on an idle machine
    entry = content["records"]["entries"][12_345]
    entry["amount_gr"] += 1
    assert named(verify(sealed(content))) == _touched_by(entry) & content["figures"].keys()


def test_an_answer_given_twice_for_one_difference_is_refused():
    def change(content):
        content["differences"].append(content["differences"][0])

    assert any("sum-own" in problem.place for problem in forged(change))
    assert accepted()["kind"] == "accepted"
