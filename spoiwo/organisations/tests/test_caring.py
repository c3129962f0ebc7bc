"""The role of a care officer counts only in the organisations whose protected cases the person runs."""

import importlib
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.errors import OwnAccount
from spoiwo.access.models import Role, RoleAssignment, User
from spoiwo.access.services.invitations import accept, accept_with_account
from spoiwo.access.services.roles import give_role, take_role
from spoiwo.audit.models import Record
from spoiwo.kernel.changes import ChangedMeanwhile
from spoiwo.organisations.domain import ROLES_OF_A_KIND, keeps_protected_cases
from spoiwo.organisations.errors import CareRoleNotHeld, NoProtectedCases
from spoiwo.organisations.models import Kind, Membership
from spoiwo.organisations.services import add_member, invite_to, set_caring
from tests.factories import LONG_AGO, PASSWORD, MembershipFactory, OrganisationFactory, UserFactory
from tests.queries import queries_of
from tests.visitors import as_chosen, says, text_of, visitor

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 16)
REASON = "Zakres obowiązków zmyślony, nr 1/2026"
CARE, REPORTER = Role.POWIAT_CARE_OFFICER, Role.POWIAT_REPORTER


@pytest.fixture
def keeper():
    """Who keeps the accounts of a unit; the unit is `keeper.home`."""
    user = UserFactory(roles=[REPORTER], full_name="Kaja Organizacyjna")
    user.home = OrganisationFactory(kind=Kind.PCPR, name="PCPR zmyślone")
    Membership.objects.create(organisation=user.home, user=user, since=LONG_AGO, administers=True)
    return user


def member(organisation, *roles, **facts):
    """A membership of somebody in these roles."""
    return MembershipFactory(organisation=organisation, user=UserFactory(roles=list(roles)), **facts)


def at(row):
    """The address of the page that says whether a member runs protected cases."""
    return reverse("organisations:caring", args=[row.organisation_id, row.user_id])


def caring(row, cares=True, *, by, seen_version=1):
    """Say that a member runs the protected cases."""
    return set_caring(membership=row, cares=cares, reason=REASON, seen_version=seen_version, on=TODAY, by=by)


def invited(organisation, roles, *, by, email="nowa@przyklad.example"):
    """The token of an invitation to an organisation."""
    tokens = []
    facts = {"administers": False, "link": lambda token: tokens.append(token) or "https://x.example/"}
    invite_to(organisation=organisation, email=email, roles=roles, now=timezone.now(), by=by, **facts)
    return tokens[0]


def deeds_about(organisation):
    """What was done about an organisation."""
    return list(Record.objects.about(organisation).order_by("sequence").values_list("deed", flat=True))


@pytest.mark.parametrize("kind", Kind)
def test_protected_cases_are_kept_by_the_kinds_that_give_the_role(kind):
    assert keeps_protected_cases(kind) is (CARE in ROLES_OF_A_KIND.get(kind, ())) is (kind == Kind.PCPR)


@pytest.mark.parametrize(("roles", "cares"), [([CARE], True), ([CARE, REPORTER], True), ([REPORTER], False)])
def test_who_is_invited_as_a_care_officer_runs_the_cases_of_that_unit(keeper, roles, cares):
    token = invited(keeper.home, roles, by=keeper)
    user = accept(token=token, full_name="Nowa Zmyślona", password=PASSWORD, now=timezone.now())
    assert user.memberships.get().cares is cares
    assert deeds_about(keeper.home) == [
        "organisations.member_added",
        *(["organisations.caring_begun"] if cares else []),
    ]


def test_who_works_there_already_and_is_invited_as_a_care_officer_runs_the_cases_from_then_on(keeper):
    row, elsewhere = member(keeper.home, REPORTER), OrganisationFactory(kind=Kind.PCPR)
    other = MembershipFactory(organisation=elsewhere, user=row.user)
    token = invited(keeper.home, [CARE], by=keeper, email=row.user.email)
    accept_with_account(token=token, user=row.user, now=timezone.now())
    assert row.user.memberships.caring().get() == row
    assert not Membership.objects.get(pk=other.pk).cares
    record = Record.objects.about(keeper.home).get()
    assert (record.deed, record.by, record.facts) == (
        "organisations.caring_begun",
        keeper,
        {"user": str(row.user)},
    )


def test_an_invitation_as_a_reporter_takes_no_case_away(keeper):
    row = member(keeper.home, CARE, cares=True)
    accept_with_account(
        token=invited(keeper.home, [REPORTER], by=keeper, email=row.user.email), user=row.user, now=timezone.now()
    )
    assert Membership.objects.get(pk=row.pk).cares


