"""The harness of the benchmarks runs, its answers are right, and it notices a wrong one. No time is asserted."""

import json
import os
import subprocess
import sys

import pytest

from benchmarks import cases, check, found_in, oracle, rows, table
from benchmarks.decade import run as decade
from tests.plugin import ROOT
from tests.prepared import migrated

SMALL = cases.QUICK[0]


def run(*options):
    """The whole harness as a person starts it."""
    command = [sys.executable, "-m", "benchmarks.run", "--quick", *options]
    return subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=900)


@pytest.fixture(autouse=True)
def _migrated_once(tmp_path_factory, monkeypatch):
    """The harness begins with a copy of one empty house; on PostgreSQL it makes its own."""
    if "SPOIWO_DATABASE_URL" not in os.environ:
        monkeypatch.setenv("BENCHMARKS_HOUSE", str(migrated(tmp_path_factory)))


@pytest.fixture(scope="module")
def expected():
    """The right answers about a small ledger."""
    return oracle.answers(rows.lines(SMALL.lines))


@pytest.mark.slow
def test_every_question_is_answered_rightly_by_everybody(tmp_path):
    done = run("--json", str(tmp_path / "found.json"))
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    for size in cases.QUICK:
        answered = {(case["engine"], case["question"]) for case in found["sizes"][size.name]["cases"]}
        assert answered == {(engine, name) for engine, names in cases.processes(size) for name in names}
    case = next(case for case in found["sizes"]["small"]["cases"] if case["engine"] == "spoiwo")
    assert case["median_cpu_s"] > 0
    assert case["peak_bytes"] > 10 * cases.MEBIBYTE
    assert "Macierz roku" in done.stdout


@pytest.mark.slow
@pytest.mark.parametrize(("engine", "fault"), [("spoiwo", "grosz"), ("sql", "komorka")])
def test_a_row_spoilt_in_the_database_stops_the_run_before_any_figure(engine, fault):
    done = run("--plant", fault, "--only", f"{engine}:matrix")
    assert (done.returncode, done.stdout) == (1, "")
    assert f"{engine}, matrix" in done.stderr


def run_decade(*options):
    """The harness of ten years as a person starts it."""
    command = [sys.executable, "-m", "benchmarks.decade.run", "--quick", *options]
    return subprocess.run(command, cwd=ROOT, env=dict(os.environ), capture_output=True, text=True, timeout=900)


@pytest.mark.slow
def test_ten_years_are_answered_rightly_by_everybody(tmp_path):
    done = run_decade("--json", str(tmp_path / "found.json"))
    assert done.returncode == 0, done.stderr
    found = json.loads((tmp_path / "found.json").read_text(encoding="utf-8"))
    answered = {(case["engine"], case["question"]) for case in found["cases"]}
    pages = {(engine, question) for question, engines in decade.PAGES.items() for engine in engines}
    assert answered == pages | {(engine, "books") for engine in decade.IMPORT}


@pytest.mark.slow
@pytest.mark.parametrize("case", ["spoiwo:task"])
def test_a_grosz_too_much_in_ten_years_stops_the_run_before_any_figure(case):
    done = run_decade("--plant", "--only", case)
    assert (done.returncode, done.stdout) == (1, "")
    assert case.replace(":", ", ") in done.stderr


def test_the_same_lines_come_every_time_each_under_its_own_key():
    assert list(rows.lines(500)) == list(rows.lines(500))
    assert len({line.key for line in rows.lines(500)}) == 500


@pytest.mark.parametrize("size", [*cases.QUICK, cases.SIZES[0]])
def test_a_total_kept_in_floats_would_be_wrong_on_these_lines(size):
    found = oracle.answers(rows.lines(size.lines))
    assert found["float_drift_gr"] != 0
    assert oracle.fit_for_purpose(found) == []


def test_a_ledger_that_proves_nothing_is_refused(expected):
    assert oracle.fit_for_purpose(expected | {"float_drift_gr": 0}) != []


def test_the_right_matrix_passes_and_one_grosz_more_does_not(expected):
    right = expected["matrix"]
    assert check.problem_of("matrix", 0, right, expected) == ""
    total, count = right["cell 0 0"]
    assert "cell 0 0" in check.problem_of("matrix", 0, right | {"cell 0 0": [total + 1, count]}, expected)


