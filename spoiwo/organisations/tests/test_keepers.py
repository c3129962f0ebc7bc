"""Who keeps the accounts of an organisation invites to it, in its own roles, and closes those that are only there."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from spoiwo.access.errors import InvitationGone, RoleNotAllowed
from spoiwo.access.models import Invitation, Role, User
from spoiwo.access.services.factors import lacks_second_factor
from spoiwo.access.services.invitations import accept
from spoiwo.access.services.visits import limits_of
from spoiwo.audit.models import Record
from spoiwo.organisations.domain import ROLES_OF_A_KIND
from spoiwo.organisations.errors import NotOnlyHere
from spoiwo.organisations.models import InvitedTo, Kind, Membership
from spoiwo.organisations.services import close_member, invite_to, kept_by, roles_to_give
from tests.factories import LONG_AGO, PASSWORD, MembershipFactory, OrganisationFactory, UserFactory
from tests.queries import queries_of
from tests.visitors import says, text_of, visitor

pytestmark = pytest.mark.django_db
TODAY = date(2026, 3, 16)
REASON = "Koniec umowy o dzieło zmyślonej"


@pytest.fixture
def keeper():
    """Who keeps the accounts of an organisation; her organisation is `keeper.home`."""
    user = UserFactory(roles=[Role.NGO_REPORTER], full_name="Nina Organizacyjna")
    user.home = OrganisationFactory(kind=Kind.NGO, name="Fundacja Zmyślona")
    Membership.objects.create(organisation=user.home, user=user, since=LONG_AGO, administers=True)
    return user


def at(name, *args):
    """An address of the accounts of organisations."""
    return reverse(f"organisations:{name}", args=args)


def test_roles_fit_the_kind_of_organisation_and_none_reaches_the_office():
    assert set(ROLES_OF_A_KIND) <= set(Kind.values)
    given = {role for roles in ROLES_OF_A_KIND.values() for role in roles}
    office = {Role.ROPS_OFFICER, Role.DIRECTOR, Role.TREASURER, Role.EDITOR, Role.AUDITOR, Role.ADMINISTRATOR,
              Role.FOSTER_OFFICER, Role.DATA_PROTECTION_OFFICER}  # fmt: skip
    assert given <= set(Role.values) - office
    assert roles_to_give(OrganisationFactory(kind=Kind.ROPS)) == []


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("role", Role)
def test_a_role_that_does_not_fit_is_refused_and_nothing_is_sent(kind, role):
    body, by = OrganisationFactory(kind=kind), UserFactory()
    facts = {"email": "nowa@przyklad.example", "roles": [role], "administers": False, "link": str, "by": by}
    if role in ROLES_OF_A_KIND.get(kind, ()):
        invite_to(organisation=body, now=timezone.now(), **facts)
        assert InvitedTo.objects.get().organisation == body
        return
    with pytest.raises(RoleNotAllowed):
        invite_to(organisation=body, now=timezone.now(), **facts)
    assert not Invitation.objects.exists()


def test_an_accepted_invitation_ties_the_person_to_the_organisation(keeper):
    tokens = []
    facts = {"roles": [Role.NGO_REPORTER], "link": lambda token: tokens.append(token) or "https://x.example/"}
    now = timezone.now()
    invite_to(organisation=keeper.home, email="nowa@przyklad.example", administers=True, now=now, by=keeper, **facts)
    user = accept(token=tokens[0], full_name="Nowa Zmyślona", password=PASSWORD, now=now)
    membership = keeper.home.memberships.get(user=user)
    assert (membership.administers, membership.since) == (True, timezone.localdate(now))
    assert user.current_roles == {Role.NGO_REPORTER}
    deeds = set(Record.objects.about(keeper.home).values_list("deed", flat=True))
    assert deeds == {"organisations.member_added", "organisations.keeper_named"}


def test_an_invitation_does_not_outlive_the_right_of_who_sent_it(keeper):
    tokens = []
    facts = {"roles": [Role.NGO_REPORTER], "link": lambda token: tokens.append(token) or "https://x.example/"}
    now = timezone.now()
    invite_to(organisation=keeper.home, email="nowa@przyklad.example", administers=True, now=now, by=keeper, **facts)
    Membership.objects.filter(user=keeper).update(administers=False)
    with pytest.raises(InvitationGone):
        accept(token=tokens[0], full_name="Nowa Zmyślona", password=PASSWORD, now=now)
    assert not User.objects.filter(email="nowa@przyklad.example").exists()


def test_a_keeper_needs_a_second_factor_and_a_short_session_whatever_her_role(keeper, settings):
    colleague = UserFactory(roles=[Role.NGO_REPORTER])
    Membership.objects.create(organisation=keeper.home, user=colleague, since=LONG_AGO)
    assert (lacks_second_factor(keeper), lacks_second_factor(colleague)) == (True, False)
    assert limits_of(keeper).idle == settings.IDLE_LIMIT != limits_of(colleague).idle


def test_a_keeper_keeps_her_own_and_the_administrator_all(keeper):
    other = OrganisationFactory()
    assert list(kept_by(keeper, TODAY)) == [keeper.home]
    assert set(kept_by(UserFactory(roles=[Role.ADMINISTRATOR]), TODAY)) == {keeper.home, other}
    assert not kept_by(UserFactory(roles=[Role.DIRECTOR]), TODAY).exists()
    Membership.objects.update(until=TODAY - timedelta(days=1))
    assert not kept_by(keeper, TODAY).exists()


@pytest.mark.parametrize(("administers", "opens"), [(True, True), (False, False)])
def test_only_who_keeps_accounts_has_the_page_and_the_entry_in_the_menu(administers, opens):
    member = MembershipFactory(administers=administers, user=UserFactory(roles=[Role.NGO_REPORTER])).user
    client = visitor(member)
    assert client.get(at("kept")).status_code == (200 if opens else 403)
    assert (at("kept") in text_of(client.get(reverse("account_home")))) is opens


def test_another_organisation_is_not_there_in_any_way(keeper):
    other = MembershipFactory(
        user=UserFactory(roles=[Role.NGO_REPORTER]), organisation=OrganisationFactory(kind=Kind.NGO)
    )
    client = visitor(keeper)
    assert "Fundacja Zmyślona" in text_of(client.get(at("people", keeper.home.pk)))
    for method in ("get", "post"):
        for address in (
            at("people", other.organisation_id), at("invite", other.organisation_id),
            at("close", other.organisation_id, other.user_id), at("close", keeper.home.pk, other.user_id),
        ):  # fmt: skip
            assert getattr(client, method)(address, {"email": "a@przyklad.example"}).status_code in {404, 405}, address
    assert not Invitation.objects.exists()
    assert User.objects.get(pk=other.user_id).is_active


def test_the_keeper_does_not_learn_who_has_an_account(keeper):
    UserFactory(email="jest@przyklad.example", full_name="Tajna Osoba")
    client, answers = visitor(keeper), []
    for email in ("jest@przyklad.example", "niema@przyklad.example"):
        facts = {"email": email, "roles": ["ngo_reporter"]}
        page = client.post(at("invite", keeper.home.pk), facts, follow=True)
        answers.append(
            text_of(page).split("<main", 1)[1].replace(email, "…").replace("jest@", "").replace("niema@", "")
        )
        assert "Tajna Osoba" not in answers[-1]
        Invitation.objects.all().delete()
    assert answers[0] == answers[1]


def test_a_role_of_the_office_cannot_be_slipped_into_the_form(keeper):
    client = visitor(keeper)
    refused = client.post(at("invite", keeper.home.pk), {"email": "a@przyklad.example", "roles": ["administrator"]})
    assert refused.status_code == 422
    assert not Invitation.objects.exists()


def test_the_keeper_closes_the_account_of_a_person_who_is_only_there(keeper):
    member = MembershipFactory(organisation=keeper.home, user=UserFactory(roles=[Role.NGO_REPORTER])).user
    client = visitor(keeper)
    address = at("close", keeper.home.pk, member.pk)
    assert client.get(address).status_code == 200
    assert client.post(address, {"reason": "x", "seen_version": "1"}).status_code == 422
    assert client.post(address, {"reason": REASON, "seen_version": "7"}).status_code == 409
    assert client.post(address, {"reason": REASON, "seen_version": "1"}).status_code == 302
    assert not User.objects.get(pk=member.pk).is_active
    assert keeper.home.memberships.get(user=member).until == timezone.localdate()
    own = client.post(at("close", keeper.home.pk, keeper.pk), {"reason": REASON, "seen_version": "1"})
    assert says(own, "This is your own account. Ask another administrator.")


@pytest.mark.parametrize("elsewhere", ["another organisation", "the office"])
def test_whoever_works_elsewhere_too_is_closed_by_the_office_alone(keeper, elsewhere):
    roles = [Role.NGO_REPORTER] if elsewhere == "another organisation" else [Role.NGO_REPORTER, Role.EDITOR]
    membership = MembershipFactory(organisation=keeper.home, user=UserFactory(roles=roles))
    if elsewhere == "another organisation":
        MembershipFactory(user=membership.user)
    with pytest.raises(NotOnlyHere):
        close_member(membership=membership, reason=REASON, seen_version=1, now=timezone.now(), by=keeper)
    refused = visitor(keeper).post(
        at("close", keeper.home.pk, membership.user_id), {"reason": REASON, "seen_version": "1"}
    )
    assert refused.status_code == 422
    assert User.objects.get(pk=membership.user_id).is_active


def test_the_list_of_people_asks_as_often_for_three_as_for_one(keeper):
    client = visitor(keeper)
    one = queries_of(client, at("people", keeper.home.pk))
    for _n in range(3):
        MembershipFactory(organisation=keeper.home)
    assert queries_of(client, at("people", keeper.home.pk)) == one
