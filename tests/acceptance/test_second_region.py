"""Another voivodeship enters by data alone: three programmes, five sources, no line of code changed."""

from collections import defaultdict

import pytest

from tests import tree
from tests.acceptance.editions import Editions
from tests.acceptance.house import FORMATS, PACKAGE_2019, SECOND_REGION, grosze, table

SOURCES = ("own", "state", "fp", "pfron", "efs")
PROGRAMMES = ("M-SENIOR", "M-PRACA", "M-DOM")


@pytest.fixture(scope="module")
def edition(second_region, copy_of, place) -> Editions:
    """Six files of the second region's report."""
    out = place / "second-region"
    copy_of(second_region).does("report", 2024, "--format", "all", "--out", out)
    return Editions(out)


@pytest.fixture(scope="module")
def sums() -> dict[tuple[str, str], int]:
    """Grosze by programme (or none) and source, added up here from the package itself."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for line in table(SECOND_REGION, "money"):
        sign = -1 if line["kind"] == "refund" else 1
        found[line["programme"], line["source"]] += sign * grosze(line["amount"])
    return dict(found)


def test_a_second_region_is_reconciled_to_the_grosz_without_a_change_of_code(second_region, sums):
    done = second_region("reconcile", 2024, "--json")
    assert done.code == 0, "every declared total of the package agrees with its lines"
    verdict = done.json
    assert verdict["open_differences"] == 0
    assert tuple(verdict["by_source"]) == SOURCES
    for code in SOURCES:
        expected = sum(gr for (_, source), gr in sums.items() if source == code)
        assert verdict["by_source"][code]["computed_gr"] == expected
        assert verdict["by_source"][code]["difference_gr"] == 0
    by_programme = {row["code"]: row["computed_gr"] for row in verdict["by_programme"]}
    for code in PROGRAMMES:
        assert by_programme[code] == sum(gr for (programme, _), gr in sums.items() if programme == code)
    assert verdict["total"]["computed_gr"] == sum(sums.values()) == 250_537_693


def test_the_matrix_of_the_second_region_has_five_sources_as_columns_and_three_programmes(edition, sums):
    matrix, figures = edition.json["matrix"], edition.json["figures"]
    assert tuple(matrix["columns"]) == SOURCES
    assert [row["programme"] for row in matrix["rows"]] == [*PROGRAMMES, None]
    for row in matrix["rows"]:
        for source in SOURCES:
            held = figures[row["cells"][source]]["value"]
            assert held == sums.get((row["programme"] or "", source)), "a cell without lines is null, not 0"


@pytest.mark.parametrize("kind", FORMATS)
def test_the_report_of_the_second_region_speaks_its_own_names_in_every_format(edition, kind):
    text = edition.text(kind)
    rows = table(SECOND_REGION, "sources") + table(SECOND_REGION, "programmes")
    assert [row for row in rows if row["name"] not in text and row["short_name"] not in text] == []
    assert edition.has_money(kind, 250_537_693)


@pytest.mark.parametrize("kind", ["html", "pdf", "docx", "xlsx"])
def test_the_matrix_on_paper_and_screen_has_the_five_sources_side_by_side(edition, kind):
    sources = [{row["name"], row["short_name"]} for row in table(SECOND_REGION, "sources")]
    if kind == "pdf":  # it has lines: the heading stands in one
        rows = [[row[0]] for row in edition.rows(kind)]
        assert any(all(any(name in row[0] for name in names) for names in sources) for row in rows)
        return
    cells = [[cell.removeprefix("■").strip() for cell in row] for row in edition.rows(kind)]
    assert any(all(names & set(row) for names in sources) for row in cells)


def test_two_regions_live_in_one_house_and_do_not_mix(second_region, copy_of, verdict_2019):
    house = copy_of(second_region)
    before = house("reconcile", 2024, "--json").json
    house.does("import-year", PACKAGE_2019)
    assert house("reconcile", 2019, "--region", "08", "--json").json == verdict_2019.json
    assert house("reconcile", 2024, "--json").json == before


def test_a_declared_cell_that_differs_by_a_grosz_is_open_and_seen(empty, copy_of, changed):
    def a_grosz_more(rows):
        (row,) = (row for row in rows if row["key"] == "d-cell-fp-m-praca")
        row["amount"] = "452655,21"

    house = copy_of(empty)
    house.does("import-year", changed(SECOND_REGION, declared=a_grosz_more))
    verdict, said = house("reconcile", 2024, "--json"), house("reconcile", 2024)
    assert (verdict.code, said.code) == (3, 3)
    assert verdict.json["open_differences"] == 1
    assert "452 655,21" in said.out, "matrix programme × source with computed, declared and difference"
    assert "45265521" in verdict.out


def test_no_file_of_the_program_knows_the_second_region():
    names = {row["code"] for row in table(SECOND_REGION, "programmes")}
    for name in ("strategies", "goals", "programmes", "sources", "organisations", "tasks", "indicators"):
        names |= {row["name"] for row in table(SECOND_REGION, name)}
    names -= {"PFRON"}  # a national fund: the default sources have it too
    names |= {"MOSTY", "second-region"}
    known = [
        (tree.relative(file), name)
        for file in tree.files()
        if tree.relative(file).startswith("spoiwo/") and "tests" not in file.parts
        for name in names
        if name in (tree.text_of(file) or "")
    ]
    assert known == []
