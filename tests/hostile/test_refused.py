"""Every broken package is refused with exactly its fault; the package they were made from is accepted."""

import pytest

from spoiwo.ledger.domain.check import check_package
from spoiwo.ledger.domain.schema import TABLES
from spoiwo.ledger.intake import read_package
from spoiwo.ledger.tests.intake.packages import (
    KNOWN,
    full,
    good,
    package_files,
    workbook_bytes,
    write_folder,
    write_zip,
)
from tests.hostile.corpus import CORPUS, make


@pytest.mark.parametrize("case", CORPUS, ids=str)
def test_a_broken_package_is_refused_with_its_place(case, tmp_path):
    checked = check_package(read_package(make(case, tmp_path)), KNOWN)
    assert checked.faults == [case.fault]


def test_the_corpus_is_large_and_names_each_package_once():
    names = [case.name for case in CORPUS]
    assert len(names) >= 250
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("form", ["folder", "archive", "archive with a top folder", "workbook", "workbook in English"])
def test_the_package_they_were_made_from_is_accepted(form, tmp_path):
    match form:
        case "folder":
            path = write_folder(tmp_path / "rok", package_files(good()))
        case "archive":
            path = write_zip(tmp_path / "rok.zip", package_files(good()))
        case "archive with a top folder":
            path = write_zip(tmp_path / "rok.zip", package_files(good()), top="rok/")
        case _:
            path = tmp_path / "rok.xlsx"
            path.write_bytes(workbook_bytes(good(), polish=form == "workbook"))
    checked = check_package(read_package(path), KNOWN)
    assert checked.faults == []
    assert (checked.year, checked.region, len(checked.tables["money"])) == (2019, "08", 4)


@pytest.mark.parametrize("polish", [True, False])
def test_the_package_with_every_table_and_column_is_accepted(polish, tmp_path):
    path = tmp_path / "rok.xlsx"
    path.write_bytes(workbook_bytes(full(), polish=polish))
    checked = check_package(read_package(path), KNOWN)
    assert checked.faults == []
    assert sorted(checked.headings) == sorted(table.name for table in TABLES)
    assert [row["amount_gr"] for row in checked.tables["plan"]][:4] == [2_000_00, -500_00, 1_200_00, 199_50]
