"""Bare DuckDB over the same rows in an in-memory table: the columnar engine that others are compared with."""

import duckdb
import numpy

from benchmarks import oracle, rows
from benchmarks.engines.base import Engine
from benchmarks.engines.sql import whole_ledger

CELLS = "SELECT programme, source, SUM(amount_gr), COUNT(*) FROM line GROUP BY programme, source"
CROSS_CUTS = "SELECT tag, SUM(amount_gr), COUNT(*) FROM tagged JOIN line USING (id) GROUP BY tag"


class DuckDb(Engine):
    """One thread, so that its CPU seconds and its wall clock mean the same as everybody's."""

    def load(self) -> None:
        """Read the rows from the house's database, make arrays, make tables of them."""
        self.names, found, tagged = whole_ledger()
        self.entered = 0
        self.base = duckdb.connect(":memory:", config={"threads": "1"})
        self._table("line", _columns(found), "id, key, NULLIF(programme, 0) AS programme, source, amount_gr, day")
        self._table("tagged", _pairs(tagged), "id, tag")

    def _table(self, name: str, arrays: dict[str, numpy.ndarray], chosen: str) -> None:
        self.base.register("arrays", arrays)
        self.base.execute(f"CREATE TABLE {name} AS SELECT {chosen} FROM arrays")
        self.base.unregister("arrays")

    def matrix(self) -> oracle.Sums:
        """Two groupings; rows, columns and the whole are added up from the cells."""
        cells = self.base.execute(CELLS).fetchall()
        return self.names.sums(cells, self.base.execute(CROSS_CUTS).fetchall())

    def drill(self, where: dict) -> dict:
        """A count and the first page."""
        of, values = "FROM line", []
        if "tag" in where:
            of, values = "FROM line JOIN tagged USING (id) WHERE tag = ?", [self.names.tag_pks[where["tag"]]]
        elif where:
            of = "FROM line WHERE programme = ? AND source = ?"
            values = [self.names.programme_pks[where["programme"]], self.names.source_pks[where["source"]]]
        found = self.base.execute(f"SELECT key, amount_gr {of} ORDER BY day, id LIMIT 100", values).fetchall()
        count = self.base.execute(f"SELECT COUNT(*) {of}", values).fetchone()[0]
        return {"rows": [list(row) for row in found], "count": count}

    def new_line(self) -> oracle.Sums:
        """Insert, and every sum again; nothing is written to a disk."""
        line = rows.extra_lines(self.entered + 1, self.lines)[-1]
        self.entered += 1
        values = [10**9 + self.entered, line.key, self.names.programme_pks[line.programme],
                  self.names.source_pks[line.source], line.amount_gr, "2025-06-30"]  # fmt: skip
        self.base.execute("INSERT INTO line VALUES (?, ?, ?, ?, ?, ?)", values)
        return self.matrix()


def _columns(found: list[tuple]) -> dict[str, numpy.ndarray]:
    ids, keys, programmes, sources, amounts, days = zip(*found, strict=True)
    return {
        "id": numpy.array(ids, dtype="int64"),
        "key": numpy.array(keys, dtype="object"),
        "programme": numpy.array([pk or 0 for pk in programmes], dtype="int64"),
        "source": numpy.array(sources, dtype="int64"),
        "amount_gr": numpy.array(amounts, dtype="int64"),
        "day": numpy.array([str(day) for day in days], dtype="object"),
    }


def _pairs(tagged: list[tuple]) -> dict[str, numpy.ndarray]:
    entries, tags = zip(*tagged, strict=True)
    return {"id": numpy.array(entries, dtype="int64"), "tag": numpy.array(tags, dtype="int64")}
