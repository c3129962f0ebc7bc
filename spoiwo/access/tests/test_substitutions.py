"""A person on leave lends roles and units for some days; what is lent is not lent on, and every deed says for whom."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from spoiwo.access.domain.substitutions import Days, chained, doubled
from spoiwo.access.errors import OwnAccount, SamePerson, SubstitutionChained, SubstitutionDoubled, SubstitutionEnded
from spoiwo.access.models import Role, Substitution, User
from spoiwo.access.services.accounts import close_account
from spoiwo.access.services.factors import lacks_second_factor
from spoiwo.access.services.substitutions import begin_substitution, end_substitution
from spoiwo.audit.models import Record
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.organisations.models import Membership, Organisation
from tests.factories import LONG_AGO, OrganisationFactory, UserFactory
from tests.queries import queries_in
from tests.visitors import visitor

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 7, 1), date(2026, 7, 14)
DAY = timedelta(days=1)
ANNA, JAN, EWA, OLGA = 1, 2, 3, 4
HELD = [Days(ANNA, JAN, FIRST, LAST)]  # Jan stands in for Anna


@pytest.mark.parametrize(
    ("new", "is_chained", "is_doubled"),
    [
        (Days(JAN, EWA, LAST, LAST), True, False),  # Jan goes on leave while he stands in
        (Days(EWA, ANNA, FIRST, FIRST), True, False),  # Anna would stand in while on leave
        (Days(JAN, EWA, LAST + DAY, LAST + DAY), False, False),  # a day later
        (Days(EWA, ANNA, FIRST - DAY, FIRST - DAY), False, False),  # a day earlier
        (Days(ANNA, EWA, LAST, LAST + DAY), False, True),
        (Days(ANNA, EWA, LAST + DAY, LAST + DAY), False, False),
        (Days(EWA, JAN, FIRST, LAST), False, False),  # Jan may stand in for two
        (Days(EWA, OLGA, FIRST, LAST), False, False),
    ],
)
def test_what_is_lent_is_not_lent_on_and_nobody_has_two_substitutes(new, is_chained, is_doubled):
    assert (chained(new, HELD), doubled(new, HELD)) == (is_chained, is_doubled)


@pytest.fixture
def people():
    """A treasurer on leave and an officer who stands in."""
    return UserFactory(roles=[Role.TREASURER], full_name="Anna Nieobecna"), UserFactory(
        roles=[Role.ROPS_OFFICER], full_name="Jan Zastępczy"
    )


def lent(absent, substitute, since=FIRST, until=LAST, by=None):
    """A substitution."""
    return begin_substitution(absent=absent, substitute=substitute, since=since, until=until, reason="Urlop", by=by)


def today_and(days):
    """A span of days around today."""
    return timezone.localdate() - days * DAY, timezone.localdate() + days * DAY


@pytest.mark.parametrize(
    ("day", "roles"),
    [
        (FIRST - DAY, {Role.ROPS_OFFICER}),
        (FIRST, {Role.ROPS_OFFICER, Role.TREASURER}),
        (LAST, {Role.ROPS_OFFICER, Role.TREASURER}),
        (LAST + DAY, {Role.ROPS_OFFICER}),
    ],
)
def test_roles_are_lent_from_the_first_to_the_last_day(people, day, roles):
    absent, substitute = people
    lent(absent, substitute)
    found = substitute.role_assignments.model.objects.in_force_for(substitute, day)
    assert {row.role for row in found} == roles


@pytest.mark.parametrize("day", [FIRST - DAY, FIRST, LAST, LAST + DAY])
def test_units_are_lent_with_the_roles_and_only_while_the_person_works_there(people, day):
    absent, substitute = people
    own, theirs, former = OrganisationFactory(), OrganisationFactory(), OrganisationFactory()
    Membership.objects.create(organisation=own, user=substitute, since=LONG_AGO)
    Membership.objects.create(organisation=theirs, user=absent, since=LONG_AGO)
    Membership.objects.create(organisation=former, user=absent, since=LONG_AGO, until=LONG_AGO)
    lent(absent, substitute)
    during = FIRST <= day <= LAST
    assert set(Organisation.objects.of_member(substitute, day)) == ({own, theirs} if during else {own})
    assert set(Organisation.objects.of_member(absent, day)) == {theirs}


def test_keeping_the_accounts_of_an_organisation_is_not_lent(people):
    absent, substitute = people
    Membership.objects.create(organisation=OrganisationFactory(), user=absent, since=LONG_AGO, administers=True)
    lent(absent, substitute)
    assert not Organisation.objects.administered_by(substitute, FIRST).exists()


def test_the_substitute_may_what_the_person_on_leave_may_and_needs_a_second_factor_for_it(people):
    absent, substitute = people
    assert not substitute.has_perm("ledger.check_entry")
    lent(absent, substitute, *today_and(1))
    substitute = User.objects.get(pk=substitute.pk)
    assert substitute.has_perm("ledger.check_entry")
    assert substitute.own_roles == {Role.ROPS_OFFICER}
    assert lacks_second_factor(substitute)


def test_every_deed_says_for_whom(people):
    absent, substitute = people
    lent(absent, substitute, *today_and(1))
    client = visitor(User.objects.get(pk=substitute.pk))
    client.post("/konto/nazwa/", {"full_name": "Jan Zastępczy-Nowy", "seen_version": substitute.version})
    record = Record.objects.get(deed="access.account_renamed")
    assert (record.by, record.by_name) == (substitute, "Jan Zastępczy-Nowy (zastępuje w tym czasie: Anna Nieobecna)")
    assert absent.signature == "Anna Nieobecna"


def test_a_closed_account_lends_nothing(people):
    absent, substitute = people
    lent(absent, substitute)
    User.objects.filter(pk=absent.pk).update(is_active=False)
    found = substitute.role_assignments.model.objects.in_force_for(substitute, FIRST)
    assert {row.role for row in found} == {Role.ROPS_OFFICER}


def test_closing_an_account_ends_its_substitutions(people):
    absent, substitute = people
    lent(absent, substitute, *today_and(3))
    close_account(user=absent, reason="Odejście z pracy", seen_version=None, now=timezone.now(), by=None)
    assert Substitution.objects.get().ended_on == timezone.localdate()
    assert User.objects.get(pk=substitute.pk).current_roles == {Role.ROPS_OFFICER}


def test_refusals_leave_no_trace(people):
    absent, substitute = people
    third = UserFactory()
    lent(absent, substitute)
    before = Record.objects.count()
    with pytest.raises(SubstitutionDoubled):
        lent(absent, third)
    with pytest.raises(SubstitutionChained):
        lent(substitute, third)
    with pytest.raises(SubstitutionChained):
        lent(third, absent)
    with pytest.raises(SamePerson):
        lent(third, third)
    with pytest.raises(OwnAccount):
        lent(third, UserFactory.build(pk=before), by=UserFactory.build(pk=before))
    assert (Substitution.objects.count(), Record.objects.count()) == (1, before)


def test_the_same_asked_twice_is_there_once_and_recorded_with_the_roles(people):
    absent, substitute = people
    by = UserFactory()
    assert lent(absent, substitute, by=by) == lent(absent, substitute, by=by)
    record = Record.objects.get(deed="access.substitution_began")
    facts = {"substitute": "Jan Zastępczy", "roles": ["treasurer"], "since": "2026-07-01", "until": "2026-07-14"}
    assert (record.by, record.reason, record.facts, record.about_label) == (by, "Urlop", facts, "Anna Nieobecna")


def test_it_ends_early_by_who_saw_it_as_it_is_and_only_once(people):
    absent, substitute = people
    row = lent(absent, substitute)
    with pytest.raises(ChangedMeanwhile):
        end_substitution(substitution=row, on=FIRST + DAY, seen_version=9, by=None)
    end_substitution(substitution=row, on=FIRST + DAY, seen_version=1, by=None)
    found = substitute.role_assignments.model.objects
    assert {held.role for held in found.in_force_for(substitute, FIRST)} == {Role.ROPS_OFFICER, Role.TREASURER}
    assert {held.role for held in found.in_force_for(substitute, FIRST + DAY)} == {Role.ROPS_OFFICER}
    with pytest.raises(SubstitutionEnded):
        end_substitution(substitution=row, on=FIRST + DAY, seen_version=2, by=None)
    assert lent(absent, substitute, since=FIRST + DAY).pk != row.pk  # and may begin anew


def test_the_database_takes_no_substitution_of_oneself_and_none_that_ends_before_it_begins(people):
    absent, substitute = people
    for facts in ({"substitute": absent, "until": LAST}, {"substitute": substitute, "until": FIRST - DAY}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Substitution.objects.create(absent=absent, since=FIRST, reason="x", **facts)


def test_roles_are_asked_for_once_whatever_is_lent(people):
    absent, substitute = people
    assert queries_in(lambda: User.objects.get(pk=substitute.pk).current_roles) == 2
    lent(absent, substitute, *today_and(1))
    lent(UserFactory(roles=[Role.EDITOR]), substitute, *today_and(1))

    def ask():
        user = User.objects.get(pk=substitute.pk)
        return user.current_roles, user.has_perm("access.enter_office"), user.role_names(), user.own_roles

    assert queries_in(ask) == 2
