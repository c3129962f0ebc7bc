"""What the public and the office may read: the final version, a version asked for, or the draft."""

import pytest
from django.utils import timezone

from spoiwo.access import remembering
from spoiwo.access.remembering import ASKED_EVERY, Facts, RecentHead
from spoiwo.ledger.models import Entry
from spoiwo.ledger.services.settlements import accept_difference
from spoiwo.ledger.services.years import show_before_final
from spoiwo.reports.services.reading import for_office, for_public, holds
from spoiwo.reports.services.versions import finalise
from tests.factories import UserFactory


@pytest.fixture
def hidden(year):
    """2019 with nothing open, no version, and its draft hidden."""
    row = year(2019)
    for key in ("2019-own", "2019-ngo"):
        accept_difference(declared=row.declared.get(key=key), reason="Przyjęte z powodem.", by=UserFactory())
    return row


@pytest.fixture
def two_versions(hidden, now):
    """Version 1 with 8 941 855,17 zł, version 2 with a grosz more; the draft with two more."""
    finalise(year=hidden, by=None, now=now)
    for grosze in (1, 1):
        line = hidden.entries.get(key="2019-p4-state")
        Entry.objects.filter(pk=line.pk).update(amount_gr=line.amount_gr + grosze)
        hidden.declared.filter(key="2019-state").update(
            amount_gr=hidden.declared.get(key="2019-state").amount_gr + grosze
        )
        hidden.declared.filter(key="2019-razem").update(
            amount_gr=hidden.declared.get(key="2019-razem").amount_gr + grosze
        )
        if hidden.reports.count() == 1:
            finalise(year=hidden, by=None, now=now, reason="Poprawiono kwotę dotacji.")
    return hidden


def total(reading):
    """The computed total that a reading shows."""
    return reading.content["figures"]["total.computed"]["value"]


def test_a_hidden_draft_is_read_by_nobody_outside(hidden, now):
    assert for_public(hidden, now=now) is None
    assert for_office(hidden, now=now).content["state"] == "draft"


def test_a_draft_is_read_by_the_public_only_while_it_is_shown(hidden, now):
    show_before_final(year=hidden, shown=True, by=None)
    hidden.refresh_from_db()
    reading = for_public(hidden, now=now)
    assert (reading.report, reading.content["state"]) == (None, "draft")
    show_before_final(year=hidden, shown=False, by=None)
    hidden.refresh_from_db()
    assert for_public(hidden, now=now) is None


@pytest.mark.parametrize("shown", [True, False])
def test_the_public_reads_the_latest_final_version_whether_the_draft_is_shown_or_not(two_versions, now, shown):
    show_before_final(year=two_versions, shown=shown, by=None)
    two_versions.refresh_from_db()
    reading = for_public(two_versions, now=now)
    assert (reading.report.version, total(reading)) == (2, 8_941_855_18)


@pytest.mark.parametrize(("version", "expected"), [(1, 8_941_855_17), (2, 8_941_855_18)])
def test_a_version_asked_for_is_that_version(two_versions, now, version, expected):
    assert total(for_public(two_versions, now=now, version=version)) == expected


@pytest.mark.parametrize("version", [0, 3, 99])
def test_a_version_that_there_is_not_is_not_another_one(two_versions, now, version):
    assert for_public(two_versions, now=now, version=version) is None


def test_the_office_always_reads_what_is_known_now(two_versions, now):
    assert total(for_office(two_versions, now=now)) == 8_941_855_19


def test_lines_of_a_final_version_are_those_of_then(two_versions, now):
    where = {"programme": "2014-P4", "source": "state"}
    amounts = [
        for_public(two_versions, now=now, version=1).entries(where, 0, 10),
        for_public(two_versions, now=now, version=2).entries(where, 0, 10),
        for_office(two_versions, now=now).entries(where, 0, 10),
    ]
    assert [(rows[0]["amount_gr"], count) for rows, count in amounts] == [
        (90_315_67, 1),
        (90_315_68, 1),
        (90_315_69, 1),
    ]


WHERE = [
    ({}, 10),
    ({"programme": "2014-P2"}, 4),
    ({"programme": None}, 1),
    ({"programme": "*"}, 9),
    ({"source": "own"}, 6),
    ({"programme": "2014-P2", "source": "own"}, 3),
    ({"tag": "ngo"}, 2),
    ({"programme": "2014-P9"}, 0),
]


@pytest.mark.parametrize(("where", "expected"), WHERE)
def test_a_rule_names_the_same_lines_in_the_draft_and_in_the_final_version(hidden, now, where, expected):
    in_draft = for_office(hidden, now=now).entries(where, 0, 100)
    finalise(year=hidden, by=None, now=now)
    frozen = for_public(hidden, now=now).entries(where, 0, 100)
    assert in_draft[1] == frozen[1] == expected
    assert [row["key"] for row in in_draft[0]] == [row["key"] for row in frozen[0]]
    rows = for_office(hidden, now=now).records()["entries"]
    assert sum(holds(row, where) for row in rows) == expected


@pytest.mark.parametrize("final", [True, False])
def test_lines_come_in_pages_that_do_not_overlap(hidden, now, final):
    if final:
        finalise(year=hidden, by=None, now=now)
    reading = for_public(hidden, now=now) or for_office(hidden, now=now)
    pages = [reading.entries({}, start, 4) for start in (0, 4, 8, 12)]
    assert [len(rows) for rows, _count in pages] == [4, 4, 2, 0]
    assert {count for _rows, count in pages} == {10}
    assert len({row["key"] for rows, _count in pages for row in rows}) == 10


@pytest.mark.parametrize("final", [True, False])
def test_a_record_is_found_by_its_key_or_code(hidden, now, final):
    if final:
        finalise(year=hidden, by=None, now=now)
    reading = for_public(hidden, now=now) or for_office(hidden, now=now)
    assert reading.record("declared", "2019-own")["amount_gr"] == 1_053_763_35
    assert reading.record("results", "2019-otworz-osoby")["value"] == "429"
    assert reading.record("documents", "sejmik-note-2019")["kind"] == "note"
    assert reading.record("declared", "nie-ma") is None


def test_a_page_of_the_report_does_not_read_the_lines_of_a_final_version(hidden, now, django_assert_num_queries):
    finalise(year=hidden, by=None, now=now)
    with django_assert_num_queries(1):
        reading = for_public(hidden, now=now)
        reading.light()
    assert "lines" in reading.report.get_deferred_fields()


def test_a_draft_that_is_remembered_is_the_same_and_ends_with_the_next_deed(hidden, now, settings, monkeypatch):
    show_before_final(year=hidden, shown=True, by=None)
    hidden.refresh_from_db()
    plain = for_public(hidden, now=now)
    clock = [100.0]
    monkeypatch.setattr(remembering, "_facts", Facts(RecentHead(timezone.localdate, lambda: clock[0])))
    settings.PUBLIC_CACHE_BYTES = 1
    kept = for_public(hidden, now=now)
    assert (kept.content, kept.light()) == (plain.content, plain.light())
    Entry.objects.filter(key="2019-p4-state").update(amount_gr=1)  # without a deed: nobody is told
    assert (total(for_public(hidden, now=now)), for_office(hidden, now=now).content == kept.content) == (
        total(kept),
        False,
    )
    accept_difference(declared=hidden.declared.get(key="2019-state"), reason="Zmyślony powód.", by=UserFactory())
    clock[0] += ASKED_EVERY
    assert total(for_public(hidden, now=now)) != total(kept)
