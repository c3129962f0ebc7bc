"""Organisations of a region: the names that they give to every page, and the people tied to them."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from spoiwo.audit.models import Record
from spoiwo.organisations.models import Kind, Organisation
from spoiwo.organisations.services import add_member, region_profile
from tests.factories import OrganisationFactory, UserFactory

pytestmark = pytest.mark.django_db
MAZOVIA = "14"


def test_a_region_without_organisations_has_plain_words_for_its_office():
    profile = region_profile(MAZOVIA)
    assert (profile.code, profile.name, profile.address) == (MAZOVIA, "mazowieckie", "")
    assert profile.office == "Regionalny Ośrodek Polityki Społecznej, województwo mazowieckie"
    assert profile.assembly == "Sejmik Województwa (mazowieckie)"


def test_a_region_that_no_register_knows_is_named_by_its_code():
    assert region_profile("99").name == "99"


def test_names_and_address_come_from_the_organisations_of_the_region():
    OrganisationFactory(region=MAZOVIA, kind=Kind.ROPS, name="Mazowieckie Centrum", address="ul. Zmyślona 1")
    OrganisationFactory(region=MAZOVIA, kind=Kind.ASSEMBLY, name="Sejmik Mazowsza")
    OrganisationFactory(region="08", kind=Kind.ROPS, name="ROPS w Zielonej Górze")
    OrganisationFactory(region=MAZOVIA, kind=Kind.NGO, name="Fundacja")
    profile = region_profile(MAZOVIA)
    assert (profile.office, profile.assembly, profile.address) == (
        "Mazowieckie Centrum",
        "Sejmik Mazowsza",
        "ul. Zmyślona 1",
    )


def test_of_two_offices_the_one_entered_first_is_the_office():
    OrganisationFactory(kind=Kind.ROPS, name="Pierwszy")
    OrganisationFactory(kind=Kind.ROPS, name="Drugi")
    assert region_profile("08").office == "Pierwszy"


def test_organisations_are_asked_for_by_region_and_kind():
    council = OrganisationFactory(kind=Kind.COUNCIL)
    OrganisationFactory(kind=Kind.NGO)
    OrganisationFactory(region=MAZOVIA, kind=Kind.COUNCIL)
    assert list(Organisation.objects.of_region("08").of_kind(Kind.COUNCIL)) == [council]


def test_a_code_names_one_organisation_of_a_region():
    OrganisationFactory(code="rada")
    OrganisationFactory(code="rada", region=MAZOVIA)
    with pytest.raises(IntegrityError), transaction.atomic():
        OrganisationFactory(code="rada")


def test_a_person_is_tied_to_an_organisation_once_and_it_is_recorded():
    user, by, body = UserFactory(), UserFactory(), OrganisationFactory()
    first = add_member(organisation=body, user=user, since=date(2019, 3, 1), by=by)
    again = add_member(organisation=body, user=user, since=date(2019, 3, 2), by=by)
    assert again == first
    assert list(body.members.all()) == [user]
    (record,) = Record.objects.about(body)
    assert (record.deed, record.by, record.facts) == (
        "organisations.member_added",
        by,
        {"user": str(user), "since": "2019-03-01"},
    )


def test_a_person_whose_tie_ended_can_be_tied_again():
    user, body = UserFactory(), OrganisationFactory()
    first = add_member(organisation=body, user=user, since=date(2019, 3, 1), by=None)
    first.until = date(2019, 6, 30)
    first.save(update_fields=["until"])
    second = add_member(organisation=body, user=user, since=date(2020, 1, 1), by=None)
    assert second != first
    assert body.memberships.count() == 2
