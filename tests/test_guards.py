"""The guards say what they found, and "nobody could check" is never "nothing was found"."""

import json
from datetime import date

import pytest

from checks import guards
from checks.guards import FAILED, PASSED, REFRESHED_WITHIN, UNCHECKED, Verdict, advisories_in, freshness
from checks.run import summary


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


@pytest.mark.parametrize(
    ("refreshed", "state"),
    [("2026-11-28", PASSED), ("2026-08-30", PASSED), ("2026-08-29", FAILED), ("", UNCHECKED)],
)
def test_packages_older_than_promised_are_found(refreshed, state):
    assert freshness(refreshed, date(2026, 11, 28)).state == state


def test_the_promised_days_are_the_checked_ones():
    promise = " ".join((guards.ROOT / "SECURITY.md").read_text(encoding="utf-8").split())
    assert f"co najmniej raz na {REFRESHED_WITHIN} dni" in promise


@pytest.mark.parametrize(
    ("states", "release", "code"),
    [
        ((PASSED, PASSED), True, 0), ((PASSED, UNCHECKED), False, 2), ((PASSED, UNCHECKED), True, 1),
        ((UNCHECKED, FAILED), False, 1), ((FAILED, PASSED), True, 1),
    ],
)  # fmt: skip
def test_what_nobody_checked_is_told_apart_and_stops_a_release(monkeypatch, states, release, code):
    found = {str(number): (lambda state=state: Verdict(state, "zmyślony")) for number, state in enumerate(states)}
    monkeypatch.setattr(guards, "GUARDS", found)
    assert guards.main(release=release) == code


def test_the_summary_of_all_checks_never_takes_the_unchecked_for_good():
    assert summary({"a": 0, "b": 0}) == "Wszystko się zgadza."
    assert summary({"a": 0, "b": 2}) == "NIE SPRAWDZONO W CAŁOŚCI: b"
    assert summary({"a": 1, "b": 2}) == "NIE PRZESZŁO: a\nNIE SPRAWDZONO W CAŁOŚCI: b"