def test_a_person_is_tied_as_one_who_runs_the_cases_once():
    user, unit = UserFactory(roles=[CARE]), OrganisationFactory(kind=Kind.PCPR)
    for _twice in range(2):
        assert add_member(organisation=unit, user=user, since=TODAY, by=None, cares=True).cares
    assert add_member(organisation=unit, user=user, since=TODAY, by=None).cares
    assert deeds_about(unit) == ["organisations.member_added", "organisations.caring_begun"]
    assert User.objects.get(pk=user.pk).version == user.version


def test_a_keeper_says_who_of_the_holders_runs_the_cases_and_it_is_recorded_with_the_reason(keeper):
    row = member(keeper.home, CARE)
    assert caring(row, by=keeper).cares
    with pytest.raises(ChangedMeanwhile):
        caring(row, False, by=keeper)
    assert caring(row, by=keeper, seen_version=2).cares
    assert not caring(row, False, by=keeper, seen_version=2).cares
    told = Record.objects.about(keeper.home).order_by("sequence").values_list("deed", "by", "reason")
    assert list(told) == [
        ("organisations.caring_begun", keeper.pk, REASON),
        ("organisations.caring_ended", keeper.pk, REASON),
    ]


@pytest.mark.parametrize(
    ("facts", "refusal"),
    [
        ({"until": TODAY - timedelta(days=1)}, CareRoleNotHeld),
        ({"until": TODAY}, None),
        ({"taken_on": TODAY}, CareRoleNotHeld),
        ({"since": TODAY + timedelta(days=1)}, CareRoleNotHeld),
        ({"role": REPORTER}, CareRoleNotHeld),
    ],
)
def test_the_role_comes_first(keeper, facts, refusal):
    row = member(keeper.home, CARE)
    RoleAssignment.objects.filter(user=row.user).update(**facts)
    if refusal is None:
        assert caring(row, by=keeper).cares
        return
    with pytest.raises(refusal):
        caring(row, by=keeper)
    assert not Membership.objects.get(pk=row.pk).cares
    assert deeds_about(keeper.home) == []


def test_an_organisation_without_protected_cases_gives_none():
    row = member(OrganisationFactory(kind=Kind.OPS), CARE)
    with pytest.raises(NoProtectedCases):
        caring(row, by=UserFactory())
    assert not Membership.objects.get(pk=row.pk).cares


def test_nobody_lets_themself_in_and_anybody_may_step_back(keeper):
    give_role(user=keeper, role=CARE, since=LONG_AGO, by=None)
    row = keeper.memberships.get()
    with pytest.raises(OwnAccount):
        caring(row, by=keeper, seen_version=keeper.version)
    Membership.objects.update(cares=True)
    assert not caring(row, False, by=keeper, seen_version=keeper.version).cares


def test_with_the_role_its_units_go_so_that_the_role_given_again_opens_none(keeper):
    row = member(keeper.home, CARE, REPORTER, cares=True)
    facts = {"on": TODAY, "reason": REASON, "seen_version": None, "by": keeper}
    take_role(assignment=row.user.role_assignments.get(role=REPORTER), **facts)
    assert Membership.objects.get(pk=row.pk).cares
    take_role(assignment=row.user.role_assignments.get(role=CARE), **facts)
    assert not Membership.objects.get(pk=row.pk).cares
    give_role(user=row.user, role=CARE, since=TODAY + timedelta(days=1), by=keeper)
    assert not Membership.objects.get(pk=row.pk).cares
    assert deeds_about(keeper.home) == ["organisations.caring_ended"]


def test_the_role_held_twice_and_taken_once_keeps_its_units(keeper):
    row = member(keeper.home, CARE, cares=True)
    later = RoleAssignment.objects.create(user=row.user, role=CARE, since=TODAY - timedelta(days=9))
    take_role(assignment=later, on=TODAY, reason=REASON, seen_version=None, by=keeper)
    assert Membership.objects.get(pk=row.pk).cares


# Pages


def test_the_page_lets_a_member_in_and_out_again_and_the_list_shows_it(keeper):
    row, client = member(keeper.home, CARE), visitor(keeper)
    people = reverse("organisations:people", args=[keeper.home.pk])
    assert says(client.get(people), "care officer without cases here")
    assert at(row) in text_of(client.get(people))
    sent = {"cares": "on", "reason": REASON, "seen_version": "1"}
    assert client.post(at(row), sent | {"reason": "x"}).status_code == 422
    answer = client.post(at(row), sent, follow=True)
    assert says(answer, "runs protected cases")
    assert says(answer, "The change is saved.")
    assert "checked" in text_of(client.get(at(row)))
    answer = client.post(at(row), {"reason": REASON, "seen_version": "2"}, follow=True)
    assert says(answer, "care officer without cases here")
    assert not Membership.objects.get(pk=row.pk).cares


