"""Races through the pages, a few of each kind; `python -m checks.races` runs them by the hundred and over HTTP."""

import pytest

from spoiwo.audit.services import verify_chain
from tests.racing import House, changeable, oversell, race_to_change
from tests.racing_forms import creating, race_to_create

pytestmark = pytest.mark.django_db(transaction=True)
EACH = 1


def test_of_two_changes_at_the_same_moment_none_is_lost():
    house = House()
    outcomes = [race_to_change(house, kind, EACH) for kind in changeable(house)]
    assert [fault for outcome in outcomes for fault in outcome.faults] == []
    assert sum(outcome.races for outcome in outcomes) == EACH * 8
    assert list(verify_chain()) == []


def test_a_form_pressed_twice_creates_once():
    house = House()
    outcomes = [race_to_create(house, kind, 1) for kind in creating(house)]
    assert [fault for outcome in outcomes for fault in outcome.faults] == []
    assert sum(outcome.races for outcome in outcomes) == 16


def test_of_twenty_requests_for_money_enough_for_ten_exactly_ten_are_granted():
    assert oversell(20, 10, 10) == (10, 10, 0)
