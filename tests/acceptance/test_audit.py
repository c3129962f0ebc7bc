"""The record of changes is whole after every deed, and says so when somebody edits the file by hand."""

import re
import sqlite3
from contextlib import closing

import pytest


def edit(house, *statements: str) -> None:
    """Change the SQLite file by hand, past the program and past any trigger it put there."""
    with closing(sqlite3.connect(house.database)) as connection:
        triggers = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for (trigger,) in triggers:
            connection.execute(f'DROP TRIGGER "{trigger}"')
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def ask(house, query: str) -> list[tuple]:
    """Read the SQLite file by hand."""
    with closing(sqlite3.connect(house.database)) as connection:
        return connection.execute(query).fetchall()


@pytest.fixture(scope="module")
def record(final) -> tuple[str, list[str], list[int]]:
    """The table of the record of changes, its text columns and its row numbers."""
    ((name,),) = ask(final, "SELECT name FROM sqlite_master WHERE type='table' AND name LIKE 'audit\\_%' ESCAPE '\\'")
    columns = [row[1] for row in ask(final, f"PRAGMA table_info({name})")]
    return name, columns, [row[0] for row in ask(final, f"SELECT id FROM {name} ORDER BY id")]


def test_audit_verify_passes_after_all_deeds(final, empty):
    done = final.does("audit", "verify")
    held = int(re.search(r"\d+", done.out)[0])
    assert held > 60
    assert re.search(r"\b[0-9a-f]{64}\b", done.out), "the head of the chain, to be kept on paper"
    empty.does("audit", "verify")


def test_every_deed_stands_in_the_record(final, record):
    text = "\n".join(map(str, ask(final, f"SELECT * FROM {record[0]}")))
    for trace in ("2019-own", "2019-ngo"):
        assert trace in text
    deeds = {row[0] for row in ask(final, f"SELECT DISTINCT deed FROM {record[0]}")}
    assert len(deeds) >= 4, "an import, two settlements and a final report are different deeds"


@pytest.mark.parametrize("way", ["edited", "removed", "put in"])
def test_audit_verify_names_the_row_that_somebody_edited_by_hand(final, record, copy_of, way):
    house = copy_of(final)
    name, columns, numbers = record
    victim = numbers[len(numbers) // 2]
    match way:
        case "edited":
            ((kind, text),) = ask(house, f"SELECT typeof(deed), deed FROM {name} WHERE id = {victim}")
            assert (kind, bool(text)) == ("text", True)
            edit(house, f"UPDATE {name} SET deed = deed || 'x' WHERE id = {victim}")
        case "removed":
            edit(house, f"DELETE FROM {name} WHERE id = {victim}")
        case "put in":
            rest = ", ".join(column for column in columns if column != "id")
            taken = ", ".join(
                "hex(randomblob(32))" if column in {"hash", "chain", "digest", "fingerprint"} else column
                for column in columns
                if column != "id"
            )
            edit(house, f"INSERT INTO {name} ({rest}) SELECT {taken} FROM {name} WHERE id = {victim}")
    done = house("audit", "verify")
    assert done.code not in {0, None}
    assert "Traceback" not in done.all
    suspects = {victim, victim + 1} if way != "put in" else {numbers[-1] + 1}
    named = set(map(int, re.findall(r"(?<![0-9a-f])\d+(?![0-9a-f])", done.all)))
    assert named & suspects, done


def test_a_refused_import_leaves_no_deed(with_2019, copy_of, changed):
    from tests.acceptance.house import PACKAGE_2019

    house = copy_of(with_2019)
    before = house.does("audit", "verify").out
    spoiled = changed(PACKAGE_2019, money=lambda rows: rows[0].update(amount="-1"))
    assert house("import-year", spoiled).code in {1, 2}
    assert house.does("audit", "verify").out == before