def test_a_refusal_is_told_by_the_field_and_saves_nothing(keeper):
    row, client = member(keeper.home, REPORTER), visitor(keeper)
    people = text_of(client.get(reverse("organisations:people", args=[keeper.home.pk])))
    assert at(row) not in people
    sent = {"cares": "on", "reason": REASON, "seen_version": "1"}
    refused = client.post(at(row), sent)
    words = "%(person)s does not hold the role of a powiat care officer today. The role comes first."
    assert (refused.status_code, says(refused, words, person=row.user.full_name)) == (422, True)
    give_role(user=keeper, role=CARE, since=LONG_AGO, by=None)
    own = visitor(keeper).post(at(keeper.memberships.get()), sent | {"seen_version": str(keeper.version)})
    assert says(own, "Nobody opens protected cases to themself. Ask another keeper of the accounts.")
    foundation = member(OrganisationFactory(kind=Kind.NGO), CARE)
    refused = visitor(Role.ADMINISTRATOR).post(at(foundation), sent)
    assert says(refused, "An organisation of this kind keeps no protected cases.")
    assert not Membership.objects.caring().exists()


def test_two_keepers_who_say_opposite_things_see_both(keeper):
    row = member(keeper.home, CARE, cares=True)
    client = visitor(keeper)
    caring(row, False, by=UserFactory())
    sent = {"cares": "on", "reason": REASON, "seen_version": "1"}
    both = client.post(at(row), sent)
    assert both.status_code == 409
    assert not Membership.objects.get(pk=row.pk).cares
    assert client.post(at(row), as_chosen(both, cares="mine")).status_code == 302
    assert Membership.objects.get(pk=row.pk).cares


@pytest.mark.parametrize("who", ["a plain member", "the keeper of another unit", "a care officer of the unit"])
def test_only_who_keeps_the_accounts_of_the_unit_opens_the_page(keeper, who):
    row = member(keeper.home, CARE)
    if who == "a plain member":
        user = member(keeper.home, REPORTER).user
    elif who == "a care officer of the unit":
        user = member(keeper.home, CARE, cares=True).user
    else:
        user = member(OrganisationFactory(kind=Kind.PCPR), REPORTER, administers=True).user
    client, expected = visitor(user), 404 if who == "the keeper of another unit" else 403
    sent = {"cares": "on", "reason": REASON, "seen_version": "1"}
    assert (client.get(at(row)).status_code, client.post(at(row), sent).status_code) == (expected, expected)
    assert not Membership.objects.get(pk=row.pk).cares
    assert visitor(keeper).get(at(row)).status_code == 200


def test_who_is_not_a_member_today_has_no_page(keeper):
    row = member(keeper.home, CARE, until=timezone.localdate() - timedelta(days=1))
    stranger = member(OrganisationFactory(kind=Kind.PCPR), CARE)
    client = visitor(keeper)
    assert client.get(at(row)).status_code == 404
    assert client.get(reverse("organisations:caring", args=[keeper.home.pk, stranger.user_id])).status_code == 404


def test_the_list_asks_as_often_for_three_care_officers_as_for_one(keeper):
    client = visitor(keeper)
    member(keeper.home, CARE, cares=True)
    page = reverse("organisations:people", args=[keeper.home.pk])
    one = queries_of(client, page)
    for cares in (True, False):
        member(keeper.home, CARE, cares=cares)
    assert queries_of(client, page) == one


def test_who_gives_the_role_by_hand_is_told_that_it_opens_no_register_yet(keeper):
    user, today = member(keeper.home).user, timezone.localdate()
    words = "It opens no register yet: under Accounts of organisations say of which unit it opens one."
    page, administrator = reverse("accounts:role-give", args=[user.pk]), visitor(Role.ADMINISTRATOR)
    for role, told in ((REPORTER, False), (CARE, True)):
        version = User.objects.get(pk=user.pk).version
        sent = {"role": role.value, "since": f"{today:%d.%m.%Y}", "reason": REASON, "seen_version": version}
        assert says(administrator.post(page, sent, follow=True), words) is told
    assert user.own_roles == {CARE, REPORTER}
    assert not user.memberships.caring().exists()


# The way here from before


@pytest.mark.parametrize(
    ("kind", "facts", "cares"),
    [
        (Kind.PCPR, {}, True),
        (Kind.PCPR, {"since": date(2200, 1, 1)}, True),
        (Kind.PCPR, {"until": date(2020, 1, 1)}, False),
        (Kind.PCPR, {"taken_on": date(2020, 1, 1)}, False),
        (Kind.PCPR, {"role": REPORTER}, False),
        (Kind.OPS, {}, False),
        (Kind.NGO, {}, False),
    ],
)
def test_who_worked_as_a_care_officer_before_goes_on_working_and_nobody_else(kind, facts, cares):
    row = member(OrganisationFactory(kind=kind), CARE)
    RoleAssignment.objects.filter(user=row.user).update(**facts)
    importlib.import_module("spoiwo.organisations.migrations.0004_care_is_tied_to_a_unit").let_care(apps, None)
    assert Membership.objects.get(pk=row.pk).cares is cares
