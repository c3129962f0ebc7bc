"""What keeps a confirmed change: the settings of the database, asked of the database itself."""

import os
import sqlite3

import pytest
from django.conf import settings as house_settings
from django.db import connection

from spoiwo.upkeep.services import databases
from spoiwo.upkeep.services.durability import durability_faults
from spoiwo.upkeep.services.rights import as_owner
from tests.factories import PASSWORD
from tests.houses import House
from tests.postgres import server

ASK = """
import django; django.setup()
from django.db import connection
from spoiwo.upkeep.services.durability import durability_faults
cursor = connection.cursor()
print([cursor.execute("PRAGMA " + name).fetchone()[0] for name in ("journal_mode", "synchronous", "busy_timeout")])
print(durability_faults())
"""


def test_sqlite_writes_through_to_the_disk_in_the_settings_of_production(tmp_path):
    house = House(tmp_path / "dom", PLAIN_HTTP="0")
    house.data.mkdir()
    out, err = house.python("-c", ASK).communicate(timeout=60)
    assert out.splitlines() == ["['wal', 2, 10000]", "[]"], err


@pytest.mark.django_db
def test_a_database_that_could_lose_what_it_confirmed_is_named():
    """The tests themselves run on such a one."""
    faults = durability_faults()
    name = {"sqlite": "synchronous", "postgresql": "fsync"}[connection.vendor]
    assert any(name in fault for fault in faults)


@pytest.mark.django_db
def test_a_file_opened_without_care_is_named(tmp_path):
    with sqlite3.connect(tmp_path / "baza") as bare:
        bare.execute("CREATE TABLE a (b)")
    with databases.opened(databases.in_file(tmp_path / "baza")) as alias:
        assert len(durability_faults(alias)) == 1


def test_without_an_owner_migrations_run_as_everybody():
    assert house_settings.DATABASE_OWNER_URL == ""
    with as_owner() as owner:
        assert owner is False


@pytest.fixture
def roles(tmp_path_factory):
    """A careful PostgreSQL server with both roles, and a house that uses them."""
    with server("max_connections=40") as held:
        house = House(tmp_path_factory.mktemp("dom"))
        said = [line.rstrip(";") for line in house.done("database-roles", "--database", "urzad").splitlines()]
        passwords = [f"ALTER ROLE {role} PASSWORD '{PASSWORD}'" for role in ("spoiwo_owner", "spoiwo_app")]
        held.execute(*said, *passwords)
        house.url = held.url("urzad", "spoiwo_app", PASSWORD)
        house.settings["SPOIWO_DATABASE_OWNER_URL"] = held.url("urzad", "spoiwo_owner", PASSWORD)
        yield house


AS_APPLICATION = """
import django; django.setup()
from django.db import connection, transaction, DatabaseError
from spoiwo.access.services import open_account
from spoiwo.audit.services import verify_chain
from spoiwo.upkeep.services.durability import durability_faults
with transaction.atomic():
    open_account(email="a@przyklad.example", full_name="Osoba Zmyślona", password="haslo-zmyslone-1", by=None)
print(list(verify_chain()), durability_faults())
for statement in (
    "UPDATE audit_record SET reason = 'x'",
    "DELETE FROM audit_record",
    "TRUNCATE audit_record",
    "ALTER TABLE audit_record ADD COLUMN x integer",
    "DROP TABLE audit_record",
    "DELETE FROM django_migrations",
    "CREATE TABLE obca (a integer)",
):
    try:
        with transaction.atomic():
            connection.cursor().execute(statement)
        print("DONE", statement)
    except DatabaseError as problem:
        print(type(problem.__cause__).__name__)
cursor = connection.cursor()
cursor.execute("SHOW statement_timeout")
print(cursor.fetchone()[0])
"""


def works_and_may_not_change_the_record(house):
    house.done("migrate", "--verbosity", "0")
    out, err = house.python("-c", AS_APPLICATION).communicate(timeout=120)
    assert out.splitlines() == ["[] []", *["InsufficientPrivilege"] * 7, "1min"], err


if os.environ.get("SPOIWO_DATABASE_URL"):

    @pytest.mark.database
    def test_the_role_of_the_application_works_and_may_not_change_what_was_recorded(roles):
        works_and_may_not_change_the_record(roles)
