"""The rule of reconciliation: what is declared beside what the lines give."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spoiwo.ledger.domain.reconcile import Declared, Settled, Sum, reconcile

MILLION = 1_000_000_00
STEP = 100_000_00  # published to 0.1 million zł


def grand(amount_gr, **facts):
    """A declared grand total."""
    return Declared(key="razem", scope="grand", amount_gr=amount_gr, **facts)


def of_source(source, amount_gr):
    """A declared total of one source."""
    return Declared(key=source, scope="source", source=source, amount_gr=amount_gr)


def judged(declared, *, lines_gr=None, settled=None):
    """The one comparison of a year whose only cell holds this much, or nothing."""
    cells = {} if lines_gr is None else {("P1", "own"): Sum(lines_gr, 1)}
    result = reconcile(cells=cells, tags={}, declared=[declared], settled=settled or {})
    (found,) = result.comparisons
    return found.status, found.difference_gr


@pytest.mark.parametrize(
    ("declared", "lines_gr", "expected"),
    [
        # an exact total agrees to the grosz
        (grand(100), 100, ("agrees", 0)),
        (grand(100), 99, ("open", 1)),
        (grand(100), 101, ("open", -1)),
        (grand(0), 0, ("agrees", 0)),
        # an exact total without a line: all of it is missing
        (grand(100), None, ("open", 100)),
        # a rounded total agrees within half of its step, both ways
        (grand(66 * STEP, precision="rounded", rounded_to_gr=STEP), 66 * STEP, ("agrees", 0)),
        (grand(66 * STEP, precision="rounded", rounded_to_gr=STEP), 66 * STEP - STEP // 2, ("agrees", STEP // 2)),
        (grand(66 * STEP, precision="rounded", rounded_to_gr=STEP), 66 * STEP - STEP // 2 - 1, ("open", STEP // 2 + 1)),
        (grand(66 * STEP, precision="rounded", rounded_to_gr=STEP), 66 * STEP + STEP // 2, ("agrees", -(STEP // 2))),
        (
            grand(66 * STEP, precision="rounded", rounded_to_gr=STEP),
            66 * STEP + STEP // 2 + 1,
            ("open", -STEP // 2 - 1),
        ),
        (grand(3, precision="rounded", rounded_to_gr=3), 2, ("agrees", 1)),  # half of three is one and a half
        (grand(3, precision="rounded", rounded_to_gr=3), 1, ("open", 2)),
        # a rounded or approximate total without a line can only be shown
        (grand(66 * STEP, precision="rounded", rounded_to_gr=STEP), None, ("no_lines", None)),
        (grand(66 * STEP, precision="about"), None, ("no_lines", None)),
        # a line of nothing is a line
        (grand(66 * STEP, precision="rounded", rounded_to_gr=STEP), 0, ("open", 66 * STEP)),
        # refunds may take a sum below zero
        (grand(0), -1, ("open", 1)),
    ],
)
def test_a_declared_total_is_judged_by_its_lines(declared, lines_gr, expected):
    assert judged(declared, lines_gr=lines_gr) == expected


@pytest.mark.parametrize(
    ("settled", "expected"),
    [
        (Settled("accepted", 1), "accepted"),
        (Settled("explained", 1), "explained"),
        (Settled("accepted", 2), "open"),  # the money changed by a grosz: the answer was to another question
        (Settled("accepted", -1), "open"),
    ],
)
def test_an_answer_holds_for_exactly_one_amount(settled, expected):
    assert judged(grand(100), lines_gr=99, settled={"razem": settled}) == (expected, 1)


def test_a_total_that_agrees_needs_no_answer():
    assert judged(grand(100), lines_gr=100, settled={"razem": Settled("accepted", 1)}) == ("agrees", 0)


def test_an_answer_to_another_total_does_not_count():
    assert judged(grand(100), lines_gr=99, settled={"inny": Settled("accepted", 1)}) == ("open", 1)


CELLS = {("P1", "own"): Sum(100, 2), ("P1", "state"): Sum(50, 1), (None, "eu"): Sum(30, 1)}


@pytest.mark.parametrize(
    ("scope", "where", "expected"),
    [
        ("grand", {}, 180),
        ("source", {"source": "own"}, 100),
        ("source", {"source": "pfron"}, None),
        ("programme", {"programme": "P1"}, 150),
        ("programme", {"programme": "P2"}, None),
        ("cell", {"programme": "P1", "source": "state"}, 50),
        ("cell", {"programme": "P1", "source": "eu"}, None),
        ("tag", {"tag": "ngo"}, 40),
        ("tag", {"tag": "seniors"}, None),
    ],
)
def test_each_scope_is_compared_with_its_own_lines(scope, where, expected):
    stated = Declared(key="k", scope=scope, amount_gr=0, **where)
    result = reconcile(cells=CELLS, tags={"ngo": Sum(40, 1)}, declared=[stated], settled={})
    found = result.of(scope, **where)
    assert found.declared is stated
    assert found.computed.amount_gr == expected


def test_a_place_for_which_nothing_is_declared_has_no_comparison():
    result = reconcile(cells=CELLS, tags={}, declared=[of_source("own", 100)], settled={})
    assert result.of("source", source="state") is None
    assert result.of("grand") is None


def test_cross_cuts_are_never_added():
    result = reconcile(cells=CELLS, tags={"ngo": Sum(40, 1), "seniors": Sum(100, 2)}, declared=[], settled={})
    assert result.total() == Sum(180, 4)
    assert result.in_programmes() == Sum(150, 3)
    assert result.by_programme(None) == Sum(30, 1)


def test_a_year_without_a_line_has_no_amount_rather_than_zero():
    result = reconcile(cells={}, tags={}, declared=[], settled={})
    assert result.total().amount_gr is None
    assert result.by_source("own").amount_gr is None
    assert result.in_programmes().amount_gr is None


def verdicts(declared, settled=None):
    """(key, status, follows) of every comparison, with own 100, state 50, eu 30 in the lines."""
    result = reconcile(cells=CELLS, tags={}, declared=declared, settled=settled or {})
    return [(row.declared.key, row.status, row.follows) for row in result.comparisons], [
        row.declared.key for row in result.open
    ]


def test_the_grand_difference_that_is_only_the_sum_of_those_by_source_follows_them():
    found, waiting = verdicts([grand(190), of_source("own", 110), of_source("state", 50)])
    assert found == [("razem", "open", True), ("own", "open", False), ("state", "agrees", False)]
    assert waiting == ["own"]


@pytest.mark.parametrize("kind", ["accepted", "explained"])
def test_the_grand_difference_is_settled_with_those_it_follows(kind):
    declared = [grand(190), of_source("own", 110)]
    found, waiting = verdicts(declared, {"own": Settled(kind, 10)})
    assert found == [("razem", kind, True), ("own", kind, False)]
    assert waiting == []


def test_while_one_source_is_open_the_grand_difference_is_open():
    declared = [grand(195), of_source("own", 110), of_source("state", 55)]
    found, waiting = verdicts(declared, {"own": Settled("accepted", 10)})
    assert found[0] == ("razem", "open", True)
    assert waiting == ["state"]


def test_an_accepted_part_shows_in_the_grand_total_before_an_explained_one():
    declared = [grand(195), of_source("own", 110), of_source("state", 55)]
    found, _waiting = verdicts(declared, {"own": Settled("accepted", 10), "state": Settled("explained", 5)})
    assert found[0] == ("razem", "accepted", True)


@pytest.mark.parametrize("amount_gr", [189, 191])
def test_a_grand_total_that_its_declared_sources_do_not_give_is_a_difference_of_its_own(amount_gr):
    found, waiting = verdicts([grand(amount_gr), of_source("own", 110)])
    assert found[0] == ("razem", "open", False)
    assert waiting == ["razem", "own"]


def test_a_grand_difference_without_any_by_source_stands_alone():
    found, waiting = verdicts([grand(190)])
    assert found == [("razem", "open", False)]
    assert waiting == ["razem"]


def test_differences_by_source_that_cancel_out_are_each_open_though_the_grand_total_agrees():
    found, waiting = verdicts([grand(180), of_source("own", 110), of_source("state", 40)])
    assert found[0] == ("razem", "agrees", False)
    assert waiting == ["own", "state"]


def test_rounded_sources_within_their_step_let_the_grand_total_follow_without_being_open():
    stated = Declared(key="own", scope="source", source="own", amount_gr=101, precision="rounded", rounded_to_gr=2)
    found, waiting = verdicts([grand(181), stated])
    assert found == [("razem", "agrees", True), ("own", "agrees", False)]
    assert waiting == []


amounts = st.integers(min_value=-(10**13), max_value=10**13)
cells = st.dictionaries(
    st.tuples(st.sampled_from([None, "P1", "P2", "P3"]), st.sampled_from(["own", "state", "pfron", "eu"])),
    st.builds(Sum, amounts, st.integers(1, 1000)),
)


@given(cells)
def test_the_total_is_the_sum_of_the_rows_and_the_sum_of_the_columns(found):
    result = reconcile(cells=found, tags={}, declared=[], settled={})
    rows = [result.by_programme(code) for code in (None, "P1", "P2", "P3")]
    columns = [result.by_source(code) for code in ("own", "state", "pfron", "eu")]
    whole = result.total()
    for parts in (rows, columns):
        assert sum(part.amount_gr or 0 for part in parts) == (whole.amount_gr or 0)
        assert sum(part.lines for part in parts) == whole.lines == sum(cell.lines for cell in found.values())
    assert (whole.amount_gr is None) == (not found)
    assert (result.in_programmes() + result.by_programme(None)) == whole


@given(cells, st.sampled_from([1, -1]), st.data())
def test_a_grosz_more_or_less_in_any_cell_is_a_difference_of_a_grosz(found, grosz, data):
    if not found:
        found = {("P1", "own"): Sum(0, 1)}
    declared = [grand(sum(cell.amount_gr for cell in found.values()))]
    assert reconcile(cells=found, tags={}, declared=declared, settled={}).open == []
    place = data.draw(st.sampled_from(sorted(found, key=str)))
    changed = found | {place: found[place] + Sum(grosz, 0 + 1)}
    (row,) = reconcile(cells=changed, tags={}, declared=declared, settled={}).open
    assert row.difference_gr == -grosz
