"""Upgrading a database of a released version: everything is intact, or the database is as it was before."""

import json
import os
import sqlite3

import psycopg
import pytest

from tests.houses import House, kill
from tests.postgres import cluster
from tests.releases.load import facts_of, lay_file
from tests.tree import ROOT

VERSIONS = sorted(path.name for path in (ROOT / "tests" / "releases").iterdir() if (path / "database.json.gz").exists())


def lay(house, version):
    process = house.python("-m", "tests.releases.load", version)
    _out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err


@pytest.fixture(params=VERSIONS)
def old(request, tmp_path):
    """A version and a house with its populated database, on SQLite."""
    house = House(tmp_path / "dom")
    house.data.mkdir()
    lay_file(request.param, house.data / "spoiwo.sqlite3")
    return request.param, house


def asked(house, question):
    if house.url:
        with psycopg.connect(house.url) as connection:
            return connection.execute(question).fetchall()
    with sqlite3.connect(house.data / "spoiwo.sqlite3") as connection:
        return connection.execute(question).fetchall()


def assert_whole(house, version):
    """Every row of the old tables is there, the money adds up, and the old record is the beginning of the new one."""
    was = facts_of(version)
    rows = {table: asked(house, f'SELECT count(*) FROM "{table}"')[0][0] for table in was["rows"]}
    assert [table for table, many in was["rows"].items() if rows[table] < many] == []
    exact = (
        "ledger_entry",
        "ledger_planentry",
        "ledger_declaredtotal",
        "reports_report",
        "places_place",
        "access_user",
    )
    assert {table: rows[table] for table in exact} == {table: was["rows"][table] for table in exact}
    assert {table: int(asked(house, f"SELECT sum(amount_gr) FROM {table}")[0][0]) for table in was["money"]} == was[
        "money"
    ]
    assert asked(house, f"SELECT count(*) FROM audit_record WHERE hash = '{was['head']}'")[0][0] == 1
    house.done("audit", "verify")


def test_an_upgrade_that_was_killed_is_finished_when_it_is_run_again_with_everything_intact(old):
    version, house = old
    before = asked(house, "SELECT app, name FROM django_migrations ORDER BY id")
    journal = house.data / "upkeep" / "upgrade.json"
    process = house.start("upgrade", "--plain", "--without-keys", "--to", house.data.parent / "kopie")
    while not (journal.exists() and len(asked(house, "SELECT name FROM django_migrations")) > len(before)):
        assert process.poll() is None
    kill(process)
    assert set(json.loads(journal.read_text())) == {"copy", "ledger", "audit", "migrations"}
    assert (house.data / "upkeep" / "maintenance.json").exists()  # nobody comes in meanwhile
    house.done("upgrade")
    assert_whole(house, version)
    assert {path.name for path in (house.data / "upkeep").iterdir() if path.suffix != ".lock"} == set()
    assert len(list((house.data.parent / "kopie").glob("spoiwo-*.tar.gz"))) == 1


def test_an_upgrade_that_does_not_hold_puts_the_database_back(old):
    """The record was tampered with before: the check after the migrations finds it."""
    _version, house = old
    with sqlite3.connect(house.data / "spoiwo.sqlite3") as connection:
        connection.execute("UPDATE audit_record SET reason = 'dopisane' WHERE sequence = 5")
    before = asked(house, "SELECT app, name FROM django_migrations ORDER BY id")
    schema = asked(house, "SELECT sql FROM sqlite_master ORDER BY name")
    code, _out, err = house.spoiwo("upgrade", "--without-backup")
    assert (code, len(err.strip().splitlines())) == (1, 1)
    assert "Wpis 5" in err
    assert asked(house, "SELECT app, name FROM django_migrations ORDER BY id") == before
    assert asked(house, "SELECT sql FROM sqlite_master ORDER BY name") == schema
    assert {path.name for path in (house.data / "upkeep").iterdir() if path.suffix != ".lock"} == set()


def on_postgresql(url, tmp_path, version):
    """Lay a version, upgrade it, look at it."""
    house = House(tmp_path / "dom", url)
    lay(house, version)
    house.done("upgrade", "--without-backup")
    assert_whole(house, version)


if os.environ.get("SPOIWO_DATABASE_URL"):

    @pytest.mark.database
    @pytest.mark.parametrize("version", VERSIONS)
    def test_a_released_database_is_upgraded_on_postgresql(tmp_path, version):
        with cluster() as url:
            on_postgresql(url, tmp_path, version)
