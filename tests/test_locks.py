"""Every service that changes a row says how it keeps one change from burying another.

Either it takes the version that the person saw and refuses when the row moved on (`spoiwo/doors/locking.py`), or it
stands in the table below with the reason why there is nothing to be lost.
"""

import ast
import re

import pytest

from tests.tree import modules, relative

WRITES_A_ROW = re.compile(r"\.save\(\s*update_fields|\)\s*\.update\(|\.delete\(\)")
REFUSES = re.compile(r"\b(locked|unchanged)\(|raise ChangedMeanwhile\(|seen_version=seen_version")
SEEN = {"seen_version", "seen"}

# What changes rows and takes no version: where → why nothing is buried.
NO_VERSION = {
    "access/services/accounts:change_password": "the person's own, and the old password is asked for",
    "access/services/attempts:forget_browser": "what is forgotten stays forgotten",
    "access/services/attempts:unlock": "an account that can be tried stays so",
    "access/services/visits:end_other_visits": "sessions that ended stay ended",
    "access/services/visits:end_visit": "a session that ended stays ended",
    "audit/services/recording:record": "only the head of the chain moves, locked, by every deed",
    "audit/services/recording:record_all": "only the head of the chain moves, locked, by every deed",
    "audit/services/refusals:count_refusal": "a counter that is raised in the database",
    "ledger/services/classification:answer_questions": "each question comes with a token of what was seen of it",
    "ledger/services/classification:ask_about": "questions follow from the lines, whoever asks",
    "ledger/services/classification:ask_questions": "questions follow from the lines, whoever asks",
    "ledger/services/classification:import_classification": "the table follows its file, whoever reads it in",
    "ledger/services/papers:store_file": "the same content is the same paper",
    "ledger/services/published:import_published": "the table follows its file, whoever reads it in",
    "ledger/services/settlements:accept_difference": "under the lock of the year, and only of an open difference",
    "ledger/services/settlements:explain_difference": "under the lock of the year, and only of an open difference",
    "ledger/services/years:show_before_final": "a switch with two positions; the page shows the present one",
    "organisations/services:add_member": "a tie is made once, under the lock of the account; made again it stays",
    "organisations/services:end_caring": "with the role everything that it opened ends, whoever takes it",
    "persons/services/caseworkers:end_caseworker": "what was taken from a person stays taken",
    "persons/services/erasure:erase_person": "a request is decided once, under its lock",
    "persons/services/erasure:refuse_erasure": "a request is decided once, under its lock",
    "places/services:import_known_changes": "the register follows its file, whoever reads it in",
    "strategy/services/duties:load_duties": "only rows that nobody changed follow the shipped table",
    "strategy/services/duties:take_back": "a mark taken back can be set again, and the record keeps both",
    "strategy/services/measuring:correct_value": "the value itself is the version: one that was corrected is refused",
    "strategy/services/tree:add_succession": "a note beside a link; the last one holds, and the record keeps both",
    "strategy/services/tree:remove_succession": "a link that is gone stays gone",
    "strategy/services/updating:add_element": "under the lock of the draft, and only what is not there yet",
    "strategy/services/updating:drop_element": "what was taken out of a draft stays out; what is in force is refused",
    "strategy/services/updating:write_into_tree": "a version enters the tree once, under its lock",
    "vault/services/disclosure:export_person": "nothing changes but the note that the file was given",
    "vault/services/erasure:erase": "an erasure only goes forward; repeated it finishes what was begun",
    "vault/services/rotation:reseal": "the value stays what it was, and its row is locked meanwhile",
}


def services():
    """The modules of services, of every room."""
    return [path for path in modules(tests=False) if "services" in {path.stem, path.parent.name}]


def functions(source):
    """Every function of a module: its name, its own text, the names it calls."""
    tree = ast.parse(source)
    return {
        node.name: (node, ast.get_source_segment(source, node), calls_of(node))
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }


def calls_of(node):
    """Names called inside a function."""
    return {call.func.id for call in ast.walk(node) if isinstance(call, ast.Call) and isinstance(call.func, ast.Name)}


def whole_text(name, found, seen=()):
    """The text of a function and of the functions of its module that it calls."""
    if name not in found or name in seen:
        return ""
    _node, text, calls = found[name]
    return text + "".join(whole_text(call, found, (*seen, name)) for call in sorted(calls))


def changing(source):
    """Public functions that change rows: name → (whether they take a version, whether they refuse an old one)."""
    found = functions(source)
    rows = {}
    for name, (node, _text, _calls) in found.items():
        text = whole_text(name, found)
        if name.startswith("_") or not WRITES_A_ROW.search(text) or not takes_by(node):
            continue
        rows[name] = (bool(SEEN & {arg.arg for arg in node.args.kwonlyargs}), bool(REFUSES.search(text)))
    return rows


def takes_by(node):
    """A service says who acts."""
    return "by" in {arg.arg for arg in (*node.args.args, *node.args.kwonlyargs)}


def all_changing():
    """Every service of the house that changes rows."""
    return {
        f"{relative(path).removeprefix('spoiwo/').removesuffix('.py')}:{name}": facts
        for path in services()
        for name, facts in changing(path.read_text(encoding="utf-8")).items()
    }


def test_every_service_that_changes_a_row_takes_the_version_that_was_seen_or_says_why_not():
    found = all_changing()
    assert {where for where, (takes, _refuses) in found.items() if not takes} == set(NO_VERSION)
    assert len(found) > 20


def test_a_service_that_takes_a_version_refuses_an_old_one():
    assert [where for where, (takes, refuses) in all_changing().items() if takes and not refuses] == []


def test_a_lock_leaves_the_key_of_a_row_alone():
    """What names a locked row is written meanwhile: otherwise it waits at its end, holding the head of the chain."""
    asked = [line for path in modules(tests=False) for line in path.read_text(encoding="utf-8").splitlines()]
    locks = [line.strip() for line in asked if "select_for_update(" in line]
    assert [line for line in locks if "select_for_update(no_key=True" not in line] == []
    assert len(locks) > 20


def test_a_reason_is_a_sentence():
    assert [where for where, reason in NO_VERSION.items() if len(reason) < 20] == []


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("def a(*, row, by):\n    row.save(update_fields=['x'])", {"a": (False, False)}),
        ("def a(*, row, by):\n    _b(row)\ndef _b(row):\n    row.delete()", {"a": (False, False)}),
        (
            "def a(*, row, seen_version, by):\n    row = locked(row, seen_version)\n    row.delete()",
            {"a": (True, True)},
        ),
        ("def a(*, row, by):\n    Row.objects.create()", {}),
        ("def a(rows):\n    rows.filter(x=1).update(x=2)", {}),
    ],
)
def test_the_search_finds_services_that_change_rows(source, expected):
    assert changing(source) == expected
