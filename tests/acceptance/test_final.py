"""A final report is a frozen snapshot; a correction is a new version that says what changed and why."""

import json
import re
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.acceptance import recompute
from tests.acceptance.conftest import NGO_LINE, NGO_REASON, OWN_REASON, TREASURER, TREASURER_NAME
from tests.acceptance.editions import Editions
from tests.acceptance.house import FORMATS, PACKAGE_2019, by_grosz, package

WHY = "Skarbnik poprawił o grosz kwotę programu przeciwdziałania przemocy."


def contents(folder: Path) -> dict[str, bytes]:
    """Every file of a folder by its name."""
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def corrected(final, copy_of, tmp_path_factory):
    """The house of version 1 after a changed line and a second final with its reason."""
    house = copy_of(final)
    folder = tmp_path_factory.mktemp("corrected")
    house.does("import-year", package(PACKAGE_2019, folder / "package", money=by_grosz("2019-p4-own", -1)))
    house.does("report", 2019, "--format", "json", "--out", folder / "frozen")
    house.does("report", 2019, "--format", "json", "--out", folder / "draft", "--draft")
    hurried = house("report", 2019, "--format", "json", "--out", folder / "open", "--final", "--reason", WHY)
    house.does("settle-difference", 2019, "2019-own", "--reason", OWN_REASON, "--by", TREASURER)
    silent = house("report", 2019, "--format", "json", "--out", folder / "silent", "--final")
    house.does("report", 2019, "--format", "all", "--out", folder / "second", "--final", "--reason", WHY)
    return house, folder, hurried, silent


def test_a_final_report_is_version_1_with_a_fingerprint_anybody_can_recompute(final_2019):
    report = final_2019.json
    assert (report["state"], report["version"], report["changes"]) == ("final", 1, [])
    assert re.fullmatch("[0-9a-f]{64}", report["fingerprint"])
    assert report["fingerprint"] == recompute.fingerprint(report)
    assert report["finalised"]["at"]
    assert "by" in report["finalised"]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_of_the_final_report_carries_its_fingerprint(final_2019, kind):
    text = final_2019.text(kind)
    if kind == "csv":  # the archive that the tables travel in describes them
        with zipfile.ZipFile(final_2019.file("csv.zip")) as archive:
            text = archive.read("datapackage.json").decode("utf-8")
    assert final_2019.json["fingerprint"] in text


@pytest.mark.parametrize("kind", ["html", "pdf", "docx", "xlsx"])
def test_the_final_report_shows_how_each_difference_was_settled_by_whom_and_why(final_2019, kind):
    squeezed = re.sub(r"\s", "", final_2019.text(kind))
    description = NGO_LINE.split("|")[1]
    for words in (OWN_REASON, NGO_REASON, description, TREASURER_NAME):
        assert re.sub(r"\s", "", words) in squeezed


def test_a_settled_difference_says_by_whom_when_and_why(final_2019):
    rows = {row["key"]: row["resolution"] for row in final_2019.json["differences"] if not row["follows"]}
    assert (rows["2019-own"]["kind"], rows["2019-own"]["reason"]) == ("accepted", OWN_REASON)
    assert rows["2019-own"]["lines"] == []
    assert (rows["2019-ngo"]["kind"], rows["2019-ngo"]["reason"]) == ("explained", NGO_REASON)
    description = NGO_LINE.split("|")[1]
    assert rows["2019-ngo"]["lines"] == [
        {"description": description, "amount_gr": 2_500_000, "document": "sejmik-note-2019"}
    ]
    assert {row["by"] for row in rows.values()} == {TREASURER_NAME}
    assert all(row["at"] for row in rows.values())


def test_without_an_account_the_whole_job_can_be_done_on_the_command_line(with_2019, copy_of, tmp_path):
    house = copy_of(with_2019)
    for key in ("2019-own", "2019-ngo"):
        house.does("settle-difference", 2019, key, "--reason", OWN_REASON)
    house.does("report", 2019, "--format", "json", "--out", tmp_path, "--final")
    report = Editions(tmp_path).json
    assert report["state"] == "final"
    assert all(row["resolution"]["by"] for row in report["differences"] if not row["follows"]), "by whom"


