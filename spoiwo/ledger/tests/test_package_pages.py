"""Reading a package in through the web: upload, dry run, decision, reconciliation."""

import io
import os
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.ledger.models import FiscalYear
from spoiwo.ledger.services.years import find_year, reconcile_year
from spoiwo.ledger.tests.importing import LUBUSKIE, counted
from spoiwo.ledger.tests.intake.packages import package_files, with_cell, with_row, workbook_bytes
from spoiwo.strategy.models import Programme
from tests.factories import ProgrammeFactory, StrategyFactory
from tests.imported import changed_copy, put, zipped
from tests.visitors import person, says, text_of, visitor

pytestmark = pytest.mark.django_db
UPLOAD = "/biuro/pakiet/"


@pytest.fixture(autouse=True)
def uploads(settings, tmp_path):
    """Files wait in a folder of the test."""
    settings.UPLOADS_DIR = tmp_path / "uploads"
    return settings.UPLOADS_DIR


@pytest.fixture
def archive(tmp_path):
    """The package of 2019 as one archive."""
    return zipped(LUBUSKIE, tmp_path / "rok-2019.zip").read_bytes()


def send(client, content, name="rok-2019.zip"):
    """Send a file and follow to what it would do."""
    return client.post(UPLOAD, {"package": SimpleUploadedFile(name, content)}, follow=True)


def decide(client, response, **facts):
    """Press "Save" on a page that shows a plan."""
    page = response.redirect_chain[-1][0]
    return client.post(page, {"digest": response.context["plan"].digest} | facts, follow=True)


