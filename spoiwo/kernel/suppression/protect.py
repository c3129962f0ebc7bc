"""Finding what else has to be hidden: a linear program asks how the figures could be other and still add up.

For a hidden cell another complete table is looked for that gives the same published figures and moves the cell down to
the low end of what may be known, and another that moves it up. What has to move with it, at the lowest cost in hidden
figures, is hidden too. Hiding more never makes an interval narrower, so every cell that was protected stays so.
The way is known from the literature as complementary suppression by linear programming (Kelly, Golden and Assad 1992).
"""

from collections.abc import Iterable, Mapping
from math import log2

import highspy
import numpy as np

from spoiwo.kernel.solver import quiet_solver
from spoiwo.kernel.suppression.model import (
    CannotProtect,
    Cell,
    Key,
    NotAdditive,
    Policy,
    Relation,
    Suppressed,
    interval_wanted,
    is_sensitive,
)

NOTHING = 1e-6  # a move smaller than this is no move
HIDDEN_COST = 1e-4  # a hidden cell moves almost for free; not quite, so that it does not move for nothing


def suppress(
    cells: Mapping[Key, Cell],
    relations: Iterable[Relation],
    *,
    policy: Policy,
    published: frozenset = frozenset(),
    hidden_before: frozenset = frozenset(),
    unpublished: frozenset = frozenset(),
) -> Suppressed:
    """Say which cells are hidden. All tables that share a cell, or a sum, must be given together.

    `published`: cells that are already public as they are and cannot be hidden any more (an earlier month, another
    table). `hidden_before`: cells hidden in an earlier publication; they stay hidden. `unpublished`: cells that
    stand in no table and only tie others together (stock before + came = stock after + left); they count as hidden.
    Raises: NotAdditive; CannotProtect when an earlier publication would give a small number away.
    """
    relations = list(relations)
    _check_sums(cells, relations)
    primary = frozenset(
        key for key, cell in cells.items() if key not in published | unpublished and is_sensitive(cell, policy)
    )
    guarded = primary | hidden_before
    hidden = set(guarded | unpublished)
    if guarded:
        program = _Program(cells, relations, published, policy)
        for key in sorted(guarded, key=lambda key: (cells[key].value, str(key))):
            hidden |= _hidden_with(key, cells[key], program, hidden, policy, sensitive=key in primary)
    return Suppressed(dict(cells), frozenset(hidden), primary)


def _hidden_with(key: Key, cell: Cell, program: "_Program", hidden: set, policy: Policy, *, sensitive: bool) -> set:
    """What is hidden for the sake of one cell. Raises: CannotProtect.

    A sensitive cell may lie anywhere in its interval; of another hidden one it is enough that it can be something else.
    """
    low, high = (end - cell.value for end in interval_wanted(cell, policy))
    if sensitive or cell.value < policy.threshold:
        return program.moved_with(key, low, hidden) | program.moved_with(key, high, hidden)
    try:
        return program.moved_with(key, low, hidden)
    except CannotProtect:
        return program.moved_with(key, high, hidden)


def _check_sums(cells: Mapping[Key, Cell], relations: list[Relation]) -> None:
    for relation in relations:
        found = sum(cells[part].value for part in relation.parts)
        if found != cells[relation.total].value:
            raise NotAdditive(f"{relation.total!r}: {cells[relation.total].value}, the parts add up to {found}")


class _Program:
    """One linear program for all cells: column 2i moves cell i up, column 2i+1 moves it down."""

    def __init__(
        self, cells: Mapping[Key, Cell], relations: list[Relation], published: frozenset, policy: Policy
    ) -> None:
        self._keys = list(cells)
        self._number = {key: number for number, key in enumerate(self._keys)}
        self._values = [cell.value for cell in cells.values()]
        self._fixed = [cell.structural or key in published for key, cell in cells.items()]
        self._solver = quiet_solver()
        # the number of threads stays as the process has it: it is one for all programs, and another is refused
        self._solver.setOptionValue("random_seed", 1)
        self._columns = 2 * len(self._keys)
        self._far = 2.0 * (max(self._values, default=0) + policy.threshold)  # far enough for any detour
        self._solver.addVars(self._columns, np.zeros(self._columns), np.zeros(self._columns))
        for number in range(len(self._keys)):
            self._let_move(number)
        for relation in dict.fromkeys(relations):
            self._add_sum(relation)

    def _let_move(self, number: int) -> None:
        """A cell may grow and may shrink to nothing; one that is known may not move."""
        up, down = (0.0, 0.0) if self._fixed[number] else (self._far, float(self._values[number]))
        self._solver.changeColBounds(2 * number, 0.0, up)
        self._solver.changeColBounds(2 * number + 1, 0.0, down)

    def _add_sum(self, relation: Relation) -> None:
        """What a total moves is what its parts move together."""
        signs = {self._number[relation.total]: 1.0}
        for part in relation.parts:
            number = self._number[part]
            signs[number] = signs.get(number, 0.0) - 1.0
        columns = [column for number in signs for column in (2 * number, 2 * number + 1)]
        weights = [weight for sign in signs.values() for weight in (sign, -sign)]
        indices = np.array(columns, dtype=np.int32)
        self._solver.addRow(0.0, 0.0, len(columns), indices, np.array(weights, dtype=np.float64))

    def moved_with(self, key: Key, move: int, hidden: set) -> set:
        """The cells that have to move when this one moves by so much. Raises: CannotProtect."""
        number = self._number[key]
        if not move:
            return set()
        costs = np.array([self._cost(key, hidden) for key in self._keys for _way in range(2)])
        self._solver.changeColsCost(self._columns, np.arange(self._columns, dtype=np.int32), costs)
        up, down = (float(move), 0.0) if move > 0 else (0.0, float(-move))
        self._solver.changeColBounds(2 * number, up, up)
        self._solver.changeColBounds(2 * number + 1, down, down)
        moves = self._solved(whole=False)
        if moves is not None and np.abs(moves - np.rint(moves)).max() > NOTHING:
            moves = self._solved(whole=True)  # figures are whole numbers, and an attacker knows it
        self._let_move(number)
        if moves is None:
            raise CannotProtect(key)
        return {other for i, other in enumerate(self._keys) if abs(moves[2 * i] - moves[2 * i + 1]) > NOTHING}

    def _cost(self, key: Key, hidden: set) -> float:
        return HIDDEN_COST if key in hidden else 1.0 + log2(1 + self._values[self._number[key]])

    def _solved(self, *, whole: bool) -> np.ndarray | None:
        """The cheapest moves; None when there are none."""
        kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
        columns = np.arange(self._columns, dtype=np.int32)
        self._solver.changeColsIntegrality(self._columns, columns, np.array([kind] * self._columns))
        self._solver.clearSolver()  # nothing is carried over from the program before
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kInfeasible:
            return None
        if status != highspy.HighsModelStatus.kOptimal:
            raise RuntimeError(f"the solver stopped: {self._solver.modelStatusToString(status)}")
        return np.array(self._solver.getSolution().col_value)
