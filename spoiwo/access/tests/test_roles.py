"""Roles are held from a day until a day; an account that is closed may nothing."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from spoiwo.access.models import Role, RoleAssignment, User
from spoiwo.access.services import give_role
from spoiwo.audit.models import Record
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2019, 3, 1), date(2019, 6, 30)
DAY = timedelta(days=1)


def held(day, *, until=LAST):
    """The roles that a person who is director from FIRST holds on a day."""
    user = UserFactory()
    RoleAssignment.objects.create(user=user, role=Role.DIRECTOR, since=FIRST, until=until)
    return list(user.role_assignments.held_on(day).values_list("role", flat=True))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (FIRST - DAY, []),
        (FIRST, [Role.DIRECTOR]),
        (LAST, [Role.DIRECTOR]),
        (LAST + DAY, []),
    ],
)
def test_a_role_is_held_from_its_first_to_its_last_day(day, expected):
    assert held(day) == expected


def test_a_role_without_an_end_is_held_until_further_notice():
    assert held(date(2099, 12, 31), until=None) == [Role.DIRECTOR]
    assert held(FIRST - DAY, until=None) == []


@pytest.mark.parametrize(
    ("since", "until", "holds"),
    [
        (-1, -1, False),  # ended yesterday
        (-1, 0, True),  # ends today
        (0, 0, True),
        (0, None, True),  # begins today
        (1, None, False),  # begins tomorrow
    ],
)
def test_a_person_may_today_what_the_roles_of_today_allow(since, until, holds):
    user, today = UserFactory(), timezone.localdate()
    end = None if until is None else today + until * DAY
    RoleAssignment.objects.create(user=user, role=Role.DIRECTOR, since=today + since * DAY, until=end)
    assert user.has_perm("access.enter_office") is holds
    assert user.current_roles == ({Role.DIRECTOR} if holds else frozenset())


def test_a_closed_account_may_nothing_whatever_its_roles():
    user = UserFactory(roles=list(Role))
    assert user.has_perm("access.enter_office")
    user.is_active = False
    assert not user.has_perm("access.enter_office")


def test_a_permission_that_nobody_registered_is_nobodys():
    assert not UserFactory(roles=list(Role)).has_perm("access.no_such_thing")


def test_a_role_does_not_end_before_it_begins():
    user = UserFactory()
    RoleAssignment.objects.create(user=user, role=Role.EDITOR, since=FIRST, until=FIRST)
    with pytest.raises(IntegrityError), transaction.atomic():
        RoleAssignment.objects.create(user=user, role=Role.AUDITOR, since=FIRST, until=FIRST - DAY)


def test_a_role_is_given_once_with_one_record():
    user, by = UserFactory(), UserFactory()
    first = give_role(user=user, role=Role.TREASURER, since=FIRST, by=by)
    again = give_role(user=user, role=Role.TREASURER, since=FIRST + DAY, by=by)
    assert again == first
    assert user.role_assignments.count() == 1
    (record,) = Record.objects.about(user)
    assert (record.deed, record.by, record.facts) == (
        "access.role_given",
        by,
        {"role": "treasurer", "since": "2019-03-01"},
    )


def test_a_role_that_ended_can_be_given_again():
    user = UserFactory()
    RoleAssignment.objects.create(user=user, role=Role.TREASURER, since=FIRST, until=LAST)
    give_role(user=user, role=Role.TREASURER, since=LAST + DAY, by=None)
    assert user.role_assignments.count() == 2
    assert user.role_assignments.held_on(LAST).count() == 1
    assert user.role_assignments.held_on(LAST + DAY).count() == 1


def test_roles_are_named_in_the_order_of_the_list_and_in_words():
    user = UserFactory(roles=[Role.AUDITOR, Role.ROPS_OFFICER])
    assert user.role_names() == [str(Role.ROPS_OFFICER.label), str(Role.AUDITOR.label)]


def test_an_account_is_found_whatever_the_case_of_the_e_mail():
    user = UserFactory(email="Anna@Przyklad.Example")
    assert User.objects.get_by_natural_key("anna@PRZYKLAD.example") == user
