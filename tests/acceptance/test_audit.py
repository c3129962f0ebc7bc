"""The record of changes is whole after every deed, and says so when somebody edits the file by hand."""

import re
import sqlite3
from contextlib import closing

import pytest

from tests.acceptance.conftest import NGO_REASON, OWN_REASON, TREASURER_NAME
from tests.acceptance.house import PACKAGE_2019, House

RECORD = "audit_record"  # one row a deed, numbered by `sequence`; each carries its hash and that of the one before


def by_hand(house: House, *statements: str) -> list[tuple]:
    """Read or change the SQLite file past the program and past any trigger it put there."""
    with closing(sqlite3.connect(house.database)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (trigger,) in triggers:
            connection.execute(f'DROP TRIGGER "{trigger}"')
        answers = [row for statement in statements for row in connection.execute(statement).fetchall()]
        connection.commit()
    return answers


@pytest.fixture(scope="module")
def numbers(final, copy_of) -> list[int]:
    """The numbers of all recorded deeds, in order."""
    return [row[0] for row in by_hand(copy_of(final), f"SELECT sequence FROM {RECORD} ORDER BY sequence")]


def test_audit_verify_passes_after_all_deeds(final, empty, numbers):
    done = final.does("audit", "verify")
    assert str(len(numbers)) in done.out
    assert re.search(r"\b[0-9a-f]{64}\b", done.out), "the head of the chain, to be kept on paper"
    empty.does("audit", "verify")


def test_every_deed_stands_in_the_record_with_who_and_why(final, final_2019, copy_of):
    house = copy_of(final)
    recorded = by_hand(house, f"SELECT by_name, about_label, facts, reason FROM {RECORD} ORDER BY sequence")
    for name, reason in ((TREASURER_NAME, OWN_REASON), (TREASURER_NAME, NGO_REASON)):
        assert any((row[0], row[3]) == (name, reason) for row in recorded)
    facts = "\n".join(row[2] for row in recorded)
    for gr in (1_680_540, 311_043_883):  # two of the ten lines
        assert str(gr) in facts
    assert final_2019.json["fingerprint"] in recorded[-1][2], "the last deed made the report final"


@pytest.mark.parametrize(
    "way, statement, offsets",
    [
        ("a deed renamed", "UPDATE {table} SET deed = deed || 'x' WHERE sequence = {row}", {0}),
        ("a reason changed", "UPDATE {table} SET reason = 'inny' WHERE sequence = {row}", {0}),
        ("an hour changed", "UPDATE {table} SET at = '2020-01-01 10:00:00' WHERE sequence = {row}", {0}),
        ("a row removed", "DELETE FROM {table} WHERE sequence = {row}", {0, 1}),
        ("the last row removed", "DELETE FROM {table} WHERE sequence = (SELECT max(sequence) FROM {table})", {}),
    ],
)
def test_audit_verify_names_the_row_that_somebody_edited_by_hand(final, numbers, copy_of, way, statement, offsets):
    house = copy_of(final)
    row = numbers[len(numbers) // 2]
    by_hand(house, statement.format(table=RECORD, row=row))
    done = house("audit", "verify")
    assert done.code not in {0, None}, way
    assert "Traceback" not in done.all
    suspects = {row + offset for offset in offsets} or {numbers[-1], numbers[-1] - 1}
    assert suspects & set(map(int, re.findall(r"(?<!\w)\d+(?!\w)", done.all))), done


def test_a_refused_import_leaves_no_deed(with_2019, copy_of, changed):
    house = copy_of(with_2019)
    before = house.does("audit", "verify").out
    spoiled = changed(PACKAGE_2019, money=lambda rows: rows[0].update(amount="-1"))
    assert house("import-year", spoiled).code in {1, 2}
    assert house.does("audit", "verify").out == before
