"""A report is checked against its own records: whatever does not hold is named, and nothing else."""

import copy
import json
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spoiwo.reports.domain.verify import Problem, read_report, verify, verify_file
from spoiwo.reports.tests.content import (
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
