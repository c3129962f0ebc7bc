"""The lock of a row that changes: only who saw it as it is changes it."""

import pytest
from django.db import transaction

from spoiwo.doors.locking import locked, unchanged
from spoiwo.kernel.changes import ChangedMeanwhile, changed
from spoiwo.strategy.models import Task
from tests.factories import TaskFactory

pytestmark = pytest.mark.django_db


def test_who_saw_the_row_as_it_is_gets_it_as_it_is_now():
    row = TaskFactory(name="Dawna")
    Task.objects.filter(pk=row.pk).update(name="Nowa")
    with transaction.atomic():
        assert locked(row, 1).name == "Nowa"


@pytest.mark.parametrize("seen", [0, 1, 3])
def test_who_saw_another_version_gets_the_present_one_with_the_refusal(seen):
    row = TaskFactory(version=2)
    with pytest.raises(ChangedMeanwhile) as refusal, transaction.atomic():
        locked(row, seen)
    assert refusal.value.current.version == 2
    with pytest.raises(ChangedMeanwhile):
        unchanged(row, seen)


def test_a_row_is_not_locked_outside_a_transaction_on_a_database_that_can_lock(transactional_db):
    from django.db import connection

    row = TaskFactory()
    if connection.features.has_select_for_update:
        with pytest.raises(transaction.TransactionManagementError):
            locked(row, 1)
    else:
        assert locked(row, 1) == row


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ({"a": 1}, {"a": 1}, {}),
        ({"a": 1, "b": 2}, {"a": 1, "b": 3}, {"b": [2, 3]}),
        ({"a": 1}, {}, {"a": [1, None]}),
        ({}, {"a": 1}, {"a": [None, 1]}),
        ({"a": None}, {}, {}),
        ({"a": 0}, {"a": None}, {"a": [0, None]}),
    ],
)
def test_what_changed_is_told_as_before_and_after(before, after, expected):
    assert changed(before, after) == expected
