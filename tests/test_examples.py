"""The year packages that come with the program are valid; the invented ones say so. No Django."""

import csv
import re
import socket
from collections import Counter, defaultdict

import pytest

from examples import describe, make_2026, make_demo
from spoiwo.kernel.money import parse_zl
from spoiwo.kernel.teryt import check_code
from spoiwo.ledger.domain.check import KnownCodes, check_package
from spoiwo.ledger.domain.raw import RawPackage, RawTable
from spoiwo.ledger.domain.schema import DEFAULT_SOURCES
from tests.year_packages import LUBUSKIE, PACKAGES, by_key, computed, declared, rows, signed_gr

# --- the form ------------------------------------------------------------------------------------


@pytest.fixture
def no_network(monkeypatch):
    """Any attempt to reach another machine fails at once."""

    def refuse(*args, **kwargs):
        raise OSError("the network is cut off in this test")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


@pytest.mark.parametrize("package", PACKAGES)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the judge's own dependencies
@pytest.mark.usefixtures("no_network")
def test_an_independent_judge_finds_the_package_valid_without_network(package):
    import frictionless  # slow to load: only the tests that need it

    report = frictionless.validate(PACKAGES[package] / "datapackage.json")
    assert report.flatten(["name", "rowNumber", "fieldName", "message"]) == []
    assert report.valid
    assert report.stats["tasks"] == len(list(PACKAGES[package].glob("*.csv")))


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_the_judge_does_see_a_broken_reference(tmp_path):
    import frictionless  # slow to load: only the tests that need it

    for file in PACKAGES["lubuskie-2019"].iterdir():
        text = file.read_text(encoding="utf-8")
        broken = text.replace("2019-eu,,,eu", "2019-eu,2014-P9,,eu") if file.name == "money.csv" else text
        (tmp_path / file.name).write_text(broken, encoding="utf-8")
    report = frictionless.validate(tmp_path / "datapackage.json")
    assert report.flatten(["type"]) == [["foreign-key"]]


@pytest.mark.parametrize("package", PACKAGES)
def test_the_description_is_that_of_the_schema(package):
    held = (PACKAGES[package] / "datapackage.json").read_text(encoding="utf-8")
    assert describe.written(describe.described(PACKAGES[package])) == held, "python -m examples.describe"


