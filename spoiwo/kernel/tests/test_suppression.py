"""Small numbers: what is hidden, what an attacker can still find out, and what is refused."""

import subprocess
import sys
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks.attack.statistics import intervals, published_in_two_months, random_tables, recovered
from spoiwo.kernel.suppression import (
    CannotProtect,
    Cell,
    NotAdditive,
    Policy,
    Relation,
    is_sensitive,
    suppress,
    table_relations,
)

FIVE = Policy(5)


def table(rows):
    """A table with margins and its sums, from its inner numbers."""
    heads, columns = [f"r{i}" for i in range(len(rows))], [f"c{i}" for i in range(len(rows[0]))]
    inner = {(head, column): rows[i][j] for i, head in enumerate(heads) for j, column in enumerate(columns)}
    cells = {}
    for head, column in product([*heads, "total"], [*columns, "total"]):
        wanted_rows = heads if head == "total" else [head]
        wanted_columns = columns if column == "total" else [column]
        cells[head, column] = Cell(sum(inner[place] for place in product(wanted_rows, wanted_columns)))
    return cells, table_relations(heads, columns)


def test_one_small_number_takes_three_others_with_it():
    cells, relations = table([[3, 20, 30], [40, 50, 60], [70, 80, 90]])
    answer = suppress(cells, relations, policy=FIVE)
    assert answer.primary == {("r0", "c0")}
    assert len(answer.hidden) == 4
    assert answer.shown(("r0", "c0")) is None
    assert answer.shown(("total", "total")) == 443


def test_what_is_large_enough_is_shown_whole():
    cells, relations = table([[5, 6], [7, 8]])
    assert suppress(cells, relations, policy=FIVE).hidden == frozenset()


@pytest.mark.parametrize(("value", "hidden"), [(0, True), (1, True), (4, True), (5, False), (6, False)])
def test_the_threshold_is_the_least_number_that_is_shown(value, hidden):
    assert is_sensitive(Cell(value), FIVE) is hidden


def test_only_a_zero_that_everybody_knows_is_shown():
    assert is_sensitive(Cell(0, structural=True), FIVE) is False
    with pytest.raises(ValueError, match="only a zero"):
        Cell(1, structural=True)


@pytest.mark.parametrize("threshold", [2, 1, 0, -5])
def test_a_threshold_under_three_is_refused(threshold):
    with pytest.raises(ValueError, match="never under 3"):
        Policy(threshold)
    assert Policy(3).threshold == 3


@pytest.mark.parametrize(
    ("contributions", "hidden"),
    [
        ((100, 100), True),  # two
        ((100, 100, 100), False),
        ((100, 100, 0), True),  # who gave nothing does not hide the others
        ((75, 15, 10), False),  # three quarters exactly
        ((76, 14, 10), True),
        ((), False),  # nobody's money
    ],
)
def test_an_amount_is_hidden_when_few_or_one_gave_it(contributions, hidden):
    assert is_sensitive(Cell(sum(contributions), contributions=contributions), FIVE) is hidden


def test_an_amount_is_known_no_better_than_by_half():
    cells = {
        "a": Cell(1000, contributions=(900, 100)),
        "b": Cell(3000, contributions=(1000, 1000, 1000)),
        "c": Cell(6000, contributions=(2000, 2000, 2000)),
        "sum": Cell(10_000, contributions=(900, 100, 3000, 6000)),
    }
    relations = [Relation("sum", ("a", "b", "c"))]
    answer = suppress(cells, relations, policy=FIVE)
    low, high = intervals(cells, relations, answer.hidden)["a"]
    assert low <= 500
    assert high >= 1500


def test_figures_that_do_not_add_up_are_not_published():
    cells = {"a": Cell(10), "b": Cell(20), "sum": Cell(31)}
    with pytest.raises(NotAdditive, match="31, the parts add up to 30"):
        suppress(cells, [Relation("sum", ("a", "b"))], policy=FIVE)


def test_below_zero_and_an_amount_of_other_parts_are_no_figures():
    with pytest.raises(ValueError, match="not below zero"):
        Cell(-1)
    with pytest.raises(ValueError, match="sum of its contributions"):
        Cell(10, contributions=(3, 3))


