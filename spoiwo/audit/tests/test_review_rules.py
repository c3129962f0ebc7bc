"""What the weekly review finds: each rule one step below its threshold and one above it."""

from datetime import date, datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest

from spoiwo.audit.domain.reviews import (
    RULES,
    Event,
    Kind,
    Week,
    digest_of,
    hits_of,
    hits_of_signal,
    read_week,
    week_of,
)

WARSAW = ZoneInfo("Europe/Warsaw")
MONDAY = datetime(2026, 3, 16, 12, 0, tzinfo=WARSAW)
LIMITS = {rule.code: rule.limit for rule in RULES}
numbers = count(1)


def event(kind=Kind.READING, *, at=MONDAY, by=1, about="1", **facts):
    """One event; a reading of one record on a Monday at noon."""
    return Event(next(numbers), at, by, f"Osoba {by}", "tests.deed", "persons.person", about, kind, **facts)


def found(events):
    """The finds as rule, person, day and count."""
    return [(hit.rule, hit.by_id, hit.day, hit.count) for hit in hits_of(events)]


@pytest.mark.parametrize(("opened", "expected"), [
    (LIMITS["many-opened"], []),
    (LIMITS["many-opened"] + 1, [("many-opened", 1, "2026-03-16", LIMITS["many-opened"] + 1)]),
])  # fmt: skip
def test_many_different_records_opened_in_a_day(opened, expected):
    assert found([event(about=str(n)) for n in range(opened)]) == expected


def test_the_same_record_opened_often_other_days_and_other_people_are_counted_apart():
    limit = LIMITS["many-opened"]
    often = [event() for _n in range(limit * 2)]
    days = [event(about=str(n), at=MONDAY + timedelta(days=n % 2)) for n in range(limit)]
    people = [event(about=str(n), by=1 + n % 2) for n in range(limit * 2)]
    assert found(often) == found(days) == found(people) == []


@pytest.mark.parametrize(("at", "late"), [
    (datetime(2026, 3, 16, 6, 0, tzinfo=WARSAW), False),
    (datetime(2026, 3, 16, 5, 59, 59, 999999, tzinfo=WARSAW), True),
    (datetime(2026, 3, 16, 19, 59, 59, tzinfo=WARSAW), False),
    (datetime(2026, 3, 16, 20, 0, tzinfo=WARSAW), True),
    (datetime(2026, 3, 20, 12, 0, tzinfo=WARSAW), False),  # Friday
    (datetime(2026, 3, 21, 12, 0, tzinfo=WARSAW), True),  # Saturday
    (datetime(2026, 3, 22, 12, 0, tzinfo=WARSAW), True),
    (datetime(2026, 4, 6, 12, 0, tzinfo=WARSAW), True),  # Easter Monday
    (datetime(2026, 11, 11, 12, 0, tzinfo=WARSAW), True),
])  # fmt: skip
@pytest.mark.parametrize("kind", [Kind.READING, Kind.LISTING])
def test_read_after_hours(at, late, kind):
    assert found([event(kind, at=at)]) == ([("after-hours", 1, at.date().isoformat(), 1)] if late else [])


@pytest.mark.parametrize(("minutes", "idle"), [(0, False), (15, False), (16, True), (-1, True)])
def test_searches_after_which_nothing_was_opened(minutes, idle):
    limit = LIMITS["idle-searches"]
    searches = [event(Kind.SEARCH) for _n in range(limit + 1)]
    opening = event(at=MONDAY + timedelta(minutes=minutes))
    expected = [("idle-searches", 1, "2026-03-16", limit + 1)]
    assert found([*searches, opening]) == (expected if idle else [])
    assert found(searches[1:]) == []
    assert found([*searches, event(Kind.LISTING)]) == expected  # that it stood in the list is not that it was opened


def test_each_file_with_protected_data_is_a_find():
    assert found([event(Kind.EXPORT), event(Kind.EXPORT)]) == [("exports", 1, "2026-03-16", 2)]


def test_refusals_are_counted_by_the_highest_number_of_each_page():
    limit = LIMITS["many-refusals"]

    def refused(*counts):
        return [event(Kind.REFUSAL, page=f"persons:{page}", count=n) for page, n in counts]

    assert found(refused(("a", 1), ("a", 2), ("a", 4), ("b", 1), ("b", 2))) == []
    assert found(refused(("a", 8), ("b", 2))) == []
    assert found(refused(("a", 8), ("b", 2), ("c", 1))) == [("many-refusals", 1, "2026-03-16", limit + 1)]


def test_a_find_names_its_entries_and_its_address():
    late = [event(at=MONDAY.replace(hour=22)), event(at=MONDAY.replace(hour=23)), event()]
    (hit,) = hits_of(late)
    assert hit.sequences == [late[0].sequence, late[1].sequence]
    assert hit.key == "after-hours-1-2026-03-16"
    assert (hit.by_name, hit.count) == ("Osoba 1", 2)


def test_numbers_returned_by_another_room_become_finds_by_person_and_day():
    events = [event(by=1), event(by=2), event(by=1), event(by=1, at=MONDAY + timedelta(days=1))]
    wanted = [events[0].sequence, events[2].sequence, events[3].sequence, 10**9]
    hits = hits_of_signal("own-name", events, wanted)
    assert [(hit.by_id, hit.day, hit.count) for hit in hits] == [(1, "2026-03-16", 2), (1, "2026-03-17", 1)]


def test_the_digest_changes_with_every_part_of_a_find():
    one = hits_of([event(Kind.EXPORT)])
    two = hits_of([event(Kind.EXPORT)])
    assert digest_of(one) == digest_of(list(one)) != digest_of(two)
    assert digest_of([]) != digest_of(one)


@pytest.mark.parametrize(("day", "code", "first"), [
    (date(2026, 12, 13), "2026-W50", date(2026, 12, 7)),
    (date(2027, 1, 3), "2026-W53", date(2026, 12, 28)),
    (date(2027, 1, 4), "2027-W01", date(2027, 1, 4)),
])  # fmt: skip
def test_a_week_has_a_code_and_days(day, code, first):
    week = week_of(day)
    assert (week.code, week.first, week.last) == (code, first, first + timedelta(days=6))
    assert read_week(code) == week


@pytest.mark.parametrize(
    "code", ["", "2026", "2026-W", "2026-W5", "2026-W00", "2025-W53", "2026-W54", "2026-50", "20-W5026", "²026-W50"]
)
def test_what_is_no_week_is_refused(code):
    with pytest.raises(ValueError):  # noqa: PT011 - whatever it says
        read_week(code)


def test_a_week_is_overdue_on_the_fifteenth_day_after_its_sunday():
    week = Week(2026, 12)
    assert [week.is_overdue(week.last + timedelta(days=days)) for days in (14, 15)] == [False, True]
