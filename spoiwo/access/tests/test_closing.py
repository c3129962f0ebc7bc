"""Accounts are closed and opened by the office; the last administrator stays, and nobody acts on themself."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.errors import LastAdministrator, OwnAccount, RoleNotHeld
from spoiwo.access.models import Invitation, Role, RoleAssignment, User
from spoiwo.access.services.accounts import close_account, rename, reopen_account, reset_second_factor
from spoiwo.access.services.invitations import invite
from spoiwo.access.services.roles import give_role, take_role
from spoiwo.audit.models import Record
from spoiwo.kernel.changes import ChangedMeanwhile
from tests.factories import UserFactory
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 16, 9, tzinfo=UTC)
TODAY = date(2026, 3, 16)
DAY = timedelta(days=1)


def closed(user, by=None, **facts):
    """Close an account."""
    return close_account(
        **{"user": user, "reason": "Odejście z pracy", "seen_version": None, "now": NOW, "by": by} | facts
    )


def test_closing_ends_sessions_at_once_and_is_recorded_with_its_reason():
    user, by = UserFactory(roles=[Role.EDITOR]), UserFactory()
    client = visitor(user)
    assert client.get(reverse("access:desk")).status_code == 200
    closed(user, by)
    assert client.get(reverse("access:desk")).status_code == 302
    held = User.objects.get(pk=user.pk)
    assert (held.is_active, held.closed_at, held.closed_reason) == (False, NOW, "Odejście z pracy")
    record = Record.objects.about(user).get()
    assert (record.deed, record.by, record.reason) == ("access.account_closed", by, "Odejście z pracy")


def test_an_opened_account_does_not_get_its_old_session_back():
    user = UserFactory(roles=[Role.EDITOR])
    client = visitor(user)
    closed(user)
    reopen_account(user=user, reason="Powrót do pracy", seen_version=None, by=None)
    assert User.objects.get(pk=user.pk).has_perm("access.enter_office")
    assert client.get(reverse("access:desk")).status_code == 302


def test_closing_and_opening_twice_change_nothing():
    user = UserFactory()
    closed(user)
    closed(user, reason="Inny powód, którego nie będzie")
    reopen_account(user=user, reason="Powrót", seen_version=None, by=None)
    reopen_account(user=user, reason="Powrót", seen_version=None, by=None)
    assert Record.objects.about(user).count() == 2


def test_open_invitations_of_who_is_closed_are_withdrawn():
    user, by = UserFactory(), UserFactory()
    waiting = invite(email="a@przyklad.example", roles=[], now=NOW, link=str, by=user)
    over = invite(email="b@przyklad.example", roles=[], now=NOW - 8 * DAY, link=str, by=user)
    closed(user, by)
    held = dict(Invitation.objects.values_list("pk", "withdrawn_at"))
    assert (held[waiting.pk] is None, held[over.pk]) == (False, None)


def test_the_last_administrator_is_not_closed_and_keeps_the_role():
    last = UserFactory(roles=[Role.ADMINISTRATOR])
    UserFactory(roles=[Role.ADMINISTRATOR], is_active=False)
    former = UserFactory()
    RoleAssignment.objects.create(user=former, role=Role.ADMINISTRATOR, since=TODAY - 9 * DAY, until=TODAY - DAY)
    role = last.role_assignments.get()
    with pytest.raises(LastAdministrator):
        closed(last)
    with pytest.raises(LastAdministrator):
        take_role(assignment=role, on=TODAY, reason="Zmiana zakresu", seen_version=None, by=None)
    assert User.objects.get(pk=last.pk).is_active
    second = UserFactory(roles=[Role.ADMINISTRATOR])
    closed(second)
    with pytest.raises(LastAdministrator):
        closed(last)
    reopen_account(user=second, reason="Powrót", seen_version=None, by=None)
    closed(last)
    assert not User.objects.get(pk=last.pk).is_active


def test_nobody_acts_on_their_own_account():
    user = UserFactory(roles=[Role.ADMINISTRATOR])
    UserFactory(roles=[Role.ADMINISTRATOR])
    with pytest.raises(OwnAccount):
        closed(user, by=user)
    with pytest.raises(OwnAccount):
        give_role(user=user, role=Role.DIRECTOR, since=TODAY, by=user)
    with pytest.raises(OwnAccount):
        reset_second_factor(user=user, reason="Bo tak", by=user)
    with pytest.raises(OwnAccount):
        take_role(assignment=user.role_assignments.get(), on=TODAY, reason="x", seen_version=None, by=user)
    assert not Record.objects.about(user).exists()


@pytest.mark.parametrize(
    ("since", "until", "day", "held"),
    [
        (-5, None, -1, True),
        (-5, None, 0, False),  # taken today: from today on no more
        (0, None, 0, False),  # given and taken on one day
        (3, None, 3, False),  # not begun yet
        (-5, 5, -1, True),
        (-5, 5, 0, False),
    ],
)
def test_a_role_that_is_taken_is_held_to_the_day_before(since, until, day, held):
    user = UserFactory()
    end = None if until is None else TODAY + until * DAY
    row = give_role(user=user, role=Role.EDITOR, since=TODAY + since * DAY, until=end, reason="Umowa", by=None)
    take_role(assignment=row, on=TODAY, reason="Zmiana zakresu", seen_version=None, by=None)
    assert user.role_assignments.held_on(TODAY + day * DAY).exists() is held


def test_a_role_that_ended_cannot_be_taken_and_one_that_was_taken_can_be_given_again_the_same_day():
    user = UserFactory()
    row = give_role(user=user, role=Role.EDITOR, since=TODAY, by=None)
    take_role(assignment=row, on=TODAY, reason="Pomyłka", seen_version=None, by=None)
    with pytest.raises(RoleNotHeld):
        take_role(assignment=row, on=TODAY, reason="Pomyłka", seen_version=None, by=None)
    assert give_role(user=user, role=Role.EDITOR, since=TODAY, by=None) == row
    assert user.role_assignments.held_on(TODAY).count() == 1
    over = RoleAssignment.objects.create(user=user, role=Role.AUDITOR, since=TODAY - 5 * DAY, until=TODAY - DAY)
    with pytest.raises(RoleNotHeld):
        take_role(assignment=over, on=TODAY, reason="Pomyłka", seen_version=None, by=None)


def test_two_who_change_an_account_do_not_overwrite_each_other():
    user = UserFactory()
    give_role(user=user, role=Role.EDITOR, since=TODAY, seen_version=1, by=None)
    with pytest.raises(ChangedMeanwhile) as refusal:
        closed(user, seen_version=1)
    assert refusal.value.current.version == 2
    for deed in (
        lambda: give_role(user=user, role=Role.AUDITOR, since=TODAY, seen_version=1, by=None),
        lambda: reopen_account(user=user, reason="x", seen_version=1, by=None),
        lambda: rename(user=user, full_name="Inna", seen_version=1, by=user),
        lambda: reset_second_factor(user=user, reason="x", seen_version=1, by=None),
    ):
        with pytest.raises(ChangedMeanwhile):
            deed()


def test_a_name_is_written_anew_and_the_same_name_changes_nothing():
    user = UserFactory(full_name="Zofia Zmyślona")
    rename(user=user, full_name="Zofia Zmyślona", seen_version=1, by=user)
    assert (user.version, Record.objects.about(user).count()) == (1, 0)
    rename(user=user, full_name="Zofia Nowa", seen_version=1, by=user)
    assert (user.version, User.objects.get(pk=user.pk).full_name) == (2, "Zofia Nowa")
    assert Record.objects.about(user).get().facts == {"changed": {"full_name": ["Zofia Zmyślona", "Zofia Nowa"]}}


def test_an_administrator_at_midnight_is_asked_for_by_the_day_of_the_office():
    """23:30 in UTC is the next day in Warsaw."""
    user, other = UserFactory(), UserFactory(roles=[Role.ADMINISTRATOR])
    RoleAssignment.objects.create(user=user, role=Role.ADMINISTRATOR, since=TODAY, until=TODAY)
    with pytest.raises(LastAdministrator):
        closed(other, now=datetime(2026, 3, 16, 23, 30, tzinfo=UTC))
    assert timezone.localdate(datetime(2026, 3, 16, 23, 30, tzinfo=UTC)) == TODAY + DAY