def test_a_small_number_that_an_earlier_publication_gives_away_is_refused_by_its_name():
    cells = {"a": Cell(2), "b": Cell(20), "sum": Cell(22)}
    with pytest.raises(CannotProtect) as refusal:
        suppress(cells, [Relation("sum", ("a", "b"))], policy=FIVE, published=frozenset({"b", "sum"}))
    assert refusal.value.key == "a"


def test_a_part_that_is_the_whole_hides_the_whole():
    cells = {"a": Cell(2), "b": Cell(0, structural=True), "sum": Cell(2)}
    assert suppress(cells, [Relation("sum", ("a", "b"))], policy=FIVE).hidden == {"a", "sum"}


def test_a_share_is_shown_only_when_everything_it_is_made_of_is():
    cells, relations = table([[3, 20], [40, 50]])
    answer = suppress(cells, relations, policy=FIVE)
    assert answer.may_show(("total", "total"), ("total", "c1"))
    assert not answer.may_show(("total", "total"), ("r0", "c0"))


def test_what_was_hidden_before_stays_hidden():
    cells, relations = table([[30, 20], [40, 50]])
    before = frozenset({("r0", "c0"), ("r0", "c1"), ("r1", "c0"), ("r1", "c1")})
    answer = suppress(cells, relations, policy=FIVE, hidden_before=before)
    assert before <= answer.hidden
    assert recovered(cells, relations, answer.hidden, answer.hidden) == []


def test_the_attacker_gets_back_what_only_small_numbers_hide():
    cells, relations = table([[3, 20], [40, 50]])
    assert recovered(cells, relations, frozenset({("r0", "c0")}), frozenset({("r0", "c0")})) == [("r0", "c0")]


@pytest.mark.parametrize("seed", range(4))
def test_nobody_gets_back_a_number_from_two_tables_and_two_months(seed):
    tables = random_tables(seed)
    small = frozenset(
        key for key, cell in tables.cells.items() if key not in tables.unpublished and is_sensitive(cell, FIVE)
    )
    early, late = published_in_two_months(tables, FIVE)
    assert early.hidden <= late.hidden
    ends = intervals(tables.cells, tables.relations, late.hidden)
    assert [key for key in late.hidden - tables.unpublished if ends[key][1] - ends[key][0] < 1] == []
    assert [key for key in small if ends[key][0] > 0 or ends[key][1] < 5] == []
    assert recovered(tables.cells, tables.relations, small | tables.unpublished, small)


def possible_tables(cells, hidden, rows, columns, most):
    """Every table of whole numbers that agrees with what is shown: written out, without any solver."""
    places = list(product(range(rows), range(columns)))
    shown = {key: cell.value for key, cell in cells.items() if key not in hidden}
    choices = [[shown[f"r{i}", f"c{j}"]] if (f"r{i}", f"c{j}") in shown else range(most + 1) for i, j in places]
    for numbers in product(*choices):
        inner = dict(zip(places, numbers, strict=True))
        other, _sums = table([[inner[i, j] for j in range(columns)] for i in range(rows)])
        if all(other[key].value == value for key, value in shown.items()):
            yield other


@settings(max_examples=15, deadline=None, derandomize=True)
@given(st.lists(st.lists(st.integers(0, 7), min_size=2, max_size=2), min_size=2, max_size=2))
def test_written_out_by_hand_every_hidden_number_could_be_another(rows):
    cells, relations = table(rows)
    answer = suppress(cells, relations, policy=Policy(3))
    values = {key: set() for key in answer.hidden}
    for other in possible_tables(cells, answer.hidden, 2, 2, most=11):
        for key, found in values.items():
            found.add(other[key].value)
    assert [key for key, found in values.items() if len(found) < 2] == []
    assert [key for key in answer.primary if not {0, 1, 2, 3} <= values[key]] == []


def test_the_solver_greets_nobody():
    """A command that prints JSON must print nothing else, also from below Python."""
    code = (
        "from spoiwo.kernel.suppression import *; "
        "suppress({1: Cell(1), 2: Cell(9), 3: Cell(10)}, [Relation(3, (1, 2))], policy=Policy())"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    assert (run.stdout, run.stderr) == (b"", b"")
