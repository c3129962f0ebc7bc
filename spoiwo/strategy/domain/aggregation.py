"""How values of places and of parts of a year make the value of a whole, and when they must not.

Every indicator has one forced rule. What may not be added is refused with a named error, never added:
429 persons who came to two counselling points may be 300 people. All arithmetic is exact.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum
from fractions import Fraction

from spoiwo.kernel.precision import Precision
from spoiwo.strategy.errors import DefinitionsDiffer, NotAdditive


class Rule(StrEnum):
    """How parts make a whole."""

    SUM = "sum"
    LAST = "last"
    RATIO = "ratio"
    DISTINCT = "distinct"
    NONE = "none"


class Origin(StrEnum):
    """Where the value of a year comes from."""

    ENTERED = "entered"
    PARTS = "parts"
    PLACES = "places"


NEVER_ADDED = {Rule.DISTINCT, Rule.NONE}
_VAGUENESS = [Precision.EXACT, Precision.ROUNDED, Precision.ABOUT]


@dataclass(frozen=True)
class Found:
    """One value as it was entered, or a whole made of such values.

    `part`: 0 the whole year. `place`: a TERYT code, "" the whole region. A ratio has `numerator` and
    `denominator` instead of `value`. `definition`: the number of what was measured.
    """

    year: int
    part: int = 0
    place: str = ""
    value: Fraction | None = None
    numerator: Fraction | None = None
    denominator: Fraction | None = None
    multiplier: int = 1
    definition: int = 1
    precision: Precision = Precision.EXACT

    @property
    def amount(self) -> Fraction:
        """The figure to show: the value, or numerator × multiplier ÷ denominator."""
        if self.value is not None:
            return self.value
        return self.numerator * self.multiplier / self.denominator


@dataclass(frozen=True)
class Point:
    """The value of a year for the whole region.

    `found.part`: 0 when the year is whole, else the last part there is; `gaps`: earlier parts without a
    value; `places`: of how many places it is the sum.
    """

    found: Found
    origin: Origin
    gaps: tuple[int, ...] = ()
    places: int = 0

    @property
    def year(self) -> int:
        """The year it tells of."""
        return self.found.year

    @property
    def amount(self) -> Fraction:
        """The figure."""
        return self.found.amount


@dataclass(frozen=True)
class Series:
    """Values by year, the oldest first; years that have values which make no whole, with the refusal."""

    points: tuple[Point, ...] = ()
    refused: dict[int, NotAdditive | DefinitionsDiffer] = field(default_factory=dict)

    def of_definition(self, number: int) -> tuple[Point, ...]:
        """Points that mean the same thing."""
        return tuple(point for point in self.points if point.found.definition == number)

    def runs(self) -> list[tuple[Point, ...]]:
        """Points joined by a line: a changed definition breaks the series."""
        runs: list[list[Point]] = []
        for point in self.points:
            if runs and runs[-1][-1].found.definition == point.found.definition:
                runs[-1].append(point)
            else:
                runs.append([point])
        return [tuple(run) for run in runs]


def over_parts(rule: Rule, found: Iterable[Found]) -> Found:
    """The value of one place for a year, out of the parts of the year.

    A sum adds, a ratio adds numerators and denominators, of states the latest counts.
    Raises: NotAdditive for distinct persons and what is not additive; DefinitionsDiffer.
    """
    found = sorted(_addable(rule, found, over="parts"), key=lambda one: one.part)
    if rule is Rule.LAST:
        return found[-1]
    return _sum(found)


def over_places(rule: Rule, found: Iterable[Found]) -> Found:
    """The value of the region out of its places, each counted once: a gmina inside a powiat that has a
    value of its own is left out. States of places are added, too: they are states of one moment.

    Raises: NotAdditive for distinct persons and what is not additive; DefinitionsDiffer.
    """
    return replace(_sum(outermost(_addable(rule, found, over="places"))), place="")


def outermost(found: Iterable[Found]) -> list[Found]:
    """Values of places that lie in no other place among them (TERYT codes contain one another)."""
    found = list(found)
    codes = {one.place for one in found}
    return [one for one in found if not {one.place[:2], one.place[:4]} & (codes - {one.place})]


def _addable(rule: Rule, found: Iterable[Found], *, over: str) -> list[Found]:
    """The values, when they may be put together at all."""
    if rule in NEVER_ADDED:
        raise NotAdditive(rule, over)
    found = list(found)
    if len(numbers := {one.definition for one in found}) > 1:
        raise DefinitionsDiffer(sorted(numbers))
    return found


def _sum(found: list[Found]) -> Found:
    """Add values, or numerators and denominators; the vaguest figure makes the whole as vague."""
    vaguest = max((one.precision for one in found), key=_VAGUENESS.index)
    whole = replace(found[-1], part=max(one.part for one in found), precision=vaguest)
    if found[0].value is not None:
        return replace(whole, value=sum((one.value for one in found), Fraction(0)))
    return replace(
        whole,
        numerator=sum((one.numerator for one in found), Fraction(0)),
        denominator=sum((one.denominator for one in found), Fraction(0)),
    )


def value_of_year(rule: Rule, found: Iterable[Found], parts_per_year: int) -> Point:
    """The value of one year for the region: as entered for the whole, else made of parts, else of places.

    `found`: at least one value, all of one year. Raises: NotAdditive, DefinitionsDiffer.
    """
    found = list(found)
    region = [one for one in found if not one.place]
    whole = [one for one in region if one.part == 0]
    if whole:
        return Point(whole[0], Origin.ENTERED)
    if region:
        made = over_parts(rule, region)
        return Point(_whole(made, parts_per_year), Origin.PARTS, _gaps(rule, region, made.part))
    by_place = defaultdict(list)
    for one in found:
        by_place[one.place].append(one)
    each = [_of_place(rule, values) for values in by_place.values()]
    made = over_places(rule, each)
    in_parts = [one for one in found if one.part]
    gaps = _gaps(rule, in_parts, made.part) if len(in_parts) == len(found) else ()
    return Point(_whole(made, parts_per_year), Origin.PLACES, gaps, len(outermost(each)))


def _of_place(rule: Rule, found: list[Found]) -> Found:
    """The year of one place: as entered, else out of its parts."""
    whole = [one for one in found if one.part == 0]
    return whole[0] if whole else over_parts(rule, found)


def _whole(made: Found, parts_per_year: int) -> Found:
    """The last part closes the year."""
    return replace(made, part=0) if made.part == parts_per_year else made


def _gaps(rule: Rule, found: list[Found], last: int) -> tuple[int, ...]:
    """Parts that a sum lacks; of states only the latest counts, so they lack none."""
    if rule is Rule.LAST:
        return ()
    held = {one.part for one in found}
    return tuple(part for part in range(1, last) if part not in held)


def series_of(rule: Rule, found: Iterable[Found], parts_per_year: int) -> Series:
    """Every year that has values: its value, or the refusal to make one."""
    years = defaultdict(list)
    for one in found:
        years[one.year].append(one)
    points, refused = [], {}
    for year in sorted(years):
        try:
            points.append(value_of_year(rule, years[year], parts_per_year))
        except (NotAdditive, DefinitionsDiffer) as refusal:
            refused[year] = refusal
    return Series(tuple(points), refused)
