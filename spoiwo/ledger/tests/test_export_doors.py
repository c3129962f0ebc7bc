"""How a year's files leave the house: the command and the page of the office."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

import pytest

from spoiwo.access.models import Role
from spoiwo.ledger.exports.formats import FORMATS
from spoiwo.ledger.services.facts import gather_facts
from spoiwo.ledger.tests.full_year import full_year
from spoiwo.ledger.tests.test_commands import told
from tests.factories import EntryFactory, UserFactory, YearFactory
from tests.queries import queries_of
from tests.visitors import text_of, visitor

pytestmark = pytest.mark.django_db
PAGE = "/biuro/rok/2024/pliki/"


def test_the_command_writes_every_format_and_tells_its_fingerprint(tmp_path):
    facts = gather_facts(full_year())
    out, _err, refusal = told("export", "2024", formats=["all"], out=tmp_path / "nowy", as_json=True)
    assert refusal is None
    said = json.loads(out)
    assert (said["year"], said["region"]) == (2024, "08")
    assert [row["format"] for row in said["files"]] == list(FORMATS)
    for row in said["files"]:
        made = Path(row["file"]).read_bytes()
        assert made == FORMATS[row["format"]].write(facts)
        assert (len(made), hashlib.sha256(made).hexdigest()) == (row["bytes"], row["sha256"])


def test_the_command_writes_only_what_is_asked_for_under_the_identifier_of_the_office(tmp_path):
    full_year()
    out, _err, _refusal = told("export", "2024", formats=["iati"], out=tmp_path, publisher="PL-ZMYSLONE-1")
    assert [file.name for file in tmp_path.iterdir()] == ["fakty-2024.iati.xml"]
    assert out.strip() == str(tmp_path / "fakty-2024.iati.xml")
    assert b'<reporting-org ref="PL-ZMYSLONE-1"' in (tmp_path / "fakty-2024.iati.xml").read_bytes()


def test_a_year_that_is_not_there_and_a_place_that_cannot_be_written_are_told_in_one_sentence(tmp_path):
    YearFactory(year=2019)
    _out, _err, refusal = told("export", "1999", formats=["all"], out=tmp_path)
    assert "2019" in str(refusal)
    (tmp_path / "plik").write_bytes(b"")
    _out, _err, refusal = told("export", "2019", formats=["all"], out=tmp_path / "plik")
    assert str(tmp_path / "plik") in str(refusal)
    assert len(str(refusal).splitlines()) == 1


def test_the_page_of_files_counts_the_lines_and_links_every_file():
    full_year()
    response = visitor(Role.AUDITOR).get(PAGE)
    assert (response.context["lines"], response.context["planned"]) == (8, 7)
    assert [url for url in (f"{PAGE}{name}/" for name in FORMATS) if f'href="{url}"' not in text_of(response)] == []


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_is_that_of_the_year(name):
    facts = gather_facts(full_year())
    response = visitor(Role.AUDITOR).get(f"{PAGE}{name}/")
    assert response.content == FORMATS[name].write(facts)
    assert response.headers["Content-Type"] == FORMATS[name].media_type
    assert response.headers["Content-Disposition"] == f'attachment; filename="{FORMATS[name].file_name(2024)}"'


def test_names_of_persons_are_in_no_file():
    year = full_year()
    EntryFactory(year=year, entered_by=UserFactory(full_name="Osoba Wpisująca"))
    with zipfile.ZipFile(io.BytesIO(FORMATS["datapackage"].write(gather_facts(year)))) as archive:
        texts = [archive.read(name).decode() for name in archive.namelist()]
    texts.append(FORMATS["iati"].write(gather_facts(year)).decode())
    assert [text for text in texts if "Osoba Wpisująca" in text] == []


@pytest.mark.parametrize("name", ["pdf", "datapackage.zip"])
def test_a_format_that_is_not_there_and_a_year_that_is_not_there_are_not_found(name):
    full_year()
    assert visitor(Role.AUDITOR).get(f"{PAGE}{name}/").status_code == 404
    assert visitor(Role.AUDITOR).get("/biuro/rok/1999/pliki/").status_code == 404
    assert visitor(Role.AUDITOR).get("/biuro/rok/1999/pliki/iati/").status_code == 404


@pytest.mark.parametrize("address", [PAGE, f"{PAGE}datapackage/", f"{PAGE}iati/", f"{PAGE}rb28s/", f"{PAGE}xlsx/"])
def test_a_file_asks_as_often_for_many_lines_as_for_few(address):
    year = full_year()
    client = visitor(Role.AUDITOR)
    before = queries_of(client, address)
    for _more in range(2):
        EntryFactory(year=year)
    assert queries_of(client, address) == before
