"""The rules of upkeep: which backups stay, when a chore is due, what differs between two descriptions."""

from datetime import UTC, datetime, timedelta

import pytest

from spoiwo.upkeep.domain.comparing import Difference, differences
from spoiwo.upkeep.domain.due import RETRY, is_due
from spoiwo.upkeep.domain.pruning import name_of, newest, read_name, superfluous
from spoiwo.upkeep.domain.rights import quoted, right_statements, role_statements

FIRST = datetime(2025, 1, 1, 1, 30, tzinfo=UTC)


def names(days, *, since=FIRST, head=1):
    """Backups of these days, each with one deed more."""
    return [name_of(since + timedelta(days=day), head + number, plain=False) for number, day in enumerate(days)]


def test_a_name_tells_its_moment_and_the_last_deed():
    name = name_of(datetime(2026, 3, 16, 1, 30, 5, tzinfo=UTC), 1234, plain=False)
    assert name == "spoiwo-20260316T013005Z-000001234.tar.gz.age"
    held = read_name(name)
    assert (held.head, held.at, held.name) == (1234, datetime(2026, 3, 16, 1, 30, 5, tzinfo=UTC), name)
    assert name_of(datetime(2026, 3, 16, tzinfo=UTC), 1, plain=True).endswith(".tar.gz")


@pytest.mark.parametrize(
    "name",
    [
        "notatki.txt",
        ".spoiwo-20260316T013005Z-000001234.tar.gz.age.part",
        "spoiwo-20261399T013005Z-000000001.tar.gz.age",
    ],
)
def test_what_is_not_a_backup_is_never_counted_nor_removed(name):
    assert read_name(name) is None
    assert superfluous([name]) == []


def test_of_five_hundred_days_stay_14_days_8_weeks_and_12_months():
    held = names(range(500))
    gone = superfluous(held)
    stay = [name for name in held if name not in gone]
    assert stay[-14:] == held[-14:]
    assert newest(held).name == held[-1]
    assert len(stay) == 14 + 6 + 10  # the latest days hold 2 weeks and 1 month; the latest weeks 1 month more
    assert superfluous(stay) == []


def test_the_three_newest_stay_also_when_they_are_of_one_day():
    held = [name_of(FIRST + timedelta(hours=hour), hour + 1, plain=False) for hour in range(6)]
    assert superfluous(held) == held[:3]


def test_the_newest_is_that_with_the_latest_deed_even_when_the_clock_was_set_back():
    before = name_of(datetime(2027, 1, 1, tzinfo=UTC), 10, plain=False)
    after = name_of(datetime(2026, 1, 1, tzinfo=UTC), 11, plain=False)
    assert newest([before, after]).name == after
    assert after not in superfluous(
        [before, after, *names(range(40), since=datetime(2027, 2, 1, tzinfo=UTC), head=-50)]
    )


@pytest.mark.parametrize(
    ("ago", "failed", "expected"),
    [
        (None, False, True),
        (timedelta(minutes=59), False, False),
        (timedelta(hours=1), False, True),
        (timedelta(days=400), False, True),  # the clock jumped forward: once
        (-timedelta(days=400), False, True),  # the clock was set back
        (RETRY - timedelta(seconds=1), True, False),
        (RETRY, True, True),
    ],
)
def test_a_chore_of_every_hour_is_due(ago, failed, expected):
    last = None if ago is None else FIRST - ago
    assert is_due(every=timedelta(hours=1), last=last, failed=failed, now=FIRST) is expected


def test_a_chore_that_fails_every_minute_is_not_tried_sooner_than_its_minute():
    assert not is_due(every=timedelta(minutes=1), last=FIRST - timedelta(seconds=59), failed=True, now=FIRST)
    assert is_due(every=timedelta(minutes=1), last=FIRST - timedelta(seconds=60), failed=True, now=FIRST)


def test_differences_name_what_is_missing_what_is_new_and_what_changed():
    saved = {"tables": {"a": 1, "b": 2}, "ledger": {"x": 100}}
    found = {"tables": {"a": 1, "b": 3, "c": 4}, "ledger": {}}
    assert differences(saved, found) == [
        Difference("tables", "b", 2, 3),
        Difference("tables", "c", None, 4),
        Difference("ledger", "x", 100, None),
    ]
    assert differences(saved, saved) == []


def test_names_of_roles_are_quoted():
    assert quoted('a"; DROP') == '"a""; DROP"'
    said = role_statements(owner="w", application='a"b', database="d")
    assert "CONNECTION LIMIT 40" in said[1]
    assert all('a"b' not in statement for statement in said)
    assert 'REVOKE UPDATE, DELETE, TRUNCATE ON "audit_record" FROM "app"' in right_statements(
        application="app", write_once=["audit_record"]
    )
