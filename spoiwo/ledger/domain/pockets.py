"""Pockets: what was planned, what of it is promised or paid, what is left. Source: decision 0012.

A pocket is one programme, task, source, chapter and paragraph within a year. Its plan is the plan with its
changes. A commitment (zaangażowanie) takes from it at once; a payment that settles a commitment takes nothing
more, a payment without one takes directly. A line that corrects or reverses counts with its sign like any other.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

PLANNED = frozenset({"plan", "change"})
COMMITTED = frozenset({"commitment", "release"})
SPENT = frozenset({"payment", "refund"})


class Pocket(NamedTuple):
    """Where a line counts; `programme`, `task` and `source` are any key that names them, None where there is none."""

    programme: Hashable
    task: Hashable
    source: Hashable
    chapter: str = ""
    paragraph: str = ""


@dataclass(frozen=True)
class Line:
    """One line, or the sum of lines alike. Units: `amount_gr` whole grosze with its sign.

    `commitment`: the commitment that a payment settles, a release lowers, a correction sets right; of a
    commitment itself its own key. `payment`: the payment that a refund or a reversing line takes back; of a
    payment that something may take back its own key.
    """

    kind: str
    pocket: Pocket
    amount_gr: int
    commitment: Hashable = None
    payment: Hashable = None


class Rule(StrEnum):
    """What may not fall below zero."""

    PLAN = "plan"  # what is left of a pocket
    DIRECT = "direct"  # direct payments of a pocket less their refunds
    COMMITMENT = "commitment"  # what is still to be paid of a commitment
    SETTLED = "settled"  # payments of a commitment less their refunds
    PAYMENT = "payment"  # what has not come back of a payment


@dataclass(frozen=True)
class Overdraft:
    """One place that stands below zero: `where` is a pocket, a commitment or a payment, `over_gr` by how much."""

    rule: Rule
    where: Hashable
    over_gr: int


@dataclass(frozen=True)
class Balance:
    """Where the money of some lines stands, in whole grosze; None where there is no such line."""

    plan_gr: int | None = None
    committed_gr: int | None = None
    spent_gr: int | None = None
    direct_gr: int = 0

    @property
    def left_gr(self) -> int:
        """What may still be promised or spent: plan less commitments and direct payments."""
        return (self.plan_gr or 0) - (self.committed_gr or 0) - self.direct_gr

    @property
    def to_pay_gr(self) -> int:
        """What is promised and not yet paid."""
        return (self.committed_gr or 0) - ((self.spent_gr or 0) - self.direct_gr)


def balance(lines: Iterable[Line]) -> Balance:
    """Add up lines of one pocket or of many."""
    sums: dict[str, int] = {}
    direct_gr = 0
    for line in lines:
        column = "plan" if line.kind in PLANNED else "committed" if line.kind in COMMITTED else "spent"
        sums[column] = sums.get(column, 0) + line.amount_gr
        if column == "spent" and line.commitment is None:
            direct_gr += line.amount_gr
    return Balance(sums.get("plan"), sums.get("committed"), sums.get("spent"), direct_gr)


def overdrawn(lines: Iterable[Line]) -> list[Overdraft]:
    """Every place that the lines together push below zero; a whole year may be asked at once."""
    return [Overdraft(rule, where, -rest) for (rule, where), rest in _rests(lines).items() if rest < 0]


def refusal(
    before: Iterable[Line], after: Iterable[Line], *, binding: Collection[Rule] = frozenset(Rule)
) -> Overdraft | None:
    """The place that a change would push below zero, or further below than it was; None when there is none.

    Lines that only mend an old overdraft are welcome, so a place is compared with what it was before. `binding`
    names the rules that count.
    """
    was = _rests(before)
    for over in overdrawn(after):
        if over.rule in binding and -over.over_gr < min(0, was.get((over.rule, over.where), 0)):
            return over
    return None


def refusal_of(lines: Iterable[Line], *new: Line) -> Overdraft | None:
    """Why the new lines may not be added to those there are, with `over_gr`; None when they may."""
    held = list(lines)
    return refusal(held, [*held, *new])


def _rests(lines: Iterable[Line]) -> dict[tuple[Rule, Hashable], int]:
    """What is left in every place, in the order of the rules' weight: the plan first."""
    rests: dict[Rule, dict[Hashable, int]] = {rule: defaultdict(int) for rule in Rule}
    for line in lines:
        for rule, where, change in _effects(line):
            rests[rule][where] += change
    return {(rule, where): rest for rule in Rule for where, rest in rests[rule].items()}


def _effects(line: Line) -> Iterable[tuple[Rule, Hashable, int]]:
    """What one line adds to the places it touches."""
    if line.kind in PLANNED:
        yield Rule.PLAN, line.pocket, line.amount_gr
        return
    if line.kind in COMMITTED:
        yield Rule.PLAN, line.pocket, -line.amount_gr
        yield Rule.COMMITMENT, line.commitment, line.amount_gr
        return
    if line.commitment is None:
        yield Rule.PLAN, line.pocket, -line.amount_gr
        yield Rule.DIRECT, line.pocket, line.amount_gr
    else:
        yield Rule.COMMITMENT, line.commitment, -line.amount_gr
        yield Rule.SETTLED, line.commitment, line.amount_gr
    if line.payment is not None:
        yield Rule.PAYMENT, line.payment, line.amount_gr
