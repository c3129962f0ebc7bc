"""What is read is recorded before it is seen, with purpose and circumstances; no record, no page."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier

import pytest
from django.db import connection, transaction
from django.template import RequestContext, Template
from django.test import RequestFactory

from spoiwo.access.models import Role
from spoiwo.audit.acting import NONE, Circumstances, acting_in, circumstances, roles_of
from spoiwo.audit.errors import PurposeMissing
from spoiwo.audit.models import Record
from spoiwo.audit.services import (
    OUTSIDER,
    Deed,
    chain_head,
    latest_deeds,
    record,
    record_all,
    record_reading,
    record_readings,
    verify_chain,
    who_looked,
)
from spoiwo.audit.services.recording import hashed_address
from spoiwo.audit.tests.reading import VALUE, opened, refuse_writing
from tests.factories import UserFactory
from tests.queries import queries_in
from tests.visitors import person


@pytest.mark.django_db
def test_a_reading_tells_the_purpose_and_the_names_of_what_was_read():
    by, about = person(Role.AUDITOR, Role.EDITOR), UserFactory(full_name="Jan Zmyślony")
    row = record_reading(
        by=by, about=about, purpose=" telefon od szkoły ", fields=("street", "city"), deed="tests.opened"
    )
    held = Record.objects.get(pk=row.pk)
    assert (held.reading, held.deed, held.reason) == (True, "tests.opened", "telefon od szkoły")
    assert held.facts == {"fields": ["city", "street"]}
    assert (held.by, held.by_name, held.roles) == (by, str(by), "auditor editor")
    assert (held.about_type, held.about_id) == ("access.user", str(about.pk))
    assert list(verify_chain()) == []


@pytest.mark.django_db
@pytest.mark.parametrize("purpose", ["", " ", "\n\t"])
def test_without_a_purpose_nothing_is_read_and_nothing_recorded(purpose):
    about, before = UserFactory(), chain_head()
    with pytest.raises(PurposeMissing):
        record_reading(by=about, about=about, purpose=purpose, fields=["street"])
    assert chain_head() == before


@pytest.mark.django_db
def test_a_list_leaves_an_entry_for_each_row_it_shows():
    by, rows = UserFactory(), UserFactory.create_batch(3)
    record_readings(by=by, about=rows, purpose="lista", fields=["full_name"], found=3)
    assert [looked.count for looked in map(who_looked, rows)] == [1, 1, 1]
    assert who_looked(by).count == 0
    assert Record.objects.readings().first().facts == {"fields": ["full_name"], "found": 3}
    assert record_readings(by=by, about=[], purpose="pusta lista", fields=["full_name"]) == []


@pytest.mark.django_db
def test_a_deed_tells_the_request_the_address_and_the_roles_of_that_moment():
    by = person(Role.EDITOR)
    with acting_in(Circumstances("0123456789abcdef", "192.0.2.7")):
        row = record(by=by, deed="tests.deed", about=by)
    assert (row.request_id, row.roles) == ("0123456789abcdef", "editor")
    assert row.address_hash == hashed_address("192.0.2.7")
    assert circumstances() == NONE
    later = record(by=by, deed="tests.deed", about=by)
    assert (later.request_id, later.address_hash) == ("", "")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["192.0.2.7", "::ffff:192.0.2.7", "2001:db8::1", "2001:0db8:0:0::0001"])
def test_an_address_is_kept_as_a_fingerprint_that_needs_the_key(address, settings, tmp_path):
    settings.KEYS_DIR = tmp_path
    kept = hashed_address(address)
    assert len(kept) == 32
    assert address not in repr(Circumstances("1", address))
    same = "192.0.2.7" if "192" in address else "2001:db8::1"
    assert kept == hashed_address(same)
    settings.KEYS_DIR = tmp_path / "inne"
    assert kept != hashed_address(address)


@pytest.mark.parametrize("address", ["", "nie adres", "unix:", "999.1.1.1"])
def test_what_is_no_address_leaves_nothing(address):
    assert hashed_address(address) == ""


@pytest.mark.django_db
def test_nobody_in_particular_has_no_roles():
    assert roles_of(None) == ""
    assert record(by=OUTSIDER, deed="tests.deed", about=UserFactory()).roles == ""


# No audit, no page


@pytest.mark.django_db
def test_the_page_is_shown_when_its_reading_is_recorded_with_its_circumstances():
    response = opened()
    assert (response.status_code, response.content.decode()) == (200, VALUE)
    row = Record.objects.latest("sequence")
    assert row.reading
    assert row.address_hash == hashed_address("192.0.2.7")
    assert len(row.request_id) == 16


@pytest.mark.django_db
def test_no_entry_no_page():
    before = chain_head()
    refuse_writing()
    response = opened()
    assert response.status_code >= 500
    assert VALUE not in response.content.decode()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("DROP TRIGGER temp.no_space")
    assert chain_head() == before


@pytest.mark.once  # about the file of SQLite
@pytest.mark.django_db(transaction=True)
def test_a_full_disk_shows_an_error_and_no_value():
    with connection.cursor() as cursor:
        cursor.execute("VACUUM")  # no free page inside the file
        pages = cursor.execute("PRAGMA page_count").fetchone()[0]
        limit = cursor.execute("PRAGMA max_page_count").fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
    try:
        answers = [opened() for _n in range(60)]  # half-full pages are used up first
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA max_page_count = {limit}")
    shown = sum(VALUE in answer.content.decode() for answer in answers)
    assert answers[-1].status_code >= 500
    assert shown == sum(answer.status_code == 200 for answer in answers) == Record.objects.readings().count()
    assert list(verify_chain()) == []


@pytest.mark.django_db(transaction=True)
def test_while_another_holds_the_record_the_page_waits_and_then_shows_an_error():
    person()  # the head exists
    with transaction.atomic():
        record(by=None, deed="tests.deed", about=UserFactory())
    held, done = Barrier(2, timeout=20), Barrier(2, timeout=20)

    def hold() -> None:
        with transaction.atomic():
            record(by=None, deed="tests.held", about=UserFactory())
            held.wait()
            done.wait()
        connection.close()

    with ThreadPoolExecutor(1) as others:
        holder = others.submit(hold)
        held.wait()
        with connection.cursor() as cursor:
            impatient = "PRAGMA busy_timeout = 200" if connection.vendor == "sqlite" else "SET lock_timeout = '200ms'"
            cursor.execute(impatient)
        response = opened()
        done.wait()
        holder.result()
        connection.close()
    assert response.status_code >= 500
    assert VALUE not in response.content.decode()
    assert not Record.objects.readings().exists()


# Who looked


@pytest.mark.django_db
def test_who_looked_is_told_the_latest_first_and_goes_on_by_number():
    about, readers = UserFactory(), UserFactory.create_batch(2)
    at = datetime(2026, 3, 16, 12, tzinfo=UTC)
    for n in range(5):
        deed = Deed("tests.opened", about, {"fields": ["street"]}, f"cel {n}", reading=True)
        record_all(by=readers[n % 2], deeds=[deed], at=at)
    record(by=about, deed="tests.changed", about=about)  # a change is not a reading
    first = who_looked(about, many=3)
    assert [row.reason for row in first.rows] == ["cel 4", "cel 3", "cel 2"]
    assert (first.count, first.people) == (5, 2)
    rest = who_looked(about, before=first.more_before, many=3)
    assert [row.reason for row in rest.rows] == ["cel 1", "cel 0"]
    assert (rest.count, rest.more_before) == (5, None)


@pytest.mark.django_db
def test_a_record_that_was_looked_at_often_asks_no_more_than_one_that_was_not():
    about = UserFactory()
    once = queries_in(lambda: who_looked(about))
    record_readings(by=UserFactory(), about=[about] * 60, purpose="cel", fields=["street"])
    assert queries_in(lambda: who_looked(about)) == once


def told(about, names):
    """The part of a page that tells who looked."""
    request = RequestFactory().get("/")
    template = Template("{% load audit %}{% who_looked looked names %}")
    return template.render(RequestContext(request, {"looked": who_looked(about), "names": names}))


@pytest.mark.django_db
def test_the_office_sees_names_and_the_person_concerned_sees_roles():
    about = UserFactory()
    record_reading(by=person(Role.AUDITOR, full_name="Ewa Zmyślona"), about=about, purpose="skarga", fields=["street"])
    with_names, with_roles = told(about, True), told(about, False)
    assert "Ewa Zmyślona" in with_names
    assert "Ewa" not in with_roles
    assert "audytor" in with_roles
    assert all("skarga" in part for part in (with_names, with_roles))


@pytest.mark.django_db
def test_a_record_nobody_opened_says_so():
    assert "<table" not in told(UserFactory(), True)


@pytest.mark.django_db
def test_readings_are_not_among_the_latest_changes():
    about = UserFactory()
    record(by=about, deed="tests.changed", about=about)
    record_readings(by=about, about=[about] * 30, purpose="cel", fields=["street"])
    assert [group["record"].deed for group in latest_deeds(1)] == ["tests.changed"]
