"""A care officer of one unit who is a plain member of another: of the other nothing is seen, by no way."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils.timezone import localdate

from spoiwo.access.models import Role, Substitution
from spoiwo.access.services.invitations import accept_with_account
from spoiwo.organisations.services import invite_to
from spoiwo.persons.errors import NotInUnit
from spoiwo.persons.models import Person
from spoiwo.persons.querysets import own_units
from spoiwo.persons.services.caseworkers import assign_caseworker, care_officers_of
from tests.factories import MembershipFactory, UserFactory
from tests.registered import NOW, OPENING, TODAY, WRITTEN, care_officer, entered, pesel_of, unit
from tests.visitors import text_of, visitor

pytestmark = pytest.mark.django_db
OF_ONE = ("person", "open", "change", "close", "shield", "readings", "caseworkers", "paper-new", "erasure-ask")


@pytest.fixture
def home():
    """The unit whose cases the officer runs."""
    return unit()


@pytest.fixture
def other():
    """The unit for which the officer only reports."""
    return unit()


@pytest.fixture
def officer(home, other):
    user = care_officer(home, roles=(Role.POWIAT_CARE_OFFICER, Role.POWIAT_REPORTER))
    MembershipFactory(organisation=other, user=user)
    return user


def test_a_plain_member_sees_no_person_of_the_unit_on_the_list_in_a_search_or_by_an_address(home, other, officer):
    own, strange = (entered(at, by=care_officer(at), pesel=pesel_of()) for at in (home, other))
    client = visitor(officer)
    shown = text_of(client.get(reverse("persons:list")))
    assert (own.case_number in shown, strange.case_number in shown) == (True, False)
    for sought in ({"last_name": WRITTEN["last_name"]}, {"pesel": pesel_of()}):
        found = text_of(client.post(reverse("persons:search"), sought))
        assert (str(own.uid) in found, str(strange.uid) in found) == (True, False)
    for name in OF_ONE:
        page = reverse(f"persons:{name}", args=[strange.uid])
        assert (name, client.get(page).status_code) == (name, 404)
        assert client.post(page, OPENING).status_code in {404, 405}  # some are only read
        assert client.get(reverse(f"persons:{name}", args=[own.uid])).status_code in {200, 302}
    assert (
        client.get(reverse("persons:export", args=[strange.uid])).status_code == 403
    )  # nobody of a unit hands out the file


def test_a_plain_member_enters_nobody_in_the_unit(home, other, officer):
    page = reverse("persons:new")
    form = visitor(officer).get(page).context["form"]
    assert list(form.fields["unit"].queryset if "unit" in form.fields else [home]) == [home]
    sent = {"unit": other.pk, "last_name": "Wymyślona", "basis": "foster_care", "since": "16.03.2026"}
    visitor(officer).post(page, sent)
    assert not Person.objects.filter(unit=other).exists()


def test_a_plain_member_is_no_caseworker_of_the_unit_and_is_not_offered_as_one(home, other, officer):
    theirs = care_officer(other)
    person = entered(other, by=theirs)
    assert (list(care_officers_of(home, TODAY)), list(care_officers_of(other, TODAY))) == ([officer], [theirs])
    with pytest.raises(NotInUnit):
        assign_caseworker(person=person, user=officer, on=TODAY, by=theirs)
    offered = text_of(visitor(theirs).get(reverse("persons:caseworkers", args=[person.uid])))
    assert officer.full_name not in offered


def test_an_invitation_as_a_care_officer_opens_the_unit_and_one_as_a_reporter_opens_none(home):
    officer = care_officer(home)
    for roles, opens in (([Role.POWIAT_REPORTER], False), ([Role.POWIAT_CARE_OFFICER], True)):
        at, tokens = unit(), []
        keeper = MembershipFactory(organisation=at, administers=True, user=UserFactory()).user
        person = entered(at)
        facts = {"administers": False, "now": NOW, "link": lambda token, tokens=tokens: tokens.append(token) or "x"}
        facts |= {"email": officer.email, "roles": roles, "by": keeper}
        invite_to(organisation=at, **facts)
        Person.objects.identifiable_by(officer, TODAY)
        accept_with_account(token=tokens[0], user=officer, now=NOW)
        assert (person in Person.objects.identifiable_by(officer, localdate())) is opens
        assert home in own_units(officer, TODAY)


def test_a_stand_in_works_only_in_the_units_whose_cases_the_absent_person_runs(home, other, officer):
    own, strange = entered(home), entered(other)
    elsewhere = unit()
    stand_in = care_officer(elsewhere)
    MembershipFactory(organisation=other, user=stand_in)
    plain = UserFactory(roles=[Role.POWIAT_REPORTER])
    for who in (stand_in, plain):
        days = {"since": TODAY, "until": TODAY + timedelta(days=7)}
        Substitution.objects.create(absent=officer, substitute=who, reason="urlop", **days)
    assert set(own_units(stand_in, TODAY)) == {elsewhere, home}
    assert list(own_units(plain, TODAY)) == [home]
    assert list(own_units(plain, TODAY + timedelta(days=8))) == []
    for who in (stand_in, plain):
        assert list(Person.objects.identifiable_by(who, TODAY)) == [own]
        assert strange not in Person.objects.visible_to(who, TODAY)


def test_who_runs_the_cases_without_the_role_sees_nothing(home):
    entered(home)
    former = care_officer(home, roles=(Role.POWIAT_REPORTER,))
    assert list(own_units(former, TODAY)) == list(care_officers_of(home, TODAY)) == []
