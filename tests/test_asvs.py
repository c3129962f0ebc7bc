"""The table of OWASP ASVS 5.0.0: whole, and every proof that it names is there."""

import csv
import re
from collections import Counter

import pytest

from tests.tree import ROOT

FOLDER = ROOT / "docs" / "security"
COLUMNS = ["id", "level", "chapter", "what", "applies", "state", "proof", "note"]
STATES = ["proved", "partly", "not yet", "not applicable"]
CHOSEN = {
    "1.2.10", "2.3.5", "3.5.8", "5.2.6", "5.3.3", "7.5.3", "14.2.6", "14.2.7", "14.2.8", "15.4.2", "16.3.2", "16.5.4",
}  # fmt: skip
with (FOLDER / "asvs.csv").open(encoding="utf-8", newline="") as table:
    ROWS = list(csv.DictReader(table))


def number(row) -> list[int]:
    """The parts of an id, to be ordered by."""
    return [int(part) for part in row["id"].split(".")]


def missing(proof: str) -> bool:
    """Whether a proof names a file that is not there, or a test that the file does not hold."""
    name, *parts = proof.split("::")
    path = ROOT / name
    if not path.is_file():
        return True
    held = re.findall(r"^ *(?:def|class) (\w+)", path.read_text(encoding="utf-8"), re.MULTILINE)
    return not set(parts) <= set(held)


def test_every_requirement_stands_once_in_its_order():
    assert list(ROWS[0]) == COLUMNS
    assert [row["id"] for row in ROWS if not re.fullmatch(r"([1-9]|1[0-7])\.\d{1,2}\.\d{1,2}", row["id"])] == []
    assert [number(row) for row in ROWS] == sorted(number(row) for row in ROWS)
    assert len({row["id"] for row in ROWS}) == len(ROWS)


def test_levels_1_and_2_are_whole_and_the_chosen_of_level_3_are_there():
    levels = Counter(row["level"] for row in ROWS)
    assert levels == {"1": 70, "2": 183, "3": 11}
    assert {row["id"] for row in ROWS if row["level"] == "3"} == CHOSEN - {"16.3.2"}  # that one is of level 2
    assert {row["id"]: row["level"] for row in ROWS}["16.3.2"] == "2"


def test_a_requirement_is_told_in_few_words_of_our_own():
    assert [row["id"] for row in ROWS if not 0 < len(row["what"].split()) <= 12] == []
    assert [row["id"] for row in ROWS if "verify" in row["what"].casefold()] == []


def test_a_state_agrees_with_whether_it_applies():
    assert {row["state"] for row in ROWS} == set(STATES)
    assert [row["id"] for row in ROWS if (row["applies"] == "no") != (row["state"] == "not applicable")] == []
    assert {row["applies"] for row in ROWS} == {"yes", "no"}


def test_what_is_proved_names_a_proof_that_is_there():
    told = [row for row in ROWS if row["state"] in {"proved", "partly"}]
    assert [row["id"] for row in told if not row["proof"]] == []
    assert [(row["id"], proof) for row in ROWS for proof in row["proof"].split() if missing(proof)] == []


def test_what_is_not_whole_says_why():
    assert [row["id"] for row in ROWS if row["state"] != "proved" and len(row["note"].split()) < 2] == []


@pytest.mark.parametrize("proof", ["tests/test_asvs.py::test_nothing_of_the_kind", "tests/test_nowhere.py", "tests"])
def test_the_search_finds_a_proof_that_is_not_there(proof):
    assert missing(proof)


def test_the_page_shows_the_figures_of_the_table():
    counted = Counter((row["level"], row["state"]) for row in ROWS)
    lines = [
        f"| {level} | " + " | ".join(str(counted[level, state]) for state in STATES) + " |" for level in ("1", "2", "3")
    ]
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [line for line in page.splitlines() if re.match(r"\| \d \|", line)] == lines
