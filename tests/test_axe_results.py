"""How looks of axe become the figures of the accessibility declaration."""

import json
import re
from datetime import date

import pytest

from spoiwo.portal.domain import Results, read_results
from tests.browser import axe_results
from tests.browser.axe_results import may_be_taken, note, summed
from tests.plugin import KEPT
from tests.tree import ROOT

CLEAN = {"page": "/", "width": 1280, "theme": "light", "rules": []}
FAULTY = {"page": "/pomoc/", "width": 390, "theme": "dark", "rules": ["color-contrast"]}


class Page:
    """The little of a page that is asked for."""

    viewport_size = {"width": 390, "height": 900}


def test_looks_are_summed_and_read_by_the_portal():
    looks = [CLEAN, {**CLEAN, "theme": "dark"}, {**CLEAN, "page": "/pomoc/"}, FAULTY, {**FAULTY, "theme": "light"}]
    found = summed(looks, run_on=date(2026, 11, 28), tool="axe-core 4.14.1")
    assert read_results(found) == Results(
        run_on=date(2026, 11, 28), tool="axe-core 4.14.1", pages=2, looks=5, faulty_pages=1, widths=(1280, 390),
        themes=("light", "dark"), violations={"color-contrast": 2},
    )  # fmt: skip


def test_a_run_that_saw_nothing_has_no_sums():
    with pytest.raises(ValueError, match="no page was examined"):
        summed([], run_on=date(2026, 11, 28), tool="axe-core")


@pytest.mark.parametrize(
    ("looks", "code", "taken"),
    [([CLEAN], 0, True), ([FAULTY], 1, True), ([CLEAN], 1, False), ([FAULTY], 2, False), ([], 0, False)],
)
def test_a_run_that_broke_off_is_not_taken(looks, code, taken):
    assert may_be_taken(looks, code) is taken


def test_a_look_is_noted_only_during_a_run_for_the_declaration(monkeypatch, tmp_path):
    file = tmp_path / "looks"
    monkeypatch.delenv("SPOIWO_AXE_RESULTS", raising=False)
    note(Page(), "/", "light", [])
    monkeypatch.setenv("SPOIWO_AXE_RESULTS", str(file))
    note(Page(), "/", "dark", ["color-contrast: h1", "color-contrast: p", "label: input"])
    assert [json.loads(line) for line in file.read_text().splitlines()] == [
        {"page": "/", "width": 390, "theme": "dark", "rules": ["color-contrast", "label"]}
    ]


def test_the_sums_are_written_beside_the_known_failures(monkeypatch, tmp_path, capsys):
    data, file = tmp_path / "accessibility.json", tmp_path / "looks"
    data.write_text(json.dumps({"results": None, "failures": ["znane"]}))
    monkeypatch.setattr(axe_results, "DATA", data)
    file.write_text(json.dumps(CLEAN) + "\n")
    assert axe_results.main(str(file), "1") == 1
    assert json.loads(data.read_text())["results"] is None
    assert axe_results.main(str(file), "0") == 0
    written = json.loads(data.read_text())
    assert written["failures"] == ["znane"]
    assert (written["results"]["pages"], written["results"]["violations"]) == (1, {})
    assert "stron z naruszeniem: 0" in capsys.readouterr().out


def test_what_our_scripts_tell_the_tests_reaches_them():
    scripts = [path.read_text(encoding="utf-8") for path in (ROOT / "scripts").glob("*.sh")]
    told = {name for text in scripts if "-m pytest" in text for name in re.findall(r"^export (SPOIWO_\w+)", text, re.M)}
    assert told == {"SPOIWO_NOTES", "SPOIWO_AXE_RESULTS"}
    assert told <= KEPT
