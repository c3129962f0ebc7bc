"""The record of deeds as a file: for a purpose, by who answers for it, and itself recorded."""

import csv
import io

import pytest
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.audit.services import record, verify_chain
from tests.factories import UserFactory
from tests.visitors import person, text_of, visitor

pytestmark = pytest.mark.django_db
ADDRESS = "/biuro/dziennik/eksport/"
PURPOSE = "pismo zmyślone, nr 1/2026"


def taken(client, **asked):
    """The rows of the file, the head first."""
    response = client.post(ADDRESS, {"purpose": PURPOSE, **asked})
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"].startswith("attachment; ")
    assert "no-store" in response.headers["Cache-Control"]
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def test_a_file_holds_the_entries_of_the_filter_and_says_in_the_record_that_it_was_taken():
    about, officer = UserFactory(full_name="Zdzisława Zmyślona"), person(Role.DATA_PROTECTION_OFFICER)
    row = record(by=about, deed="tests.taken", about=about, reason="=1+1", n=1)
    record(by=about, deed="tests.other", about=about)
    _head, line = taken(visitor(officer), deed="tests.taken")
    assert (line[0], line[2], line[4], line[-1]) == (str(row.sequence), "Zdzisława Zmyślona", "tests.taken", row.hash)
    assert "'=1+1" in line  # never a formula
    entry = Record.objects.latest("sequence")
    assert (entry.deed, entry.by, entry.reason, entry.reading) == ("doors.export_made", officer, PURPOSE, True)
    assert (entry.facts["export"], entry.facts["rows"]) == ("access:record-file", 1)
    assert list(verify_chain()) == []


def test_the_form_keeps_the_filter_of_the_list_and_says_it():
    about = UserFactory(full_name="Zdzisława Zmyślona")
    record(by=about, deed="tests.taken", about=about)
    page = visitor(Role.AUDITOR).get(ADDRESS, {"person": about.pk, "kind": "changes", "q": "zdzisława"})
    assert [value for _label, value in page.context["asked"]][0::2] == ["zdzisława", "Zdzisława Zmyślona"]
    assert f'name="person" value="{about.pk}"' in page.content.decode()


@pytest.mark.parametrize("purpose", ["", "krótko", " " * 20])
def test_without_a_purpose_there_is_no_file_and_no_entry(purpose):
    client, before = visitor(Role.AUDITOR), Record.objects.count()
    response = client.post(ADDRESS, {"purpose": purpose})
    assert response.status_code == 422
    assert "govuk-error-summary" in text_of(response)
    assert Record.objects.filter(sequence__gt=before, deed="doors.export_made").count() == 0


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ADMINISTRATOR, Role.ROPS_OFFICER])
def test_who_may_only_look_gets_no_file(role):
    assert visitor(role).post(ADDRESS, {"purpose": PURPOSE}).status_code == 403


def test_a_file_asks_for_a_fresh_proof_of_who_takes_it():
    response = visitor(person(Role.AUDITOR), proved=False).get(ADDRESS)
    assert response.status_code == 302
    assert response.url != ADDRESS


def test_the_list_links_to_the_file_with_its_filter():
    page = text_of(visitor(Role.AUDITOR).get(reverse("audit:records"), {"kind": "readings"}))
    assert f"{reverse('access:record-file')}?kind=readings" in page
    assert reverse("access:record-file") not in text_of(visitor(Role.DIRECTOR).get(reverse("audit:records")))