@pytest.mark.parametrize(
    "name", ["cell 3 1", "programme 3", "source 1", "outside", "in programmes", "total", "tag ngo"]
)
def test_a_right_sum_of_a_wrong_number_of_lines_is_wrong(name, expected):
    total, count = expected["matrix"][name]
    spoilt = expected["matrix"] | {name: [total, count + 1]}
    assert name in check.problem_of("matrix", 0, spoilt, expected)


def test_no_line_is_not_a_sum_of_zero(expected):
    spoilt = expected["matrix"] | {"cell {} {}".format(*rows.EMPTY_CELL): [0, 0]}
    assert check.problem_of("matrix", 0, spoilt, expected) != ""


def test_a_lost_cross_cut_is_noticed(expected):
    spoilt = {name: found for name, found in expected["matrix"].items() if name != "tag ngo"}
    assert "tag ngo" in check.problem_of("matrix", 0, spoilt, expected)


def test_lines_in_another_order_are_not_the_first_page(expected):
    right = expected["drill.total"]
    spoilt = right | {"rows": [right["rows"][1], right["rows"][0], *right["rows"][2:]]}
    assert check.problem_of("drill.total", 0, right, expected) == ""
    assert check.problem_of("drill.total", 0, spoilt, expected) != ""


def test_a_new_line_must_be_in_every_sum_that_it_belongs_to(expected):
    right = check.with_new_lines(expected, 1)
    assert right["total"][0] == expected["matrix"]["total"][0] + rows.extra_lines(1, SMALL.lines)[0].amount_gr
    assert check.problem_of("new_line", 0, right, expected) == ""
    assert check.problem_of("new_line", 1, right, expected) != ""
    assert check.problem_of("new_line", 0, expected["matrix"], expected) != ""


def test_a_page_without_one_amount_is_wrong(expected):
    shown = check.amounts_of_page(expected["matrix"])
    assert check.problem_of("page.draft", 0, sorted(shown), expected) == ""
    lost = max(shown)
    assert str(lost) in check.problem_of("page.draft", 0, sorted(shown - {lost}), expected)


@pytest.mark.parametrize(
    ("problems", "sees", "wrong"), [([], True, False), ([], False, True), (["total.computed"], True, True)]
)
def test_a_report_must_hold_and_a_spoilt_one_must_not(problems, sees, wrong, expected):
    answer = {"problems": problems, "sees_one_grosz": sees}
    assert bool(check.problem_of("verify", 0, answer, expected)) is wrong


def test_all_six_files_must_be_there(expected):
    answer = {"json": {"amounts": sorted(check.amounts_of_page(expected["matrix"])), "sums": expected["matrix"]}}
    assert check.problem_of("format.json", 0, answer, expected) == ""
    assert check.problem_of("format.all", 0, answer, expected) != ""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("9\u00a0025\u00a0049,77\u00a0zł", [902504977]),
        ("<td><a href='x'>96 000,00</a></td><td>71 000,00</td>", [7100000, 9600000]),
        ("różnica \u2212 brak, zwrot \u22121 234,57", [-123457]),
        ("udział 7,89 %; w wersji 1.2, roku 2025", [789]),
        ("0,125 mln", []),
    ],
)
def test_amounts_are_read_back_as_they_were_written(text, found):
    assert found_in.amounts(text) == found


def test_tables_are_put_between_the_marks_of_the_page_and_nowhere_else(tmp_path):
    page = tmp_path / "pomiary.md"
    page.write_text(f"# Przed\n{table.BEGIN}\nstare\n{table.END}\nPo\n", encoding="utf-8")
    machine = {"day": "2026-01-01", "processor": "?", "cores": 2, "memory_gib": 4, "system": "Linux", "python": "3.11"}
    table.write_into(
        page, {"machine": machine | {"packages": {}}, "database": "SQLite", "sizes": {}, "seconds": 1, "quick": True}
    )
    text = page.read_text(encoding="utf-8")
    assert text.startswith("# Przed\n")
    assert text.endswith("\nPo\n")
    assert "stare" not in text
    page.write_text("bez znaczników", encoding="utf-8")
    with pytest.raises(ValueError, match="znaczników"):
        table.write_into(
            page, {"machine": machine | {"packages": {}}, "database": "", "sizes": {}, "seconds": 1, "quick": True}
        )