@pytest.mark.parametrize("package", PACKAGES)
def test_the_program_itself_finds_no_fault(package):
    tables = []
    for file in sorted(PACKAGES[package].glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as source:
            header, *body = csv.reader(source)
        numbered = [(i, [cell or None for cell in row]) for i, row in enumerate(body, start=2)]
        tables.append(RawTable(file.stem, file.name, "", header, numbered))
    with make_demo.REGISTER.open(encoding="utf-8", newline="") as source:
        places = frozenset(row["code"] for row in csv.DictReader(source))
    checked = check_package(RawPackage(tables=tables), KnownCodes(places=places))
    assert [str(fault) for fault in checked.faults] == []
    assert checked.region == rows(package, "year")[0]["region"]


@pytest.mark.parametrize("package", PACKAGES)
def test_every_amount_is_written_to_the_grosz(package):
    amounts = [row["amount"] for table in ("plan", "money", "declared") for row in rows(package, table)]
    lowered = [row["amount"] for row in rows(package, "plan") if row["kind"] == "change"]
    assert amounts
    assert [amount for amount in amounts if not re.fullmatch(r"-?\d+,\d{2}", amount)] == []
    assert [amount for amount in amounts if amount.startswith("-") and amount not in lowered] == []
    assert min(parse_zl(amount.lstrip("-")) for amount in amounts) > 0


@pytest.mark.parametrize("package", PACKAGES)
def test_every_place_lies_in_the_region_of_the_package(package):
    region = rows(package, "year")[0]["region"]
    tables = ("organisations", "plan", "money", "results", "events", "indicator_values")
    places = [code for t in tables for row in rows(package, t) for code in row["place"].split(";") if code]
    assert len(places) > 4
    assert [code for code in places if check_code(code) and not code.startswith(region)] == []


@pytest.mark.parametrize(
    "table",
    [
        *("sources", "strategies", "goals", "programmes", "tasks", "units", "organisations", "documents", "tags"),
        *("indicators", "definitions", "targets"),
    ],
)
def test_what_several_years_share_is_the_same_row_in_each(table):
    """A column that one of them lacks says nothing, so only those that both have are compared."""
    held: dict[str, dict[str, str]] = defaultdict(dict)
    different = []
    for package in LUBUSKIE:
        for row in rows(package, table):
            said = held[row.get("code") or row["key"]]
            different += [(package, name) for name, cell in row.items() if said.setdefault(name, cell) != cell]
    assert held
    assert different == []


@pytest.mark.parametrize("package", LUBUSKIE)
def test_the_four_sources_are_those_of_the_program(package):
    assert rows(package, "sources") == [{k: str(v) for k, v in row.items()} for row in DEFAULT_SOURCES]


# --- the demonstration and the second region -----------------------------------------------------


def test_the_demonstration_is_made_again_from_its_seed_byte_for_byte(tmp_path):
    assert make_demo.write(tmp_path) == len(rows("lubuskie-demo", "money"))
    made = sorted(file.name for file in tmp_path.iterdir())
    assert made == ["declared.csv", "documents.csv", "money.csv", "organisations.csv"]
    for name in made:
        assert (tmp_path / name).read_bytes() == (PACKAGES["lubuskie-demo"] / name).read_bytes(), name


def test_the_year_in_progress_is_made_again_from_its_seed_byte_for_byte(tmp_path):
    assert make_2026.write(tmp_path) == (len(rows("lubuskie-2026", "plan")), len(rows("lubuskie-2026", "money")))
    made = sorted(file.name for file in tmp_path.iterdir())
    assert made == ["documents.csv", "money.csv", "organisations.csv", "plan.csv"]
    for name in made:
        assert (tmp_path / name).read_bytes() == (PACKAGES["lubuskie-2026"] / name).read_bytes(), name


def test_the_demonstration_says_on_every_page_that_it_is_invented():
    (year,) = rows("lubuskie-demo", "year")
    assert (year["year"], year["invented"]) == ("2025", "yes")
    assert "zmyślone" in year["notice"]
    assert [d["name"] for d in rows("lubuskie-demo", "documents") if d["date"] and "pokazow" not in d["name"]] == []
    invented = [o["name"] for o in rows("lubuskie-demo", "organisations") if o["kind"] in {"ngo", "zaz", "other"}]
    assert len(invented) == 28
    assert [name for name in invented if "zmyślon" not in name] == []


def test_the_money_of_the_demonstration_is_dated_inside_its_year():
    lines = rows("lubuskie-demo", "money")
    assert 150 <= len(lines) <= 180
    assert {line["date"][:4] for line in lines} == {"2025"}
    assert {line["source"] for line in lines} == {"own", "state", "pfron", "eu"}
    assert 1 <= sum(line["kind"] == "refund" for line in lines) <= 10


def test_the_year_in_progress_stands_on_its_day_and_its_figures_are_those_of_the_first_screen():
    (year,) = rows("lubuskie-2026", "year")
    assert (year["year"], year["invented"], year["keeps_plan"]) == ("2026", "yes", "yes")
    assert "zmyślone" in year["notice"]
    lines = [*rows("lubuskie-2026", "money"), *rows("lubuskie-2026", "plan")]
    assert 200 <= len(lines) <= 400
    assert max(line["date"] for line in lines) <= make_2026.TODAY.isoformat()
    assert min(line["date"] for line in lines) >= "2026-01-02"
    spent = computed("lubuskie-2026")
    assert {source: spent["source", source] for source in ("own", "state", "pfron", "eu")} == {
        "own": 961_402_27,
        "state": 1_322_870_31,
        "pfron": 4_471_118_75,
        "eu": 2_203_560_12,
    }
    assert spent["grand",] == 8_958_951_45


def test_some_commitments_of_the_year_in_progress_are_late():
    paid = Counter()
    for line in rows("lubuskie-2026", "money"):
        paid[line["commitment"]] += signed_gr(line)
    for line in rows("lubuskie-2026", "plan"):
        paid[line["commitment"]] += parse_zl(line["amount"]) if line["kind"] == "release" else 0
    late = {
        line["task"]
        for line in rows("lubuskie-2026", "plan")
        if line["kind"] == "commitment"
        and line["due_on"] < make_2026.TODAY.isoformat()
        and paid[line["key"]] < parse_zl(line["amount"])
    }
    assert late == {"2021-p1-lts", "2021-p2-kadry", "2021-p2-promocja", "2021-p3-roboty"}


def test_indicators_of_the_demonstration_say_that_they_are_invented_and_one_is_corrected():
    assert {row["invented"] for row in rows("lubuskie-2026", "indicators")} == {"yes"}
    assert {row["source"].count("zmyślon") for row in rows("lubuskie-2026", "indicators")} == {1}
    numbers = Counter(row["indicator"] for row in rows("lubuskie-2026", "definitions"))
    assert [code for code, count in numbers.items() if count > 1] == ["piecza-rodzinna"]
    corrections = {row["key"]: row["corrects"] for row in rows("lubuskie-demo", "indicator_values") if row["corrects"]}
    assert corrections == {"2025-lts-imprezy-2": "2025-lts-imprezy"}


def test_a_programme_serves_a_goal_only_where_their_names_say_so():
    served = by_key("lubuskie-demo", "programmes", "goals")
    assert {code: goals for code, goals in served.items() if goals} == {
        "2021-P3": "2021-C4",
        "2021-KIER": "2021-C3",
        "2021-LPRES": "2021-C7",
    }
    goals = Counter(row["strategy"] for row in rows("lubuskie-demo", "goals"))
    assert goals == {"2014-2020": 4, "2021-2030": 7}


def test_the_demonstration_has_exactly_one_difference_to_explain():
    stated, sums = declared("lubuskie-demo"), computed("lubuskie-demo")
    assert {scope: gr - sums[scope] for scope, gr in stated.items() if gr != sums[scope]} == {
        ("tag", "ngo"): make_demo.UNDECLARED_GR
    }
    assert {scope[0] for scope in stated} == {"grand", "source", "programme", "tag"}


def test_the_programmes_of_the_demonstration_know_what_came_before_them():
    before = by_key("lubuskie-demo", "programmes", "predecessors")
    assert {code: older for code, older in before.items() if older} == {
        "2021-P1": "2014-P1",
        "2021-P2": "2014-P5",
        "2021-P3": "2014-P2",
        "2021-P5": "2014-P4",
        "2021-KIER": "2014-KIER",
    }
    unresolved = {r["code"]: r["note"] for r in rows("lubuskie-demo", "programmes") if r["code"] > "2021"}
    assert all(unresolved[code] for code in ("2021-P4", "2021-P6", "2021-LPRES", "2021-KIER"))
    assert len(unresolved) == 8


def test_a_programme_that_is_over_spends_nothing():
    over = {r["code"] for r in rows("lubuskie-demo", "programmes") if r["to_year"] and int(r["to_year"]) < 2025}
    assert over == {"2021-LPRES"}
    assert not over & {line["programme"] for line in rows("lubuskie-demo", "money")}


def test_the_counts_of_supported_ngos_are_those_of_the_grants():
    recipients = defaultdict(set)
    for line in rows("lubuskie-demo", "money"):
        if "ngo" in line["tags"].split(";"):
            recipients[line["task"]].add(line["organisation"])
    counts = {r["task"]: int(r["value"]) for r in rows("lubuskie-demo", "results") if r["measure"] == "ngo_cofinanced"}
    assert counts == {task: len(names) for task, names in recipients.items()}


def test_the_second_region_is_another_one_in_everything_but_the_schema():
    (year,) = rows("second-region", "year")
    assert year["region"] == "24"
    assert len(rows("second-region", "programmes")) == 3
    sources = rows("second-region", "sources")
    assert Counter(row["class"] for row in sources) == {"own": 1, "state": 2, "pfron": 1, "eu": 1}
    assert declared("second-region").items() <= computed("second-region").items()
    ours = {row["code"] for package in LUBUSKIE for row in rows(package, "programmes")}
    assert not ours & {row["code"] for row in rows("second-region", "programmes")}


def test_the_packages_hold_only_their_tables():
    for folder in PACKAGES.values():
        assert {file.suffix for file in folder.iterdir()} == {".csv", ".json"}
