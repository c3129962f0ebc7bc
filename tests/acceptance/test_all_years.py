"""Every year that comes with the program: `spoiwo reconcile` beside a sum of its CSV made without the program."""

import re
from collections import defaultdict

import pytest

from tests.acceptance.house import EXAMPLES, House, Row, table

YEARS = {
    int(table(folder, "year")[0]["year"]): folder.name
    for folder in sorted(EXAMPLES.iterdir())
    if (folder / "year.csv").is_file()
}
SCOPES = {"grand": (), "source": ("source",), "programme": ("programme",), "tag": ("tag",)}


def grosze(amount: str) -> int:
    """Whole grosze of `9025049,77`, by its digits alone."""
    assert re.fullmatch(r"\d+,\d\d", amount)
    return int(amount.replace(",", ""))


def counted(package: str) -> dict[tuple[str, ...], int]:
    """What the lines of a package add up to, by source, programme, cross-cut and in all."""
    sums: dict[tuple[str, ...], int] = defaultdict(int)
    for line in table(EXAMPLES / package, "money"):
        gr = grosze(line["amount"]) * (-1 if line["kind"] == "refund" else 1)
        for name in ("total",), ("source", line["source"]), ("programme", line["programme"] or "outside"):
            sums[name] += gr
        for tag in filter(None, line["tags"].split(";")):
            sums["tag", tag] += gr
    return dict(sums)


def stated(package: str) -> dict[tuple[str, ...], int]:
    """What the documents of a package declare, by the same names; cells of the matrix apart."""
    return {
        name_of(row): grosze(row["amount"]) for row in table(EXAMPLES / package, "declared") if row["scope"] in SCOPES
    }


def name_of(row: Row) -> tuple[str, ...]:
    """What a declared total speaks of."""
    return ("total",) if row["scope"] == "grand" else (row["scope"], *(row[column] for column in SCOPES[row["scope"]]))


def said(found: dict, column: str) -> dict[tuple[str, ...], int]:
    """The amounts of a verdict in one column, where there is one."""
    rows = {("total",): found["total"]}
    rows |= {("source", code): row for code, row in found["by_source"].items()}
    rows |= {("programme", row["code"]): row for row in found["by_programme"]}
    rows |= {("tag", row["code"]): row for row in found["cross_cutting"]}
    return {name: row[column] for name, row in rows.items() if row[column] is not None}


@pytest.fixture(scope="module")
def all_years(empty, copy_of) -> House:
    """A house with every shipped year, none of its differences answered."""
    house = copy_of(empty)
    for name in YEARS.values():
        house.does("import-year", EXAMPLES / name)
    return house


@pytest.fixture(scope="module")
def verdicts(all_years) -> dict:
    """`spoiwo reconcile YEAR --json` of each year, with its exit code."""
    return {year: all_years("reconcile", year, "--json") for year in YEARS}


def test_the_years_are_all_that_come_with_the_program():
    assert {2017, 2019, 2025} <= set(YEARS)


@pytest.mark.parametrize("year", YEARS)
def test_what_the_program_computes_is_the_sum_of_the_lines(verdicts, year):
    assert said(verdicts[year].json, "computed_gr") == counted(YEARS[year])


@pytest.mark.parametrize("year", YEARS)
def test_what_the_program_declares_is_what_the_documents_state(verdicts, year):
    assert said(verdicts[year].json, "declared_gr") == stated(YEARS[year])


@pytest.mark.parametrize("year", YEARS)
def test_each_difference_is_declared_less_computed(verdicts, year):
    declared, computed = stated(YEARS[year]), counted(YEARS[year])
    both = {name: declared[name] - computed[name] for name in declared if name in computed}
    assert said(verdicts[year].json, "difference_gr") == both


@pytest.mark.parametrize(("year", "expected"), [(2017, 0), (2019, 2), (2025, 1)])
def test_open_differences_are_counted(verdicts, year, expected):
    assert verdicts[year].json["open_differences"] == expected


@pytest.mark.parametrize("year", YEARS)
def test_the_exit_code_is_3_exactly_while_a_difference_is_open(verdicts, year):
    assert verdicts[year].code == (3 if verdicts[year].json["open_differences"] else 0)


def test_a_year_without_lines_has_no_sum_and_not_zero(verdicts):
    assert counted(YEARS[2017]) == {}
    assert verdicts[2017].json["total"]["computed_gr"] is None


def test_the_missing_83_194_60_of_2019_is_found(verdicts):
    assert verdicts[2019].json["by_source"]["own"]["difference_gr"] == 83_194_60
    assert stated(YEARS[2019])["total",] == 9_025_049_77
    assert counted(YEARS[2019])["total",] == 8_941_855_17
