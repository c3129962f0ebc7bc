"""The year package enters whole or not at all, and says first what it would do."""

import json
import shutil
from datetime import date
from functools import partial

import openpyxl
import pytest

from tests.acceptance.house import PACKAGE_2019, by_grosz, grosze, table


def counts(said: str) -> dict[str, tuple[int, int, int]]:
    """New, changed and unchanged rows of each table, as the command lists them."""
    found = {}
    for line in said.splitlines():
        words = line.replace("·", " ").split()
        numbers = tuple(int(word) for word in words if word.isdigit())
        if len(numbers) == 3:
            found[words[0]] = numbers
    return found


def test_import_shows_a_dry_run_first_and_the_dry_run_saves_nothing(empty, copy_of, first_import):
    house = copy_of(empty)
    rows, files = house.rows(), house.files()
    shown = counts(house.does("import-year", PACKAGE_2019, "--dry-run").out)
    assert (shown["money"], shown["programmes"], shown["declared"]) == ((10, 0, 0), (6, 0, 0), (6, 0, 0))
    assert (house.rows(), house.files()) == (rows, files)
    assert house("reconcile", 2019).code in {1, 2}, "no year 2019 came into being"
    assert counts(first_import[1].out) == shown, "the import saves what the dry run had shown"


def test_the_same_file_twice_changes_nothing(with_2019, copy_of, verdict_2019):
    house = copy_of(with_2019)
    rows = house.rows()
    again = counts(house.does("import-year", PACKAGE_2019).out)
    assert again["money"] == (0, 0, 10)
    assert all((new, changed) == (0, 0) for new, changed, _ in again.values()), again
    assert house.rows() == rows
    assert house("reconcile", 2019, "--json").json == verdict_2019.json


def test_one_bad_row_and_nothing_is_saved_and_every_fault_is_listed_with_its_place(empty, copy_of, changed):
    house = copy_of(empty)
    rows, files = house.rows(), house.files()

    def spoil(lines):
        lines[3]["amount"] = "1 234,567"
        lines[6]["source"] = "gmina"

    refused = house("import-year", changed(PACKAGE_2019, money=spoil))
    assert refused.code in {1, 2}
    assert "Traceback" not in refused.all
    assert refused.err.count("money.csv") >= 1
    for row, column, found in ((5, "amount", "1 234,567"), (8, "source", "gmina")):  # row 1 is the heading
        (line,) = (line for line in refused.err.splitlines() if found in line)
        assert str(row) in line.replace(found, ""), line
        assert column in line, line
    assert (house.rows(), house.files()) == (rows, files)


def test_a_bad_row_in_a_second_import_leaves_the_first_as_it_was(with_2019, copy_of, changed):
    house = copy_of(with_2019)
    rows = house.rows()

    def spoil(lines):
        lines[0]["amount"] = "90363,36"
        lines[9]["programme"] = "2014-P9"

    refused = house("import-year", changed(PACKAGE_2019, money=spoil))
    assert refused.code in {1, 2}
    assert "2014-P9" in refused.err
    assert house.rows() == rows


def test_a_changed_amount_imported_again_is_one_change_and_the_line_keeps_its_history(
    with_2019, copy_of, changed, tmp_path
):
    house = copy_of(with_2019)
    corrected = changed(PACKAGE_2019, money=by_grosz("2019-p4-own", +1))
    assert counts(house.does("import-year", corrected, "--dry-run").out)["money"] == (0, 1, 9)
    again = counts(house.does("import-year", corrected).out)
    assert again.pop("money") == (0, 1, 9)
    assert all((new, changed) == (0, 0) for new, changed, _ in again.values()), again
    house.does("report", 2019, "--format", "json", "--out", tmp_path)
    (file,) = tmp_path.glob("*.json")
    entries = {entry["key"]: entry for entry in json.loads(file.read_text("utf-8"))["records"]["entries"]}
    assert (entries["2019-p4-own"]["amount_gr"], entries["2019-p4-own"]["version"]) == (1_680_541, 2)
    assert {entry["version"] for key, entry in entries.items() if key != "2019-p4-own"} == {1}


def _workbook(path):
    """The tables of 2019 as the sheets of one workbook, amounts as numbers and days as dates."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for file in sorted(PACKAGE_2019.glob("*.csv")):
        sheet = book.create_sheet(file.stem)
        sheet.append(list(table(PACKAGE_2019, file.stem)[0]))
        for row in table(PACKAGE_2019, file.stem):
            sheet.append([_value(*cell) for cell in row.items()])
    book.save(path)
    return path


def _value(column, text):
    if not text:
        return None
    if column == "amount":
        return grosze(text) / 100
    if column in {"year", "from_year", "to_year", "order", "value"}:
        return int(text)
    return date.fromisoformat(text) if column == "adopted_on" else text


@pytest.mark.parametrize("form", ["zip", "xlsx"])
def test_a_zip_and_a_workbook_with_the_same_tables_are_the_same_year(empty, copy_of, tmp_path, verdict_2019, form):
    archive = partial(shutil.make_archive, str(tmp_path / "rok"), "zip", PACKAGE_2019)
    path = archive() if form == "zip" else _workbook(tmp_path / "rok.xlsx")
    house = copy_of(empty)
    house.does("import-year", path)
    assert house("reconcile", 2019, "--json").json == verdict_2019.json
    again = counts(house.does("import-year", PACKAGE_2019, "--dry-run").out)
    assert all((new, changed) == (0, 0) for new, changed, _ in again.values()), "the folder is the same year"


def test_migrate_can_be_repeated_and_keeps_what_is_there(with_2019, copy_of):
    house = copy_of(with_2019)
    rows, files = house.rows(), house.files()
    house.does("migrate")
    assert (house.rows(), house.files()) == (rows, files)
