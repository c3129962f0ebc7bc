"""The drawing of an indicator: where lines and points of actual values and targets lie. Pure geometry."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from spoiwo.strategy.domain.numbers import written

Knot = tuple[int, Fraction]
HEIGHT, TOP, BOTTOM, RIGHT = 260, 22, 34, 18
SPARK_WIDTH, SPARK_HEIGHT, SPARK_EDGE = 132, 34, 4
MOST_STEPS, DIGIT, YEAR_ROOM = 5, 8, 46  # steps of the axis; pixels a digit takes; pixels between two years


@dataclass(frozen=True)
class Dot:
    """A point with what is written at it."""

    x: str
    y: str
    label: str


@dataclass(frozen=True)
class Spark:
    """A small line beside a name: the way so far, and the target as a level."""

    line: str
    last: Dot
    target: str | None


@dataclass(frozen=True)
class Drawing:
    """All of a chart: lines as lists of points, axes as dots with labels."""

    width: int
    height: int
    left: int
    right: int
    floor: int
    lines: tuple[str, ...]
    dots: tuple[Dot, ...]
    target: str
    target_dots: tuple[Dot, ...]
    years: tuple[Dot, ...]
    levels: tuple[Dot, ...]
    breaks: tuple[str, ...]


def spark_of(knots: Sequence[Knot], target: Fraction | None) -> Spark | None:
    """The small line of at least one value."""
    if not knots:
        return None
    values = [value for _year, value in knots] + ([] if target is None else [target])
    x = _scale(knots[0][0], knots[-1][0], SPARK_EDGE, SPARK_WIDTH - SPARK_EDGE)
    y = _scale(min(values), max(values), SPARK_HEIGHT - SPARK_EDGE, SPARK_EDGE)
    year, value = knots[-1]
    last = Dot(_at(x(year)), _at(y(value)), str(year))
    return Spark(_line(knots, x, y), last, None if target is None else _at(y(target)))


def drawing_of(
    runs: Sequence[Sequence[Knot]], targets: Sequence[Knot], width: int, start: Sequence[Knot] = ()
) -> Drawing | None:
    """A chart of actual values, a line for each definition, and of the line from the start through the targets.

    None when there is nothing to draw.
    """
    actual = [knot for run in runs for knot in run]
    everything = [*actual, *targets, *start]
    if not everything:
        return None
    levels = levels_of([value for _year, value in everything])
    left = 14 + DIGIT * max(len(written(level)) for level in levels)
    years = sorted({year for year, _value in everything})
    x = _scale(years[0], years[-1], left + 14, width - RIGHT)
    y = _scale(levels[0], levels[-1], HEIGHT - BOTTOM, TOP)
    return Drawing(
        width=width,
        height=HEIGHT,
        left=left,
        right=width - 4,
        floor=HEIGHT - BOTTOM,
        lines=tuple(_line(run, x, y) for run in runs),
        dots=_dots(actual, x, y),
        target=_line([*start, *targets], x, y),
        target_dots=_dots(targets, x, y),
        years=tuple(Dot(_at(x(year)), str(HEIGHT - 10), str(year)) for year in _thinned(years, x)),
        levels=tuple(Dot(str(left), _at(y(level)), written(level)) for level in levels),
        breaks=tuple(_at((x(one[-1][0]) + x(two[0][0])) / 2) for one, two in pairwise(runs)),
    )


def levels_of(values: Iterable[Fraction]) -> list[Fraction]:
    """Round values of the axis around what is drawn; from zero, unless everything lies far from it."""
    low, high = min(values := list(values)), max(values)
    if 0 < low < 2 * (high - low) or low == high > 0:
        low = Fraction(0)
    if high < 0 and -high < 2 * (high - low):
        high = Fraction(0)
    if low == high:
        low, high = low - 1, high + 1
    step = _round_step((high - low) / MOST_STEPS)
    first, last = low // step, -(-high // step)
    return [step * number for number in range(int(first), int(last) + 1)]


def _round_step(least: Fraction) -> Fraction:
    """1, 2 or 5 times a power of ten, not below `least`."""
    power = Fraction(1)
    while power > least:
        power /= 10
    while power * 10 <= least:
        power *= 10
    return next(power * times for times in (1, 2, 5, 10) if power * times >= least)


def _scale(low, high, start: int, end: int):
    """A straight rule from values to pixels; one value alone stands in the middle."""
    if low == high:
        return lambda value: Fraction(start + end, 2)
    return lambda value: start + Fraction(value - low) / (high - low) * (end - start)


def _at(pixels: Fraction) -> str:
    return f"{round(pixels * 10) / 10:.1f}"


def _line(knots: Iterable[Knot], x, y) -> str:
    return " ".join(f"{_at(x(year))},{_at(y(value))}" for year, value in knots)


def _dots(knots: Iterable[Knot], x, y) -> tuple[Dot, ...]:
    return tuple(Dot(_at(x(year)), _at(y(value)), written(value)) for year, value in knots)


def _thinned(years: list[int], x) -> list[int]:
    """As many years as have room, the first and the last among them; years may lie unevenly."""
    kept = [years[0]]
    for year in years[1:-1]:
        if min(x(year) - x(kept[-1]), x(years[-1]) - x(year)) >= YEAR_ROOM:
            kept.append(year)
    return [*kept, years[-1]] if len(years) > 1 else kept
