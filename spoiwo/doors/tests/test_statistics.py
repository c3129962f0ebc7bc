"""How small a number of persons is too small to be published."""

import pytest

from spoiwo.doors.statistics import public_policy
from spoiwo.kernel.suppression import Cell, Policy, is_sensitive


def test_without_a_word_the_threshold_of_the_installation_is_that_of_the_house():
    assert public_policy() == Policy()


@pytest.mark.parametrize(("persons", "hidden"), [(9, True), (10, False)])
def test_the_threshold_of_the_installation_holds(settings, persons, hidden):
    settings.SMALL_NUMBERS_UNDER = 10
    assert is_sensitive(Cell(persons), public_policy()) is hidden


def test_no_installation_goes_under_three(settings):
    settings.SMALL_NUMBERS_UNDER = 2
    with pytest.raises(ValueError, match="never under 3"):
        public_policy()
