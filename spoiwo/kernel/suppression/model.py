"""What a table is to the one who hides small numbers: cells, sums between them, and a policy."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field

LOWEST_THRESHOLD = 3
DEFAULT_THRESHOLD = 5
FEWEST_CONTRIBUTORS = 3
DOMINANT_PCT = 75  # one contributor above three quarters of an amount

Key = Hashable


class NotAdditive(ValueError):
    """A total is not the sum of its parts: the tables are wrong, and nothing may be published."""


class CannotProtect(ValueError):
    """A small number would be told by what is already published; `key` names it. Publish less, or nothing."""

    def __init__(self, key: Key) -> None:
        super().__init__(f"{key!r} would be told by figures that are already published")
        self.key = key


@dataclass(frozen=True)
class Policy:
    """How small is too small. Raises: ValueError for a threshold under three."""

    threshold: int = DEFAULT_THRESHOLD

    def __post_init__(self) -> None:
        if self.threshold < LOWEST_THRESHOLD:
            raise ValueError(f"the threshold is {self.threshold}; it is never under {LOWEST_THRESHOLD}")


@dataclass(frozen=True)
class Cell:
    """One figure. `value`: persons, or grosze when `contributions` tells of whom the amount is made.

    `structural`: nothing else is possible here and everybody knows it (a gmina without a shelter has no places): such a
    zero hides nobody. `contributions`: amounts in grosze by contributor, for money only.
    """

    value: int
    structural: bool = False
    contributions: tuple[int, ...] | None = None

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"{self.value}: a figure of public statistics is not below zero")
        if self.structural and self.value:
            raise ValueError("only a zero is structural")
        if self.contributions is not None and sum(self.contributions) != self.value:
            raise ValueError("an amount is the sum of its contributions")


@dataclass(frozen=True)
class Relation:
    """A sum that anybody can do: `total` is the sum of `parts`."""

    total: Key
    parts: tuple[Key, ...]


@dataclass(frozen=True)
class Suppressed:
    """The answer: which cells are hidden. Primary and secondary look the same to the public; keep them so."""

    cells: Mapping[Key, Cell]
    hidden: frozenset
    primary: frozenset = field(repr=False)

    def shown(self, key: Key) -> int | None:
        """The figure for the public; None when it is hidden."""
        return None if key in self.hidden else self.cells[key].value

    def may_show(self, *keys: Key) -> bool:
        """Whether a figure computed from these cells (a share, a rate, a colour on a map) may be shown."""
        return self.hidden.isdisjoint(keys)


def is_sensitive(cell: Cell, policy: Policy) -> bool:
    """Whether a figure tells something about a person, or about one business, by itself."""
    if cell.structural:
        return False
    if cell.contributions is None:
        return cell.value < policy.threshold
    given = [amount for amount in cell.contributions if amount]
    if not given:
        return False  # no money is not anybody's money
    return len(given) < FEWEST_CONTRIBUTORS or max(given) * 100 > DOMINANT_PCT * cell.value


def interval_wanted(cell: Cell, policy: Policy) -> tuple[int, int]:
    """What an attacker may find out at most: the figure lies somewhere between these, both possible.

    A small number of persons may be anything from none to the threshold, another at least one less or one more; an
    amount at least half or one and a half of itself.
    """
    if cell.contributions is None:
        small = cell.value < policy.threshold
        return (0, policy.threshold) if small else (cell.value - 1, cell.value + 1)
    return cell.value - max(cell.value // 2, 1), cell.value + max(cell.value // 2, 1)


def table_relations(rows: Iterable[Key], columns: Iterable[Key], *, total: Key = "total", prefix: tuple = ()) -> list:
    """The sums of a table with margins; the key of a cell is `(*prefix, row, column)`, a margin has `total` there."""
    rows, columns = list(rows), list(columns)
    across = [
        Relation((*prefix, row, total), tuple((*prefix, row, column) for column in columns)) for row in [*rows, total]
    ]
    down = [
        Relation((*prefix, total, column), tuple((*prefix, row, column) for row in rows))
        for column in [*columns, total]
    ]
    return across + down
