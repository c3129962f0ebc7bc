"""What the director and the administrator see of the safety of the data, and what a watcher is told."""

from datetime import UTC, datetime, timedelta

import pytest

from spoiwo.access.models import Role
from spoiwo.upkeep.domain.proofs import Proof
from spoiwo.upkeep.models import Backup, ChoreRun
from spoiwo.upkeep.probes import OLDEST, backup_is_fresh
from spoiwo.upkeep.services.drills import record_drill
from tests.queries import queries_of
from tests.visitors import says, visitor

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 16, 12, tzinfo=UTC)


def backup(**facts):
    return Backup.objects.create(**{"made_at": NOW, "name": "spoiwo-a", "size": 5_000_000, "head": 7} | facts)


def desk(role):
    return visitor(role).get("/biuro/")


@pytest.mark.parametrize("role", [Role.DIRECTOR, Role.ADMINISTRATOR])
def test_who_answers_for_the_house_sees_that_a_rehearsal_is_overdue(role):
    backup()
    record_drill(rows=[Proof("a", "b", True)], seconds=61, now=NOW, by=None)
    page = desk(role)
    assert says(page, "Latest rehearsal of restoring")
    assert says(page, "overdue")  # long ago for the clock of any machine that runs this
    assert says(page, "too old")


def test_who_enters_money_sees_nothing_of_it():
    backup()
    assert says(desk(Role.DIRECTOR), "Latest backup")
    assert not says(desk(Role.ROPS_OFFICER), "Latest backup")


def test_a_rehearsal_that_did_not_pass_and_a_chore_that_failed_are_said():
    record_drill(rows=[Proof("a", "b", False)], seconds=3, now=NOW, by=None)
    ChoreRun.objects.create(name="letters", began_at=NOW, failed=True, words="ValueError")
    page = desk(Role.ADMINISTRATOR)
    assert says(page, "did not pass")
    assert says(page, "A periodic job fails: %(name)s", name="letters")


def test_a_trial_without_any_backup_is_left_in_peace(settings):
    assert not says(desk(Role.DIRECTOR), "Latest backup")
    settings.TRIAL = False
    assert says(desk(Role.DIRECTOR), "There is none.")


@pytest.mark.parametrize(
    ("age", "well", "word"),
    [(timedelta(0), True, "fresh"), (OLDEST - timedelta(seconds=1), True, "fresh"), (OLDEST, False, "old")],
)
def test_a_watcher_is_told_the_age_of_the_backup(age, well, word):
    backup(made_at=NOW - age)
    found = backup_is_fresh(NOW)
    assert (found.well, found.word, found.number, found.unit) == (well, word, age.total_seconds(), "seconds")


@pytest.mark.parametrize("trial", [True, False])
def test_without_any_backup_only_a_trial_is_well(settings, trial):
    settings.TRIAL = trial
    assert backup_is_fresh(NOW).well is trial


def test_the_tile_asks_the_same_with_one_and_with_three_chores_that_failed():
    browser = visitor(Role.DIRECTOR)
    ChoreRun.objects.create(name="a", began_at=NOW, failed=True)
    one = queries_of(browser, "/biuro/")
    for name in ("b", "c"):
        ChoreRun.objects.create(name=name, began_at=NOW, failed=True)
    assert queries_of(browser, "/biuro/") == one
