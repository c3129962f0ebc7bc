"""The difference of two documents, what adoption writes, and which steps a version takes: as pure rules."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.strategy.domain import versions
from spoiwo.strategy.domain.versions import Write, diff, word_changes
from spoiwo.strategy.errors import StepRefused

BINDING = date(2027, 1, 1)


def goal(code="C1", **facts):
    """A goal as a plain row."""
    return {"code": code, "number": "", "name": f"Cel {code}", "parent": None, "ended_on": None, "order": 1} | facts


def programme(code="P1", **facts):
    """A programme as a plain row."""
    row = {"code": code, "number": "", "name": f"Program {code}", "short_name": code, "kind": "programme", "order": 1}
    return row | {"from_year": None, "to_year": None, "goals": []} | facts


def task(code="T1", **facts):
    """A task as a plain row."""
    row = {"code": code, "number": "", "name": f"Zadanie {code}", "kind": "task", "order": 1}
    return row | {"programme": "P1", "goal": None, "from_date": None, "to_date": None} | facts


def target(value, code="W1@2030"):
    """A target as a plain row."""
    return {"code": code, "name": "Wskaźnik", "indicator": "W1", "year": 2030, "value": value}


def told(before, after):
    """The difference as (element, what, field, before, after)."""
    return [(one.ref, one.what, one.field, one.before, one.after) for one in diff(before, after)]


def doc(**parts):
    """A document."""
    return versions.document(**parts)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (doc(), doc(goals=[goal()]), [("goal:C1", "added", "", None, "Cel C1")]),
        (doc(goals=[goal()]), doc(), [("goal:C1", "ended", "", "Cel C1", None)]),
        (doc(goals=[goal()]), doc(goals=[goal(name="Dom")]), [("goal:C1", "renamed", "name", "Cel C1", "Dom")]),
        (doc(goals=[goal()]), doc(goals=[goal(number="2")]), [("goal:C1", "renamed", "number", "", "2")]),
        (doc(goals=[goal()]), doc(goals=[goal(parent="C9")]), [("goal:C1", "moved", "parent", None, "C9")]),
        (
            doc(goals=[goal()]),
            doc(goals=[goal(ended_on=date(2027, 6, 30))]),
            [("goal:C1", "ended", "ended_on", None, "2027-06-30")],
        ),
        (
            doc(programmes=[programme(goals=["C2", "C1"])]),
            doc(programmes=[programme(goals=["C1"])]),
            [("programme:P1", "moved", "goals", ["C1", "C2"], ["C1"])],
        ),
        (
            doc(programmes=[programme(to_year=2027)]),
            doc(programmes=[programme(to_year=2026)]),
            [("programme:P1", "ended", "to_year", 2027, 2026)],
        ),
        (
            doc(programmes=[programme(to_year=2027)]),
            doc(programmes=[programme(to_year=2028)]),
            [("programme:P1", "period", "to_year", 2027, 2028)],
        ),
        (doc(tasks=[task()]), doc(tasks=[task(programme="P2")]), [("task:T1", "moved", "programme", "P1", "P2")]),
        (doc(tasks=[task()]), doc(tasks=[task(goal="C1")]), [("task:T1", "moved", "goal", None, "C1")]),
        (
            doc(tasks=[task(to_date=date(2026, 12, 31))]),
            doc(tasks=[task(to_date=None)]),
            [("task:T1", "period", "to_date", "2026-12-31", None)],
        ),
        (
            doc(targets=[target("10")]),
            doc(targets=[target("12.5")]),
            [("target:W1@2030", "target", "value", "10", "12.5")],
        ),
        (doc(), doc(targets=[target("12.5")]), [("target:W1@2030", "added", "", None, "12.5")]),
    ],
)  # fmt: skip
def test_a_difference_says_of_what_and_how(before, after, expected):
    assert told(before, after) == expected


def test_a_change_of_order_or_of_the_count_of_changes_is_no_difference():
    before = doc(goals=[goal("C1"), goal("C2")])
    after = doc(goals=[goal("C2", order=5, version=7), goal("C1")])
    assert diff(before, after) == []


NAMES = st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8)
GOALS = st.lists(
    st.builds(goal, code=st.sampled_from(["C1", "C2", "C3"]), name=NAMES, number=NAMES, parent=st.none() | NAMES),
    unique_by=lambda row: row["code"],
)


@given(GOALS, GOALS)
def test_what_the_difference_tells_turns_one_document_into_the_other(before, after):
    old, new = doc(goals=before), doc(goals=after)
    held = {row["code"]: dict(row) for row in old["goals"]}
    for change in diff(old, new):
        if change.field:
            held[change.code][change.field] = change.after
        elif change.what == "added":
            held[change.code] = versions.find(new, "goal", change.code)
        else:
            del held[change.code]
    assert held == {row["code"]: row for row in new["goals"]}


@given(GOALS)
def test_a_document_does_not_differ_from_itself(rows):
    assert diff(doc(goals=rows), doc(goals=rows)) == []


@given(st.lists(NAMES).map(" ".join), st.lists(NAMES).map(" ".join))
def test_word_by_word_both_texts_can_be_read(before, after):
    pieces = word_changes(before, after)
    assert " ".join(words for mark, words in pieces if mark != "new") == before
    assert " ".join(words for mark, words in pieces if mark != "old") == after


def test_only_the_words_that_differ_are_marked():
    assert word_changes("Program przeciwdziałania narkomanii", "Program przeciwdziałania uzależnieniom i HIV") == [
        ("same", "Program przeciwdziałania"),
        ("old", "narkomanii"),
        ("new", "uzależnieniom i HIV"),
    ]


def test_adoption_writes_only_the_fields_that_differ_and_begins_what_is_new_on_its_day():
    before = doc(goals=[goal("C1")], programmes=[programme()], tasks=[task("T1"), task("T2")])
    after = doc(
        goals=[goal("C1", parent="C3"), goal("C2", parent="C3"), goal("C3")],
        programmes=[programme(name="Nowa", short_name="N"), programme("P2")],
        tasks=[task("T1"), task("T3")],
    )
    wrote = versions.writes(before, after, BINDING)
    assert [(one.kind, one.code, one.new) for one in wrote] == [
        ("goal", "C3", True), ("goal", "C2", True), ("goal", "C1", False), ("programme", "P2", True),
        ("programme", "P1", False), ("task", "T3", True), ("task", "T2", False),
    ]  # fmt: skip
    assert wrote[4] == Write("programme", "P1", False, {"name": "Nowa", "short_name": "N"})
    assert wrote[3].values["from_year"] == 2027
    assert wrote[5].values["from_date"] == "2027-01-01"
    assert wrote[6].values == {"to_date": "2026-12-31"}


def test_former_names_hold_only_what_was_renamed():
    before = doc(programmes=[programme(), programme("P2")], tasks=[task()])
    after = doc(programmes=[programme(short_name="Inna"), programme("P2", to_year=2027)], tasks=[task(name="Inne")])
    assert versions.former_names(before, after) == {
        ("programme", "P1"): {"short_name": "P1"},
        ("task", "T1"): {"name": "Zadanie T1"},
    }


def test_what_the_tree_changed_since_the_draft_was_opened_is_told_only_where_the_draft_changes_it_too():
    base = doc(programmes=[programme(), programme("P2")])
    draft = doc(programmes=[programme(name="Z projektu"), programme("P2")])
    live = doc(programmes=[programme(name="Z drzewa", number="7"), programme("P2", name="Obok")])
    assert [(one.ref, one.field, one.after) for one in versions.overwritten(base, draft, live)] == [
        ("programme:P1", "name", "Z drzewa")
    ]


ALLOWED = {
    ("draft", "consult"): "consulted",
    ("draft", "withdraw"): "withdrawn",
    ("consulted", "withdraw"): "withdrawn",
    ("consulted", "adopt"): "adopted",
}


@pytest.mark.parametrize("state", ["draft", "consulted", "adopted", "withdrawn"])
@pytest.mark.parametrize("step", ["consult", "withdraw", "adopt"])
def test_a_version_takes_the_allowed_steps_and_no_other(state, step):
    if (state, step) in ALLOWED:
        assert versions.next_state(state, step) == ALLOWED[state, step]
        return
    with pytest.raises(StepRefused) as refusal:
        versions.next_state(state, step)
    assert (refusal.value.state, refusal.value.step) == (state, step)
