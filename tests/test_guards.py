"""The guards say what they found, and "nobody could check" is never "nothing was found"."""

import json

import pytest

from checks.guards import FAILED, PASSED, UNCHECKED, advisories_in


def answer(*packages):
    """What pip-audit prints."""
    return json.dumps({"dependencies": list(packages), "fixes": []})


CLEAN = {"name": "one", "version": "1.0", "vulns": []}
SKIPPED = {"name": "two", "skip_reason": "could not be audited"}
HOLED = {"name": "three", "version": "2.0", "vulns": [{"id": "PYSEC-2026-1", "fix_versions": ["2.1"]}]}


@pytest.mark.parametrize(
    ("packages", "state"),
    [
        ([CLEAN], PASSED),
        ([CLEAN, SKIPPED], UNCHECKED),
        ([SKIPPED], UNCHECKED),
        ([], UNCHECKED),
        ([CLEAN, HOLED], FAILED),
        ([SKIPPED, HOLED], FAILED),
    ],
)
def test_a_package_that_nobody_could_ask_about_is_not_a_clean_one(packages, state):
    assert advisories_in(answer(*packages), "").state == state


@pytest.mark.parametrize("broken", ["", "no network", "[]", "{}", "null"])
def test_no_answer_is_no_answer(broken):
    assert advisories_in(broken, "connection refused").state == UNCHECKED


def test_a_hole_is_named_with_its_package_and_number():
    assert advisories_in(answer(HOLED), "").places == ["three 2.0: PYSEC-2026-1"]
