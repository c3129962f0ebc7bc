"""Probes that look at letters, at the head outside the database, at reviews and at readings."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction

from spoiwo.access import probes
from spoiwo.access.health import Finding
from spoiwo.audit.services.heads import export_head
from spoiwo.audit.tests.reading import LATER, NIGHT, read
from spoiwo.doors.letters import send_letter
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 16, 8, 0, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    """Keys and heads of one test."""
    settings.KEYS_DIR, settings.HEADS_DIR = tmp_path / "keys", tmp_path / "heads"


def letter(**facts):
    """A letter that waits since the moment."""
    with transaction.atomic():
        return send_letter(to="ktos@pokaz.example", subject="Zmyślony", body="Treść.", by=None, now=NOW, **facts)


def test_letters_that_leave_within_an_hour_are_well():
    assert probes.letters_leave(NOW) == Finding(well=True, word="leave", number=0, unit="letters")
    letter()
    assert probes.letters_leave(NOW + HOUR) == Finding(well=True, word="leave", number=1, unit="letters")
    assert probes.letters_leave(NOW + HOUR + SECOND) == Finding(well=False, word="stuck", number=1, unit="letters")


def test_a_letter_that_is_out_of_date_waits_for_nothing():
    letter(expires_after=HOUR)
    assert probes.letters_leave(NOW + 2 * HOUR).number == 0


def test_the_head_outside_is_at_most_three_hours_old(settings):
    settings.TRIAL = False
    assert probes.head_is_out(NOW) == Finding(well=False, word="none")
    settings.TRIAL = True
    assert probes.head_is_out(NOW).well
    with transaction.atomic():
        export_head(now=NOW)
    fresh = Finding(well=True, word="fresh", number=3 * 3600 - 1, unit="seconds")
    assert probes.head_is_out(NOW + 3 * HOUR - SECOND) == fresh
    old = Finding(well=False, word="old", number=3 * 3600, unit="seconds")
    assert probes.head_is_out(NOW + 3 * HOUR) == old


def test_a_review_that_nobody_signed_in_time_is_told():
    assert probes.reviews_signed(LATER) == Finding(well=True, word="signed", number=0, unit="weeks")
    with transaction.atomic():
        read(UserFactory())
    assert probes.reviews_signed(LATER).well
    overdue = Finding(well=False, word="overdue", number=1, unit="weeks")
    assert probes.reviews_signed(LATER + timedelta(days=7)) == overdue


def test_readings_of_the_last_day_are_counted_and_nothing_else():
    with transaction.atomic():
        read(UserFactory(), times=3)
        read(UserFactory(), reading=False)
    assert probes.readings_counted(NIGHT + HOUR).number == 3
    assert probes.readings_counted(NIGHT + 24 * HOUR).number == 0
