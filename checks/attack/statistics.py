"""Somebody who has every published table, knows every sum, and wants the hidden numbers.

Written without looking at how they are hidden: the figures themselves are the unknowns, each at least zero, each
published one known. For a hidden figure the least and the greatest value are asked; when they are one, it is recovered.
"""

import random
from dataclasses import dataclass

import numpy as np

from spoiwo.kernel.solver import quiet_solver
from spoiwo.kernel.suppression import CannotProtect, Cell, Policy, Relation, Suppressed, suppress, table_relations

AGES, KINDS = ("0-5", "6-11", "12-17"), ("rodzina", "placówka", "dom")
TOTAL = "total"


@dataclass(frozen=True)
class TableSet:
    """Two tables that share their margin by region, for two months, and the flow between the months."""

    cells: dict
    relations: list
    unpublished: frozenset
    first_month: frozenset


def random_tables(seed: int) -> TableSet:
    """Children by region and age, by region and kind of care, in two months that follow each other; all invented."""
    chance = random.Random(seed)
    regions = [f"r{number}" for number in range(chance.randint(3, 8))]
    cells: dict = {}
    relations: list[Relation] = []
    sizes = chance.choice([(0, 4), (0, 9), (0, 30), (1, 12)])
    before = dict.fromkeys(regions)
    for month in (1, 2):
        counts = {(region, age): _count(chance, sizes) for region in regions for age in AGES}
        for region in regions:
            _split_by_kind(chance, cells, month, region, counts)
        _add_margins(cells, month, regions)
        by_age = table_relations(regions, AGES, prefix=(month, "age"))
        by_kind = table_relations(regions, KINDS, prefix=(month, "kind"))
        relations += [_shared(relation) for relation in by_age + by_kind]
        before = {region: cells[month, region].value for region in [*regions, TOTAL]}
    for region in [*regions, TOTAL]:
        _tie(chance, cells, relations, region)
    first = frozenset(key for key in cells if key[0] == 1)
    return TableSet(cells, relations, frozenset(("tie", region) for region in before), first)


def _count(chance: random.Random, sizes: tuple[int, int]) -> int:
    return 0 if chance.random() < 0.15 else chance.randint(*sizes)


def _split_by_kind(chance: random.Random, cells: dict, month: int, region: str, counts: dict) -> None:
    whole = 0
    for age in AGES:
        cells[month, "age", region, age] = Cell(counts[region, age])
        whole += counts[region, age]
    cells[month, region] = Cell(whole)
    left = whole
    for kind in KINDS[:-1]:
        part = chance.randint(0, left)
        cells[month, "kind", region, kind] = Cell(part)
        left -= part
    cells[month, "kind", region, KINDS[-1]] = Cell(left)


def _add_margins(cells: dict, month: int, regions: list[str]) -> None:
    for table, heads in (("age", AGES), ("kind", KINDS)):
        for head in heads:
            cells[month, table, TOTAL, head] = Cell(sum(cells[month, table, one, head].value for one in regions))
    cells[month, TOTAL] = Cell(sum(cells[month, region].value for region in regions))


def _shared(relation: Relation) -> Relation:
    """The margin by region is one figure, whichever table it stands in."""

    def plain(key: tuple) -> tuple:
        month, _table, row, column = key
        return (month, row) if column == TOTAL else key

    return Relation(plain(relation.total), tuple(plain(part) for part in relation.parts))


def _tie(chance: random.Random, cells: dict, relations: list, region: str) -> None:
    """Children of month one and those who came = children of month two and those who left; the flows are published."""
    if region == TOTAL:
        regions = [key[1] for key in cells if key[0] == "came"]
        for flow in ("came", "left"):
            cells[flow, TOTAL] = Cell(sum(cells[flow, one].value for one in regions))
            relations.append(Relation((flow, TOTAL), tuple((flow, one) for one in regions)))
    else:
        change = cells[2, region].value - cells[1, region].value
        both = chance.randint(0, min(6, cells[1, region].value + max(change, 0)))
        cells["came", region] = Cell(max(change, 0) + both)
        cells["left", region] = Cell(max(-change, 0) + both)
    cells["tie", region] = Cell(cells[1, region].value + cells["came", region].value)
    relations.append(Relation(("tie", region), ((1, region), ("came", region))))
    relations.append(Relation(("tie", region), ((2, region), ("left", region))))


def published_in_two_months(tables: TableSet, policy: Policy) -> tuple[Suppressed, Suppressed] | None:
    """The first month as it was published, then everything; None when the second month cannot be published at all."""
    first = {key: cell for key, cell in tables.cells.items() if key in tables.first_month}
    inside = [one for one in tables.relations if {one.total, *one.parts} <= tables.first_month]
    early = suppress(first, inside, policy=policy)
    shown = frozenset(first) - early.hidden
    try:
        late = suppress(
            tables.cells,
            tables.relations,
            policy=policy,
            published=shown,
            hidden_before=early.hidden,
            unpublished=tables.unpublished,
        )
    except CannotProtect:
        return None
    return early, late


def intervals(cells: dict, relations: list, hidden: frozenset) -> dict:
    """The least and the greatest value of every hidden figure, by linear programming."""
    keys = list(cells)
    number = {key: i for i, key in enumerate(keys)}
    solver = quiet_solver()
    low = np.array([0.0 if key in hidden else cells[key].value for key in keys])
    known = [key not in hidden or cells[key].structural for key in keys]
    high = np.array([float(cells[key].value) if is_known else 1e9 for key, is_known in zip(keys, known, strict=True)])
    solver.addVars(len(keys), low, high)
    for relation in relations:
        indices = np.array([number[relation.total], *(number[part] for part in relation.parts)], dtype=np.int32)
        weights = np.array([1.0, *[-1.0] * len(relation.parts)])
        solver.addRow(0.0, 0.0, len(indices), indices, weights)
    found = {}
    for key in hidden:
        ends = []
        for sign in (1.0, -1.0):
            solver.changeColCost(number[key], sign)
            solver.run()
            ends.append(sign * solver.getInfo().objective_function_value)
        solver.changeColCost(number[key], 0.0)
        found[key] = (round(ends[0], 6), round(ends[1], 6))
    return found


def recovered(cells: dict, relations: list, hidden: frozenset, wanted: frozenset) -> list:
    """The figures among `wanted` that the attacker gets back exactly."""
    found = intervals(cells, relations, hidden)
    return [key for key, (low, high) in found.items() if key in wanted and high - low < 1 - 1e-6]
