"""What is protected stands nowhere it must not: not in lists, records, logs, sessions, addresses or the database."""

import logging

import pytest
from django.contrib.sessions.models import Session
from django.core import serializers
from django.db import connection
from django.urls import reverse

from spoiwo.access.models import Role
from spoiwo.audit.models import Record
from spoiwo.persons.models import Person
from tests.registered import OPENING, WRITTEN, care_officer, entered, pesel_of, unit
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
PESEL = pesel_of()
CANARIES = [text for text in WRITTEN.values() if text] + [PESEL, "Nowa-Zmyślona"]
ELSEWHERE = ("list", "search", "new")


def lived(caplog):
    """A day of work with one person; gives the case, the officer and every page without an identity that was seen."""
    home = unit()
    officer = care_officer(home)
    client = visitor(officer)
    typed = {**WRITTEN, "born_on": "", "pesel": PESEL, "basis": "support", "since": "16.03.2026", "unit": home.pk}
    client.post(reverse("persons:new"), typed)
    row = Person.objects.get()
    address = {name: reverse(f"persons:{name}", args=[row.uid]) for name in ("open", "change", "person", "readings")}
    client.post(reverse("persons:search"), {"last_name": WRITTEN["last_name"]})
    client.post(reverse("persons:search"), {"pesel": PESEL})
    client.post(address["open"], OPENING)
    client.post(address["open"], OPENING | {"purpose": ""})
    form = client.post(address["change"], OPENING).context["form"]
    sent = {field.html_name: field.value() or "" for field in form}
    sent |= {"born_on": "", "since": "16.03.2026"}
    client.post(address["change"], sent | {"last_name": "Nowa-Zmyślona", "seen_version": 1})
    pages = [client.get(address[name]) for name in ("person", "readings")]
    pages += [client.get(reverse("persons:list")), client.get(address["readings"] + "?dla=osoby")]
    for role in (Role.DIRECTOR, Role.AUDITOR, Role.FOSTER_OFFICER, Role.DATA_PROTECTION_OFFICER):
        pages += [visitor(role).get(reverse("persons:list")), visitor(role).get(address["person"])]
    pages += [visitor(Role.AUDITOR).get(reverse("audit:records"))]
    return row, pages


def found_in(text: str) -> list[str]:
    return [canary for canary in CANARIES if canary in text]


def test_no_protected_text_stands_where_it_must_not(caplog):
    caplog.set_level(logging.DEBUG)
    row, pages = lived(caplog)
    assert row.version == 1
    assert Person.objects.get().version == 2
    assert {page.status_code for page in pages} == {200}
    assert [found_in(page.content.decode()) for page in pages] == [[]] * len(pages)
    assert found_in(caplog.text) == []
    records = Record.objects.all()
    assert found_in(" ".join(f"{one.facts} {one.reason} {one.about_label}" for one in records)) == []
    assert records.filter(reading=True).count() >= 4
    sessions = [Session(session_data=one.session_data).get_decoded() for one in Session.objects.all()]
    assert sessions
    assert found_in(str(sessions)) == []


def test_no_protected_text_stands_in_any_column_of_the_database(caplog):
    lived(caplog)
    with connection.cursor() as cursor:
        held = []
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                held += [
                    bytes(cell).decode("utf-8", "replace") if isinstance(cell, bytes | memoryview) else str(cell)
                    for cell in row
                ]
    assert len(held) > 500
    assert found_in("\n".join(held)) == []


def test_no_protected_text_leaves_through_a_serializer():
    entered(unit())
    assert found_in(serializers.serialize("json", Person.objects.all())) == []
    assert found_in(repr(vars(Person.objects.get()))) == []
