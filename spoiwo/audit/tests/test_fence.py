"""The role of the application on PostgreSQL: it writes the record and may change nothing that was recorded."""

import pytest
from django.db import DatabaseError, connection, transaction

from spoiwo.audit.domain.reviews import digest_of
from spoiwo.audit.services import record, record_reading, verify_chain, who_looked
from spoiwo.audit.services.refusals import count_refusal
from spoiwo.audit.services.reviews import find_hits, sign_review
from spoiwo.audit.tests.reading import LATER, NIGHT, VALUE, WEEK, opened, read
from tests.factories import UserFactory

pytestmark = [
    pytest.mark.skipif("connection.vendor != 'postgresql'", reason="o rolach PostgreSQL"),
    pytest.mark.django_db,
]
GRANTS = """
CREATE ROLE spoiwo_tests_app NOLOGIN;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO spoiwo_tests_app;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO spoiwo_tests_app;
REVOKE ALL ON audit_record, audit_review, audit_chainhead, audit_refusal FROM spoiwo_tests_app;
GRANT SELECT, INSERT ON audit_record, audit_review TO spoiwo_tests_app;
GRANT SELECT, INSERT, UPDATE ON audit_chainhead, audit_refusal TO spoiwo_tests_app;
"""


@pytest.fixture
def fenced():
    """The role of the application on PostgreSQL: what was recorded it may not change."""
    about = UserFactory()
    record(by=about, deed="tests.deed", about=about)
    with connection.cursor() as cursor:
        cursor.execute(GRANTS)
        cursor.execute("SET ROLE spoiwo_tests_app")
    yield about
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")


def test_the_role_of_the_application_writes_and_reads_the_record(fenced):
    record_reading(by=fenced, about=fenced, purpose="podgląd", fields=["street"])
    assert opened().status_code == 200
    assert who_looked(fenced).count == 1
    assert count_refusal(by=fenced, view="persons:person", status=403, now=NIGHT).count == 1
    assert count_refusal(by=fenced, view="persons:person", status=403, now=NIGHT).count == 2
    read(fenced)
    seen = digest_of(find_hits(WEEK))
    assert sign_review(week=WEEK, remarks="Sprawdzono.", seen_digest=seen, by=fenced, now=LATER).pk
    assert list(verify_chain()) == []


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit_record SET reason = 'x'", "DELETE FROM audit_record", "TRUNCATE audit_record",
        "UPDATE audit_review SET remarks = 'x'", "DELETE FROM audit_review", "DELETE FROM audit_chainhead",
        "DELETE FROM audit_refusal", "DROP TABLE audit_record", "ALTER TABLE audit_record DISABLE TRIGGER ALL",
    ],
)  # fmt: skip
def test_the_role_of_the_application_cannot_change_what_was_recorded(fenced, statement):
    with pytest.raises(DatabaseError, match=r"permission denied|must be owner"), transaction.atomic():
        connection.cursor().execute(statement)
    assert list(verify_chain()) == []


def test_a_role_that_may_not_write_entries_shows_an_error_and_no_value(fenced):
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE; REVOKE INSERT ON audit_record FROM spoiwo_tests_app; SET ROLE spoiwo_tests_app")
    response = opened()
    assert response.status_code >= 500
    assert VALUE not in response.content.decode()