def archive_of(tables):
    """The tables of a package as one archive."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as whole:
        for name, content in package_files(tables).items():
            whole.writestr(name, content)
    return target.getvalue()


def test_upload_dry_run_save_reconciliation(archive, uploads):
    officer, before = person(Role.ROPS_OFFICER), counted()
    client = visitor(officer)
    shown = send(client, archive)
    assert shown.status_code == 200
    assert shown.context["plan"].counts()["money"] == {"new": 10, "changed": 0, "unchanged": 0}
    assert "9 025 049,77 zł" in text_of(shown)
    assert counted() == before  # a dry run

    saved = decide(client, shown)
    assert saved.redirect_chain[-1] == (reverse("ledger:reconciliation", args=[2019]), 302)
    assert "83 194,60" in text_of(saved)
    year = find_year(2019)
    assert (year.entries.count(), year.batches.get().name) == (10, "rok-2019.zip")
    assert Record.objects.filter(deed="ledger.year_opened").get().by == officer
    assert list(uploads.iterdir()) == []  # nothing of the file stays


@pytest.mark.parametrize("name", ["dane.zip", "bez-rozszerzenia", "dane.xlsx", "../../etc/passwd", "Zażółć.ZIP"])
def test_a_file_is_known_by_what_is_in_it_and_its_name_is_only_shown(archive, name, uploads):
    shown = send(visitor(Role.ROPS_OFFICER), archive, name)
    assert shown.status_code == 200
    assert shown.context["name"] == name.split("/")[-1]
    (folder,) = uploads.iterdir()
    assert [file.name for file in folder.iterdir()] == ["package"]


def test_a_workbook_is_taken_as_well():
    client = visitor(Role.ROPS_OFFICER)
    ProgrammeFactory(strategy=StrategyFactory(code="dawna", from_year=2007, to_year=2013), code="dawny-1")
    tables = with_cell("results", 3, "place", "0861011")
    shown = send(client, workbook_bytes(tables), "rok.xlsx")
    assert shown.context["plan"].faults == []
    assert decide(client, shown).status_code == 200
    assert find_year(2019).entries.total_gr() == 1_000_50 - 50 + 250_000_00 + 3_110_438_83


def test_a_broken_file_shows_every_fault_with_its_place_and_saves_nothing(tmp_path):
    path = changed_copy(
        LUBUSKIE,
        tmp_path / "zepsuty",
        money=lambda rows: [row | {"source": "kasa", "amount": "1 234,567"} for row in rows[:3]] + rows[3:],
        declared=put("2019-own", scope="wszystko"),
    )
    client, before = visitor(Role.ROPS_OFFICER), counted()
    shown = send(client, zipped(path, tmp_path / "zepsuty.zip").read_bytes(), "zepsuty.zip")
    assert shown.status_code == 422
    text = text_of(shown)
    assert len(shown.context["faults"]) >= 7
    for fault in shown.context["faults"]:
        assert fault["expected"]
    for words in ("kasa", "1 234,567", "money.csv", "declared.csv", "wszystko"):
        assert words in text
    assert counted() == before
    assert "digest" not in text  # there is nothing to decide


def test_a_refused_plan_cannot_be_saved_by_force():
    client, before = visitor(Role.ROPS_OFFICER), counted()
    shown = send(client, archive_of(with_cell("money", 2, "source", "kasa")), "zly.zip")
    refused = decide(client, shown, digest=shown.context["plan"].digest)
    assert refused.status_code == 422
    assert counted() == before


@pytest.mark.parametrize(
    "content", [b"PK\x03\x04 nothing", b"%PDF-1.7", b"\x00" * 100, b"a,b,c\n1,2,3\n", os.urandom(2000)]
)
def test_what_is_no_package_is_told_in_words(content):
    shown = send(visitor(Role.ROPS_OFFICER), content, "plik.bin")
    assert shown.status_code == 422
    (fault, *_rest) = shown.context["faults"]
    assert fault["file"] == "plik.bin"
    assert fault["found"]
    assert not FiscalYear.objects.exists()


def test_what_is_in_a_cell_stays_text_on_the_page():
    tables = with_row("money", key="<script>alert(1)</script>", source="<b>", amount="1")
    shown = send(visitor(Role.ROPS_OFFICER), archive_of(tables), "<i>zly</i>.zip")
    text = text_of(shown)
    assert "<script>alert" not in text
    assert "<i>zly" not in text


def test_no_file_is_no_upload():
    response = visitor(Role.ROPS_OFFICER).post(UPLOAD, {"x": "y"})
    assert response.status_code == 422
    assert says(response, "Choose the file.")


# --- between the dry run and the decision --------------------------------------------------------


def test_the_same_package_again_would_change_nothing_and_offers_no_decision(archive):
    client = visitor(Role.ROPS_OFFICER)
    decide(client, send(client, archive))
    before = counted()
    again = send(client, archive)
    assert again.context["plan"].empty
    assert says(again, "Nothing would change")
    decide(client, again)
    assert counted() == before


@pytest.mark.parametrize("digest", ["", "-", "0" * 64])
def test_a_decision_about_another_plan_saves_nothing_and_shows_the_plan_again(archive, digest):
    client, before = visitor(Role.ROPS_OFFICER), counted()
    response = decide(client, send(client, archive), digest=digest)
    assert says(response, "The data changed after the dry run. Look at it again; nothing was saved.")
    assert response.context["plan"].counts()["money"]["new"] == 10
    assert counted() == before


def test_a_decision_without_a_digest_saves_nothing(archive):
    client, before = visitor(Role.ROPS_OFFICER), counted()
    shown = send(client, archive)
    client.post(shown.redirect_chain[-1][0], {"x": "y"})
    assert counted() == before


def test_what_came_in_meanwhile_is_seen_before_it_is_saved(archive):
    first, second = visitor(Role.ROPS_OFFICER), visitor(Role.TREASURER)
    plans = send(first, archive), send(second, archive)
    decide(first, plans[0])
    response = decide(second, plans[1])
    assert response.context["plan"].empty
    assert find_year(2019).entries.count() == 10


def test_a_file_waits_only_for_the_one_who_sent_it(archive):
    shown = send(visitor(Role.ROPS_OFFICER), archive)
    page = shown.redirect_chain[-1][0]
    assert visitor(Role.DIRECTOR).get(page).status_code == 404
    assert visitor(Role.DIRECTOR).post(page, {"digest": shown.context["plan"].digest}).status_code == 404


@pytest.mark.parametrize("token", ["nie-ma", "..", "%2e%2e"])
def test_a_file_that_does_not_wait_is_not_found(token):
    assert visitor(Role.ROPS_OFFICER).get(f"{UPLOAD}{token}/").status_code == 404


def test_files_of_yesterday_are_thrown_away(archive, uploads):
    client = visitor(Role.ROPS_OFFICER)
    send(client, archive)
    (old,) = uploads.iterdir()
    day_before = old.stat().st_mtime - 25 * 3600
    os.utime(old, (day_before, day_before))
    send(client, archive)
    assert old not in list(uploads.iterdir())
    assert len(list(uploads.iterdir())) == 1


def test_an_invented_year_is_labelled_on_its_pages():
    from tests.imported import EXAMPLES, imported

    with imported(EXAMPLES / "lubuskie-demo"):
        client = visitor(Role.ROPS_OFFICER)
        notice = find_year(2025).notice
        for name in ("entries", "reconciliation", "entry-new"):
            assert notice in text_of(client.get(reverse(f"ledger:{name}", args=[2025])))


# --- the template --------------------------------------------------------------------------------


def test_the_empty_workbook_is_offered_to_everybody_and_is_refused_only_for_being_empty():
    response = visitor().get(reverse("year-package:template"))
    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == 'attachment; filename="pakiet-roku.xlsx"'
    shown = send(visitor(Role.ROPS_OFFICER), response.content, "pakiet-roku.xlsx")
    assert shown.status_code == 422
    assert {fault["row"] for fault in shown.context["faults"]} == {None}


def test_the_page_of_the_package_names_every_table():
    from spoiwo.ledger.domain import schema

    text = text_of(visitor().get(reverse("year-package:tables")))
    assert [table.name for table in schema.TABLES if table.label not in text] == []


def test_a_saved_package_can_be_reconciled_at_once(archive):
    client = visitor(Role.ROPS_OFFICER)
    decide(client, send(client, archive))
    assert [row.declared.key for row in reconcile_year(find_year(2019)).open] == ["2019-own", "2019-ngo"]
    assert Programme.objects.filter(region="08").count() == 6
