"""Whose house this is: the region asked for, else the only one that has data."""

import pytest

from spoiwo.access.remembering import LONGEST_LIFE
from spoiwo.organisations.models import Organisation
from spoiwo.strategy.services import DEFAULT_REGION, current_region
from tests.factories import OrganisationFactory, StrategyFactory

pytestmark = pytest.mark.django_db
MAZOVIA = "14"


def test_an_empty_house_serves_the_default_region():
    assert not Organisation.objects.exists()
    assert current_region() == DEFAULT_REGION == "08"


def test_the_only_region_with_organisations_is_served():
    OrganisationFactory(region=MAZOVIA)
    OrganisationFactory(region=MAZOVIA)
    assert current_region() == MAZOVIA


def test_the_only_region_with_a_strategy_is_served_though_it_lists_no_organisation():
    StrategyFactory(region=MAZOVIA)
    assert current_region() == MAZOVIA


def test_of_two_regions_the_setting_chooses(settings):
    OrganisationFactory(region=MAZOVIA)
    OrganisationFactory(region="08")
    assert current_region() == DEFAULT_REGION
    settings.REGION = MAZOVIA
    assert current_region() == MAZOVIA


def test_a_region_that_was_found_is_remembered_and_an_empty_house_is_not(memory, django_assert_num_queries):
    assert current_region() == DEFAULT_REGION
    StrategyFactory(region=MAZOVIA)
    assert current_region() == MAZOVIA
    memory.now += LONGEST_LIFE + 1
    assert current_region() == MAZOVIA
    with django_assert_num_queries(0):
        assert current_region() == MAZOVIA
