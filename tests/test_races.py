"""Races through the pages, one of each kind; `python -m checks.races` runs them by the hundred and over HTTP."""

import pytest

from spoiwo.audit.services import verify_chain
from tests.racing import House, declared, oversell, race_to_change, race_to_create
from tests.racing_forms import creating
from tests.racing_records import changeable

pytestmark = pytest.mark.django_db(transaction=True)

# Forms of the house that are not raced here: the name of the address → why.
NOT_RACED = {
    "ledger:import-plan": "a package is a whole year; the same package read again changes nothing (test_import_again)",
}


def faults_of(outcomes):
    """A sentence for each race that went wrong."""
    return [fault for outcome in outcomes for fault in outcome.faults]


def test_of_two_changes_at_the_same_moment_none_is_lost():
    house = House()
    kinds = changeable(house)
    outcomes = [race_to_change(house, kind, make, 1) for kind, make in kinds.items()]
    assert faults_of(outcomes) == []
    assert sum(outcome.races for outcome in outcomes) == len(kinds)
    assert list(verify_chain()) == []


def test_a_form_pressed_twice_creates_once():
    house = House()
    kinds = creating(house)
    outcomes = [race_to_create(house, kind, make, 1) for kind, make in kinds.items()]
    assert faults_of(outcomes) == []
    assert sum(outcome.races for outcome in outcomes) == len(kinds)


def test_every_form_that_changes_or_creates_is_raced_or_says_why_not():
    house = House()
    raced = {"changes": set(changeable(house)), "once": set(creating(house))}
    left = {kind: declared(kind) - names - set(NOT_RACED) for kind, names in raced.items()}
    assert left == {"changes": set(), "once": set()}
    assert {kind: names - declared(kind) for kind, names in raced.items()} == {"changes": set(), "once": set()}


def test_what_is_not_raced_is_a_form_of_the_house_with_a_reason_and_is_not_raced():
    house = House()
    raced = set(changeable(house)) | set(creating(house))
    assert set(NOT_RACED) <= declared("changes") | declared("once")
    assert set(NOT_RACED) & raced == set()
    assert all(len(why.split()) > 5 for why in NOT_RACED.values())


def test_of_twenty_requests_for_money_enough_for_ten_exactly_ten_are_granted():
    assert oversell(20, 10, 10) == (10, 10, 0)
