"""What the list shows, what the pages open, and what the rule says, is one and the same, whatever the world."""

import pytest
from django.utils.timezone import localdate
from hypothesis import HealthCheck, Phase, given, settings

from tests.registered import TODAY
from tests.scoping import WORLD, Stage, by_pages, by_rules

pytestmark = pytest.mark.django_db
SAME_STAGE = {
    "deadline": None,
    "suppress_health_check": [HealthCheck.function_scoped_fixture],  # each case takes back what it did
    "phases": [
        Phase.explicit,
        Phase.reuse,
        Phase.generate,
    ],  # making a fault smaller takes minutes; the case is printed
}


@pytest.fixture
def stage():
    """Units and persons."""
    return Stage()


@given(world=WORLD)
@settings(max_examples=120, **SAME_STAGE)
def test_who_sees_and_who_opens_is_what_the_rule_says(stage, world):
    stage.judge(world, by_rules, TODAY)


@given(world=WORLD)
@settings(max_examples=8, **SAME_STAGE)
def test_the_list_is_exactly_what_the_pages_open(stage, world):
    stage.judge(world | {"active": True}, by_pages, localdate())  # pages ask the clock
