"""What goes wrong is said in one clear Polish sentence on stderr; stdout stays clean; nothing crashes."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.acceptance.house import PACKAGE_2019, Done, House

POLISH = re.compile(
    r"[ąćęłńóśźż]|\b(nie|brak|brakuje|jest|roku|lata|tego|plik|pliku|folder|folderu|katalog|katalogu)\b",
    re.IGNORECASE,
)
ENGLISH = re.compile(
    r"\b(no|not|such|the|there|is|was|directory|unknown|invalid|refused|nothing|saved|expecting|error)\b",
    re.IGNORECASE,
)


def _things_in_the_way(folder: Path) -> dict[str, Path]:
    """Paths that cannot be used, for the administrator of a machine just as for anybody else."""
    ways = {name: folder / name for name in ("brak.json", "plik", "katalog.json", "bez-opisu")}
    ways["plik"].write_text("zajęte miejsce", encoding="utf-8")
    ways["katalog.json"].mkdir()
    ways["bez-opisu"].mkdir()
    for name, raw in {
        "nie-json.json": b'{"format": "spoiwo-report/1", ',
        "inny.json": b'{"format": "inny", "figures": {}}',
        "skoroszyt.xlsx": b"PK\x03\x04" + bytes(range(256)) * 4,
    }.items():
        ways[name] = folder / name
        ways[name].write_bytes(raw)
    return ways


CASES = {  # name of the case: the command, and what the sentence has to name
    "an unknown year": (("reconcile", 2016, "--json"), "2016"),
    "a report of an unknown year": (("report", 1999, "--format", "json", "--out", "{out}"), "1999"),
    "an unknown difference": (("settle-difference", 2019, "2019-x", "--reason", "Powód dość długi."), "2019-x"),
    "a settlement without a reason": (("settle-difference", 2019, "2019-own", "--reason", "  "), ""),
    "lines that do not add up to the difference": (
        ("settle-difference", 2019, "2019-own", "--reason", "Powód dość długi.", "--line", "83194,59|Opis|Dok"),
        "0,01",
    ),
    "a missing package": (("import-year", "{brak.json}"), "brak.json"),
    "a folder without a package": (("import-year", "{bez-opisu}"), "datapackage.json"),
    "a workbook of rubbish": (("import-year", "{skoroszyt.xlsx}"), "skoroszyt.xlsx"),
    "an output directory that is a file": (("report", 2019, "--format", "json", "--out", "{plik}"), "plik"),
    "a missing report": (("verify-report", "{brak.json}"), "brak.json"),
    "a report that is a folder": (("verify-report", "{katalog.json}"), "katalog.json"),
    "a report cut short": (("verify-report", "{nie-json.json}"), ""),
    "a report of another program": (("verify-report", "{inny.json}"), ""),
    "an unknown command": (("import-yaer", PACKAGE_2019), "import-yaer"),
}


LINES = {"a report of another program": 40}  # it names each thing that does not hold


@pytest.fixture(scope="module")
def outcomes(with_2019, copy_of, tmp_path_factory) -> tuple[dict[str, Done], bool]:
    """What every case printed, two at a time, and whether the database is as it was."""
    house: House = copy_of(with_2019)
    rows = house.rows()
    folder = tmp_path_factory.mktemp("errors")
    ways = {"out": folder / "out"} | _things_in_the_way(folder)

    def run(case: str) -> Done:
        words = [re.sub(r"\{(.+?)\}", lambda name: str(ways[name[1]]), str(word)) for word in CASES[case][0]]
        return house(*words)

    with ThreadPoolExecutor(2) as pool:
        done = dict(zip(CASES, pool.map(run, CASES), strict=True))
    return done, house.rows() == rows


@pytest.mark.parametrize("case", CASES)
def test_a_mistake_is_one_clear_polish_sentence_on_stderr(outcomes, case):
    done = outcomes[0][case]
    assert done.code in {1, 2}
    assert done.out == "", "stdout is for results"
    assert "Traceback" not in done.err
    assert CASES[case][1] in done.err
    assert 0 < len(done.err.strip().splitlines()) <= LINES.get(case, 5)
    said = re.sub(r"\S*/\S*|[„“\"'][^”\"']*[”\"']", "", done.err)  # paths and quotations have no language
    assert POLISH.search(said), said
    assert not ENGLISH.search(said), said


def test_no_mistake_left_a_trace_in_the_database(outcomes):
    assert outcomes[1]


def test_with_json_only_json_stands_on_stdout_while_words_go_to_stderr(verdict_2019):
    assert verdict_2019.code == 3
    assert verdict_2019.out.strip()[0] + verdict_2019.out.strip()[-1] == "{}"
    assert verdict_2019.json["year"] == 2019
    assert "2" in verdict_2019.err, "the count of open differences is said, but not among the JSON"