def test_the_same_final_report_rendered_twice_gives_identical_bytes_in_every_format(
    final, final_2019, copy_of, tmp_path
):
    elsewhere = {"TZ": "Pacific/Auckland", "PYTHONHASHSEED": "7", "LC_ALL": "C", "LANG": "C"}
    copy_of(final).does("report", 2019, "--format", "all", "--out", tmp_path, **elsewhere)
    first, second = contents(final_2019.folder), contents(tmp_path)
    assert first.keys() == second.keys()
    assert {name.rpartition(".")[2] for name in first} >= set(FORMATS)
    assert [name for name in first if first[name] != second[name]] == []


def test_a_second_final_without_a_change_makes_no_new_version_with_or_without_a_reason(
    final, final_2019, copy_of, tmp_path
):
    house = copy_of(final)
    rows = house.rows()
    for number, reason in enumerate(((), ("--reason", WHY))):
        out = tmp_path / str(number)
        again = house("report", 2019, "--format", "json", "--out", out, "--final", *reason)
        assert "Traceback" not in again.err
        assert again.err.strip(), "that nothing changed is said"
        written = contents(out) if out.exists() else {}
        name = final_2019.file("json").name
        assert written in ({}, {name: final_2019.file("json").read_bytes()}), "refused, or version 1 once more"
    assert house.rows() == rows


def test_a_change_after_final_leaves_version_1_as_reported_and_the_draft_as_known_now(corrected, final_2019):
    _, folder, _, _ = corrected
    assert contents(folder / "frozen") == {
        name: raw for name, raw in contents(final_2019.folder).items() if name.endswith(".json")
    }
    draft = Editions(folder / "draft").json
    assert (draft["state"], draft["figures"]["programme.2014-p4"]["value"]) == ("draft", 10_712_106)
    assert final_2019.json["figures"]["programme.2014-p4"]["value"] == 10_712_107


def test_a_correction_is_refused_while_the_changed_difference_is_open_and_without_a_reason(corrected):
    _, folder, hurried, silent = corrected
    assert hurried.code == 3, "the acceptance of another amount does not count for the new one"
    assert silent.code in {1, 2, 3}
    assert silent.err.strip()
    for refused in ("open", "silent"):
        assert not list((folder / refused).glob("*")) if (folder / refused).exists() else True


def test_a_correction_becomes_version_2_that_says_what_changed_and_why(corrected, final_2019):
    second = Editions(corrected[1] / "second")
    report = second.json
    assert (report["state"], report["version"], report["reason"]) == ("final", 2, WHY)
    assert report["previous_fingerprint"] == final_2019.json["fingerprint"] != report["fingerprint"]
    changes = {row["figure"]: (row["before"], row["after"]) for row in report["changes"]}
    first = {name: row["value"] for name, row in final_2019.json["figures"].items()}
    now = {name: row["value"] for name, row in report["figures"].items()}
    moved = {name for name in now.keys() | first.keys() if first.get(name) != now.get(name)}
    assert {"programme.2014-p4", "cell.2014-p4.own", "source.own.computed", "total.computed"} <= moved
    assert changes.keys() >= moved
    assert changes["programme.2014-p4"] == (10_712_107, 10_712_106)
    assert all(row["label"] for row in report["changes"])


@pytest.mark.parametrize("kind", ["html", "pdf", "docx", "xlsx"])
def test_the_second_version_tells_its_reader_what_changed_and_why(corrected, final_2019, kind):
    second = Editions(corrected[1] / "second")
    squeezed = re.sub(r"\s", "", second.text(kind))
    assert re.sub(r"\s", "", WHY) in squeezed
    assert final_2019.json["fingerprint"] in squeezed
    assert second.has_money(kind, 10_712_107), "before"
    assert second.has_money(kind, 10_712_106), "after"


def test_a_frozen_snapshot_edited_in_the_database_by_hand_is_not_passed_off_as_the_final_report(
    final, copy_of, tmp_path
):
    house = copy_of(final)
    with closing(sqlite3.connect(house.database)) as connection:
        edited = connection.execute("UPDATE reports_report SET content = replace(content, '10712107', '10712108')")
        assert edited.rowcount == 1
        connection.commit()
    outcomes = [house("report", 2019, "--format", "json", "--out", tmp_path), house("audit", "verify")]
    assert any(done.code for done in outcomes), "nobody noticed that the content does not fit its fingerprint"


def test_both_versions_verify_each_with_its_own_fingerprint(corrected, final_2019):
    house, folder, _, _ = corrected
    for edition in (final_2019, Editions(folder / "second")):
        known = json.loads(edition.file("json").read_text("utf-8"))["fingerprint"]
        house.does("verify-report", edition.file("json"), "--fingerprint", known)
    house.does("audit", "verify")
