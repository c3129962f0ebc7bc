"""The drawing of an indicator: round levels around all that is drawn, everything inside, a break where it breaks."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spoiwo.strategy.domain.curve import HEIGHT, SPARK_WIDTH, drawing_of, levels_of, spark_of

PROPERTY = settings(deadline=None)  # how fast is not what these tests ask

figures = st.decimals(-(10**9), 10**9, places=4).map(Fraction)
ways = st.lists(st.tuples(st.integers(2014, 2040), figures), min_size=1, max_size=12, unique_by=lambda knot: knot[0])


def knots(**years):
    """Values by year: `y2025=3`."""
    return [(int(year[1:]), Fraction(value)) for year, value in years.items()]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([0, 455, 600], [0, 200, 400, 600]),
        ([41, 44], [41, 42, 43, 44]),  # far from zero: the difference is seen
        ([5], [0, 1, 2, 3, 4, 5]),
        ([0], [-1, Fraction(-1, 2), 0, Fraction(1, 2), 1]),
        ([-3, 2], [-3, -2, -1, 0, 1, 2]),
        ([Fraction(1, 10), Fraction(3, 10)], [Fraction(n, 10) for n in (0, 1, 2, 3)]),
    ],
)
def test_levels_are_round_and_few(values, expected):
    assert levels_of([Fraction(value) for value in values]) == expected


@PROPERTY
@given(st.lists(figures, min_size=1, max_size=20))
def test_levels_embrace_every_value(values):
    levels = levels_of(values)
    assert levels[0] <= min(values)
    assert max(values) <= levels[-1]
    assert 2 <= len(levels) <= 8


@PROPERTY
@given(ways, ways)
def test_everything_lies_inside_the_drawing(actual, targets):
    drawing = drawing_of([sorted(actual)], sorted(targets), 330)
    points = [tuple(map(float, pair.split(","))) for pair in f"{drawing.lines[0]} {drawing.target}".split()]
    assert len(points) == len(actual) + len(targets)
    assert all(drawing.left <= x <= 330 and 0 <= y <= HEIGHT for x, y in points)


def test_each_definition_has_a_line_of_its_own_and_a_break_between():
    drawing = drawing_of([knots(y2022=1, y2023=2), knots(y2024=9)], knots(y2025=10), 720)
    assert [line.count(",") for line in drawing.lines] == [2, 1]
    assert len(drawing.breaks) == 1
    before, after = (float(line.split()[-1].split(",")[0]) for line in drawing.lines)
    assert before < float(drawing.breaks[0]) < after


def test_the_line_of_what_is_due_begins_at_the_baseline():
    drawing = drawing_of([knots(y2023=4)], knots(y2030=10), 720, knots(y2020=0))
    assert drawing.target.count(",") == 2
    assert len(drawing.target_dots) == 1


def test_two_years_that_lie_close_are_not_written_over_each_other():
    uneven = knots(y2020=1, y2025=2, y2026=3, y2030=4)
    assert [year.label for year in drawing_of([uneven], [], 330).years] == ["2020", "2025", "2030"]
    assert [year.label for year in drawing_of([uneven], [], 720).years] == ["2020", "2025", "2026", "2030"]


def test_years_that_have_no_room_are_left_out_on_a_telephone():
    long = [(year, Fraction(1)) for year in range(2014, 2031)]
    assert len(drawing_of([long], [], 720).years) > len(drawing_of([long], [], 330).years) > 3


def test_without_a_value_and_a_target_nothing_is_drawn():
    assert drawing_of([], [], 720) is None
    assert spark_of([], Fraction(1)) is None


@PROPERTY
@given(ways, st.none() | figures)
def test_the_small_line_ends_at_its_last_value(actual, target):
    spark = spark_of(sorted(actual), target)
    x, y = spark.line.split()[-1].split(",")
    assert (spark.last.x, spark.last.y) == (x, y)
    assert 0 <= float(x) <= SPARK_WIDTH
    assert (spark.target is None) == (target is None)
