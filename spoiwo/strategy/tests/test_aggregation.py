"""What may be added is added to the last digit; what may not is refused with its reason."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spoiwo.kernel.precision import Precision
from spoiwo.strategy.domain.aggregation import (
    Found,
    Origin,
    Rule,
    outermost,
    over_parts,
    over_places,
    series_of,
    value_of_year,
)
from spoiwo.strategy.errors import DefinitionsDiffer, NotAdditive

PROPERTY = settings(deadline=None)  # how fast is not what these tests ask

ADDITIVE = [Rule.SUM, Rule.LAST, Rule.RATIO]
FORBIDDEN = [Rule.DISTINCT, Rule.NONE]
amounts = st.decimals(0, 10**12, places=4).map(Fraction)


def one(value=None, *, year=2025, **facts):
    """One value of 2025."""
    return Found(year, value=None if value is None else Fraction(str(value)), **facts)


def share(numerator, denominator, *, multiplier=100, **facts):
    """One ratio of 2025, in per cent."""
    return one(numerator=Fraction(numerator), denominator=Fraction(denominator), multiplier=multiplier, **facts)


def test_parts_of_a_year_are_added_exactly():
    quarters = [one("0.1", part=1), one("0.2", part=2), one("0.3", part=3), one("0.4", part=4)]
    assert over_parts(Rule.SUM, quarters).amount == 1


def test_of_states_the_latest_counts_whatever_their_order():
    assert over_parts(Rule.LAST, [one(66, part=2), one(64, part=1)]).amount == 66


def test_a_ratio_is_made_of_sums_and_never_of_percentages():
    """1 of 10 and 90 of 100 are 91 of 110, not the middle of 10 % and 90 %."""
    both = over_places(Rule.RATIO, [share(1, 10, place="0801"), share(90, 100, place="0802")])
    assert both.amount == Fraction(9100, 110)
    assert (both.numerator, both.denominator) == (91, 110)


@pytest.mark.parametrize("rule", FORBIDDEN)
@pytest.mark.parametrize("add", [over_parts, over_places])
@pytest.mark.parametrize("count", [1, 2])
def test_429_persons_are_never_added(rule, add, count):
    persons = [one(429, part=number, place=f"080{number}") for number in range(1, count + 1)]
    with pytest.raises(NotAdditive) as refusal:
        add(rule, persons)
    assert (refusal.value.rule, refusal.value.over) == (rule, add.__name__.removeprefix("over_"))


@pytest.mark.parametrize("rule", FORBIDDEN)
def test_persons_counted_for_the_whole_region_are_its_value_and_the_places_stay_beside(rule):
    point = value_of_year(rule, [one(429), one(300, place="0801"), one(250, place="0802")], 1)
    assert (point.amount, point.origin) == (429, Origin.ENTERED)


@pytest.mark.parametrize("rule", ADDITIVE)
def test_values_of_different_definitions_are_not_put_together(rule):
    values = [one(1, part=1, definition=1), one(2, part=2, definition=2)]
    with pytest.raises(DefinitionsDiffer) as refusal:
        over_parts(rule, values)
    assert refusal.value.numbers == [1, 2]


def test_a_gmina_inside_a_powiat_that_has_a_value_is_not_counted_twice():
    powiat, inside, outside = one(10, place="0801"), one(4, place="0801011"), one(5, place="0802022")
    assert outermost([powiat, inside, outside]) == [powiat, outside]
    assert over_places(Rule.SUM, [powiat, inside, outside]).amount == 15


def test_a_value_of_the_whole_goes_before_its_parts_and_its_places():
    values = [one(100), one(30, part=1), one(20, place="0801")]
    assert value_of_year(Rule.SUM, values, 4).amount == 100
    assert value_of_year(Rule.SUM, values[1:], 4).amount == 30
    assert value_of_year(Rule.SUM, values[2:], 4).amount == 20


def test_a_year_of_three_quarters_says_how_far_it_reaches_and_what_it_lacks():
    point = value_of_year(Rule.SUM, [one(1, part=1), one(2, part=3)], 4)
    assert (point.amount, point.found.part, point.gaps) == (3, 3, (2,))
    whole = value_of_year(Rule.SUM, [one(1, part=number) for number in (1, 2, 3, 4)], 4)
    assert (whole.amount, whole.found.part, whole.gaps) == (4, 0, ())


def test_states_lack_no_earlier_part():
    assert value_of_year(Rule.LAST, [one(7, part=3)], 4).gaps == ()


def test_places_in_parts_of_the_year_are_put_together_place_by_place():
    values = [one(n, part=part, place=place) for place in ("0801", "0802") for part, n in ((1, 10), (2, 12))]
    assert value_of_year(Rule.SUM, values, 4).amount == 44
    state = value_of_year(Rule.LAST, values, 4)
    assert (state.amount, state.places, state.origin) == (24, 2, Origin.PLACES)


def test_the_vaguest_figure_makes_the_sum_as_vague():
    values = [one(1, part=1), one(2, part=2, precision=Precision.ABOUT), one(3, part=3, precision=Precision.ROUNDED)]
    assert over_parts(Rule.SUM, values).precision is Precision.ABOUT
    assert over_parts(Rule.SUM, values[:1]).precision is Precision.EXACT


def test_a_changed_definition_splits_the_series():
    values = [one(n, year=year, definition=number) for year, n, number in ((2023, 1, 1), (2024, 2, 1), (2025, 3, 2))]
    series = series_of(Rule.LAST, values, 1)
    assert [[point.year for point in run] for run in series.runs()] == [[2023, 2024], [2025]]
    assert [point.year for point in series.of_definition(2)] == [2025]


def test_a_year_that_makes_no_whole_is_named_beside_those_that_do():
    series = series_of(Rule.DISTINCT, [one(429, year=2024), one(200, part=1), one(300, part=2)], 2)
    assert [point.year for point in series.points] == [2024]
    assert {year: refusal.over for year, refusal in series.refused.items()} == {2025: "parts"}


@PROPERTY
@given(st.lists(amounts, min_size=1, max_size=30), st.randoms())
def test_a_sum_does_not_depend_on_the_order_and_loses_nothing(values, chance):
    found = [Found(2025, place=f"08{number:02}", value=value) for number, value in enumerate(values)]
    shuffled = chance.sample(found, len(found))
    assert over_places(Rule.SUM, shuffled).amount == sum(values)


@PROPERTY
@given(st.lists(st.tuples(amounts, amounts.filter(bool)), min_size=1, max_size=20))
def test_a_ratio_of_the_whole_lies_between_the_ratios_of_its_parts(pairs):
    found = [share(n, d, place=f"08{number:02}") for number, (n, d) in enumerate(pairs)]
    each = [part.amount for part in found]
    assert min(each) <= over_places(Rule.RATIO, found).amount <= max(each)


@PROPERTY
@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_adding_places_then_quarters_or_quarters_then_places_is_the_same(first, second):
    values = [Found(2025, part, f"080{place}", Fraction(first + second * place * part))
              for place in (1, 2, 3) for part in (1, 2, 3, 4)]  # fmt: skip
    by_place = [over_parts(Rule.SUM, [v for v in values if v.place == f"080{place}"]) for place in (1, 2, 3)]
    by_part = [over_places(Rule.SUM, [v for v in values if v.part == part]) for part in (1, 2, 3, 4)]
    assert over_places(Rule.SUM, by_place).amount == over_parts(Rule.SUM, by_part).amount
