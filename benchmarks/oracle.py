"""The right answers, by plain Python over the invented lines: no database and no library takes part.

Every engine answers in this form, so that two answers can be compared with `==`:
a matrix is {"cell 0 3": [sum in grosze, number of lines], "programme 0": ..., "outside": ..., "source 3": ...,
"in programmes": ..., "total": ..., "tag ngo": ...}; what has no line has no name there.
A drill-down is {"count": n, "rows": [[key, amount], ...]}: the first 100 by date and order of entry.
"""

from collections.abc import Callable, Iterable

from benchmarks.rows import EMPTY_CELL, TAGS, ZERO_CELL, Line

PAGE = 100
Sums = dict[str, list[int]]
# What is opened: the cell of the second programme and the first source, a cell of two lines, a cross-cut, all.
DRILLS: dict[str, dict] = {
    "cell": {"programme": 1, "source": 0},
    "rare": {"programme": ZERO_CELL[0], "source": ZERO_CELL[1]},
    "tag": {"tag": 0},
    "total": {},
}


def answers(lines: Iterable[Line]) -> dict[str, object]:
    """All right answers about a ledger, each sum added up on its own: no subtotal is made of another."""
    rows = list(lines)
    result: dict[str, object] = {"matrix": matrix(rows), "lines": len(rows)}
    for name, where in DRILLS.items():
        result[f"drill.{name}"] = drill(rows, where)
    result["float_drift_gr"] = float_drift_gr(rows)
    return result


def matrix(rows: Iterable[Line]) -> Sums:
    """Cells, rows, columns, cross-cuts and totals with the number of their lines."""
    sums: Sums = {}
    for row in rows:
        outside = row.programme is None
        where = "outside" if outside else f"programme {row.programme}"
        cell = f"cell {'outside' if outside else row.programme} {row.source}"
        for name in (cell, where, f"source {row.source}", "total"):
            _add(sums, name, row.amount_gr)
        if not outside:
            _add(sums, "in programmes", row.amount_gr)
        for tag in row.tags:
            _add(sums, f"tag {TAGS[tag]}", row.amount_gr)
    return sums


def _add(sums: Sums, name: str, amount_gr: int) -> None:
    held = sums.setdefault(name, [0, 0])
    held[0] += amount_gr
    held[1] += 1


def drill(rows: Iterable[Line], where: dict) -> dict:
    """The first page of the lines that a figure is made of, and how many there are."""
    meets = _condition(where)
    found = [(row.day, number, row) for number, row in enumerate(rows) if meets(row)]
    found.sort(key=lambda item: item[:2])
    return {"count": len(found), "rows": [[row.key, row.amount_gr] for _d, _n, row in found[:PAGE]]}


def _condition(where: dict) -> Callable[[Line], bool]:
    if "tag" in where:
        return lambda row: where["tag"] in row.tags
    if not where:
        return lambda row: True
    return lambda row: row.programme == where["programme"] and row.source == where["source"]


def float_drift_gr(rows: Iterable[Line]) -> int:
    """By how many grosze a total kept in floating-point złote is wrong on these very lines."""
    drifted, exact = 0.0, 0
    for row in rows:
        drifted += row.amount_gr / 100
        exact += row.amount_gr
    return round(drifted * 100) - exact


def with_subtotals(cells: dict[tuple[int | None, int], tuple[int, int]], tags: dict[str, tuple[int, int]]) -> Sums:
    """An engine's cells and cross-cuts with the sums of rows, columns and the whole made of them."""
    sums: Sums = {}
    for (programme, source), (total, count) in cells.items():
        outside = programme is None
        names = ["total", f"source {source}", "outside" if outside else f"programme {programme}"]
        names += [] if outside else ["in programmes"]
        sums[f"cell {'outside' if outside else programme} {source}"] = [int(total), int(count)]
        for name in names:
            held = sums.setdefault(name, [0, 0])
            held[0] += int(total)
            held[1] += int(count)
    return sums | {f"tag {tag}": [int(total), int(count)] for tag, (total, count) in tags.items()}


def fit_for_purpose(expected: dict) -> list[str]:
    """What is wrong with the ledger itself; nothing when it can tell a right engine from a wrong one."""
    sums, problems = expected["matrix"], []
    if not expected["float_drift_gr"]:
        problems.append("suma w liczbach zmiennoprzecinkowych wychodzi dobrze: dane niczego nie dowodzą")
    if f"cell {EMPTY_CELL[0]} {EMPTY_CELL[1]}" in sums:
        problems.append("komórka, która miała być pusta, ma pozycje")
    if sums.get(f"cell {ZERO_CELL[0]} {ZERO_CELL[1]}") != [0, 2]:
        problems.append("komórka o sumie zero nie ma dokładnie dwóch pozycji")
    return problems
